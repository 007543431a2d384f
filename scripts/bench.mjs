// `npm run bench`: sets the clone up, then runs bench/bench.ts under the bundled Node. See docs/BENCHMARKS.md.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, ensureWebBuilt, root } from "./setup.mjs";

const node = ensureInstalled();
ensureWebBuilt(node);
const run = spawnSync(node, [join(root, "bench", "bench.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = run.status ?? 1;
