/** SQL of forms and the reporting calendar. */
import type { Tx } from "../../../platform/db/actor.ts";
import { nothing, sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import type { Origin } from "../contract.ts";
import { contains, countyRegion, subtree } from "../../../shared/region-code.ts";
import type { Filers, FormDefinition } from "../core/form.ts";

export type StoredForm = {
  county: number;
  code: string;
  version: number;
  region: number;
  definition: FormDefinition;
  recordedAt: string;
  recordedBy: string;
};

const formColumns = sql`f.county, f.code, f.version, f.region, f.definition, f.recorded_at AS "recordedAt",
  f.recorded_by_title AS "recordedBy"`;

/** The forms in force. */
export async function listForms(tx: Tx): Promise<StoredForm[]> {
  const { rows } = await tx.query<StoredForm>(sql`
    SELECT DISTINCT ON (f.county, f.code) ${formColumns} FROM returns.forms f ORDER BY f.county, f.code, f.version DESC`);
  return rows;
}

/** Newest first. */
export async function listVersions(tx: Tx, code: string): Promise<StoredForm[]> {
  const { rows } = await tx.query<StoredForm>(sql`
    SELECT ${formColumns} FROM returns.forms f WHERE f.code = ${code} ORDER BY f.county DESC, f.version DESC`);
  return rows;
}

export async function findForm(
  tx: Tx,
  county: number,
  code: string,
  version?: number,
): Promise<StoredForm | undefined> {
  const wanted = version === undefined ? sql`` : sql`AND f.version = ${version}`;
  const { rows } = await tx.query<StoredForm>(sql`
    SELECT ${formColumns} FROM returns.forms f WHERE f.county = ${county} AND f.code = ${code} ${wanted}
    ORDER BY f.version DESC LIMIT 1`);
  return rows[0];
}

/** When a version was saved, which tells it from one of the same number in another database; without its definition. */
export async function findFormTime(
  tx: Tx,
  county: number,
  code: string,
  version: number,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ at: string }>(sql`
    SELECT recorded_at AS at FROM returns.forms WHERE county = ${county} AND code = ${code} AND version = ${version}`);
  return rows[0]?.at;
}

/** @returns false when there is such a version already */
export async function insertForm(
  tx: Tx,
  form: Pick<StoredForm, "county" | "region" | "version" | "definition">,
): Promise<boolean> {
  const { county, region, version, definition } = form;
  const { count } = await tx.query(sql`
    INSERT INTO returns.forms (county, code, version, region, owner, definition, recorded_by, recorded_by_title)
    VALUES (${county}, ${definition.code}, ${version}, ${region}, ${definition.owner}, ${JSON.stringify(definition)},
      ${tx.actor.post ?? 0}, ${tx.actor.postTitle ?? ""})
    ON CONFLICT DO NOTHING`);
  return count === 1;
}

export type StoredOpening = {
  county: number;
  region: number;
  form: string;
  formVersion: number;
  period: string;
  dueDay: string;
  isLocked: boolean;
  openedAt: string;
};

const openingColumns = sql`o.county, o.region, o.form, o.form_version AS "formVersion", o.period, o.due_day::text AS "dueDay",
  o.is_locked AS "isLocked", o.opened_at AS "openedAt"`;

/** Newest period first, with how many units the viewer sees of each. */
export async function listOpenings(
  tx: Tx,
  county: number,
  form: string,
): Promise<(StoredOpening & { units: number })[]> {
  const { rows } = await tx.query<StoredOpening & { units: number }>(sql`
    SELECT ${openingColumns}, count(r.id)::int AS units
    FROM returns.openings o LEFT JOIN returns.returns r ON r.county = o.county AND r.form = o.form AND r.period = o.period
    WHERE o.county = ${county} AND o.form = ${form}
    GROUP BY o.county, o.form, o.period ORDER BY o.period DESC`);
  return rows;
}

export async function findOpening(
  tx: Tx,
  county: number,
  form: string,
  period: string,
): Promise<StoredOpening | undefined> {
  const { rows } = await tx.query<StoredOpening>(sql`
    SELECT ${openingColumns} FROM returns.openings o
    WHERE o.county = ${county} AND o.form = ${form} AND o.period = ${period}`);
  return rows[0];
}

