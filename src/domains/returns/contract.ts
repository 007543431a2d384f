/**
 * Returns over HTTP: forms, what is due, filling in, workbooks, the course of a return, the board, the inbox.
 * Values are decimal text in the unit of their column; a cell that is blank is null.
 */
import { z } from "zod";
import { RegionBrief } from "../auth/contract.ts";
import { Basis } from "../ledger/contract.ts";
import { STATUSES, VERBS } from "./core/course.ts";
import type { FormDefinition as Definition } from "./core/form.ts";

/** yyyy-mm-dd */
const Day = z.iso.date();
const Code = z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/);
const Name = z.string().trim().min(1).max(120);
/** A column's code is a name in expressions. */
const ColumnCode = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/);
const Subject = z.string().regex(/^[\p{L}\p{N}._-]{1,50}$/u);
export const PeriodText = z.string().regex(/^\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2])(?:T[1-3])?)?$/);
export const Status = z.enum(STATUSES);
export type Status = z.infer<typeof Status>;
export const Verb = z.enum(VERBS);
const Bound = z
  .string()
  .regex(/^-?\d{1,18}(\.\d{1,12})?$/)
  .nullable();

// ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const Column = z.object({
  code: ColumnCode,
  nameZh: Name,
  nameEn: Name,
  kind: z.enum(["number", "text", "choice"]),
  unit: z.string().max(20).nullable().default(null),
  decimals: z.number().int().min(0).max(6).default(0),
  required: z.boolean().default(false),
  min: Bound.default(null),
  max: Bound.default(null),
  choices: z.array(z.string().min(1).max(60)).max(100).default([]),
  helpZh: z.string().max(500).nullable().default(null),
  helpEn: z.string().max(500).nullable().default(null),
  compare: z.array(z.enum(["last", "lastYear"])).default([]),
  posts: z
    .object({
      measure: z.string().max(60),
      basis: Basis,
      aspect: z.enum(["value", "growth"]).default("value"),
    })
    .nullable()
    .default(null),
});
export const Rule = z.object({
  code: ColumnCode,
  kind: z.enum(["identity", "sum", "fluctuation", "limit", "logic"]),
  severity: z.enum(["hard", "soft"]),
  scope: z.enum(["row", "form"]).default("row"),
  expression: z.string().min(1).max(2000),
  column: ColumnCode.nullable().default(null),
  messageZh: z.string().min(1).max(500),
  messageEn: z.string().min(1).max(500),
});
export const FormDefinition = z.object({
  code: Code,
  nameZh: Name,
  nameEn: Name,
  owner: Code,
  periodForm: z.enum(["ten-days", "month", "quarter", "year"]),
  filers: z.object({ kinds: z.array(Code).default([]), units: z.array(Code).default([]) }),
  review: z
    .array(
      z.object({
        level: z.enum(["township", "county"]),
        units: z.array(Code).default([]),
      }),
    )
    .min(1)
    .max(4),
  due: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("working-days"), count: z.number().int().min(1).max(60) }),
    z.object({
      kind: z.literal("day"),
      day: z.number().int().min(1).max(31),
      roll: z.enum(["earlier", "later"]),
    }),
  ]),
  schedule: z
    .object({ from: PeriodText, to: PeriodText.nullable().default(null) })
    .nullable()
    .default(null),
  subjects: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("region") }),
    z.object({
      kind: z.literal("list"),
      prefix: z.string().regex(/^[a-z][a-z0-9-]{0,20}$/),
      nameZh: Name,
      nameEn: Name,
      items: z.array(z.object({ code: Subject, nameZh: Name, nameEn: Name.nullable().default(null) })),
      isOpen: z.boolean(),
    }),
  ]),
  columns: z.array(Column).min(1).max(60),
  rules: z.array(Rule).max(100).default([]),
});
export type FormDefinition = z.infer<typeof FormDefinition>;
/** The contract and the pure rules mean the same thing. */
const same = (form: FormDefinition): Definition => form;
void same;

