/** Runs of the look-back: what matched, with the evidence of both sides, and what of it is sent. */
import { z } from "zod";
import { RegionBrief } from "../../auth/contract.ts";
import { RegisterView } from "./registers.ts";
import { PersonRow } from "./registry.ts";
import { ProgressKey, RecordedDay, Tier, typed } from "./words.ts";

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
  title: typed(1, 100),
  registers: z.array(z.number().int()).min(1).max(20),
  key: ProgressKey,
});
export type BeginRunRequest = z.infer<typeof BeginRunRequest>;
export const SendRunRequest = z.object({ rules: z.array(z.string()).min(1), dueDay: RecordedDay });
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
