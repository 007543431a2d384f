/**
 * Forms as data: what a return asks for, of whom, and how it is checked.
 *
 * Words:
 * - form 报表: columns × subjects for a kind of period, under a code and a version; a version is never changed
 * - column 指标栏: one thing asked for, with its unit; in a form about one region the columns stand below each other
 * - subject 填报对象: what a row is about: the region itself, a product, an enterprise, a project
 * - filer 填报单位, reviewer 审核单位: who fills it in, and who looks at it level by level
 * - rule 审核关系: a cross-check, in CEL; hard 硬性 must hold, soft 软性 may be explained
 */
import type { Basis, PeriodForm } from "../../../shared/period.ts";

/** Where acceptance enters a number in the ledger. */
export type Posting = { measure: string; basis: Basis; aspect: "value" | "growth" };

export type Column = {
  code: string;
  nameZh: string;
  nameEn: string;
  kind: "number" | "text" | "choice";
  /** as printed in the heading; null for texts and choices */
  unit: string | null;
  decimals: number;
  required: boolean;
  /** bounds as decimal text in the unit */
  min: string | null;
  max: string | null;
  choices: readonly string[];
  helpZh: string | null;
  helpEn: string | null;
  /** what stands greyed beside it */
  compare: readonly ("last" | "lastYear")[];
  posts: Posting | null;
};

export type SubjectItem = { code: string; nameZh: string; nameEn: string | null };
export type Subjects =
  | { kind: "region" }
  | {
      kind: "list";
      /** before the colon of the ledger's subject: product, enterprise, project */
      prefix: string;
      nameZh: string;
      nameEn: string;
      items: readonly SubjectItem[];
      /** the filer may add rows of its own */
      isOpen: boolean;
    };

export type RuleKind = "identity" | "sum" | "fluctuation" | "limit" | "logic";
export type Rule = {
  code: string;
  kind: RuleKind;
  severity: "hard" | "soft";
  /** row: for each subject; form: once, over the totals */
  scope: "row" | "form";
  /** CEL over the records below; must hold */
  expression: string;
  /** the column that is marked when it does not */
  column: string | null;
  /** `{now.total}` stands for the number */
  messageZh: string;
  messageEn: string;
};

/**
 * The records that a rule reads, each from column codes (ledger and parent: from measure codes) to numbers:
 * now this row; last and lastYear the same row a period and a year before; total the sums over the rows;
 * ledger the region's own figures, parent those of the region above, children the sums of the regions below; period its
 * year, month and third. In a year-to-date column `last` is blank in the first period of a year.
 */
export const RECORDS = [
  "now",
  "last",
  "lastYear",
  "total",
  "ledger",
  "parent",
  "children",
  "period",
] as const;
export type RecordName = (typeof RECORDS)[number];

export type DueRule =
  | { kind: "working-days"; count: number }
  /** a day of the month after the period (of the period's own end month for thirds: days after the end) */
  | { kind: "day"; day: number; roll: "earlier" | "later" };

export type ReviewLevel = {
  level: "township" | "county";
  /** unit codes; empty: every unit of that level that may review */
  units: readonly string[];
};

export type Filers = {
  /** township, zone, enterprise … */
  kinds: readonly string[];
  /** regions: of the kinds, units in their subtrees alone; none: all of the county */
  within?: readonly number[] | undefined;
  /** codes of units besides, wherever they are */
  units: readonly string[];
};

export type FormDefinition = {
  code: string;
  nameZh: string;
  nameEn: string;
  /** the unit that owns it: its department defines, opens, locks */
  owner: string;
  periodForm: PeriodForm;
  filers: Filers;
  review: readonly ReviewLevel[];
  due: DueRule;
  /** opened by itself for periods from … to; null: only by hand */
  schedule: { from: string; to: string | null } | null;
  subjects: Subjects;
  columns: readonly Column[];
  rules: readonly Rule[];
};

/** The one row of a form about a region. */
export const REGION_ROW = "region";

/** A row as it is kept: a number is plain decimal text in the column's unit; what is blank is absent. */
export type ReturnRow = {
  subject: string;
  name: string;
  values: Readonly<Record<string, string>>;
};

export function columnOf(form: FormDefinition, code: string): Column | undefined {
  return form.columns.find((column) => column.code === code);
}

/** The rows that a form begins with. */
export function firstRows(form: FormDefinition, regionName: string): ReturnRow[] {
  if (form.subjects.kind === "region") return [{ subject: REGION_ROW, name: regionName, values: {} }];
  return form.subjects.items.map(({ code, nameZh }) => ({ subject: code, name: nameZh, values: {} }));
}

/** The ledger's name of a row. */
export function ledgerSubject(form: FormDefinition, subject: string): string {
  return form.subjects.kind === "region" ? REGION_ROW : `${form.subjects.prefix}:${subject}`;
}
