/**
 * Relief over HTTP. First the registry: households and persons, masked; imports; what happened to a household.
 * Then the look-back: registers, runs, clues on their way to a verdict, notices.
 */
import { z } from "zod";
import { RegionBrief } from "../auth/contract.ts";
import { QUEUES, VERBS, VERDICTS } from "./core/clues/clue-loop.ts";

/** yyyy-mm-dd */
export const Day = z.iso.date();
/** An exact decimal as text. */
export const Amount = z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/);

export const RegistryStatus = z.enum(["registered", "exited", "returned", "removed"]);
export type RegistryStatus = z.infer<typeof RegistryStatus>;
export const Sex = z.enum(["male", "female"]);

export const PersonRow = z.object({
  id: z.number().int(),
  number: z.string(),
  name: z.string(),
  sex: Sex.nullable(),
  birthYear: z.number().int().nullable(),
  /** 140981********123X; null where there is none */
  idMask: z.string().nullable(),
  relation: z.string(),
  household: z.number().int(),
  householdNumber: z.string(),
  region: RegionBrief,
  status: RegistryStatus,
});
export type PersonRow = z.infer<typeof PersonRow>;

export const PersonQuery = z.object({
  /** part of a name, a household's or a person's number, or the last four characters of an ID number */
  q: z.string().trim().max(60).optional(),
  /** this region and what lies below it; the acting post's region when absent */
  within: z.coerce.number().int().optional(),
  status: RegistryStatus.optional(),
  /** a household's page of the list begins after this */
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PersonQuery = z.infer<typeof PersonQuery>;
export const PersonPage = z.object({ items: z.array(PersonRow), cursor: z.string().nullable() });
export type PersonPage = z.infer<typeof PersonPage>;

/** The full number travels in the body: addresses are logged. */
export const FindPersonRequest = z.object({ idNumber: z.string().trim().min(15).max(24) });
export type FindPersonRequest = z.infer<typeof FindPersonRequest>;
export const FoundPersons = z.object({ items: z.array(PersonRow) });
export type FoundPersons = z.infer<typeof FoundPersons>;

export const VillageRow = z.object({
  region: RegionBrief,
  /** all that were ever registered, whatever their status */
  households: z.number().int(),
  /** likewise */
  persons: z.number().int(),
  /** whole households: a single person who was removed does not count here */
  exited: z.number().int(),
  removed: z.number().int(),
  /** persons without an ID number */
  withoutId: z.number().int(),
});
export type VillageRow = z.infer<typeof VillageRow>;
export const RegistrySummary = z.object({
  region: RegionBrief,
  villages: z.array(VillageRow),
  households: z.number().int(),
  persons: z.number().int(),
  /** by official code, main causes of households that are registered or returned */
  causes: z.array(z.object({ cause: z.string(), households: z.number().int() })),
  /** the newest import; origin synthetic is said on every page */
  newest: z
    .object({ title: z.string(), origin: z.enum(["file", "synthetic"]), recordedAt: z.string() })
    .nullable(),
});
export type RegistrySummary = z.infer<typeof RegistrySummary>;

export const IncomeView = z.object({
  year: z.number().int(),
  wage: Amount.nullable(),
  business: Amount.nullable(),
  transfer: Amount.nullable(),
  property: Amount.nullable(),
  /** A17, A18, A19, A20 as stated */
  total: Amount.nullable(),
  costs: Amount.nullable(),
  net: Amount.nullable(),
  members: z.number().int().nullable(),
  perCapita: Amount.nullable(),
  /** identities that do not hold, with what they should give */
  breaks: z.array(z.object({ field: z.enum(["total", "net", "perCapita"]), computed: Amount })),
  /** poverty line of the year, yuan a person */
  line: Amount.nullable(),
});
export type IncomeView = z.infer<typeof IncomeView>;

export const HelpMeasureView = z.object({
  id: z.number().int(),
  kind: z.string(),
  unit: z.string(),
  content: z.string(),
  cost: Amount.nullable(),
  onDay: Day,
  signedBy: z.string(),
  recordedAt: z.string(),
});

export const RegistryActionView = z.object({
  id: z.number().int(),
  kind: z.enum(["register", "amend", "exit", "return", "remove", "restore"]),
  onDay: Day,
  person: z.number().int().nullable(),
  reason: z.string().nullable(),
  /** field → value, masked */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  clue: z.number().int().nullable(),
  recordedAt: z.string(),
});
export type RegistryActionView = z.infer<typeof RegistryActionView>;

export const MemberView = z.object({
  id: z.number().int(),
  number: z.string(),
  name: z.string(),
  sex: Sex.nullable(),
  birthYear: z.number().int().nullable(),
  idMask: z.string().nullable(),
  relation: z.string(),
  fromDay: Day,
  toDay: Day.nullable(),
  status: RegistryStatus,
  /** field code → text, as core/registry/fields.ts lists them */
  form: z.record(z.string(), z.string()),
});

export const HouseholdView = z.object({
  id: z.number().int(),
  number: z.string(),
  region: RegionBrief,
  /** township and county above it */
  above: z.array(RegionBrief),
  status: RegistryStatus,
  phoneMask: z.string().nullable(),
  accountMask: z.string().nullable(),
  form: z.record(z.string(), z.string()),
  causes: z.array(z.object({ cause: z.string(), isMain: z.boolean() })),
  members: z.array(MemberView),
  incomes: z.array(IncomeView),
  measures: z.array(HelpMeasureView),
  actions: z.array(RegistryActionView),
  recusals: z.array(z.object({ official: z.string(), kinship: z.string() })),
  origin: z.object({
    id: z.number().int(),
    title: z.string(),
    origin: z.enum(["file", "synthetic"]),
    fileName: z.string(),
    sha256: z.string(),
    recordedAt: z.string(),
  }),
});
export type HouseholdView = z.infer<typeof HouseholdView>;

export const UnmaskRequest = z.object({
  /** why: shown to the auditor beside who, when and from where */
  purpose: z.string().trim().min(4).max(200),
});
export type UnmaskRequest = z.infer<typeof UnmaskRequest>;
export const UnmaskedView = z.object({
  phone: z.string().nullable(),
  account: z.string().nullable(),
  persons: z.array(z.object({ id: z.number().int(), idNumber: z.string().nullable() })),
});
export type UnmaskedView = z.infer<typeof UnmaskedView>;

export const RecordMeasureRequest = z.object({
  kind: z.string().max(40),
  unit: z.string().trim().min(1).max(80),
  content: z.string().trim().min(1).max(500),
  cost: Amount.nullable(),
  onDay: Day,
  signedBy: z.string().trim().min(1).max(40),
});
export type RecordMeasureRequest = z.infer<typeof RecordMeasureRequest>;
export const RecordIncomeRequest = IncomeView.omit({ year: true, breaks: true, line: true });
export type RecordIncomeRequest = z.infer<typeof RecordIncomeRequest>;
export const RegistryActionRequest = z.object({
  kind: z.enum(["exit", "return"]),
  onDay: Day,
  reason: z.string().trim().min(2).max(500),
});
export type RegistryActionRequest = z.infer<typeof RegistryActionRequest>;
export const RecusalRequest = z.object({
  official: z.string().trim().min(2).max(40),
  kinship: z.string().trim().min(1).max(40),
});
export type RecusalRequest = z.infer<typeof RecusalRequest>;

export const ImportView = z.object({
  id: z.number().int(),
  title: z.string(),
  origin: z.enum(["file", "synthetic"]),
  fileName: z.string(),
  sha256: z.string(),
  persons: z.number().int(),
  households: z.number().int(),
  /** persons that were not there before */
  added: z.number().int(),
  /** known persons and households whose data the file changes */
  changed: z.number().int(),
  /** registered persons of the region whom the file does not have: they stay */
  absent: z.number().int(),
  /** cells that are likely wrong and were kept as they stood, when the sender asked for that */
  doubts: z.number().int(),
  recordedAt: z.string(),
  /** the same file had been read before, and nothing was done */
  repeated: z.boolean(),
});
export type ImportView = z.infer<typeof ImportView>;
export const ImportList = z.object({ items: z.array(ImportView) });
export type ImportList = z.infer<typeof ImportList>;

/** Chosen by whoever sends a file, so that its progress can be asked for while it is read. */
export const ProgressKey = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/);
export const ProgressView = z.object({
  step: z.enum(["waiting", "reading", "checking", "sealing", "storing", "done"]),
  done: z.number().int(),
  of: z.number().int().nullable(),
});
export type ProgressView = z.infer<typeof ProgressView>;

// ── Look-back ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** vehicle 车辆, payroll 财政供养, housing 房产, company 工商, death 死亡, household 户籍, insurance 社保 … */
export const RegisterKind = z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/);
/** our column → heading in the file; `row` may be absent, then rows are numbered */
export const ColumnMapping = z.record(z.string().max(30), z.string().max(200));
export type ColumnMapping = z.infer<typeof ColumnMapping>;

