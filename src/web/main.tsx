import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeQueryClient } from "./api/queries.ts";
import { LanguageProvider } from "./i18n/language.tsx";
import { makeRouter } from "./router.tsx";
import "./styles/base.css";
import "./styles/table.css";
import "./styles/form.css";
import "./styles/shell.css";
import "./styles/chart.css";
import "./styles/page.css";
import "./styles/paper.css";
import "./styles/proofing.css";
import "./styles/navigation.css";
import "./styles/registry.css";
import "./styles/clues.css";
import "./styles/visit.css";
import "./styles/lookback.css";
import "./styles/print.css";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={makeQueryClient()}>
      <LanguageProvider>
        <RouterProvider router={makeRouter()} />
      </LanguageProvider>
    </QueryClientProvider>
  </StrictMode>,
);
