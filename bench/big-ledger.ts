/**
 * Twenty million figures in the real table with the real indexes, as monthly reports of real regions would have
 * brought them: month after month, so that the figures of one region lie scattered over the whole table.
 */
import { createHash } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { readCounty, readPrefecture } from "../packs/divisions/read-divisions.ts";
import type { Division } from "../packs/divisions/read-divisions.ts";
import { openCluster } from "../src/platform/postgres/index.ts";
import { startProgram } from "./program.ts";

const MEASURES = [
  "gdp",
  "industrial_value_added",
  "fixed_asset_investment",
  "retail_sales",
  "fiscal_revenue_total",
  "fiscal_revenue_general_budget",
  "urban_disposable_income",
  "rural_disposable_income",
  "product_output",
  "power_output",
];
export const FIRST_MONTH = "2011-01";
export const LAST_MONTH = "2016-07";
const MONTHS = 67;
const FIGURES_OF_A_REGION = MEASURES.length * MONTHS * 2;
/** Shanxi without Xinzhou: Datong, Yangquan, Changzhi, Jinzhong, Yuncheng, Linfen, Lüliang. */
const OTHER_PREFECTURES = [140200, 140300, 140400, 140700, 140800, 141000, 141100];
const XINZHOU = 140900;
const YUANPING = 140981;

export type BigLedger = { dataDir: string; figures: number; fresh: boolean };

/** Makes the data directory when its stamp does not say that it holds so many figures of this schema. */
export async function ensureBigLedger(
  dataDir: string,
  figures: number,
  say: (line: string) => void,
): Promise<BigLedger> {
  const stampFile = join(dataDir, "bench-stamp.json");
  const wanted = {
    figures,
    schema: await hashOf("../db/migrations/"),
    loader: await hashOf(import.meta.filename),
  };
  const stamp = await readFile(stampFile, "utf8").then(JSON.parse, () => undefined);
  if (stamp !== undefined && JSON.stringify({ ...stamp, rows: undefined }) === JSON.stringify(wanted)) {
    return { dataDir, figures: stamp.rows, fresh: false };
  }
  say(`loading ${figures.toLocaleString("en")} figures into ${dataDir}; this takes some minutes, once`);
  await rm(dataDir, { recursive: true, force: true });
  await (await startProgram(dataDir)).stop();
  // Nothing in this directory is worth surviving a power cut while it is being made.
  const options =
    "fsync=off max_wal_size=16GB maintenance_work_mem=1GB max_parallel_maintenance_workers=1 autovacuum=off";
  const cluster = await openCluster({ dataDir, log: () => {}, options });
  let rows = 0;
  try {
    const client = new pg.Client({ ...cluster.connection, database: "taizhang" });
    await client.connect();
    try {
      rows = await load(client, figures, say);
    } finally {
      await client.end();
    }
  } finally {
    await cluster.stop();
  }
  await writeFile(stampFile, JSON.stringify({ ...wanted, rows }));
  return { dataDir, figures: rows, fresh: true };
}

async function load(client: pg.Client, figures: number, say: (line: string) => void): Promise<number> {
  const regions = await chooseRegions(client, Math.ceil(figures / FIGURES_OF_A_REGION));
  say(
    `  ${regions.length} regions of ${new Set(regions.map(countyOf)).size} counties, ${MEASURES.length} measures, ${MONTHS} months`,
  );
  await client.query("CREATE TEMPORARY TABLE bench_regions (region bigint PRIMARY KEY)");
  await client.query("INSERT INTO bench_regions SELECT unnest($1::bigint[])", [regions]);
  await insertSources(client);
  await withoutIndexes(client, () => insertFigures(client, say));
  say("  indexes are back");
  await insertCorrections(client);
  await client.query(`INSERT INTO ledger.versions AS v SELECT DISTINCT region / 1000000, 1 FROM bench_regions
    ON CONFLICT (county) DO UPDATE SET version = v.version + 1`);
  await client.query("VACUUM (ANALYZE) ledger.figures");
  await client.query("VACUUM (ANALYZE) ledger.sources, ledger.corrections, org.regions");
  await client.query("CHECKPOINT");
  const { rows } = await client.query("SELECT count(*)::int AS n FROM ledger.figures");
  return rows[0].n;
}

