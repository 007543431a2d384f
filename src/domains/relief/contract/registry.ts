/** The registry as lists: persons, villages, what it sums up to. */
import { z } from "zod";
import { RegionBrief } from "../../auth/contract.ts";
import { RegistryStatus, Sex } from "./words.ts";

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
