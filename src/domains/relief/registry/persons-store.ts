/** SQL of persons in the registry: pages of them, and by number. */
import type { Tx } from "../../../platform/db/actor.ts";
import { joinSql, sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import type { Range } from "../region-range.ts";
import { lastActionOf, membershipOf } from "./registry-sql.ts";

export type ListedPerson = {
  id: number;
  number: string;
  name: string;
  sex: "male" | "female" | null;
  birthYear: number | null;
  idMask: string | null;
  relation: string;
  household: number;
  householdNumber: string;
  region: number;
  regionZh: string;
  regionEn: string | null;
  /** kind of the last action on the person or the whole household; amendments aside */
  lastAction: string | null;
};

export type PersonFilter = Range & {
  counties: readonly number[];
  q: string | undefined;
  /** kinds of the last action that the status follows from */
  lastActions: readonly string[] | undefined;
};
export type PersonCursor = { region: number; id: number };

/** Counties of a range: every index begins with the county. */
export async function listCounties(tx: Tx, { from, to }: Range): Promise<number[]> {
  const whole = 1_000_000;
  if (to - from <= whole) return [Math.floor(from / whole)];
  const { rows } = await tx.query<{ county: number }>(sql`SELECT DISTINCT (code / 1000000)::integer AS county
    FROM org.regions WHERE code >= ${from} AND code < ${to} ORDER BY 1`);
  return rows.map(({ county }) => county);
}

/** Who is where, with the household he belongs to or belonged to last. */
function withHome(persons: Sql): Sql {
  return sql`SELECT p.id, p.number, p.name, p.sex, p.birth_year AS "birthYear", p.id_mask AS "idMask", m.relation, m.household,
      h.number AS "householdNumber", p.region, v.name_zh AS "regionZh", v.name_en AS "regionEn",
      ${lastActionOf(sql`p.county`, sql`m.household`, sql`p.id`)} AS "lastAction"
    FROM (${persons}) p
    CROSS JOIN LATERAL ${membershipOf(sql`p.county`, sql`p.id`)} m
    JOIN relief.households h ON h.county = p.county AND h.id = m.household
    JOIN org.regions v ON v.code = p.region`;
}

/** In the order of villages and, within, of households as their export had them. */
export async function listPersons(
  tx: Tx,
  filter: PersonFilter,
  page: { after: PersonCursor | undefined; limit: number },
): Promise<ListedPerson[]> {
  const { after, limit } = page;
  const conditions = [
    sql`p.county = ANY (${filter.counties}::integer[]) AND p.region >= ${filter.from} AND p.region < ${filter.to}`,
  ];
  if (filter.q !== undefined && filter.q !== "") conditions.push(matching(filter.q));
  if (after !== undefined) conditions.push(sql`(p.region, p.id) > (${after.region}, ${after.id})`);
  const chosen = sql`SELECT p.* FROM relief.persons p WHERE ${joinSql(conditions, " AND ")} ORDER BY p.region, p.id`;
  const { lastActions } = filter;
  // The status follows from another table: only when it is asked for are all candidates looked up there.
  const text =
    lastActions === undefined
      ? sql`${withHome(sql`${chosen} LIMIT ${limit}`)} ORDER BY p.region, p.id`
      : sql`SELECT * FROM (${withHome(chosen)}) s WHERE coalesce(s."lastAction", 'register') = ANY (${lastActions}::text[])
          ORDER BY s.region, s.id LIMIT ${limit}`;
  const { rows } = await tx.query<ListedPerson>(text);
  return rows;
}

/** Four characters are the end of an ID number, more digits the number of a person or a household, all else part of a name. */
function matching(q: string): Sql {
  if (/^\d{3}[\dXx]$/.test(q)) return sql`right(p.id_mask, 4) = ${q.toUpperCase()}`;
  if (/^\d{5,}$/.test(q))
    return sql`(p.number = ${q} OR EXISTS (SELECT FROM relief.households h
      JOIN relief.memberships m ON m.county = h.county AND m.household = h.id AND m.to_day IS NULL
      WHERE h.county = p.county AND h.number = ${q} AND m.person = p.id))`;
  // strpos and not LIKE: what people type holds % and _
  return sql`strpos(p.name, ${q}) > 0`;
}

/** @param hashes of one ID number, under every key that may be in use */
export async function findByIdNumber(
  tx: Tx,
  counties: readonly number[],
  hashes: readonly Buffer[],
): Promise<ListedPerson[]> {
  const { rows } = await tx.query<ListedPerson>(
    sql`${withHome(sql`SELECT p.* FROM relief.persons p
      WHERE p.county = ANY (${counties}::integer[]) AND p.id_hash = ANY (${hashes}::bytea[])`)} ORDER BY p.region, p.id LIMIT 200`,
  );
  return rows;
}
