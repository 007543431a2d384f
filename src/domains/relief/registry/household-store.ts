/** SQL of one household, and of what is recorded about it. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { HouseholdView, RegistryActionView } from "../contract.ts";
import type { StatedIncome } from "../core/registry/incomes.ts";
import { lastActionOf, lastHouseholdActionOf } from "./registry-sql.ts";

export type StoredHousehold = {
  county: number;
  id: number;
  number: string;
  region: number;
  phoneMask: string | null;
  accountMask: string | null;
  form: Record<string, string>;
  lastAction: string | null;
  originId: number;
  originTitle: string | null;
  origin: "file" | "synthetic";
  originFile: string;
  originSha256: string;
  originAt: string;
};

export async function findHousehold(tx: Tx, id: number): Promise<StoredHousehold | undefined> {
  const { rows } =
    await tx.query<StoredHousehold>(sql`SELECT h.county, h.id, h.number, h.region, h.phone_mask AS "phoneMask",
      h.account_mask AS "accountMask", h.form,
      ${lastHouseholdActionOf(sql`h.county`, sql`h.id`)} AS "lastAction",
      h.origin AS "originId", i.title AS "originTitle", coalesce(i.origin, 'file') AS origin,
      coalesce(i.file_name, '') AS "originFile", coalesce(i.sha256, '') AS "originSha256",
      coalesce(i.recorded_at, '2000-01-01') AS "originAt"
    FROM relief.households h LEFT JOIN relief.imports i ON i.county = h.county AND i.id = h.origin WHERE h.id = ${id}`);
  return rows[0];
}

export type StoredMember = Omit<HouseholdView["members"][number], "status"> & { lastAction: string | null };

type Key = { county: number; id: number };

export async function listHouseholdMembers(tx: Tx, { county, id }: Key): Promise<StoredMember[]> {
  const { rows } =
    await tx.query<StoredMember>(sql`SELECT p.id, p.number, p.name, p.sex, p.birth_year AS "birthYear",
      p.id_mask AS "idMask", m.relation, m.from_day::text AS "fromDay", m.to_day::text AS "toDay", p.form,
      ${lastActionOf(sql`m.county`, sql`m.household`, sql`m.person`)} AS "lastAction"
    FROM relief.memberships m JOIN relief.persons p ON p.county = m.county AND p.id = m.person
    WHERE m.county = ${county} AND m.household = ${id} ORDER BY m.to_day DESC NULLS FIRST, m.id`);
  return rows;
}

export async function listCauses(tx: Tx, { county, id }: Key): Promise<HouseholdView["causes"]> {
  const { rows } = await tx.query<{
    cause: string;
    isMain: boolean;
  }>(sql`SELECT cause, is_main AS "isMain" FROM relief.causes
    WHERE county = ${county} AND household = ${id} ORDER BY NOT is_main, cause`);
  return rows;
}

export async function listIncomes(tx: Tx, { county, id }: Key): Promise<(StatedIncome & { year: number })[]> {
  const { rows } = await tx.query<
    StatedIncome & { year: number }
  >(sql`SELECT year, wage, business, transfer, property, total,
      costs, net, members, per_capita AS "perCapita"
    FROM relief.incomes WHERE county = ${county} AND household = ${id} ORDER BY year DESC`);
  return rows;
}

export async function listMeasures(tx: Tx, { county, id }: Key): Promise<HouseholdView["measures"]> {
  const { rows } = await tx.query<HouseholdView["measures"][number]>(sql`SELECT id, kind, unit, content, cost,
      on_day::text AS "onDay", signed_by AS "signedBy", recorded_at AS "recordedAt"
    FROM relief.measures WHERE county = ${county} AND household = ${id} ORDER BY on_day DESC, id DESC LIMIT 500`);
  return rows;
}

/** With the clue that led to it where the reader may know of it: a confidential one is not even numbered. */
export async function listActions(tx: Tx, { county, id }: Key): Promise<RegistryActionView[]> {
  const { rows } =
    await tx.query<RegistryActionView>(sql`SELECT a.id, a.kind, a.on_day::text AS "onDay", a.person, a.reason, a.before,
      a.after, c.id AS clue, a.recorded_at AS "recordedAt"
    FROM relief.registry_actions a LEFT JOIN relief.clues c ON c.county = a.county AND c.id = a.clue
    WHERE a.county = ${county} AND a.household = ${id} ORDER BY a.id DESC LIMIT 500`);
  return rows;
}

