import { claimOf } from "./result.mjs";
import { runProgram } from "./run-program.mjs";

/** Everything is formatted as Biome would; nothing is written. */
export async function check({ root, node }) {
  const run = await runProgram(
    node,
    ["node_modules/@biomejs/biome/bin/biome", "format", ".", "--colors=off", "--max-diagnostics=200"],
    { cwd: root },
  );
  // The differences are what `biome format --write` would do: the names are enough.
  const names = [...run.output.matchAll(/^(\S+) format ━/gm)].map(
    ([, path]) => `${path}: npx biome format --write ${path}`,
  );
  const claim = claimOf("biome format", run);
  if (run.status !== 0 && names.length > 0) claim.findings = names;
  const checked = /Checked (\d+) file/.exec(run.output);
  if (run.status === 0 && (checked === null || Number(checked[1]) === 0))
    claim.findings.push("it looked at no file");
  return { claims: [claim] };
}