export const InspectedFile = z.object({
  headings: z.array(z.string()),
  encoding: z.enum(["utf-8", "gb18030", "workbook"]),
  /** kept from the last file of this kind, else guessed from the headings */
  mapping: ColumnMapping,
  /** how the mapping came about */
  mappedBy: z.enum(["kept", "guessed"]),
  /** first rows, digits of long numbers and phones masked */
  sample: z.array(z.array(z.string())),
});
export type InspectedFile = z.infer<typeof InspectedFile>;

export const RegisterView = z.object({
  id: z.number().int(),
  kind: RegisterKind,
  title: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  rows: z.number().int(),
  asOf: Day,
  recordedAt: z.string(),
  /** rows are still kept, sealed; a run can use it */
  isHeld: z.boolean(),
});
export type RegisterView = z.infer<typeof RegisterView>;
export const RegisterList = z.object({ items: z.array(RegisterView) });

export const Tier = z.enum(["exact", "repaired", "name", "household"]);
export type Tier = z.infer<typeof Tier>;

/** 95 % interval by Wilson; null while nothing was judged. */
export const PrecisionView = z.object({
  judged: z.number().int(),
  /** 属实‑剔除, 部分属实‑修正, 已死亡或迁出 */
  borneOut: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type PrecisionView = z.infer<typeof PrecisionView>;

export const RuleCondition = z.object({
  column: z.string().max(60),
  is: z.enum(["at-least", "at-most", "one-of", "not-one-of", "before", "after"]),
  value: z.union([z.string().max(200), z.number(), z.array(z.string().max(200)).max(50)]),
});
export const RuleView = z.object({
  code: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  nameZh: z.string().min(1).max(80),
  nameEn: z.string().min(1).max(120),
  /** clues of one person under one matter are one clue */
  matter: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  registers: z.array(RegisterKind).min(1),
  /** the tiers that count, each from so high a probability */
  tiers: z.partialRecord(Tier, z.number().min(0).max(1)),
  /** all must hold; a column that the register has not makes the rule silent, which the run says */
  when: z.array(RuleCondition),
  effect: z.enum(["exclude", "flag"]),
  isRebuttable: z.boolean(),
  isConfidential: z.boolean(),
  basis: z.string().max(300),
});
export type RuleView = z.infer<typeof RuleView>;
export const RuleSet = z.object({
  version: z.string().min(1).max(40),
  rules: z.array(RuleView).min(1).max(60),
});
export type RuleSet = z.infer<typeof RuleSet>;
export const RulesView = RuleSet.extend({
  recordedAt: z.string().nullable(),
  precision: z.record(z.string(), PrecisionView),
});
export type RulesView = z.infer<typeof RulesView>;

export const RunState = z.enum(["waiting", "running", "done", "failed", "cancelled", "sent"]);
export type RunState = z.infer<typeof RunState>;
export const RunTally = z.object({
  register: z.number().int(),
  tier: Tier,
  /** null: no rule takes it */
  rule: z.string().nullable(),
  matches: z.number().int(),
  persons: z.number().int(),
  /** mean of the stated probabilities */
  probability: z.number(),
  /** persons and matters among them that were judged before and have not changed: not sent again */
  known: z.number().int(),
});
export const RunView = z.object({
  id: z.number().int(),
  title: z.string(),
  region: RegionBrief,
  state: RunState,
  ruleVersion: z.string(),
  recordedAt: z.string(),
  registers: z.array(RegisterView),
  progress: z.object({ step: z.string(), done: z.number(), of: z.number() }).nullable(),
  /** why it failed, in both languages */
  failure: z.object({ zh: z.string(), en: z.string() }).nullable(),
  persons: z.number().int().nullable(),
  seconds: z.number().nullable(),
  tallies: z.array(RunTally),
  /** what sending would make now, by rule */
  toSend: z.array(z.object({ rule: z.string(), clues: z.number().int(), townships: z.number().int() })),
  /** clues that it has become */
  sent: z.number().int(),
  /** rules that could not be asked, and the column they lack */
  silent: z.array(z.object({ rule: z.string(), column: z.string() })),
});
export type RunView = z.infer<typeof RunView>;
export const RunList = z.object({
  items: z.array(RunView.omit({ tallies: true, toSend: true, silent: true })),
});
export type RunList = z.infer<typeof RunList>;
export const BeginRunRequest = z.object({
  title: z.string().trim().min(1).max(100),
  registers: z.array(z.number().int()).min(1).max(20),
  key: ProgressKey,
});
export type BeginRunRequest = z.infer<typeof BeginRunRequest>;
export const SendRunRequest = z.object({ rules: z.array(z.string()).min(1), dueDay: Day });
export type SendRunRequest = z.infer<typeof SendRunRequest>;

/** One field on both sides. */
export const EvidenceField = z.object({
  field: z.string(),
  level: z.string(),
  zh: z.string(),
  en: z.string(),
});
export const MatchView = z.object({
  id: z.number().int(),
  tier: Tier,
  probability: z.number(),
  register: RegisterView,
  rowKey: z.string(),
  /** the row as the register has it: heading → text, numbers masked */
  row: z.record(z.string(), z.string()),
  evidence: z.array(EvidenceField),
  rule: z.string().nullable(),
  /** household: the member whom the row names */
  relative: z.object({ id: z.number().int(), name: z.string(), relation: z.string() }).nullable(),
});
export type MatchView = z.infer<typeof MatchView>;
export const RunMatch = MatchView.extend({ person: PersonRow, clue: z.number().int().nullable() });
export type RunMatch = z.infer<typeof RunMatch>;
export const RunMatchQuery = z.object({
  tier: Tier.optional(),
  rule: z.string().max(60).optional(),
  register: z.coerce.number().int().optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type RunMatchQuery = z.infer<typeof RunMatchQuery>;
export const RunMatchPage = z.object({ items: z.array(RunMatch), cursor: z.number().int().nullable() });

export const ClueQueue = z.enum(QUEUES);
export const ClueVerb = z.enum(VERBS);
export const ClueVerdict = z.enum(VERDICTS);

export const ClueRow = z.object({
  id: z.number().int(),
  region: RegionBrief,
  township: RegionBrief.nullable(),
  person: z.number().int(),
  household: z.number().int(),
  name: z.string(),
  idMask: z.string().nullable(),
  matter: z.string(),
  rule: z.string(),
  ruleZh: z.string(),
  ruleEn: z.string(),
  effect: z.enum(["exclude", "flag"]),
  confidential: z.boolean(),
  probability: z.number(),
  queue: ClueQueue,
  step: z.number().int(),
  since: z.string(),
  dueDay: Day,
  /** working days until the due day; negative: late by so many */
  workingDaysLeft: z.number().int(),
  visitors: z.array(z.string()),
  verdict: ClueVerdict.nullable(),
});
export type ClueRow = z.infer<typeof ClueRow>;
export const ClueQuery = z.object({
  queue: ClueQueue.optional(),
  within: z.coerce.number().int().optional(),
  rule: z.string().max(60).optional(),
  run: z.coerce.number().int().optional(),
  notice: z.coerce.number().int().optional(),
  isLate: z.stringbool().optional(),
  cursor: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ClueQuery = z.infer<typeof ClueQuery>;
export const CluePage = z.object({ items: z.array(ClueRow), cursor: z.number().int().nullable() });

export const ProgressRow = z.object({
  region: RegionBrief,
  queues: z.record(ClueQueue, z.number().int()),
  total: z.number().int(),
  late: z.number().int(),
  verdicts: z.record(ClueVerdict, z.number().int()),
});
export const ClueSummary = z.object({
  region: RegionBrief,
  total: ProgressRow,
  townships: z.array(ProgressRow),
});
export type ClueSummary = z.infer<typeof ClueSummary>;

export const ClueStep = z.object({
  step: z.number().int(),
  verb: ClueVerb,
  queue: ClueQueue,
  by: z.string(),
  recordedAt: z.string(),
  /** visitors, verdict, reason, note, day, scope, due day: what the verb brought */
  detail: z.record(z.string(), z.unknown()),
});
export const EvidenceFileView = z.object({
  id: z.number().int(),
  kind: z.enum(["photo", "signature"]),
  takenAt: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  recordedAt: z.string(),
});
export const ClueView = ClueRow.extend({
  basis: z.string(),
  isRebuttable: z.boolean(),
  precision: PrecisionView,
  matches: z.array(MatchView),
  steps: z.array(ClueStep),
  files: z.array(EvidenceFileView),
  notice: z.object({ id: z.number().int(), title: z.string(), endsOn: Day }).nullable(),
  /** what the acting post may do with it now */
  may: z.array(ClueVerb),
  household: z.number().int(),
  householdNumber: z.string(),
  members: z.array(
    MemberView.pick({ id: true, name: true, relation: true, idMask: true, status: true, birthYear: true }),
  ),
});
export type ClueView = z.infer<typeof ClueView>;

const Note = z.string().trim().max(1000);
const Because = z.string().trim().min(2).max(500);
const Visitors = z.array(z.string().trim().min(2).max(20)).length(2);
const Judgement = z.object({
  visitedOn: Day,
  visitors: Visitors,
  verdict: ClueVerdict,
  reason: z.string().max(30),
  /** remove and gone: the person alone or the whole household */
  scope: z.enum(["person", "household"]),
  note: Note.default(""),
});
/** What each verb brings. `step` is the last one that its sender saw: when another came between, the answer is CONFLICT. */
export const ClueStepRequest = z.discriminatedUnion("verb", [
  z.object({ verb: z.literal("assign"), step: z.number().int(), visitors: Visitors }),
  z.object({ verb: z.literal("handOver"), step: z.number().int(), visitors: Visitors, because: Because }),
  Judgement.extend({ verb: z.literal("judge"), step: z.number().int() }),
  z.object({ verb: z.literal("sign"), step: z.number().int(), note: Note.default("") }),
  z.object({ verb: z.literal("sendBack"), step: z.number().int(), because: Because }),
  z.object({ verb: z.literal("approve"), step: z.number().int(), note: Note.default("") }),
  Judgement.extend({ verb: z.literal("rejudge"), step: z.number().int() }),
  z.object({
    verb: z.literal("object"),
    step: z.number().int(),
    by: z.string().trim().min(2).max(60),
    because: Because,
  }),
  z.object({ verb: z.literal("withdraw"), step: z.number().int(), because: Because }),
]);
export type ClueStepRequest = z.infer<typeof ClueStepRequest>;

/** Re-check of a random sample of what waits for review: the seed makes it repeatable. */
export const DrawSampleRequest = z.object({
  within: z.number().int(),
  /** of those in review */
  share: z.number().min(0.01).max(1),
  seed: z.string().regex(/^[0-9a-zA-Z-]{4,40}$/),
});
export type DrawSampleRequest = z.infer<typeof DrawSampleRequest>;
export const DrawnView = z.object({
  seed: z.string(),
  of: z.number().int(),
  drawn: z.array(z.number().int()),
});

export const NoticeView = z.object({
  id: z.number().int(),
  region: RegionBrief,
  title: z.string(),
  postedOn: Day,
  endsOn: Day,
  contact: z.string(),
  clues: z.number().int(),
  /** still in the queue of this notice, objected to, closed */
  waiting: z.number().int(),
  objected: z.number().int(),
  closed: z.number().int(),
  /** the days are over, and takeEffect may be used */
  isOver: z.boolean(),
});
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticeList = z.object({ items: z.array(NoticeView) });
export const PostNoticeRequest = z.object({
  title: z.string().trim().min(2).max(100),
  within: z.number().int(),
  postedOn: Day,
  endsOn: Day,
  contact: z.string().trim().min(2).max(200),
  key: ProgressKey,
});
export type PostNoticeRequest = z.infer<typeof PostNoticeRequest>;
export const EffectView = z.object({ closed: z.number().int(), changed: z.number().int() });

export const ReminderView = z.object({
  clue: ClueRow,
  kind: z.enum(["soon", "today", "late"]),
  recordedAt: z.string(),
});
export type ReminderView = z.infer<typeof ReminderView>;
export const ReminderList = z.object({ items: z.array(ReminderView) });

/** By rule and by register: of the clues judged, how many were borne out. */
export const PrecisionTable = z.object({
  rules: z.array(
    z.object({ rule: z.string(), nameZh: z.string(), nameEn: z.string(), precision: PrecisionView }),
  ),
  registers: z.array(z.object({ kind: RegisterKind, precision: PrecisionView })),
  tiers: z.array(z.object({ tier: Tier, precision: PrecisionView })),
});
export type PrecisionTable = z.infer<typeof PrecisionTable>;
