import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listRepositoryFiles } from "./repository-files.mjs";
import { claimOf } from "./result.mjs";
import { runProgram } from "./run-program.mjs";

const fixture = "fixtures/must-fail/lint";

/** No finding in the tree; and every marked line of the fixture is found, so that silence means something. */
export async function check({ root, node }) {
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  const strict = [
    "--type-aware",
    "--deny-warnings",
    "--report-unused-disable-directives-severity=error",
    "-f",
    "unix",
  ];
  const tree = await runProgram(node, [oxlint, ...strict, "."], { cwd: root });
  const broken = await runProgram(node, [oxlint, "-c", "oxlint.json", "--type-aware", "-f", "unix", "."], {
    cwd: join(root, fixture),
  });
  return {
    claims: [
      claimOf("oxlint --type-aware", tree),
      { claim: "the rules still bite", findings: compare(root, broken.output) },
    ],
  };
}

function compare(root, output) {
  const wanted = new Set();
  for (const path of listRepositoryFiles(root).filter((file) => file.startsWith(`${fixture}/src/`))) {
    for (const [index, line] of readFileSync(join(root, path), "utf8").split("\n").entries()) {
      const mark = /\/\/ must fail: (.+)$/.exec(line);
      for (const rule of mark?.[1].split(" ") ?? []) {
        wanted.add(`${path.slice(fixture.length + 1)}:${index + 1} ${rule}`);
      }
    }
  }
  const seen = new Set(
    [...output.matchAll(/^(\S+?):(\d+):\d+: .*\[\w+\/(\S+)\]$/gm)].map(
      ([, file, line, rule]) => `${file}:${line} ${rule}`,
    ),
  );
  if (wanted.size === 0) return ["no line is marked: this proves nothing"];
  return [
    ...[...wanted].filter((place) => !seen.has(place)).map((place) => `not found: ${place}`),
    ...[...seen].filter((place) => !wanted.has(place)).map((place) => `unexpected: ${place}`),
  ];
}
