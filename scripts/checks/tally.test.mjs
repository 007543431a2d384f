/** Silence, crashes and halves must never look like success. */
import { describe, expect, test } from "vitest";
import { claimOf } from "./result.mjs";
import { runProgram } from "./run-program.mjs";
import { countsOf } from "./run-vitest.mjs";
import { closingLine, countOfCheck, countOfCrash } from "./tally.mjs";

const ended = { status: 0, output: "", isTimeout: false };
const project = (passed, failures = [], skipped = []) => ({ passed, failures, skipped });

describe("the closing line", () => {
  test("adds up all kinds", () => {
    const counts = [project(3), project(2, ["a", "b"], ["c"]), countOfCrash(new Error("x"))];
    expect(closingLine(counts)).toEqual({ line: "5 passed, 3 failed", failed: 3 });
  });
  test("is a failure when nothing ran", () => {
    expect(closingLine([])).toEqual({ line: "0 passed, 1 failed", failed: 1 });
  });
});

describe("a check", () => {
  test("fails by claims, not by findings", () => {
    const claims = [
      { claim: "a", findings: [] },
      { claim: "b", findings: ["x", "y"] },
    ];
    expect(countOfCheck({ claims })).toMatchObject({ passed: 1, failures: ["b:\n      x\n      y"] });
  });
  test("that claims nothing fails, unless it only warns", () => {
    expect(countOfCheck({ claims: [] }).failures).toEqual(["nothing was checked"]);
    expect(countOfCheck({ claims: [], notes: ["long"] }, { warnsOnly: true })).toMatchObject({
      passed: 0,
      failures: [],
    });
  });
  test("does not believe a program that failed silently", () => {
    expect(claimOf("a", { ...ended, status: 3 }).findings).toEqual(["ended with status 3 and said nothing"]);
    expect(claimOf("a", { status: 124, output: "x\n", isTimeout: true }).findings).toEqual([
      "x",
      "stopped: it took too long",
    ]);
  });
});

describe("a vitest run", () => {
  const count = (projects, outside = []) => ({ projects, outside });
  const failuresOf = (...args) => [...countsOf(...args).values()].flatMap((kind) => kind.failures);

  test("passes with its numbers", () => {
    const counts = countsOf(["unit"], count({ unit: project(4, [], ["s"]) }), ended, false);
    expect(Object.fromEntries(counts)).toEqual({ unit: project(4, [], ["s"]) });
  });
  test.each([
    ["left no report", ["db", "http"], undefined, { ...ended, status: 1 }, 2],
    ["ran out of time", ["unit"], undefined, { status: 124, output: "", isTimeout: true }, 1],
    ["had a project without tests", ["db", "http"], count({ db: project(1) }), ended, 1],
    ["had only skipped tests", ["unit"], count({ unit: project(0, [], ["s"]) }), ended, 1],
    ["had an error outside of tests", ["unit"], count({ unit: project(1) }, ["rejected"]), ended, 1],
    ["ended badly with green tests", ["unit"], count({ unit: project(1) }), { ...ended, status: 1 }, 1],
    ["failed", ["unit"], count({ unit: project(1, ["t"]) }), { ...ended, status: 1 }, 1],
  ])("that %s fails", (_what, projects, result, ending, failures) => {
    expect(failuresOf(projects, result, ending, false)).toHaveLength(failures);
  });
  test("with a filter may leave out kinds, but not all of them", () => {
    expect([...countsOf(["unit", "db"], count({ unit: project(1) }), ended, true).keys()]).toEqual(["unit"]);
    expect(failuresOf(["unit", "db"], count({}), { ...ended, status: 1 }, true)).toEqual(["no test was run"]);
  });
});

describe("a program", () => {
  test("is stopped with its children at the time limit", async () => {
    const started = performance.now();
    const run = await runProgram("sh", ["-c", "sleep 60 & sleep 60"], { timeoutMs: 200 });
    expect(run).toMatchObject({ status: 124, isTimeout: true });
    expect(performance.now() - started).toBeLessThan(5000);
  });
  test("that cannot be started or is killed has failed", async () => {
    expect((await runProgram("/no/such/program", [])).status).toBe(127);
    expect((await runProgram("sh", ["-c", "kill -9 $$"])).status).not.toBe(0);
  });
});