export const UnitBrief = z.object({
  id: z.number().int(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  region: RegionBrief,
});
export type UnitBrief = z.infer<typeof UnitBrief>;

/** A period that the schedule calls for and that cannot be opened, told to the form's owner. */
export const BlockedView = z.object({ period: PeriodText, zh: z.string(), en: z.string() });
export type BlockedView = z.infer<typeof BlockedView>;
export const FormRow = z.object({
  code: z.string(),
  version: z.number().int(),
  nameZh: z.string(),
  nameEn: z.string(),
  owner: z.string(),
  periodForm: FormDefinition.shape.periodForm,
  columns: z.number().int(),
  rules: z.number().int(),
  /** the acting post may define, open and lock it */
  mayDesign: z.boolean(),
  /** the acting post may remind those who have not filed it */
  mayRemind: z.boolean(),
});
export type FormRow = z.infer<typeof FormRow>;
export const FormList = z.object({
  items: z.array(FormRow.extend({ blocked: z.array(BlockedView) })),
  /** code of the unit for which the acting post may make new ones */
  owner: z.string().nullable(),
});
export type FormList = z.infer<typeof FormList>;

export const OpeningView = z.object({
  form: z.string(),
  formVersion: z.number().int(),
  period: PeriodText,
  dueDay: Day,
  isLocked: z.boolean(),
  units: z.number().int(),
  openedAt: z.string(),
});
export type OpeningView = z.infer<typeof OpeningView>;
export const FormView = z.object({
  form: FormDefinition,
  version: z.number().int(),
  /** newest first */
  versions: z.array(z.object({ version: z.number().int(), recordedAt: z.string(), recordedBy: z.string() })),
  openings: z.array(OpeningView),
  blocked: z.array(BlockedView),
  mayDesign: z.boolean(),
});
export type FormView = z.infer<typeof FormView>;
export const FormQuery = z.object({ version: z.coerce.number().int().min(1).optional() });
export const SaveFormRequest = z.object({
  /** the version it was made from; 0 for a new form. Somebody else's newer version refuses it. */
  basedOn: z.number().int().min(0),
  form: FormDefinition,
});

export const TryRulesRequest = z.object({ form: FormDefinition, from: PeriodText, to: PeriodText });
export const RuleTrial = z.object({
  code: z.string(),
  /** why the expression cannot be read; then nothing was tried */
  fault: z.string().nullable(),
  /** rows, or returns for a rule of the form, that it could be asked of */
  asked: z.number().int(),
  fired: z.number().int(),
  examples: z.array(
    z.object({
      period: PeriodText,
      unitZh: z.string(),
      unitEn: z.string(),
      name: z.string().nullable(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
});
export type RuleTrial = z.infer<typeof RuleTrial>;
export const RuleTrialList = z.object({ returns: z.number().int(), items: z.array(RuleTrial) });

export const OpenPeriodRequest = z.object({ period: PeriodText, dueDay: Day.optional() });
export const ChangeOpeningRequest = z.object({
  /** a new last day, or locking and unlocking */
  dueDay: Day.optional(),
  isLocked: z.boolean().optional(),
  reason: z.string().trim().min(2).max(500),
});

// ── Returns ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** synthetic: made up by a pack for the demonstration, and said so wherever it shows */
export const Origin = z.enum(["filed", "synthetic"]);
export type Origin = z.infer<typeof Origin>;

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
  zh: z.string(),
  en: z.string(),
  explanation: z.string().nullable(),
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
});

export const ReturnStepRequest = z.object({
  verb: Verb.exclude(["begin"]),
  /** the step that the page has seen */
  step: z.number().int().min(0),
  /** needed to send back and to amend */
  reason: z.string().trim().min(2).max(500).optional(),
  cells: z.array(CellReason).max(200).default([]),
});
export type ReturnStepRequest = z.infer<typeof ReturnStepRequest>;
export const BulkStepRequest = z.object({
  items: z
    .array(z.object({ id: z.number().int().positive(), step: z.number().int().min(0) }))
    .min(1)
    .max(500),
});
const Bilingual = z.object({ zh: z.string(), en: z.string() });
export const RefusedStep = z.object({
  id: z.number().int(),
  code: z.string(),
  title: Bilingual,
  detail: Bilingual.nullable(),
  /** the first 20 places that are to blame; `field` is row.column */
  places: z.array(
    z.object({ code: z.string(), zh: z.string(), en: z.string(), field: z.string().optional() }),
  ),
  placeCount: z.number().int(),
  /** how it stands now; null when the acting post does not see it */
  now: ReturnBrief.nullable(),
});
export type RefusedStep = z.infer<typeof RefusedStep>;
export const BulkStepView = z.object({ done: z.array(z.number().int()), refused: z.array(RefusedStep) });
export type BulkStepView = z.infer<typeof BulkStepView>;

// ── Workbooks ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const WorkbookProblem = z.object({
  sheet: z.string(),
  /** C7; null about the sheet as a whole */
  cell: z.string().nullable(),
  severity: z.enum(["hard", "soft"]),
  code: z.string(),
  subject: z.string().nullable(),
  column: z.string().nullable(),
  zh: z.string(),
  en: z.string(),
});
export type WorkbookProblem = z.infer<typeof WorkbookProblem>;
export const UploadView = z.object({
  file: ReturnFileView,
  /** the same file had been read before: nothing was entered again */
  repeated: z.boolean(),
  /** false when a cell could not be read: then nothing was entered */
  isEntered: z.boolean(),
  rows: z.number().int(),
  /** the first 500 */
  problems: z.array(WorkbookProblem),
  problemCount: z.number().int(),
  brief: ReturnBrief,
});
export type UploadView = z.infer<typeof UploadView>;
export const WorkbookQuery = z.object({ prefilled: z.enum(["true", "false"]).default("true") });
/** Chosen by the sender, unguessable enough for his own account. */
export const ProgressKey = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/);
export const UploadProgress = z.object({
  step: z.enum(["waiting", "reading", "checking", "entering", "done"]),
  /** rows */
  done: z.number().int(),
  of: z.number().int().nullable(),
});
export type UploadProgress = z.infer<typeof UploadProgress>;

