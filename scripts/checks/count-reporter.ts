/** Counts a vitest run for scripts/test.mjs. Vitest's own JSON report leaves out errors outside of tests. */
import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** Results of one project (kind of test). `failures` and `skipped` are names. */
export type ProjectCount = { passed: number; failures: string[]; skipped: string[] };

/** `outside`: errors that belong to no test, such as a rejection nobody awaited or a failed global setup. */
export type RunCount = { projects: Record<string, ProjectCount>; outside: string[] };

/** Writes a RunCount as JSON to `file` when the run ends; no file means that the run crashed. */
export function createCountReporter(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors, reason) {
      const count: RunCount = { projects: {}, outside: unhandledErrors.map((error) => error.message) };
      for (const module of modules) {
        const project = (count.projects[module.project.name] ??= { passed: 0, failures: [], skipped: [] });
        addModule(module, project);
      }
      if (reason === "interrupted") count.outside.push("the run was interrupted");
      writeFileSync(file, JSON.stringify(count));
    },
  };
}

function addModule(module: TestModule, count: ProjectCount): void {
  const before = count.failures.length;
  const nameOf = (name: string): string => `${module.relativeModuleId} > ${name}`;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (test.options.mode === "todo") count.failures.push(`${nameOf(test.fullName)} (todo: not written)`);
    else if (state === "passed") count.passed += 1;
    else if (state === "skipped") count.skipped.push(nameOf(test.fullName));
    else count.failures.push(nameOf(test.fullName) + (state === "pending" ? " (never finished)" : ""));
  }
  for (const suite of module.children.allSuites()) {
    for (const error of suite.errors()) count.failures.push(`${nameOf(suite.fullName)}: ${error.message}`);
  }
  for (const error of module.errors()) count.failures.push(`${module.relativeModuleId}: ${error.message}`);
  // A file that did not pass must count, whatever the reason that none of the above has found.
  const state = module.state();
  if (state !== "passed" && state !== "skipped" && count.failures.length === before) {
    count.failures.push(`${module.relativeModuleId}: ${state}`);
  }
}
