/** Everything around a page: skip link, masthead, the page itself, the source panel. */
import { Outlet } from "@tanstack/react-router";
import { I18nProvider } from "react-aria-components";
import { useSpeech } from "../i18n/language.tsx";
import { Gate } from "../session/gate.tsx";
import { useSession } from "../session/session.tsx";
import { Masthead } from "./masthead.tsx";
import { SourcePanel } from "./source-panel.tsx";
import { SourcesProvider } from "./sources.tsx";

export function Shell() {
  const { t, lang } = useSpeech();
  return (
    <I18nProvider locale={lang === "zh" ? "zh-CN" : "en-US"}>
      <a className="skip" href="#content">
        {t.app.skip}
      </a>
      <Gate>
        <SignedIn />
      </Gate>
    </I18nProvider>
  );
}

function SignedIn() {
  const { post } = useSession();
  return (
    // The key throws away everything that the post before had on the page.
    <SourcesProvider key={post.id}>
      <Masthead />
      <main className="page" id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <SourcePanel />
    </SourcesProvider>
  );
}
