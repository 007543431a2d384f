/** What is wrong with a workbook, cell by cell; memory does not grow with the number of faults. */
import type { Bilingual } from "../../../platform/problem.ts";
import type { WorkbookProblem } from "../contract.ts";

const MOST_PROBLEMS = 500;

export type FoundProblem = Bilingual & {
  code: string;
  severity: WorkbookProblem["severity"];
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
  const kept = {
    hard: [] as WorkbookProblem[],
    soft: [] as WorkbookProblem[],
    note: [] as WorkbookProblem[],
  };
  let count = 0;
  return {
    add(problem) {
      count++;
      const alike = kept[problem.severity];
      const { subject = null, column = null } = problem;
      if (alike.length < MOST_PROBLEMS) alike.push({ sheet, ...problem, subject, column });
    },
    list: () => [...kept.hard, ...kept.soft, ...kept.note].slice(0, MOST_PROBLEMS),
    count: () => count,
  };
}
