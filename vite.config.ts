import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: "src/web",
  plugins: [react()],
  build: {
    outDir: "../../dist/web",
    emptyOutDir: true,
    target: "es2022",
    // Data URLs for fonts or scripts would be refused by the content security policy; images may be inlined.
    assetsInlineLimit: (path) => (path.endsWith(".svg") ? undefined : false),
    modulePreload: { polyfill: false }, // the polyfill is an inline script in spirit: every supported browser has modulepreload
    chunkSizeWarningLimit: 700, // ECharts, loaded only with a page that draws one
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": "http://127.0.0.1:8140" },
  },
});
