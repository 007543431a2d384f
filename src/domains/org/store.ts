/** SQL of regions, units, people and posts. */
import type { Tx } from "../../platform/db/actor.ts";
import { joinSql, sql } from "../../platform/db/sql.ts";
import type { Sql } from "../../platform/db/sql.ts";
import type { HeldPostView, NameQuery, PersonView, RegionBrief, RegionView, UnitView } from "./contract.ts";

type Range = { from: number; to: number };
export type RegionFilter = Range & { level?: RegionView["level"] | undefined; q?: string | undefined };

const regionColumns = sql`code, parent, level, name_zh AS "nameZh", name_en AS "nameEn", note`;

/** Names of places are public and have no row-level policy, so the range is part of every query. */
function regionConditions(filter: RegionFilter): Sql {
  const conditions = [sql`code >= ${filter.from} AND code < ${filter.to}`];
  if (filter.level !== undefined) conditions.push(sql`level = ${filter.level}`);
  if (filter.q !== undefined && filter.q !== "") {
    // strpos and not LIKE: what people type holds % and _
    conditions.push(sql`(strpos(name_zh, ${filter.q}) > 0 OR strpos(lower(name_en), lower(${filter.q})) > 0
      OR starts_with(code::text, ${filter.q}))`);
  }
  return joinSql(conditions, " AND ");
}

export async function listRegions(tx: Tx, filter: RegionFilter, limit: number): Promise<RegionView[]> {
  const { rows } = await tx.query<RegionView>(
    sql`SELECT ${regionColumns} FROM org.regions WHERE ${regionConditions(filter)} ORDER BY code LIMIT ${limit}`,
  );
  return rows;
}

export async function countRegions(tx: Tx, filter: RegionFilter): Promise<number> {
  return countRows(tx, sql`SELECT count(*) AS n FROM org.regions WHERE ${regionConditions(filter)}`);
}

export async function findRegion(tx: Tx, code: number): Promise<RegionView | undefined> {
  const { rows } = await tx.query<RegionView>(
    sql`SELECT ${regionColumns} FROM org.regions WHERE code = ${code}`,
  );
  return rows[0];
}

export async function listRegionsByCode(tx: Tx, codes: readonly number[]): Promise<RegionBrief[]> {
  const { rows } =
    await tx.query<RegionBrief>(sql`SELECT code, level, name_zh AS "nameZh", name_en AS "nameEn"
    FROM org.regions WHERE code = ANY (${codes}::bigint[]) ORDER BY code`);
  return rows;
}

export async function listChildRegions(tx: Tx, parent: number): Promise<RegionBrief[]> {
  const { rows } =
    await tx.query<RegionBrief>(sql`SELECT code, level, name_zh AS "nameZh", name_en AS "nameEn"
    FROM org.regions WHERE parent = ${parent} ORDER BY code`);
  return rows;
}

type InRegion = { code: number; level: RegionBrief["level"]; regionZh: string; regionEn: string | null };
const regionOfRow = sql`r.code, r.level, r.name_zh AS "regionZh", r.name_en AS "regionEn"`;

function withRegion<T extends InRegion>(row: T): Omit<T, keyof InRegion> & { region: RegionBrief } {
  const { code, level, regionZh, regionEn, ...rest } = row;
  return { ...rest, region: { code, level, nameZh: regionZh, nameEn: regionEn } };
}

/** In the scope of the acting post and, where a name is asked for, of that name. */
function scoped(tx: Tx, region: Sql, q: string | undefined, names: Sql): Sql {
  const inScope = sql`${region} >= ${tx.actor.regionFrom} AND ${region} < ${tx.actor.regionTo}`;
  return q === undefined || q === "" ? inScope : sql`${inScope} AND strpos(lower(${names}), lower(${q})) > 0`;
}

export async function listUnits(tx: Tx, query: NameQuery): Promise<{ items: UnitView[]; total: number }> {
  const where = scoped(tx, sql`u.region`, query.q, sql`u.name_zh || ' ' || u.name_en`);
  const [page, total] = await Promise.all([
    tx.query<
      Omit<UnitView, "region"> & { unitCode: string } & InRegion
    >(sql`SELECT u.id, u.code AS "unitCode", u.name_zh AS "nameZh",
        u.name_en AS "nameEn", u.kind, ${regionOfRow}
      FROM org.units u JOIN org.regions r ON r.code = u.region WHERE ${where} ORDER BY u.region, u.id LIMIT ${query.limit}`),
    countRows(tx, sql`SELECT count(*) AS n FROM org.units u WHERE ${where}`),
  ]);
  const items = page.rows.map((row) => {
    const { unitCode, ...unit } = withRegion(row);
    return { ...unit, code: unitCode };
  });
  return { items, total };
}

export async function listPeople(
  tx: Tx,
  query: NameQuery,
): Promise<{ items: Omit<PersonView, "hasAccount">[]; total: number }> {
  const where = scoped(tx, sql`p.region`, query.q, sql`p.name`);
  const [page, total] = await Promise.all([
    tx.query<{ id: number; name: string } & InRegion>(sql`SELECT p.id, p.name, ${regionOfRow}
      FROM org.people p JOIN org.regions r ON r.code = p.region WHERE ${where} ORDER BY p.region, p.id LIMIT ${query.limit}`),
    countRows(tx, sql`SELECT count(*) AS n FROM org.people p WHERE ${where}`),
  ]);
  return { items: page.rows.map(withRegion), total };
}

