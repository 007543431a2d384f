import { claimOf } from "./result.mjs";
import { runProgram } from "./run-program.mjs";

/** No file, export or package that nothing uses, and none used that is not declared (knip.json). */
export async function check({ root, node }) {
  const run = await runProgram(node, ["node_modules/knip/bin/knip.js", "--no-progress"], {
    cwd: root,
    env: { NO_COLOR: "1" },
  });
  return { claims: [claimOf("knip", run)] };
}
