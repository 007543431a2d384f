/** Regions, units and people: what travels over HTTP. */
import { z } from "zod";
import { RegionBrief } from "../auth/contract.ts";

export { RegionBrief };
export const RegionQuery = z.object({
  /** only regions in this subtree; the acting post's region when absent */
  within: z.coerce.number().int().optional(),
  level: z.enum(["province", "prefecture", "county", "township", "village"]).optional(),
  q: z.string().trim().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const RegionView = RegionBrief.extend({ parent: z.number().int().nullable(), note: z.string().nullable() });
export type RegionView = z.infer<typeof RegionView>;
export const RegionList = z.object({ items: z.array(RegionView), total: z.number().int() });
export const RegionPage = RegionView.extend({ ancestors: z.array(RegionBrief), children: z.array(RegionBrief) });
export type RegionPage = z.infer<typeof RegionPage>;

export const UnitView = z.object({
  id: z.number().int(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  region: RegionBrief,
});
export const UnitList = z.object({ items: z.array(UnitView), total: z.number().int() });
export const PersonView = z.object({ id: z.number().int(), name: z.string(), region: RegionBrief, hasAccount: z.boolean() });
export const PersonList = z.object({ items: z.array(PersonView), total: z.number().int() });