/** The periods of a form that are open. */
export async function listOpened(tx: Tx, { county, code }: StoredForm): Promise<string[]> {
  const { rows } = await tx.query<{ period: string }>(
    sql`SELECT period FROM returns.openings WHERE county = ${county} AND form = ${code}`,
  );
  return rows.map(({ period }) => period);
}

/** @returns false when the period is open already */
export async function insertOpening(
  tx: Tx,
  opening: Omit<StoredOpening, "isLocked" | "openedAt">,
): Promise<boolean> {
  const { county, region, form, formVersion, period, dueDay } = opening;
  const { count } = await tx.query(sql`
    INSERT INTO returns.openings (county, region, form, form_version, period, due_day)
    VALUES (${county}, ${region}, ${form}, ${formVersion}, ${period}, ${dueDay}) ON CONFLICT DO NOTHING`);
  return count === 1;
}

/** Those of the codes that are units of the county. */
export async function listUnitCodes(
  tx: Tx,
  county: number,
  codes: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ code: string }>(
    sql`SELECT code FROM org.units WHERE county = ${county} AND code = ANY (${codes}::text[])`,
  );
  return new Set(rows.map(({ code }) => code));
}

/** Those of the codes that are regions below the county. */
export async function listRegionCodes(
  tx: Tx,
  county: number,
  codes: readonly number[],
): Promise<ReadonlySet<number>> {
  const { from, to } = subtree(countyRegion(county));
  const { rows } = await tx.query<{ code: number }>(
    sql`SELECT code FROM org.regions WHERE code = ANY (${codes}::bigint[]) AND code > ${from} AND code < ${to}`,
  );
  return new Set(rows.map(({ code }) => code));
}

/** Whether a row of units files: by its kind and region, or by its code. */
function filing({ kinds, within = [], units }: Filers, u = sql`u`): Sql {
  const ranges = within.map(subtree);
  const lies =
    ranges.length === 0
      ? nothing
      : sql`AND EXISTS (SELECT FROM unnest(${ranges.map(({ from }) => from)}::bigint[],
          ${ranges.map(({ to }) => to)}::bigint[]) AS w("from", "to") WHERE ${u}.region >= w."from" AND ${u}.region < w."to")`;
  return sql`((${u}.kind = ANY (${kinds}::text[]) ${lies}) OR ${u}.code = ANY (${units}::text[]))`;
}

export type Filer = { id: number; region: number; nameZh: string; nameEn: string };

export async function listFilers(tx: Tx, county: number, filers: Filers): Promise<Filer[]> {
  const { rows } = await tx.query<Filer>(sql`
    SELECT u.id, u.region, u.name_zh AS "nameZh", u.name_en AS "nameEn" FROM org.units u
    WHERE u.county = ${county} AND ${filing(filers)} ORDER BY u.region, u.id`);
  return rows;
}

/** Where returns are reviewed from: posts of these roles whose unit lies in their scope, once for each unit and region. */
export async function listReviewingPosts(
  tx: Tx,
  county: number,
  roles: readonly string[],
): Promise<{ region: number; unit: { id: number; code: string; county: number } }[]> {
  const { rows } = await tx.query<Record<"region" | "id" | "county" | "lies", number> & { code: string }>(sql`
    SELECT DISTINCT p.region, u.id, u.code, u.county, u.region AS lies FROM org.posts p
    JOIN org.units u ON u.county = p.county AND u.id = p.unit
    WHERE p.county = ${county} AND p.role = ANY (${roles}::text[])`);
  return rows.flatMap(({ region, lies, ...unit }) => (contains(region, lies) ? [{ region, unit }] : []));
}

/** The first region of which units file both forms. */
export async function findSharedRegion(
  tx: Tx,
  county: number,
  one: Pick<FormDefinition, "filers">,
  other: Pick<FormDefinition, "filers">,
): Promise<{ nameZh: string; nameEn: string | null } | undefined> {
  const { rows } = await tx.query<{ nameZh: string; nameEn: string | null }>(sql`
    SELECT p.name_zh AS "nameZh", p.name_en AS "nameEn" FROM org.regions p
    WHERE p.code IN (SELECT u.region FROM org.units u WHERE u.county = ${county} AND ${filing(one.filers)})
      AND p.code IN (SELECT u.region FROM org.units u WHERE u.county = ${county} AND ${filing(other.filers)})
    ORDER BY p.code LIMIT 1`);
  return rows[0];
}