// ── Board, scores, inbox ─────────────────────────────────────────────────────────────────────────────────────────────

export const BoardQuery = z.object({
  form: Code,
  from: PeriodText.optional(),
  to: PeriodText.optional(),
  within: z.coerce.number().int().optional(),
});
export type BoardQuery = z.infer<typeof BoardQuery>;
export const BoardCell = z.object({
  id: z.number().int(),
  period: PeriodText,
  status: Status,
  origin: Origin,
  daysLate: z.number().int(),
});
export const BoardView = z.object({
  form: FormRow,
  periods: z.array(
    z.object({
      period: PeriodText,
      dueDay: Day,
      isLocked: z.boolean(),
      due: z.number().int(),
      submitted: z.number().int(),
      accepted: z.number().int(),
      late: z.number().int(),
    }),
  ),
  units: z.array(
    z.object({
      unit: UnitBrief,
      cells: z.array(BoardCell),
      /** 0–100 over the periods shown, one decimal; null before anything was due */
      timeliness: z.number().nullable(),
      quality: z.number().nullable(),
      score: z.number().nullable(),
    }),
  ),
});
export type BoardView = z.infer<typeof BoardView>;

export const InboxView = z.object({
  id: z.number().int(),
  kind: z.enum(["soon", "today", "late", "sent-back", "accepted"]),
  brief: ReturnBrief,
  at: z.string(),
  isRead: z.boolean(),
});
export type InboxView = z.infer<typeof InboxView>;
export const InboxList = z.object({ items: z.array(InboxView), unread: z.number().int() });
const Channel = z.enum(["email", "webhook"]);
export const UndeliveredView = z.object({
  message: z.number().int(),
  channel: Channel,
  kind: z.enum(["soon", "today", "late", "sent-back", "accepted"]),
  brief: ReturnBrief,
  /** how often it was refused since it was last asked for */
  refusals: z.number().int(),
  /** what the mail server or the chat robot said last */
  reason: z.string().nullable(),
  at: z.string(),
  /** it is not tried again by itself */
  isGivenUp: z.boolean(),
});
export type UndeliveredView = z.infer<typeof UndeliveredView>;
export const UndeliveredList = z.object({ items: z.array(UndeliveredView) });
export type UndeliveredList = z.infer<typeof UndeliveredList>;
export const SendAgainRequest = z.object({
  items: z
    .array(z.object({ message: z.number().int().positive(), channel: Channel }))
    .min(1)
    .max(100),
});
export const SentAgainView = z.object({ again: z.number().int() });
export const RemindRequest = z.object({ form: Code, period: PeriodText });
export const RemindedView = z.object({ reminded: z.number().int() });
export const ContactView = z.object({ unit: UnitBrief, email: z.string().nullable() });
export const ContactList = z.object({ items: z.array(ContactView) });
export const SaveContactRequest = z.object({ email: z.email().max(200).nullable() });
