import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import type { Plugin } from "vite";

/** Texts compressed once, at the build, so that the server only picks the file that the browser takes. */
const precompress: Plugin = {
  name: "precompress",
  apply: "build",
  writeBundle(options, bundle) {
    for (const [name, item] of Object.entries(bundle)) {
      if (!/\.(js|css|html|svg)$/.test(name)) continue;
      const content = Buffer.from(item.type === "chunk" ? item.code : item.source);
      if (content.length < 1024) continue;
      writeFileSync(join(options.dir ?? "", `${name}.br`), brotliCompressSync(content));
      writeFileSync(join(options.dir ?? "", `${name}.gz`), gzipSync(content, { level: 9 }));
    }
  },
};

export default defineConfig({
  root: "src/web",
  plugins: [react(), precompress],
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
