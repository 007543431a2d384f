// `npm test`: sets the clone up, then runs every kind of test and closes with one line over all: "N passed, N failed".
//
//   npm test                                  everything
//   npm test -- --only unit,lint              some kinds (names below)
//   npm test -- src/shared/decimal            test files whose path contains this
//   npm test -- --only db src/domains/ledger  both
//
// Plain JavaScript for Node ≥ 20: the first step installs the packages and goes on under the bundled Node 24.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ensureInstalled, root } from "./setup.mjs";

const self = fileURLToPath(import.meta.url);
const RUNS_TESTS = "TAIZHANG_RUNS_TESTS";

/** Cheap checks of the tree, two at a time. */
const checks = {
  build: { file: "build.mjs" },
  types: { file: "types.mjs" },
  lint: { file: "lint.mjs" },
  boundaries: { file: "boundaries.mjs" },
  "dead-code": { file: "dead-code.mjs" },
  format: { file: "format.mjs" },
  links: { file: "links.mjs" },
  vocabulary: { file: "vocabulary.mjs" },
  lockfile: { file: "lockfile.mjs" },
  migrations: { file: "migrations.mjs" },
  messages: { file: "messages.mjs" },
  sizes: { file: "sizes.mjs", warnsOnly: true },
};

/** Vitest's projects (vitest.config.ts), one after another; those of a row share a run and its PostgreSQL. */
const testRuns = [
  { kinds: ["unit"], minutes: 3 },
  { kinds: ["db", "http"], minutes: 7 },
  { kinds: ["slow"], minutes: 10 },
  { kinds: ["e2e"], minutes: 7 },
];

const testKinds = testRuns.flatMap((run) => run.kinds);
const allKinds = [...Object.keys(checks), ...testKinds];

async function main() {
  if (process.env[RUNS_TESTS] === undefined) await continueUnderBundledNode();
  else await runAll(readArguments(process.argv.slice(2)));
}

/** Whatever happens there, or in the installation, the last line says that something failed. */
async function continueUnderBundledNode() {
  let isClosed = false;
  process.on("exit", (code) => {
    if (isClosed) return;
    process.stdout.write("0 passed, 1 failed\n");
    process.exitCode = code || 1;
  });
  const node = ensureInstalled();
  const child = spawn(node, [self, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, [RUNS_TESTS]: node },
  });
  // Ctrl-C reaches the child from the terminal; a signal to us alone is passed on. Either way it closes.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const status = await new Promise((resolve) => {
    child.on("error", () => resolve(undefined));
    child.on("exit", (code) => resolve(code ?? undefined));
  });
  isClosed = status === 0 || status === 1; // these two are given after the closing line, and only then
  process.exitCode = isClosed ? status : 1;
}

function readArguments(args) {
  const filters = [];
  let only;
  for (let index = 0; index < args.length; index++) {
    const [name, value] = args[index].split("=", 2);
    if (name === "--only") only = (value ?? args[++index] ?? "").split(",");
    else if (name.startsWith("-")) refuse(`unknown option ${name}`);
    else filters.push(args[index]);
  }
  const unknown = only?.filter((kind) => !allKinds.includes(kind)) ?? [];
  if (unknown.length > 0) refuse(`unknown kind ${unknown.join(", ")}; there are: ${allKinds.join(", ")}`);
  const kinds = only ?? (filters.length > 0 ? testKinds : allKinds);
  if (filters.length > 0 && !kinds.some((kind) => testKinds.includes(kind))) {
    refuse(`${kinds.join(", ")} does not work file by file`);
  }
  return { kinds, filters };
}

function refuse(message) {
  console.log(`${message}\n0 passed, 1 failed`);
  process.exit(1);
}

