/** What a return's workbook is made from. */
import type { NumberRecord } from "../../../shared/expression.ts";
import type { Period } from "../../../shared/period.ts";
import type { FormDefinition, ReturnRow } from "../core/form.ts";

export type ReturnWorkbook = {
  form: FormDefinition;
  formVersion: number;
  period: Period;
  unit: { code: string; nameZh: string };
  rows: readonly ReturnRow[];
  /** what the same rows had a period and a year before, by subject */
  last: ReadonlyMap<string, NumberRecord>;
  lastYear: ReadonlyMap<string, NumberRecord>;
  /** false: only the keys of the rows are written */
  isPrefilled: boolean;
  /** last day, yyyy-mm-dd; that of the form's own rule when absent */
  dueDay?: string;
  /** numbers on it were made up for the demonstration, and the sheet says so */
  isSynthetic?: boolean;
  /** signs the workbook's mark */
  key: Buffer;
};

export type SheetPlan = ReturnWorkbook & {
  name: string;
  /** the line above the heading: unit, period, last day */
  info: string;
  /** where the choices of a column stand */
  choices: ReadonlyMap<string, string>;
};
