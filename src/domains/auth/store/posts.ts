/** SQL of posts and regions as sign-in needs them; org owns the tables and writes them. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { PostView, RegionBrief } from "../contract.ts";
import type { Role } from "../core/roles.ts";

type Level = RegionBrief["level"];
type PostRow = {
  id: number;
  person: number;
  role: Role;
  title_zh: string;
  title_en: string;
  unit_zh: string;
  unit_en: string;
  region: number;
  level: Level;
  region_zh: string;
  region_en: string | null;
};

export type HeldPost = PostView & { person: number };

/** Posts of these people, in the order in which they were given: the first is the one that sign-in opens. */
export async function listPostsOf(tx: Tx, county: number, people: readonly number[]): Promise<HeldPost[]> {
  const { rows } = await tx.query<PostRow>(sql`SELECT p.id, p.person, p.role, p.title_zh, p.title_en,
      u.name_zh AS unit_zh, u.name_en AS unit_en, r.code AS region, r.level, r.name_zh AS region_zh, r.name_en AS region_en
    FROM org.posts p
    JOIN org.units u ON u.county = p.county AND u.id = p.unit
    JOIN org.regions r ON r.code = p.region
    WHERE p.county = ${county} AND p.person = ANY (${people}::bigint[])
    ORDER BY p.id`);
  return rows.map((row) => ({
    id: row.id,
    person: row.person,
    role: row.role,
    titleZh: row.title_zh,
    titleEn: row.title_en,
    unitZh: row.unit_zh,
    unitEn: row.unit_en,
    region: { code: row.region, level: row.level, nameZh: row.region_zh, nameEn: row.region_en },
  }));
}

export async function findRegionBrief(tx: Tx, code: number): Promise<RegionBrief | undefined> {
  const { rows } = await tx.query<RegionBrief>(
    sql`SELECT code, level, name_zh AS "nameZh", name_en AS "nameEn" FROM org.regions WHERE code = ${code}`,
  );
  return rows[0];
}
