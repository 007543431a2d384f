/** What the parts of the contract share: days, amounts, tiers, the progress of long work. */
import { z } from "zod";
import { maskLongNumbers } from "../core/masks.ts";

/** yyyy-mm-dd */
export const Day = z.iso.date();
/** A day that is asked to be recorded: what lies before it is a slip, and the year 0 none that the database knows. */
export const RecordedDay = Day.refine((day) => day >= "1900-01-01");
/** What people type in their own words: an ID number or a phone in it is starred before anything is kept. */
export const typed = (least: number, most: number) =>
  z.string().trim().min(least).max(most).overwrite(maskLongNumbers);
/** An exact decimal as text. */
export const Amount = z.string().regex(/^-?\d{1,12}(\.\d{1,4})?$/);

export const RegistryStatus = z.enum(["registered", "exited", "returned", "removed"]);
export type RegistryStatus = z.infer<typeof RegistryStatus>;
export const Sex = z.enum(["male", "female"]);

/** vehicle 车辆, payroll 财政供养, housing 房产, company 工商, death 死亡, household 户籍, insurance 社保 … */
export const RegisterKind = z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/);

export const Tier = z.enum(["exact", "repaired", "name", "household"]);
export type Tier = z.infer<typeof Tier>;

/** Chosen by whoever sends a file, so that its progress can be asked for while it is read. */
export const ProgressKey = z.string().regex(/^[0-9a-zA-Z-]{8,64}$/);
export const ProgressView = z.object({
  step: z.enum(["waiting", "reading", "checking", "sealing", "storing", "done"]),
  done: z.number().int(),
  of: z.number().int().nullable(),
});
export type ProgressView = z.infer<typeof ProgressView>;
