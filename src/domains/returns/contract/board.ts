/** Who has not reported, and how well a unit reports. */
import { z } from "zod";
import { FormRow } from "./forms.ts";
import { Code, Day, Origin, PeriodText, Status, UnitBrief } from "./words.ts";

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
