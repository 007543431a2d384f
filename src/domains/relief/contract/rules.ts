/** Which matches become clues: rules as data. */
import { z } from "zod";
import { PrecisionView } from "./precision.ts";
import { RegisterKind, Tier } from "./words.ts";

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