async function runAll({ kinds, filters }) {
  const { stopEverything } = await import("./checks/run-program.mjs");
  const { closingLine } = await import("./checks/tally.mjs");
  const context = { root, node: process.env[RUNS_TESTS] };
  delete process.env[RUNS_TESTS]; // a test may start `npm test` for its own ends
  /** @type {Map<string, import("./checks/tally.mjs").KindCount>} */
  const counts = new Map();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      stopEverything();
      close([...counts.values(), { passed: 0, failures: ["stopped"] }]);
    });
  }
  process.on("uncaughtException", (error) => {
    console.log(error);
    stopEverything();
    close([...counts.values(), { passed: 0, failures: ["crashed"] }]);
  });

  const record = (kind, count, seconds) => {
    counts.set(kind, count);
    printKind(kind, count, seconds);
  };
  const started = performance.now();
  await runChecks(context, kinds, record);
  await runTests(context, { kinds, filters }, record);

  printSummary(counts, (performance.now() - started) / 1000);
  close([...counts.values()]);

  function close(all) {
    const { line, failed } = closingLine(all);
    // Written at once, before exit: a pipe would lose what is still on its way.
    process.stdout.write(`${line}\n`, () => process.exit(failed > 0 ? 1 : 0));
  }
}

async function runChecks(context, kinds, record) {
  const { countOfCheck, countOfCrash } = await import("./checks/tally.mjs");
  const waiting = Object.entries(checks).filter(([kind]) => kinds.includes(kind));
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [kind, { file, warnsOnly = false }] = next;
      const started = performance.now();
      let count;
      try {
        const { check } = await import(`./checks/${file}`);
        count = countOfCheck(await check(context), { warnsOnly });
      } catch (error) {
        count = countOfCrash(error);
      }
      record(kind, count, (performance.now() - started) / 1000);
    }
  };
  await Promise.all([work(), work()]);
}

async function runTests(context, { kinds, filters }, record) {
  const { countOfCrash } = await import("./checks/tally.mjs");
  const { runVitest } = await import("./checks/run-vitest.mjs");
  const runs = testRuns
    .map((run) => ({ ...run, kinds: run.kinds.filter((kind) => kinds.includes(kind)) }))
    .filter((run) => run.kinds.length > 0);
  // A filter names files: one run over all kinds finds them wherever they are.
  const planned = filters.length > 0 ? [{ kinds: runs.flatMap((run) => run.kinds), minutes: 10 }] : runs;
  for (const run of planned) {
    const started = performance.now();
    let found;
    try {
      found = await runVitest(context, run.kinds, { filters, timeoutMs: run.minutes * 60_000 });
    } catch (error) {
      found = new Map(run.kinds.map((kind) => [kind, countOfCrash(error)]));
    }
    const seconds = (performance.now() - started) / 1000;
    for (const [kind, count] of found) record(kind, count, seconds);
  }
}

function printKind(kind, { passed, failures, skipped = [], notes = [] }, seconds) {
  const lines = [
    `${failures.length === 0 ? "ok  " : "FAIL"} ${summaryOf(kind, { passed, failures, skipped }, seconds)}`,
  ];
  for (const failure of failures) lines.push(`    ${failure}`);
  for (const note of notes) lines.push(`    note: ${note}`);
  for (const name of skipped) lines.push(`    skipped: ${name}`);
  console.log(lines.join("\n"));
}

function summaryOf(kind, { passed, failures, skipped = [] }, seconds) {
  const parts = [`${passed} passed`, `${failures.length} failed`];
  if (skipped.length > 0) parts.push(`${skipped.length} skipped`);
  return `${kind.padEnd(11)} ${parts.join(", ").padEnd(24)} ${seconds.toFixed(1)} s`;
}

function printSummary(counts, seconds) {
  const failed = [...counts].filter(([, count]) => count.failures.length > 0).map(([kind]) => kind);
  const skipped = [...counts.values()].reduce((sum, count) => sum + (count.skipped?.length ?? 0), 0);
  console.log(
    `\n${counts.size} kinds in ${seconds.toFixed(0)} s${failed.length > 0 ? `; failed: ${failed.join(", ")}` : ""}`,
  );
  if (skipped > 0) console.log(`${skipped} tests were skipped and are in neither number`);
}

await main();
