/** What is wrong with a workbook, cell by cell; memory does not grow with the number of faults. */
import type { Bilingual } from "../../../platform/problem.ts";
import type { WorkbookProblem } from "../contract.ts";

const MOST_PROBLEMS = 500;

export type FoundProblem = Bilingual & {
  code: string;
  severity: "hard" | "soft";
  cell: string | null;
  subject?: string;
  column?: string;
};

export type ProblemList = {
  add: (problem: FoundProblem) => void;
  /** those that must be mended first, then in the order in which they were found */
  list: () => WorkbookProblem[];
  count: () => number;
};

export function openProblems(sheet: string): ProblemList {
  const hard: WorkbookProblem[] = [];
  const soft: WorkbookProblem[] = [];
  let count = 0;
  return {
    add(problem) {
      count++;
      const kept = problem.severity === "hard" ? hard : soft;
      const { subject = null, column = null } = problem;
      if (kept.length < MOST_PROBLEMS) kept.push({ sheet, ...problem, subject, column });
    },
    list: () => [...hard, ...soft].slice(0, MOST_PROBLEMS),
    count: () => count,
  };
}
