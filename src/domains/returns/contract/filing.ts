/** A return: lists, filling in, what is wrong with it, what changed, what was posted. */
import { z } from "zod";
import { Basis } from "../../ledger/contract.ts";
import { FormDefinition } from "./forms.ts";
import {
  Code,
  ColumnCode,
  Day,
  Name,
  Origin,
  PeriodText,
  Status,
  Subject,
  UnitBrief,
  Verb,
} from "./words.ts";

export const ReturnBrief = z.object({
  id: z.number().int(),
  form: z.string(),
  formVersion: z.number().int(),
  formZh: z.string(),
  formEn: z.string(),
  period: PeriodText,
  unit: UnitBrief,
  status: Status,
  origin: Origin,
  step: z.number().int(),
  level: z.number().int(),
  levels: z.number().int(),
  version: z.number().int(),
  isAmendment: z.boolean(),
  isLocked: z.boolean(),
  dueDay: Day,
  /** working days; 0 in time */
  daysLate: z.number().int(),
  submittedAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
  /** cells that differ from the version that was submitted before */
  changed: z.number().int(),
  /** soft rules that were explained */
  explained: z.number().int(),
});
export type ReturnBrief = z.infer<typeof ReturnBrief>;

export const ReturnQuery = z.object({
  /** mine: of the acting post's unit; review: those that wait for it; all: everything in scope */
  of: z.enum(["mine", "review", "all"]).default("mine"),
  form: Code.optional(),
  period: PeriodText.optional(),
  status: Status.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(200).optional(),
});
export type ReturnQuery = z.infer<typeof ReturnQuery>;
export const ReturnPage = z.object({ items: z.array(ReturnBrief), cursor: z.string().nullable() });
export type ReturnPage = z.infer<typeof ReturnPage>;

const Values = z.record(z.string(), z.string());
export const ReturnRowView = z.object({
  subject: z.string(),
  name: z.string(),
  values: Values,
  last: Values,
  lastYear: Values,
  /** the row of the workbook it came from; null when typed */
  line: z.number().int().nullable(),
});
export type ReturnRowView = z.infer<typeof ReturnRowView>;

export const FindingView = z.object({
  code: z.string(),
  severity: z.enum(["hard", "soft"]),
  subject: z.string().nullable(),
  column: z.string().nullable(),
  /** what the rule read: `now.ytd=1100 lastYear.ytd=760` */
  numbers: z.string(),
  zh: z.string(),
  en: z.string(),
  explanation: z.string().nullable(),
  /** the explanation was given for other numbers, and does not count for these */
  isOutdated: z.boolean(),
});
export type FindingView = z.infer<typeof FindingView>;

export const CellReason = z.object({
  subject: Subject,
  column: ColumnCode,
  reason: z.string().trim().min(2).max(500),
});
export type CellReason = z.infer<typeof CellReason>;

export const ActionView = z.object({
  step: z.number().int(),
  verb: Verb,
  status: Status,
  version: z.number().int(),
  reason: z.string().nullable(),
  cells: z.array(CellReason),
  /** of a submission: SHA-256 over form, period, unit, version and every cell; the same content has the same */
  receipt: z.string().nullable(),
  by: z.string(),
  at: z.string(),
});
export type ActionView = z.infer<typeof ActionView>;

export const ReturnFileView = z.object({
  id: z.number().int(),
  version: z.number().int(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  isEntered: z.boolean(),
  problems: z.number().int(),
  by: z.string(),
  at: z.string(),
});
export type ReturnFileView = z.infer<typeof ReturnFileView>;

export const ChangeView = z.object({
  subject: z.string(),
  name: z.string(),
  column: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
/** What an amendment moved, by measure, once it was accepted. */
export const MovedView = z.object({
  measure: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  subject: z.string(),
  /** of the row it came from; null when it is the region's */
  rowName: z.string().nullable(),
  basis: Basis,
  aspect: z.enum(["value", "growth"]),
  before: z.string().nullable(),
  after: z.string(),
  unit: z.string(),
  /** figure in the ledger */
  figure: z.number().int(),
});

export const ReturnView = z.object({
  brief: ReturnBrief,
  form: FormDefinition,
  /** page of rows; `rows` counts all of them */
  items: z.array(ReturnRowView),
  rows: z.number().int(),
  /** synthetic: the numbers greyed beside them contain made-up ones */
  past: Origin,
  findings: z.array(FindingView),
  /** verbs that the acting post may use now */
  may: z.array(Verb),
  mayEdit: z.boolean(),
  /** why the acting post, which reviews at this level, may not review this very return: its own, submitted or passed by the same person */
  noReview: z.enum(["own", "submitted", "passed"]).nullable(),
  actions: z.array(ActionView),
  files: z.array(ReturnFileView),
  /** against the version submitted before, or accepted */
  changes: z.array(ChangeView),
  changesOf: z.object({ from: z.number().int(), to: z.number().int() }).nullable(),
  /** figures that its acceptance entered or corrected */
  posted: z.array(MovedView),
});
export type ReturnView = z.infer<typeof ReturnView>;
export const ReturnViewQuery = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** Cell by cell, each with what stood there: nobody's work is written over unseen. */
export const CellEdit = z.object({
  subject: Subject,
  column: ColumnCode,
  /** the value that was on the page */
  from: z.string().max(300).nullable(),
  /** as typed; null clears the cell */
  to: z.string().max(300).nullable(),
});
export const EditCellsRequest = z.object({
  cells: z.array(CellEdit).max(5000).default([]),
  /** rows of an open list */
  add: z
    .array(z.object({ subject: Subject, name: Name }))
    .max(500)
    .default([]),
  /** with the values that were on the page */
  remove: z
    .array(z.object({ subject: Subject, values: z.record(ColumnCode, z.string().max(300)) }))
    .max(500)
    .default([]),
});
export type EditCellsRequest = z.infer<typeof EditCellsRequest>;
export const CellRefusal = z.object({
  subject: z.string(),
  column: z.string(),
  /** CONFLICT, ROW_CHANGED: somebody else changed it meanwhile; otherwise the code of the reading fault */
  code: z.string(),
  /** what stands there now */
  value: z.string().nullable(),
  zh: z.string(),
  en: z.string(),
});
export type CellRefusal = z.infer<typeof CellRefusal>;
export const EditedView = z.object({
  /** what now stands in the cells that were sent */
  cells: z.array(z.object({ subject: z.string(), column: z.string(), value: z.string().nullable() })),
  refused: z.array(CellRefusal),
  /** null when the return is too long to be checked after each change: it is at its next reading, and when submitted */
  findings: z.array(FindingView).nullable(),
  step: z.number().int(),
  status: Status,
});
export type EditedView = z.infer<typeof EditedView>;

export const ExplainRequest = z.object({
  code: z.string().max(60),
  subject: Subject.nullable(),
  text: z.string().trim().max(500),
  /** of the finding that is explained: refused when somebody has changed them since */
  numbers: z.string().max(2000).optional(),
});
