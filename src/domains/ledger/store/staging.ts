/** SQL of recording: figures arrive in a temporary table, are checked as a set, and enter the ledger in one statement. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";

/** One line of COPY text for the staging table. */
export type StagedFigure = {
  line: number;
  region: number;
  measure: number;
  subject: string;
  aspect: string;
  basis: string;
  period: string;
  value: string;
  qualifier: string | null;
  stated: string | null;
  /** place in the source where it is not simply the line */
  locator: string | null;
  audience: number | null;
};

export const STAGING_TARGET =
  "staged_figures (line, region, measure, subject, aspect, basis, period, value, qualifier, stated, locator, audience)";

/** COPY refuses tables with row-level security, and rightly so: the policies are applied when the rows move on. */
export async function createStaging(tx: Tx): Promise<void> {
  await tx.query(sql`CREATE TEMPORARY TABLE staged_figures (
    line integer, region bigint, measure integer, subject text, aspect text, basis text, period text, value numeric,
    qualifier text, stated text, locator text, audience bigint) ON COMMIT DROP`);
}

/** A row in COPY's text format. Backslash, tab and line ends are escaped; null is \N. */
export function copyLine(figure: StagedFigure): string {
  return `${figure.line}\t${figure.region}\t${figure.measure}\t${escapeCopy(figure.subject)}\t${figure.aspect}\t${figure.basis}\t${figure.period}\t${figure.value}\t${escapeCopy(figure.qualifier)}\t${escapeCopy(figure.stated)}\t${escapeCopy(figure.locator)}\t${figure.audience ?? "\\N"}\n`;
}

const special = /[\\\t\n\r]/;
function escapeCopy(text: string | null): string {
  if (text === null) return "\\N";
  if (!special.test(text)) return text;
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\t", "\\t")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}

export type StagedCounty = {
  county: number;
  regionMin: number;
  regionMax: number;
  audience: number | null;
  figures: number;
};

export async function listStagedCounties(tx: Tx): Promise<StagedCounty[]> {
  const { rows } = await tx.query<StagedCounty>(sql`
    SELECT (region / 1000000)::integer AS county, min(region) AS "regionMin", max(region) AS "regionMax",
      min(audience) AS audience, count(*) AS figures
    FROM staged_figures GROUP BY 1 ORDER BY 1`);
  return rows;
}

export type NewSource = {
  county: number;
  region: number;
  kind: string;
  title: string;
  fileName: string | null;
  sha256: string | null;
  bytes: number | null;
  rows: number;
  audience: number;
  idempotency: string | null;
  recordedByTitle: string;
};

export async function insertSource(tx: Tx, source: NewSource): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(sql`
    INSERT INTO ledger.sources (county, region, kind, title, file_name, sha256, bytes, rows, audience, idempotency, recorded_by, recorded_by_title)
    VALUES (${source.county}, ${source.region}, ${source.kind}, ${source.title}, ${source.fileName}, ${source.sha256},
      ${source.bytes}, ${source.rows}, ${source.audience}, ${source.idempotency}, ${tx.actor.post ?? 0}, ${source.recordedByTitle})
    RETURNING id`);
  return (rows[0] as { id: number }).id;
}

export type EarlierRecording = { id: number; rows: number };

/** The source that the same post recorded earlier under the same key. */
export async function findByIdempotency(tx: Tx, key: string): Promise<EarlierRecording | undefined> {
  const { rows } = await tx.query<EarlierRecording>(sql`
    SELECT id, coalesce(rows, 0) AS rows FROM ledger.sources
    WHERE recorded_by = ${tx.actor.post ?? 0} AND idempotency = ${key} ORDER BY id LIMIT 1`);
  return rows[0];
}

/** Serialises requests with the same key, so that a retry waits for the first attempt and then finds it. */
export async function lockIdempotency(tx: Tx, key: string): Promise<void> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${tx.actor.post ?? 0} ${key}`}, 81))`);
}

/** @returns number of figures recorded */
export async function recordStaged(tx: Tx, county: number, source: number): Promise<number> {
  const { count } = await tx.query(sql`
    INSERT INTO ledger.figures (county, region, measure, subject, aspect, basis, period, value, qualifier, stated, source, locator, audience, recorded_by)
    SELECT (region / 1000000)::integer, region, measure, subject, aspect, basis, period, value, qualifier, stated, ${source}::bigint,
      coalesce(locator, line::text), audience, ${tx.actor.post ?? 0}::bigint
    FROM staged_figures WHERE region >= ${county * 1_000_000} AND region < ${(county + 1) * 1_000_000}`);
  return count;
}

export type StagedClash = { line: number; other: number | null; figure: number | null };

