/** SQL of the ledger: reading figures and their sources. Writing is in staging.ts. */
import type { Tx } from "../../../platform/db/actor.ts";
import { joinSql, nothing, sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import { countyOf } from "../../../shared/region-code.ts";

export type FigureRecord = {
  county: number;
  id: number;
  region: number;
  measure: number;
  version: number;
  subject: string;
  aspect: "value" | "growth" | "rank" | "completion";
  basis: "ytd" | "month" | "point" | "year" | "quarter";
  period: string;
  value: string;
  qualifier: "about" | "near" | "over" | null;
  stated: string | null;
  source: number;
  locator: string | null;
  audience: number | null;
  recordedBy: number;
  recordedAt: string;
};

export type ListedFigure = FigureRecord & {
  regionLevel: string;
  regionZh: string;
  regionEn: string | null;
  sourceKind: SourceRecord["kind"];
};

export type SourceRecord = {
  county: number;
  id: number;
  kind: "speech" | "synthetic" | "file" | "return" | "person";
  title: string;
  fileName: string | null;
  sha256: string | null;
  rows: number | null;
  /** the return that was posted */
  return: number | null;
  recordedBy: number;
  recordedAt: string;
  recordedByTitle: string | null;
};

const figureColumns = sql`f.county, f.id, f.region, f.measure, f.version, f.subject, f.aspect, f.basis, f.period, f.value,
  f.qualifier, f.stated, f.source, f.locator, f.audience, f.recorded_by AS "recordedBy", f.recorded_at AS "recordedAt"`;

/** What a page of figures shows of each. */
export type PageFigure = Omit<ListedFigure, "county" | "audience" | "recordedBy">;
const pageColumns = sql`f.id, f.region, f.measure, f.version, f.subject, f.aspect, f.basis, f.period, f.value,
  f.qualifier, f.stated, f.source, f.locator, f.recorded_at AS "recordedAt"`;

/**
 * A figure is current unless a correction supersedes it. OFFSET 0 keeps this a look-up for each row that is wanted; as a
 * join the planner would set it against all corrections of the county.
 */
const isCurrent = sql`NOT EXISTS (SELECT FROM ledger.corrections c WHERE c.county = f.county AND c.superseded = f.id OFFSET 0)`;

export type FigureOrder = "period" | "-period" | "value" | "-value" | "id" | "-id";
export type FigureFilter = {
  /** counties that the scope touches; whole ones when there are several */
  counties: readonly number[];
  regionFrom: number;
  regionTo: number;
  region?: number | undefined;
  measure?: number | undefined;
  aspect?: string | undefined;
  basis?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  order: FigureOrder;
  after?: FigureCursor | undefined;
  limit: number;
};
/** Where the page before ended: the sort key of its last row. */
export type FigureCursor = { period: string; measure: number; region: number; id: number; value: string };

/**
 * A page of current figures. Ordered by an index wherever the order is by period or id; by value only within one
 * measure and period (the action sees to that), where the set is small. OFFSET 0 makes of each name a look-up for the rows
 * of the page, whatever the planner thinks of their number.
 */
export async function listFigures(tx: Tx, filter: FigureFilter): Promise<PageFigure[]> {
  if (filter.counties.length === 0) return [];
  const pages = filter.counties.map((county) => pageOfCounty(filter, county));
  // One county's page after another is read only as far as the merged page needs it.
  const page =
    pages.length === 1
      ? (pages[0] as Sql)
      : sql`SELECT f.* FROM (${joinSql(pages, " UNION ALL ")}) f ORDER BY ${orderOf(filter.order)} LIMIT ${filter.limit}`;
  const { rows } = await tx.query<PageFigure>(sql`
    SELECT ${pageColumns}, r.level AS "regionLevel", r.name_zh AS "regionZh", r.name_en AS "regionEn", s.kind AS "sourceKind"
    FROM (${page}) f
    CROSS JOIN LATERAL (SELECT * FROM org.regions WHERE code = f.region OFFSET 0) r
    CROSS JOIN LATERAL (SELECT kind FROM ledger.sources WHERE county = f.county AND id = f.source OFFSET 0) s
    ORDER BY ${orderOf(filter.order)}`);
  return rows;
}

function pageOfCounty(filter: FigureFilter, county: number): Sql {
  const conditions: Sql[] = [sql`f.county = ${county}`];
  if (filter.region !== undefined) conditions.push(sql`f.region = ${filter.region}`);
  // Of a whole county the range would say nothing new, and the planner would take it for a further restriction.
  else if (filter.regionTo - filter.regionFrom < 1_000_000)
    conditions.push(sql`f.region >= ${filter.regionFrom} AND f.region < ${filter.regionTo}`);
  if (filter.measure !== undefined) conditions.push(sql`f.measure = ${filter.measure}`);
  if (filter.aspect !== undefined) conditions.push(sql`f.aspect = ${filter.aspect}`);
  if (filter.basis !== undefined) conditions.push(sql`f.basis = ${filter.basis}`);
  if (filter.from !== undefined) conditions.push(sql`f.period >= ${filter.from}`);
  if (filter.to !== undefined) conditions.push(sql`f.period <= ${filter.to}`);
  if (filter.after !== undefined) conditions.push(beyond(filter.order, filter.after));
  const where = joinSql(conditions, " AND ");
  const ordered = sql`ORDER BY ${orderOf(filter.order)} LIMIT ${filter.limit}`;
  if (filter.order === "value" || filter.order === "-value") {
    // Sorted first, so that only the rows of the page are looked up among the corrections.
    const sorted = sql`SELECT f.* FROM ledger.figures f WHERE ${where} ORDER BY ${orderOf(filter.order)} OFFSET 0`;
    return sql`(SELECT f.* FROM (${sorted}) f WHERE ${isCurrent} ${ordered})`;
  }
  return sql`(SELECT f.* FROM ledger.figures f WHERE ${where} AND ${isCurrent} ${ordered})`;
}

function orderOf(order: FigureOrder): Sql {
  switch (order) {
    case "period":
      return sql`f.period, f.measure, f.region, f.id`;
    case "-period":
      return sql`f.period DESC, f.measure DESC, f.region DESC, f.id DESC`;
    case "value":
      return sql`f.value, f.id`;
    case "-value":
      return sql`f.value DESC, f.id DESC`;
    case "id":
      return sql`f.id`;
    case "-id":
      return sql`f.id DESC`;
  }
}

function beyond(order: FigureOrder, after: FigureCursor): Sql {
  switch (order) {
    case "period":
      return sql`(f.period, f.measure, f.region, f.id) > (${after.period}, ${after.measure}, ${after.region}, ${after.id})`;
    case "-period":
      return sql`(f.period, f.measure, f.region, f.id) < (${after.period}, ${after.measure}, ${after.region}, ${after.id})`;
    case "value":
      return sql`(f.value, f.id) > (${after.value}::numeric, ${after.id})`;
    case "-value":
      return sql`(f.value, f.id) < (${after.value}::numeric, ${after.id})`;
    case "id":
      return sql`f.id > ${after.id}`;
    case "-id":
      return sql`f.id < ${after.id}`;
  }
}

/** Current figures of some regions and measures: what assessments are made of. */
export async function readFigures(
  tx: Tx,
  wanted: {
    regions: readonly number[];
    measures: readonly number[];
    aspects: readonly string[];
    periods?: readonly string[];
    from?: string;
    to?: string;
  },
): Promise<FigureRecord[]> {
  const periods =
    wanted.periods === undefined ? nothing : sql`AND f.period = ANY (${wanted.periods}::text[])`;
  const from = wanted.from === undefined ? nothing : sql`AND f.period >= ${wanted.from}`;
  const to = wanted.to === undefined ? nothing : sql`AND f.period <= ${wanted.to}`;
  // One of many measures is worth finding in the index; several are most of what a region has.
  const [only, ...more] = wanted.measures;
  const measure = more.length === 0 ? sql`AND f.measure = ${only}` : nothing;
  // Region by region, each one range of the key index: OFFSET 0 keeps the planner from looking each measure up in each
  // period. The counties are computed here: under row-level security a division in the condition counts as leaky and
  // would keep it out of the index.
  const { rows } = await tx.query<FigureRecord>(sql`
    SELECT ${figureColumns}
    FROM unnest(${wanted.regions.map(countyOf)}::integer[], ${wanted.regions}::bigint[]) AS w(county, region)
    CROSS JOIN LATERAL (SELECT * FROM ledger.figures f
      WHERE f.county = w.county AND f.region = w.region ${from} ${to} ${periods} ${measure} OFFSET 0) f
    WHERE f.measure = ANY (${wanted.measures}::integer[]) AND f.subject = 'region' AND f.basis IN ('ytd', 'point', 'year')
      AND f.aspect = ANY (${wanted.aspects}::text[]) AND ${isCurrent}
    ORDER BY f.region, f.measure, f.period, f.id`);
  return rows;
}

export async function findFigures(tx: Tx, ids: readonly number[]): Promise<ListedFigure[]> {
  const { rows } = await tx.query<ListedFigure>(sql`
    SELECT ${figureColumns}, r.level AS "regionLevel", r.name_zh AS "regionZh", r.name_en AS "regionEn", s.kind AS "sourceKind"
    FROM unnest(${await scopeCounties(tx)}::integer[]) AS k(county)
    JOIN ledger.figures f ON f.county = k.county AND f.id = ANY (${ids}::bigint[])
    JOIN org.regions r ON r.code = f.region
    JOIN ledger.sources s ON s.county = f.county AND s.id = f.source`);
  return rows;
}

/** All versions of the key of one figure, newest first, with the reason of each correction. */
export async function listVersions(
  tx: Tx,
  figure: FigureRecord,
): Promise<(ListedFigure & { reason: string | null; correctedAt: string | null })[]> {
  const { rows } = await tx.query<ListedFigure & { reason: string | null; correctedAt: string | null }>(sql`
    SELECT ${figureColumns}, r.level AS "regionLevel", r.name_zh AS "regionZh", r.name_en AS "regionEn", s.kind AS "sourceKind",
      d.reason, d.recorded_at AS "correctedAt"
    FROM ledger.figures f
    JOIN org.regions r ON r.code = f.region
    JOIN ledger.sources s ON s.county = f.county AND s.id = f.source
    LEFT JOIN ledger.corrections d ON d.county = f.county AND d.replacement = f.id
    WHERE f.county = ${figure.county} AND f.region = ${figure.region} AND f.measure = ${figure.measure}
      AND f.period = ${figure.period} AND f.aspect = ${figure.aspect} AND f.basis = ${figure.basis} AND f.subject = ${figure.subject}
    ORDER BY f.version DESC`);
  return rows;
}

export async function findSources(
  tx: Tx,
  keys: readonly { county: number; source: number }[],
): Promise<SourceRecord[]> {
  const { rows } = await tx.query<SourceRecord>(sql`
    SELECT s.county, s.id, s.kind, s.title, s.file_name AS "fileName", s.sha256, s.rows, s.recorded_by AS "recordedBy",
      CASE WHEN s.kind IN ('return', 'synthetic') THEN substring(s.idempotency FROM '^return:(\\d+):')::bigint END AS return,
      s.recorded_at AS "recordedAt", s.recorded_by_title AS "recordedByTitle"
    FROM unnest(${keys.map((key) => key.county)}::integer[], ${keys.map((key) => key.source)}::bigint[]) AS k(county, source)
    JOIN ledger.sources s ON s.county = k.county AND s.id = k.source`);
  return rows;
}

/** Figures of one region and measure that were corrected, old and new. */
export async function listCorrections(tx: Tx, region: number, measure: number) {
  const { rows } = await tx.query<{
    period: string;
    subject: string;
    basis: string;
    aspect: string;
    oldId: number;
    oldValue: string;
    newId: number;
    newValue: string;
    reason: string;
    at: string;
  }>(sql`
    SELECT o.period, o.subject, o.basis, o.aspect, o.id AS "oldId", o.value AS "oldValue", n.id AS "newId", n.value AS "newValue", c.reason, c.recorded_at AS at
    FROM ledger.corrections c
    JOIN ledger.figures o ON o.county = c.county AND o.id = c.superseded
    JOIN ledger.figures n ON n.county = c.county AND n.id = c.replacement
    WHERE c.county = ${Math.floor(region / 1_000_000)} AND c.region = ${region} AND o.measure = ${measure}
    ORDER BY c.recorded_at DESC LIMIT 200`);
  return rows;
}

export type OneOffRecord = {
  county: number;
  id: number;
  region: number;
  measure: number;
  period: string;
  amount: string;
  stated: string;
  reason: string;
  source: number;
};

export async function listOneOffs(
  tx: Tx,
  region: number,
  measures: readonly number[],
): Promise<OneOffRecord[]> {
  const { rows } = await tx.query<OneOffRecord>(sql`
    SELECT county, id, region, measure, period, amount, stated, reason, source FROM ledger.one_offs
    WHERE county = ${Math.floor(region / 1_000_000)} AND region = ${region} AND measure = ANY (${measures}::integer[])
    ORDER BY period, id`);
  return rows;
}

export async function findOneOffs(tx: Tx, ids: readonly number[]): Promise<OneOffRecord[]> {
  const { rows } = await tx.query<OneOffRecord>(sql`
    SELECT county, id, region, measure, period, amount, stated, reason, source FROM ledger.one_offs
    WHERE county = ANY (${await scopeCounties(tx)}::integer[]) AND id = ANY (${ids}::bigint[])`);
  return rows;
}

/**
 * The versions of these counties' ledgers: answers computed under the same versions are the same answers.
 * A county that has never been written has version 0.
 */
export async function readLedgerVersion(tx: Tx, counties: readonly number[]): Promise<string> {
  const { rows } = await tx.query<{ county: number; version: number }>(
    sql`SELECT county, version FROM ledger.versions WHERE county = ANY (${counties}::integer[]) ORDER BY county`,
  );
  return rows.map((row) => `${row.county}:${row.version}`).join(",");
}

/** Counties whose rows the actor can see: those of the scope, and those whose circulars reach it (its prefecture's). */
export async function scopeCounties(tx: Tx): Promise<number[]> {
  const { regionFrom, regionTo, lineage } = tx.actor;
  const { rows } = await tx.query<{ county: number }>(sql`
    SELECT DISTINCT (code / 1000000)::integer AS county FROM org.regions
    WHERE level IN ('county', 'prefecture', 'province')
      AND ((code >= ${regionFrom} AND code < ${regionTo}) OR parent = ANY (${lineage}::bigint[]) OR code = ANY (${lineage}::bigint[]))
    ORDER BY county`);
  return rows.map((row) => row.county);
}
