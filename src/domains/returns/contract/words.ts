/** What the parts of the contract share: days, codes, periods, units. */
import { z } from "zod";
import { RegionBrief } from "../../auth/contract.ts";
import { STATUSES, VERBS } from "../core/course.ts";

/** yyyy-mm-dd */
export const Day = z.iso.date();
export const Code = z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/);
export const Name = z.string().trim().min(1).max(120);
/** A column's code is a name in expressions. */
export const ColumnCode = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,39}$/);
export const Subject = z.string().regex(/^[\p{L}\p{N}._-]{1,50}$/u);
export const PeriodText = z.string().regex(/^\d{4}(?:Q[1-4]|-(?:0[1-9]|1[0-2])(?:T[1-3])?)?$/);
export const Status = z.enum(STATUSES);
export type Status = z.infer<typeof Status>;
export const Verb = z.enum(VERBS);

/** synthetic: made up by a pack for the demonstration, and said so wherever it shows */
export const Origin = z.enum(["filed", "synthetic"]);
export type Origin = z.infer<typeof Origin>;
export const Bound = z
  .string()
  .regex(/^-?\d{1,18}(\.\d{1,12})?$/)
  .nullable();

export const UnitBrief = z.object({
  id: z.number().int(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  region: RegionBrief,
});
export type UnitBrief = z.infer<typeof UnitBrief>;
