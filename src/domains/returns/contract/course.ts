/** Steps of a return, one or several at once. */
import { z } from "zod";
import { CellReason, ReturnBrief } from "./filing.ts";
import { Verb } from "./words.ts";

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