/** Rows of the file that say the same key twice: line and the earlier line. */
export async function findRepeatedInFile(tx: Tx, limit: number): Promise<StagedClash[]> {
  const { rows } = await tx.query<StagedClash>(sql`
    SELECT line, other, NULL::bigint AS figure FROM (
      SELECT line, first_value(line) OVER key AS other, row_number() OVER key AS n FROM staged_figures
      WINDOW key AS (PARTITION BY region, measure, period, aspect, basis, subject ORDER BY line)) repeated
    WHERE n > 1 ORDER BY line LIMIT ${limit}`);
  return rows;
}

/**
 * Rows of the file whose key the ledger has already (as far as the actor can see it). OFFSET 0 keeps the division out of
 * the join, where row-level security would not let it near the index.
 */
export async function findAlreadyRecorded(tx: Tx, limit: number): Promise<StagedClash[]> {
  const { rows } = await tx.query<StagedClash>(sql`
    SELECT s.line, NULL::integer AS other, max(f.id) AS figure
    FROM (SELECT *, (region / 1000000)::integer AS county FROM staged_figures OFFSET 0) s
    JOIN ledger.figures f ON f.county = s.county AND f.region = s.region
      AND f.measure = s.measure AND f.period = s.period AND f.aspect = s.aspect AND f.basis = s.basis AND f.subject = s.subject
    GROUP BY s.line ORDER BY s.line LIMIT ${limit}`);
  return rows;
}

export async function savepoint(tx: Tx): Promise<void> {
  await tx.query(sql`SAVEPOINT recording`);
}
export async function backToSavepoint(tx: Tx): Promise<void> {
  await tx.query(sql`ROLLBACK TO SAVEPOINT recording`);
}

/** Region codes of the scope: an import is checked against them line by line. */
export async function readScopeRegions(tx: Tx): Promise<Set<number>> {
  const { rows } = await tx.query<{ code: number }>(
    sql`SELECT code FROM org.regions WHERE code >= ${tx.actor.regionFrom} AND code < ${tx.actor.regionTo}`,
  );
  return new Set(rows.map((row) => row.code));
}

/** To be called in every transaction that adds facts about a county, just before the audit entry. */
export async function raiseLedgerVersion(tx: Tx, counties: readonly number[]): Promise<void> {
  await tx.query(sql`
    INSERT INTO ledger.versions AS v (county, version) SELECT c, 1 FROM unnest(${counties}::integer[]) AS c ORDER BY c
    ON CONFLICT (county) DO UPDATE SET version = v.version + 1`);
}

export type NewFigure = {
  county: number;
  region: number;
  measure: number;
  version: number;
  subject: string;
  aspect: string;
  basis: string;
  period: string;
  value: string;
  stated: string;
  source: number;
  audience: number | null;
};

export async function insertFigure(tx: Tx, figure: NewFigure): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(sql`
    INSERT INTO ledger.figures (county, region, measure, version, subject, aspect, basis, period, value, stated, source, audience, recorded_by)
    VALUES (${figure.county}, ${figure.region}, ${figure.measure}, ${figure.version}, ${figure.subject}, ${figure.aspect}, ${figure.basis},
      ${figure.period}, ${figure.value}, ${figure.stated}, ${figure.source}, ${figure.audience}, ${tx.actor.post ?? 0})
    RETURNING id`);
  return (rows[0] as { id: number }).id;
}

export type NewCorrection = {
  county: number;
  region: number;
  superseded: number;
  replacement: number;
  reason: string;
  audience: number | null;
};

export async function insertCorrection(tx: Tx, correction: NewCorrection): Promise<void> {
  await tx.query(sql`
    INSERT INTO ledger.corrections (county, region, superseded, replacement, reason, audience, recorded_by)
    VALUES (${correction.county}, ${correction.region}, ${correction.superseded}, ${correction.replacement}, ${correction.reason},
      ${correction.audience}, ${tx.actor.post ?? 0})`);
}

export type NewOneOff = {
  region: number;
  measure: number;
  period: string;
  amount: string;
  stated: string;
  reason: string;
  source: number;
};

/** @returns false when the same item was there already */
export async function insertOneOff(tx: Tx, oneOff: NewOneOff): Promise<boolean> {
  const { count } = await tx.query(sql`
    INSERT INTO ledger.one_offs (county, region, measure, period, amount, stated, reason, source, recorded_by)
    VALUES (${Math.floor(oneOff.region / 1_000_000)}, ${oneOff.region}, ${oneOff.measure}, ${oneOff.period}, ${oneOff.amount},
      ${oneOff.stated}, ${oneOff.reason}, ${oneOff.source}, ${tx.actor.post ?? 0})
    ON CONFLICT ON CONSTRAINT one_offs_once DO NOTHING`);
  return count > 0;
}
