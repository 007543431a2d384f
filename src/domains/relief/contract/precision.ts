/** How often the clues of a rule, a register or a tier were borne out. */
import { z } from "zod";
import { RegisterKind, Tier } from "./words.ts";

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

/** By rule and by register: of the clues judged, how many were borne out. */
export const PrecisionTable = z.object({
  rules: z.array(
    z.object({ rule: z.string(), nameZh: z.string(), nameEn: z.string(), precision: PrecisionView }),
  ),
  registers: z.array(z.object({ kind: RegisterKind, precision: PrecisionView })),
  tiers: z.array(z.object({ tier: Tier, precision: PrecisionView })),
});
export type PrecisionTable = z.infer<typeof PrecisionTable>;
