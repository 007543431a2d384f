/** Rows of the export → checked, sealed, and as COPY text: the work of an import that takes the processor. */
import type { PlaceProblem } from "../../../platform/problem.ts";
import type { OneWaySealer } from "../../../platform/sealing/sealer.ts";
import { findField } from "../core/registry/fields.ts";
import { makeRowReader } from "../core/registry/read-row.ts";
import { makeVillageFinder } from "../core/registry/village-names.ts";
import type { NamedRegion } from "../core/registry/village-names.ts";
import type { SheetRow } from "../read-sheet.ts";
import { rowProblemText } from "./row-problem-text.ts";
import { makeStager } from "./stage-rows.ts";

export type StagePlan = { headings: readonly string[]; today: string; regions: readonly NamedRegion[] };

export type Staged = {
  copy: string;
  rows: number;
  errors: number;
  doubts: number;
  /** the first of them, in the order of the rows */
  problems: { weight: "error" | "doubt"; place: PlaceProblem }[];
};
export type StageTask = (rows: readonly SheetRow[]) => Staged;

const MOST_PROBLEMS = 200;

/** A household whose rows stand together must come in one call. */
export function makeStageTask({ headings, today, regions }: StagePlan, sealer: OneWaySealer): StageTask {
  const columns = headings.map(findField);
  const headingOf = (code: string): string | undefined =>
    headings[columns.findIndex((field) => field?.code === code)];
  const read = makeRowReader(columns, { today, findVillage: makeVillageFinder(regions) });
  const stager = makeStager(sealer);
  return (rows) => {
    const staged: Staged = { copy: "", rows: rows.length, errors: 0, doubts: 0, problems: [] };
    for (const { line, cells } of rows) {
      const { row, problems } = read(cells);
      for (const problem of problems) {
        if (problem.weight === "error") staged.errors++;
        else staged.doubts++;
        const place = rowProblemText(problem, line, headingOf(problem.field));
        if (staged.problems.length < MOST_PROBLEMS) staged.problems.push({ weight: problem.weight, place });
      }
      if (row !== null) staged.copy += stager.add({ line, row });
    }
    staged.copy += stager.end();
    return staged;
  };
}
