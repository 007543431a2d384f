import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { claimOf } from "./result.mjs";
import { runProgram } from "./run-program.mjs";

/** The whole tree, the pure core under its stricter settings, and the proof that those settings refuse the outside world. */
export async function check({ root, node }) {
  const compile = (project) =>
    runProgram(node, ["node_modules/typescript/bin/tsc", "-p", project, "--pretty", "false"], { cwd: root });
  const whole = await compile("tsconfig.json");
  const core = await compile("tsconfig.core.json");
  const impure = await compile("fixtures/must-fail/purity/tsconfig.json");
  return {
    claims: [
      claimOf("tsc -p tsconfig.json", whole),
      claimOf("tsc -p tsconfig.core.json", core),
      {
        claim: "the core's settings refuse clock, files and network",
        findings: compare(root, impure.output),
      },
    ],
  };
}

/** Each line marked `// must fail: TSnnnn` has that error, and no other line has any. */
function compare(root, output) {
  const folder = "fixtures/must-fail/purity";
  const wanted = new Set();
  for (const name of readdirSync(join(root, folder)).filter((file) => file.endsWith(".ts"))) {
    for (const [index, line] of readFileSync(join(root, folder, name), "utf8")
      .split("\n")
      .entries()) {
      const mark = /\/\/ must fail: (TS\d+)/.exec(line);
      if (mark) wanted.add(`${folder}/${name}:${index + 1} ${mark[1]}`);
    }
  }
  const seen = new Set(
    [...output.matchAll(/^(\S+)\((\d+),\d+\): error (TS\d+)/gm)].map(
      ([, file, line, code]) => `${file}:${line} ${code}`,
    ),
  );
  if (wanted.size === 0) return ["no line is marked: this proves nothing"];
  return [
    ...[...wanted].filter((place) => !seen.has(place)).map((place) => `not refused: ${place}`),
    ...[...seen].filter((place) => !wanted.has(place)).map((place) => `unexpected: ${place}`),
  ];
}