const countyOf = (region: number): number => Math.floor(region / 1_000_000);

/** Yuanping whole, then county after county with its townships and villages until there are enough. */
async function chooseRegions(client: pg.Client, count: number): Promise<number[]> {
  const known = await client.query<{ code: string }>(
    "SELECT code FROM org.regions WHERE level IN ('county', 'township', 'village') ORDER BY code",
  );
  const chosen = new Set(known.rows.map((row) => Number(row.code)));
  for (const prefecture of [XINZHOU, ...OTHER_PREFECTURES]) {
    const divisions = await readPrefecture(prefecture);
    await insertRegions(client, divisions);
    const counties = divisions
      .filter((division) => division.level === "county")
      .map((division) => countyOf(division.code));
    for (const county of counties.filter((code) => code !== YUANPING)) {
      if (chosen.size >= count) return [...chosen].slice(0, count);
      const parts = await readCounty(county);
      await insertRegions(client, parts);
      for (const part of parts) if (countyOf(part.code) === county) chosen.add(part.code);
    }
  }
  return [...chosen];
}

async function insertRegions(client: pg.Client, divisions: readonly Division[]): Promise<void> {
  await client.query(
    `INSERT INTO org.regions (code, parent, level, name_zh)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
    [
      divisions.map((division) => division.code),
      divisions.map((division) => division.parent),
      divisions.map((division) => division.level),
      divisions.map((division) => division.name),
    ],
  );
}

/** A source for each county and month: its monthly report. */
async function insertSources(client: pg.Client): Promise<void> {
  await client.query(`INSERT INTO ledger.sources (county, region, kind, title, file_name, bytes, rows, audience, idempotency, recorded_by, recorded_by_title)
    SELECT county, county * 1000000::bigint, 'file', m.period || ' 统计月报', m.period || '.csv', 1000000, 1000, county * 1000000::bigint,
      'bench ' || m.period, 0, '统计局'
    FROM (SELECT DISTINCT (region / 1000000)::integer AS county FROM bench_regions) c
    CROSS JOIN (${monthsSql}) m`);
}

const monthsSql = `SELECT to_char(at, 'YYYY-MM') AS period, extract(month FROM at)::integer AS month
  FROM generate_series('${FIRST_MONTH}-01'::timestamp, '${LAST_MONTH}-01'::timestamp, '1 month') AS at`;

async function insertFigures(client: pg.Client, say: (line: string) => void): Promise<void> {
  // What the demonstration has already is left as it is.
  await client.query(
    `CREATE TEMPORARY TABLE bench_known AS SELECT DISTINCT region, measure, period FROM ledger.figures`,
  );
  await client.query("ANALYZE bench_known, bench_regions");
  const months = await client.query<{ period: string; month: number }>(`${monthsSql} ORDER BY 1`);
  const { rows: measures } = await client.query<{ id: number }>(
    "SELECT id FROM ledger.measures WHERE code = ANY ($1)",
    [MEASURES],
  );
  const ids = measures.map((row) => row.id);
  await client.query("SET synchronous_commit = off");
  await client.query("SET work_mem = '512MB'");
  for (const { period, month } of months.rows) {
    await client.query(
      `INSERT INTO ledger.figures (county, region, measure, aspect, basis, period, value, stated, source, locator, recorded_by)
      SELECT (r.region / 1000000)::integer, r.region, m.id, a.aspect, 'ytd', $1,
        CASE a.aspect WHEN 'value' THEN n.value ELSE n.growth END,
        CASE a.aspect WHEN 'value' THEN round(n.value / 10000, 2) || ' 亿元' ELSE n.growth || '%' END,
        s.id, (row_number() OVER (PARTITION BY r.region / 1000000 ORDER BY r.region, m.id))::text, 0
      FROM bench_regions r CROSS JOIN unnest($3::integer[]) AS m(id) CROSS JOIN (VALUES ('value'), ('growth')) AS a(aspect)
      JOIN ledger.sources s ON s.county = r.region / 1000000 AND s.idempotency = 'bench ' || $1
      CROSS JOIN LATERAL (SELECT (hashint8(r.region * 131 + m.id) & 1048575)::numeric / 10 * $2::integer + 0.5 AS value,
        ((hashint8(r.region * 67 + m.id * 7 + $2::integer) & 511) - 200)::numeric / 10 AS growth) n
      WHERE NOT EXISTS (SELECT FROM bench_known k WHERE k.region = r.region AND k.measure = m.id AND k.period = $1)
      ORDER BY r.region, m.id, a.aspect DESC`,
      [period, month, ids],
    );
    if (month === 12) say(`  figures up to ${period}`);
  }
}

/** Index builds are faster than twenty million insertions; the definitions are the migrations', read back and compared. */
async function withoutIndexes(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const constraints = async () =>
    (
      await client.query<{ name: string; on: string; kind: string; definition: string }>(`
        SELECT conname AS name, conrelid::regclass::text AS on, contype AS kind, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE (conrelid = 'ledger.figures'::regclass AND contype IN ('p', 'u', 'f')) OR (confrelid = 'ledger.figures'::regclass AND contype = 'f')
        ORDER BY contype = 'f', contype, conname`)
    ).rows;
  const indexes = async () =>
    (
      await client.query<{ name: string; definition: string }>(`
        SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
        WHERE indrelid = 'ledger.figures'::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1`)
    ).rows;
  const [before, plain] = [await constraints(), await indexes()];
  for (const one of before.toReversed())
    await client.query(`ALTER TABLE ${one.on} DROP CONSTRAINT ${one.name}`);
  for (const one of plain) await client.query(`DROP INDEX ${one.name}`);
  await work();
  for (const one of before)
    await client.query(`ALTER TABLE ${one.on} ADD CONSTRAINT ${one.name} ${one.definition}`);
  for (const one of plain) await client.query(one.definition);
  const after = JSON.stringify([await constraints(), await indexes()]);
  if (after !== JSON.stringify([before, plain]))
    throw new Error("the indexes differ from the migrations' after loading");
}

/** One figure in a thousand was corrected later, and both are kept. */
async function insertCorrections(client: pg.Client): Promise<void> {
  await client.query(`WITH old AS (
      SELECT * FROM ledger.figures f WHERE f.id % 1000 = 7 AND f.version = 1 AND f.recorded_by = 0 AND f.locator ~ '^\\d+$'
        AND NOT EXISTS (SELECT FROM ledger.corrections c WHERE c.county = f.county AND c.superseded = f.id)),
    new AS (INSERT INTO ledger.figures (county, region, measure, version, subject, aspect, basis, period, value, stated, source, locator, recorded_by)
      SELECT county, region, measure, 2, subject, aspect, basis, period, value + 1, stated, source, locator, 0 FROM old
      ON CONFLICT DO NOTHING
      RETURNING county, id, region, measure, subject, aspect, basis, period)
    INSERT INTO ledger.corrections (county, region, superseded, replacement, reason, recorded_by)
    SELECT old.county, old.region, old.id, new.id, '核实后更正', 0
    FROM old JOIN new USING (county, region, measure, subject, aspect, basis, period)`);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  if (!path.endsWith("/")) return hash.update(await readFile(path)).digest("hex");
  const directory = new URL(path, import.meta.url).pathname;
  for (const name of (await readdir(directory)).sort()) hash.update(await readFile(join(directory, name)));
  return hash.digest("hex");
}
