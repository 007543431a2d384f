/** Clues on their way to a verdict: queues, steps, evidence, the re-check of a sample, reminders. */
import { z } from "zod";
import { RegionBrief } from "../../auth/contract.ts";
import { QUEUES, VERBS, VERDICTS } from "../core/clues/clue-loop.ts";
import { NO_FIX } from "../core/clues/no-fix.ts";
import { MemberView } from "./households.ts";
import { PrecisionView } from "./precision.ts";
import { MatchView } from "./runs.ts";
import { Day, RecordedDay, typed } from "./words.ts";

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
  /** visitors, verdict, reason, note, day, scope, the day `on` which it was taken, due day: what the verb brought */
  detail: z.record(z.string(), z.unknown()),
});
export const EvidenceFileView = z.object({
  id: z.number().int(),
  kind: z.enum(["photo", "signature"]),
  takenAt: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** typed, where it was not measured, with the reason */
  place: z.string().nullable(),
  noFix: z.enum(NO_FIX).nullable(),
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

const Note = typed(0, 1000);
const Because = typed(2, 500);
const Visitors = z.array(typed(2, 20)).length(2);
const Judgement = z.object({
  visitedOn: RecordedDay,
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
    by: typed(2, 60),
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

export const ReminderView = z.object({
  clue: ClueRow,
  kind: z.enum(["soon", "today", "late"]),
  recordedAt: z.string(),
});
export type ReminderView = z.infer<typeof ReminderView>;
export const ReminderList = z.object({ items: z.array(ReminderView) });
