/** SQL of targets and comparison sets. */
import type { Tx } from "../../platform/db/actor.ts";
import { sql } from "../../platform/db/sql.ts";

export type TargetRecord = {
  county: number;
  id: number;
  region: number;
  measure: number;
  year: number;
  kind: "value" | "growth";
  version: number;
  value: string;
  stated: string;
  reason: string | null;
  source: number;
  locator: string | null;
};

const columns = sql`t.county, t.id, t.region, t.measure, t.year, t.kind, t.version, t.value, t.stated, t.reason, t.source, t.locator`;

/** The targets that hold (highest version) for one region and year. */
export async function listTargets(
  tx: Tx,
  region: number,
  year: number,
  measures: readonly number[],
): Promise<TargetRecord[]> {
  const { rows } = await tx.query<TargetRecord>(sql`
    SELECT DISTINCT ON (t.measure, t.kind) ${columns} FROM indicators.targets t
    WHERE t.county = ${Math.floor(region / 1_000_000)} AND t.region = ${region} AND t.year = ${year} AND t.measure = ANY (${measures}::integer[])
    ORDER BY t.measure, t.kind, t.version DESC`);
  return rows;
}

export async function findTargets(tx: Tx, ids: readonly number[]): Promise<TargetRecord[]> {
  const { rows } = await tx.query<TargetRecord>(sql`
    SELECT ${columns} FROM indicators.targets t
    WHERE t.region >= ${tx.actor.regionFrom} AND t.region < ${tx.actor.regionTo} AND t.id = ANY (${ids}::bigint[])`);
  return rows;
}

export type NewTarget = {
  region: number;
  measure: number;
  year: number;
  kind: "value" | "growth";
  value: string;
  stated: string;
  source: number;
  locator: string | null;
};

/** @returns false when the same target was there already */
export async function insertTarget(tx: Tx, target: NewTarget): Promise<boolean> {
  const { count } = await tx.query(sql`
    INSERT INTO indicators.targets (county, region, measure, year, kind, value, stated, source, locator, recorded_by)
    VALUES (${Math.floor(target.region / 1_000_000)}, ${target.region}, ${target.measure}, ${target.year}, ${target.kind},
      ${target.value}, ${target.stated}, ${target.source}, ${target.locator}, ${tx.actor.post ?? 0})
    ON CONFLICT ON CONSTRAINT targets_key DO NOTHING`);
  return count > 0;
}

export type ComparisonSet = {
  code: string;
  region: number;
  nameZh: string;
  nameEn: string;
  rankBy: "growth" | "value";
  countMissing: boolean;
  members: number[];
};

/** All comparison sets; a reference table of a few rows. */
export async function listComparisonSets(tx: Tx): Promise<ComparisonSet[]> {
  const { rows } = await tx.query<ComparisonSet>(sql`
    SELECT code, region, name_zh AS "nameZh", name_en AS "nameEn", rank_by AS "rankBy", count_missing AS "countMissing", members
    FROM indicators.comparison_sets ORDER BY cardinality(members) DESC, code`);
  return rows;
}

export type RegionRecord = { code: number; level: string; nameZh: string; nameEn: string | null };

export async function findRegions(tx: Tx, codes: readonly number[]): Promise<RegionRecord[]> {
  const { rows } = await tx.query<RegionRecord>(sql`
    SELECT code, level, name_zh AS "nameZh", name_en AS "nameEn" FROM org.regions WHERE code = ANY (${codes}::bigint[]) ORDER BY code`);
  return rows;
}

export async function listChildren(tx: Tx, region: number): Promise<RegionRecord[]> {
  const { rows } = await tx.query<RegionRecord>(sql`
    SELECT code, level, name_zh AS "nameZh", name_en AS "nameEn" FROM org.regions
    WHERE parent = ${region} AND code >= ${tx.actor.regionFrom} AND code < ${tx.actor.regionTo} ORDER BY code LIMIT 2000`);
  return rows;
}

/** The regions of the scope down to the townships; villages are too many, and too many of one name, to be told by it. */
export async function listNamedRegions(tx: Tx): Promise<RegionRecord[]> {
  const { rows } = await tx.query<RegionRecord>(sql`
    SELECT code, level, name_zh AS "nameZh", name_en AS "nameEn" FROM org.regions
    WHERE code >= ${tx.actor.regionFrom} AND code < ${tx.actor.regionTo} AND level <> 'village' ORDER BY code LIMIT 5000`);
  return rows;
}

/** Months in which the region has figures of these measures, newest first. */
export async function listPeriods(tx: Tx, region: number, measures: readonly number[]): Promise<string[]> {
  const { rows } = await tx.query<{ period: string }>(sql`
    SELECT DISTINCT f.period FROM ledger.figures f
    WHERE f.county = ${Math.floor(region / 1_000_000)} AND f.region = ${region} AND f.measure = ANY (${measures}::integer[])
      AND f.subject = 'region' AND f.aspect = 'value' AND f.basis = 'ytd'
    ORDER BY f.period DESC LIMIT 240`);
  return rows.map((row) => row.period);
}

/** Kind of each source by "county id". */
export async function findSourceKinds(tx: Tx, keys: readonly { county: number; source: number }[]) {
  const { rows } = await tx.query<{
    county: number;
    id: number;
    kind: "speech" | "synthetic" | "file" | "return" | "person";
  }>(sql`
    SELECT DISTINCT s.county, s.id, s.kind
    FROM unnest(${keys.map((key) => key.county)}::integer[], ${keys.map((key) => key.source)}::bigint[]) AS k(county, source)
    JOIN ledger.sources s ON s.county = k.county AND s.id = k.source`);
  return new Map(rows.map((row) => [`${row.county} ${row.id}`, row.kind]));
}

/** Regions of the scope whose name contains the text, or whose code begins with it; larger ones first. */
export async function searchRegions(tx: Tx, text: string): Promise<RegionRecord[]> {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const prefix = /^\d{2,12}$/.test(text) ? `${text}%` : null;
  const { rows } = await tx.query<RegionRecord>(sql`
    SELECT code, level, name_zh AS "nameZh", name_en AS "nameEn" FROM org.regions
    WHERE code >= ${tx.actor.regionFrom} AND code < ${tx.actor.regionTo}
      AND (name_zh LIKE ${pattern} OR name_en ILIKE ${pattern} OR code::text LIKE ${prefix})
    ORDER BY array_position(ARRAY['province', 'prefecture', 'county', 'township', 'village'], level), code LIMIT 12`);
  return rows;
}