export async function listRecusals(tx: Tx, { county, id }: Key): Promise<HouseholdView["recusals"]> {
  const { rows } = await tx.query<{
    official: string;
    kinship: string;
  }>(sql`SELECT official, kinship FROM relief.recusals
    WHERE county = ${county} AND household = ${id} ORDER BY id`);
  return rows;
}

export type SealedHousehold = {
  phone: Buffer | null;
  account: Buffer | null;
  persons: { id: number; idNumber: Buffer | null }[];
};

export async function readSealed(tx: Tx, { county, id }: Key): Promise<SealedHousehold> {
  const own = await tx.query<{ phone: Buffer | null; account: Buffer | null }>(
    sql`SELECT phone, account FROM relief.households WHERE county = ${county} AND id = ${id}`,
  );
  const persons = await tx.query<{
    id: number;
    idNumber: Buffer | null;
  }>(sql`SELECT p.id, p.id_number AS "idNumber"
    FROM relief.memberships m JOIN relief.persons p ON p.county = m.county AND p.id = m.person
    WHERE m.county = ${county} AND m.household = ${id} ORDER BY m.id`);
  const { phone = null, account = null } = own.rows[0] ?? {};
  return { phone, account, persons: persons.rows };
}

export type NewMeasure = Omit<HouseholdView["measures"][number], "id" | "recordedAt">;

export async function insertMeasure(tx: Tx, home: StoredHousehold, measure: NewMeasure): Promise<number> {
  const { rows } = await tx.query<{
    id: number;
  }>(sql`INSERT INTO relief.measures (county, region, household, kind, unit, content,
      cost, on_day, signed_by, recorded_by)
    VALUES (${home.county}, ${home.region}, ${home.id}, ${measure.kind}, ${measure.unit}, ${measure.content}, ${measure.cost},
      ${measure.onDay}, ${measure.signedBy}, ${tx.actor.post ?? 0}) RETURNING id`);
  return (rows[0] as { id: number }).id;
}

export async function upsertIncome(
  tx: Tx,
  home: StoredHousehold,
  income: StatedIncome & { year: number },
): Promise<void> {
  const { wage, business, transfer, property, total, costs, net, members, perCapita } = income;
  await tx.query(sql`INSERT INTO relief.incomes AS i (county, region, household, year, wage, business, transfer, property, total,
      costs, net, members, per_capita, recorded_by)
    VALUES (${home.county}, ${home.region}, ${home.id}, ${income.year}, ${wage}, ${business}, ${transfer}, ${property}, ${total},
      ${costs}, ${net}, ${members}, ${perCapita}, ${tx.actor.post ?? 0})
    ON CONFLICT (county, household, year) DO UPDATE SET wage = excluded.wage, business = excluded.business,
      transfer = excluded.transfer, property = excluded.property, total = excluded.total, costs = excluded.costs,
      net = excluded.net, members = excluded.members, per_capita = excluded.per_capita, recorded_by = excluded.recorded_by,
      recorded_at = clock_timestamp()`);
}

/** Two who act on one household at once come one after the other. */
export async function lockHousehold(tx: Tx, { county, id }: Key): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`relief.household ${county}`}, ${id}))`);
}

export async function insertAction(
  tx: Tx,
  home: StoredHousehold,
  action: Pick<RegistryActionView, "kind" | "onDay" | "reason" | "before" | "after">,
): Promise<void> {
  await tx.query(sql`INSERT INTO relief.registry_actions (county, region, household, kind, on_day, reason, before, after, recorded_by)
    VALUES (${home.county}, ${home.region}, ${home.id}, ${action.kind}, ${action.onDay}, ${action.reason},
      ${JSON.stringify(action.before)}, ${JSON.stringify(action.after)}, ${tx.actor.post ?? 0})`);
}

/** @returns false when it was there already */
export async function insertRecusal(
  tx: Tx,
  home: StoredHousehold,
  { official, kinship }: HouseholdView["recusals"][number],
): Promise<boolean> {
  const { count } =
    await tx.query(sql`INSERT INTO relief.recusals (county, region, official, household, kinship, recorded_by)
    VALUES (${home.county}, ${home.region}, ${official}, ${home.id}, ${kinship}, ${tx.actor.post ?? 0})
    ON CONFLICT (county, household, official) DO NOTHING`);
  return count > 0;
}
