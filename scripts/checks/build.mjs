import { claimOf } from "./result.mjs";
import { runProgram } from "./run-program.mjs";

/** The web app builds (or is built already), as `npm start` would do it; journeys and the served pages need it. */
export async function check({ root, node }) {
  return {
    claims: [claimOf("the web app builds", await runProgram(node, ["scripts/setup.mjs"], { cwd: root }))],
  };
}