/** As they were opened: an older version holds for an older period. */
export async function listFormsOpenIn(tx: Tx, county: number, period: string): Promise<FormDefinition[]> {
  const { rows } = await tx.query<{ definition: FormDefinition }>(sql`
    SELECT f.definition FROM returns.openings o
    JOIN returns.forms f ON f.county = o.county AND f.code = o.form AND f.version = o.form_version
    WHERE o.county = ${county} AND o.period = ${period} ORDER BY o.form`);
  return rows.map(({ definition }) => definition);
}

type NeighbouringFilers = Record<"oneZh" | "otherZh" | "regionZh", string> &
  Record<"oneEn" | "otherEn" | "regionEn", string | null>;

/** Pairs of filers that are of one region, the first of each region. */
export async function listNeighbouringFilers(
  tx: Tx,
  county: number,
  filers: Filers,
): Promise<NeighbouringFilers[]> {
  const { rows } = await tx.query<NeighbouringFilers>(sql`
    SELECT DISTINCT ON (p.code) one.name_zh AS "oneZh", one.name_en AS "oneEn", other.name_zh AS "otherZh",
      other.name_en AS "otherEn", p.name_zh AS "regionZh", p.name_en AS "regionEn"
    FROM org.units one JOIN org.units other ON other.county = one.county AND other.region = one.region AND other.id > one.id
      JOIN org.regions p ON p.code = one.region
    WHERE one.county = ${county} AND ${filing(filers, sql`one`)} AND ${filing(filers, sql`other`)}
    ORDER BY p.code, one.id, other.id`);
  return rows;
}

/** One return for each filer that has none yet. @returns how many */
export async function insertReturns(
  tx: Tx,
  opening: Pick<StoredOpening, "county" | "form" | "formVersion" | "period"> & { origin: Origin },
  form: FormDefinition,
): Promise<number> {
  const { county, form: code, formVersion, period, origin } = opening;
  const { count } = await tx.query(sql`
    INSERT INTO returns.returns (county, region, form, form_version, period, unit, origin)
    SELECT u.county, u.region, ${code}, ${formVersion}::integer, ${period}, u.id, ${origin} FROM org.units u
    WHERE u.county = ${county} AND ${filing(form.filers)}
    ORDER BY u.region, u.id
    ON CONFLICT ON CONSTRAINT returns_once DO NOTHING`);
  return count;
}

/**
 * Waits for whoever is at work on a return of the period; who comes later finds it as it is then. Else a return could be
 * accepted after its period was locked.
 */
export async function holdReturns(tx: Tx, { county, form, period }: StoredOpening): Promise<void> {
  await tx.query(sql`SELECT FROM returns.returns
    WHERE county = ${county} AND form = ${form} AND period = ${period} ORDER BY id FOR UPDATE`);
}

export async function changeOpening(
  tx: Tx,
  opening: StoredOpening,
  change: { dueDay: string; isLocked: boolean },
): Promise<void> {
  await tx.query(sql`UPDATE returns.openings SET due_day = ${change.dueDay}, is_locked = ${change.isLocked}
    WHERE county = ${opening.county} AND form = ${opening.form} AND period = ${opening.period}`);
}

export type OpeningAction = "open" | "due" | "lock" | "unlock";

export async function recordOpeningAction(
  tx: Tx,
  opening: Pick<StoredOpening, "county" | "region" | "form" | "period" | "dueDay">,
  action: OpeningAction,
  reason: string | null,
): Promise<void> {
  await tx.query(sql`
    INSERT INTO returns.opening_actions (county, region, form, period, action, due_day, reason, recorded_by, recorded_by_title)
    VALUES (${opening.county}, ${opening.region}, ${opening.form}, ${opening.period}, ${action}, ${opening.dueDay}, ${reason},
      ${tx.actor.post ?? 0}, ${tx.actor.postTitle ?? ""})`);
}
