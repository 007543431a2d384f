/** Regions, units and people: what travels over HTTP. */
import { z } from "zod";
import { PostView, RegionBrief } from "../auth/contract.ts";

export { RegionBrief };
export const RegionQuery = z.object({
  /** only regions in this subtree; the acting post's region when absent */
  within: z.coerce.number().int().optional(),
  level: z.enum(["province", "prefecture", "county", "township", "village"]).optional(),
  /** part of the name in either language, or the beginning of the code */
  q: z.string().trim().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type RegionQuery = z.infer<typeof RegionQuery>;
export const RegionView = RegionBrief.extend({
  parent: z.number().int().nullable(),
  note: z.string().nullable(),
});
export type RegionView = z.infer<typeof RegionView>;
export const RegionList = z.object({ items: z.array(RegionView), total: z.number().int() });
export const RegionPage = RegionView.extend({
  ancestors: z.array(RegionBrief),
  children: z.array(RegionBrief),
});
export type RegionPage = z.infer<typeof RegionPage>;

/** For lists that are searched by name. */
export const NameQuery = z.object({
  q: z.string().trim().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export type NameQuery = z.infer<typeof NameQuery>;
export const UnitView = z.object({
  id: z.number().int(),
  code: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  kind: z.string(),
  region: RegionBrief,
});
export type UnitView = z.infer<typeof UnitView>;
export const UnitList = z.object({ items: z.array(UnitView), total: z.number().int() });
export const PersonView = z.object({
  id: z.number().int(),
  name: z.string(),
  region: RegionBrief,
  hasAccount: z.boolean(),
});
export type PersonView = z.infer<typeof PersonView>;
export const PersonList = z.object({ items: z.array(PersonView), total: z.number().int() });

/** A post with who holds it now; nobody when it is vacant. */
export const HeldPostView = PostView.extend({
  holder: z.object({ id: z.number().int(), name: z.string() }).nullable(),
});
export type HeldPostView = z.infer<typeof HeldPostView>;
export const HeldPostList = z.object({ items: z.array(HeldPostView), total: z.number().int() });
/** null takes the post away from its holder and leaves it vacant */
export const HandOverRequest = z.object({ person: z.number().int().positive().nullable() });
