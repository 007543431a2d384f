import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";

/**
 * Runs the tests of some vitest projects in one vitest, showing its output.
 * @param {import("./result.mjs").Context} context
 * @param {string[]} projects
 * @param {{filters?: string[], timeoutMs?: number}} [options]
 * @returns {Promise<Map<string, import("./tally.mjs").KindCount>>} by project
 */
export async function runVitest({ root, node }, projects, { filters = [], timeoutMs = 300_000 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "taizhang-count-"));
  const file = join(folder, "count.json");
  try {
    const run = await runProgram(
      node,
      [
        "node_modules/vitest/vitest.mjs",
        "run",
        ...projects.flatMap((name) => ["--project", name]),
        ...filters,
      ],
      { cwd: root, show: true, timeoutMs, env: { ...plainWhenPiped(), TAIZHANG_TEST_COUNT: file } },
    );
    const count = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    return countsOf(projects, count, run, filters.length > 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Whatever vitest leaves unsaid is a failure: no report, a project without tests, a bad status without a failed test.
 * With filters a project may have nothing to run; that all of them have nothing is still a failure.
 */
export function countsOf(projects, count, { status, isTimeout }, isFiltered) {
  const ending = isTimeout ? "stopped: it took too long" : `vitest ended with status ${status}`;
  if (count === undefined) {
    return new Map(
      projects.map((name) => [name, { passed: 0, failures: [`no result: ${ending}`], skipped: [] }]),
    );
  }
  const counts = new Map(
    projects.flatMap((name) => {
      const found = count.projects[name] ?? { passed: 0, failures: [], skipped: [] };
      const isEmpty = found.passed + found.failures.length === 0;
      if (isEmpty && isFiltered && found.skipped.length === 0) return [];
      return [[name, { ...found, failures: isEmpty ? ["no test was run"] : [...found.failures] }]];
    }),
  );
  // An empty result has to be visible, and an error outside of tests belongs to some kind.
  if (counts.size === 0) counts.set(projects[0], { passed: 0, failures: ["no test was run"], skipped: [] });
  const [first] = counts.values();
  first.failures.push(...count.outside.map((message) => `error outside of any test: ${message}`));
  const failed = [...counts.values()].some((kind) => kind.failures.length > 0);
  if (status !== 0 && !failed) first.failures.push(ending);
  return counts;
}

/** Colours are for a terminal; in a log they hide the words. */
function plainWhenPiped() {
  return process.stdout.isTTY ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined };
}
