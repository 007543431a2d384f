// `npm run proof:eval -- DIR`: sets the clone up, then runs bench/proof-evaluation.ts under the bundled Node. See docs/BENCHMARKS.md.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, root } from "./setup.mjs";

const run = spawnSync(
  ensureInstalled(),
  [join(root, "bench", "proof-evaluation.ts"), ...process.argv.slice(2)],
  { stdio: "inherit", cwd: process.env.INIT_CWD ?? process.cwd() },
);
process.exitCode = run.status ?? 1;