type PostRow = Omit<HeldPostView, "region" | "holder"> & {
  person: number | null;
  holderName: string | null;
} & InRegion;

/** The unit may lie above the scope; its post is in it all the same, and then goes without the unit's name. */
async function selectPosts(tx: Tx, where: Sql, limit: number): Promise<HeldPostView[]> {
  const { rows } =
    await tx.query<PostRow>(sql`SELECT p.id, p.role, p.title_zh AS "titleZh", p.title_en AS "titleEn",
      coalesce(u.name_zh, '') AS "unitZh", coalesce(u.name_en, '') AS "unitEn", p.person, h.name AS "holderName", ${regionOfRow}
    FROM org.posts p
    LEFT JOIN org.units u ON u.county = p.county AND u.id = p.unit
    JOIN org.regions r ON r.code = p.region
    LEFT JOIN org.people h ON h.county = p.county AND h.id = p.person
    WHERE ${where} ORDER BY p.region, p.id LIMIT ${limit}`);
  return rows.map((row) => {
    const { person, holderName, ...post } = withRegion(row);
    return { ...post, holder: person === null ? null : { id: person, name: holderName ?? "" } };
  });
}

export async function listPosts(tx: Tx, query: NameQuery): Promise<{ items: HeldPostView[]; total: number }> {
  const where = scoped(tx, sql`p.region`, query.q, sql`p.title_zh || ' ' || p.title_en`);
  const [items, total] = await Promise.all([
    selectPosts(tx, where, query.limit),
    countRows(tx, sql`SELECT count(*) AS n FROM org.posts p WHERE ${where}`),
  ]);
  return { items, total };
}

export async function findPost(tx: Tx, id: number): Promise<HeldPostView | undefined> {
  const rows = await selectPosts(tx, sql`${scoped(tx, sql`p.region`, undefined, sql``)} AND p.id = ${id}`, 1);
  return rows[0];
}

/** Roles of the posts that a person holds already, apart from one; holds off others who give the same person a post. */
export async function lockRolesOf(
  tx: Tx,
  county: number,
  person: number,
  apart: number | null,
): Promise<HeldPostView["role"][]> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(${HOLDER_LOCK}, ${person % 2_147_483_647})`);
  const { rows } = await tx.query<{ role: HeldPostView["role"] }>(sql`SELECT role FROM org.posts
    WHERE county = ${county} AND person = ${person} AND id <> ${apart ?? 0}`);
  return rows.map((row) => row.role);
}
/** Any number that no other advisory lock uses. */
const HOLDER_LOCK = 7_215;

export async function updateHolder(tx: Tx, post: number, person: number | null): Promise<void> {
  await tx.query(sql`UPDATE org.posts SET person = ${person} WHERE id = ${post}`);
}

export type PersonKey = { id: number; county: number; region: number };

export async function findPerson(tx: Tx, id: number): Promise<PersonKey | undefined> {
  const { rows } = await tx.query<PersonKey>(
    sql`SELECT p.id, p.county, p.region FROM org.people p WHERE ${scoped(tx, sql`p.region`, undefined, sql``)} AND p.id = ${id}`,
  );
  return rows[0];
}

export type NewUnit = {
  county: number;
  region: number;
  code: string;
  nameZh: string;
  nameEn: string;
  kind: string;
};

/** @returns the id; undefined when the county has a unit of this code already */
export async function insertUnit(tx: Tx, unit: NewUnit): Promise<number | undefined> {
  return firstId(
    tx,
    sql`INSERT INTO org.units (county, region, code, name_zh, name_en, kind)
    VALUES (${unit.county}, ${unit.region}, ${unit.code}, ${unit.nameZh}, ${unit.nameEn}, ${unit.kind})
    ON CONFLICT (county, code) DO NOTHING RETURNING id`,
  );
}

export type NewPerson = { county: number; region: number; code: string; name: string };

export async function insertPerson(tx: Tx, person: NewPerson): Promise<number | undefined> {
  return firstId(
    tx,
    sql`INSERT INTO org.people (county, region, code, name)
    VALUES (${person.county}, ${person.region}, ${person.code}, ${person.name})
    ON CONFLICT (county, code) DO NOTHING RETURNING id`,
  );
}

export type NewPost = {
  county: number;
  region: number;
  unit: number;
  person: number | null;
  code: string;
  role: HeldPostView["role"];
  titleZh: string;
  titleEn: string;
};

export async function insertPost(tx: Tx, post: NewPost): Promise<number | undefined> {
  return firstId(
    tx,
    sql`INSERT INTO org.posts (county, region, unit, person, code, role, title_zh, title_en)
    VALUES (${post.county}, ${post.region}, ${post.unit}, ${post.person}, ${post.code}, ${post.role}, ${post.titleZh}, ${post.titleEn})
    ON CONFLICT (county, code) DO NOTHING RETURNING id`,
  );
}

const tables = { unit: sql`org.units`, person: sql`org.people`, post: sql`org.posts` };

export async function findIdByCode(
  tx: Tx,
  table: keyof typeof tables,
  county: number,
  code: string,
): Promise<number | undefined> {
  return firstId(tx, sql`SELECT id FROM ${tables[table]} WHERE county = ${county} AND code = ${code}`);
}

async function firstId(tx: Tx, statement: Sql): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(statement);
  return rows[0]?.id;
}

async function countRows(tx: Tx, statement: Sql): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(statement);
  return rows[0]?.n ?? 0;
}
