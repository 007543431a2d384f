import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { listRepositoryFiles } from "./repository-files.mjs";
import { runProgram } from "./run-program.mjs";

const fixture = "fixtures/must-fail/boundaries";

/**
 * Without a parser that it knows, dependency-cruiser reads little or nothing and passes. So each source file and each
 * import must be found in its report, and the number of files must be far from zero.
 */
const LEAST_MODULES = 60;

/** What may import what (.dependency-cruiser.cjs), and the proof on a fixture that each rule still refuses. */
export async function check({ root, node }) {
  const config = createRequire(import.meta.url)(join(root, ".dependency-cruiser.cjs"));
  const folders = ["src", "packs", "fixtures", "e2e", "bench"].filter((name) => existsSync(join(root, name)));
  const tree = await cruise({ root, node, cwd: root, folders });
  const broken = await cruise({ root, node, cwd: join(root, fixture), folders: ["src", "fixtures"] });
  const wanted = JSON.parse(readFileSync(join(root, fixture, "expected.json"), "utf8")).map(describe);
  const seen = broken.violations.map(describe);
  const rules = config.forbidden.map((rule) => rule.name);

  return {
    claims: [
      { claim: "no forbidden import", findings: tree.error ?? tree.violations.map(describe) },
      { claim: "the whole tree was read", findings: tree.error ?? unread(root, tree) },
      { claim: "each domain has its place in the order", findings: strangers(root, rules) },
      ...rules.map((rule) => ({
        claim: `${rule} bites`,
        findings: broken.error ?? bites(rule, wanted, seen),
      })),
      {
        claim: "what is allowed is not refused",
        findings: seen
          .filter((line) => !wanted.includes(line))
          .map((line) => `refused, but not expected: ${line}`),
      },
    ],
  };
}

function bites(rule, wanted, seen) {
  const expected = wanted.filter((line) => line.startsWith(`${rule}: `));
  if (expected.length === 0) return [`${fixture}/expected.json has no case of it`];
  return expected.filter((line) => !seen.includes(line)).map((line) => `not refused: ${line}`);
}

async function cruise({ root, node, cwd, folders }) {
  const program = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const config = join(root, ".dependency-cruiser.cjs");
  const run = await runProgram(node, [program, "--config", config, "-T", "json", ...folders], { cwd });
  try {
    // The report is one object; warnings about missing compilers come after it.
    const report = JSON.parse(run.output.slice(run.output.indexOf("{"), run.output.lastIndexOf("\n}") + 2));
    return { violations: report.summary.violations, modules: report.modules };
  } catch (error) {
    return {
      error: [`no report (${error.message})`, ...run.output.split("\n").slice(0, 20)],
      violations: [],
      modules: [],
    };
  }
}

/** Files that were not read, and imports that plain text shows and the parser has not seen. */
function unread(root, { modules }) {
  const seen = new Map(
    modules.map((module) => [module.source, module.dependencies.map((found) => found.module)]),
  );
  const sources = listRepositoryFiles(root).filter((path) => /^(src|packs)\/.*(?<!\.d)\.tsx?$/.test(path));
  const findings = sources.flatMap((path) => {
    const imports = seen.get(path);
    if (imports === undefined) return [`not read: ${path}`];
    return importsIn(readFileSync(join(root, path), "utf8"))
      .filter((name) => !imports.includes(name.replace(/^node:/, "")))
      .map((name) => `import not seen: ${path} → ${name}`);
  });
  if (sources.length < LEAST_MODULES)
    findings.push(`only ${sources.length} files, at least ${LEAST_MODULES} expected`);
  return findings;
}

/** `… from "x"` and `import "x"` at the start of a line; a second, independent reading. */
function importsIn(text) {
  const statements = text.matchAll(/^(?:import|export)\b(?:[^;"'`]*?\bfrom)?\s*"([^"]+)"/gm);
  return [...statements].map(([, name]) => name);
}

function strangers(root, rules) {
  return readdirSync(join(root, "src/domains"))
    .filter((name) => !rules.includes(`order-${name}`))
    .map((name) => `src/domains/${name} is not in the order of .dependency-cruiser.cjs`);
}

/** One line for a violation; a package is named, wherever npm put it. */
function describe({ rule, from, to }) {
  const name = typeof rule === "string" ? rule : rule.name;
  const target = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(to)?.[1] ?? to;
  return `${name}: ${from} → ${target}`;
}
