/**
 * Figures per second through the real path (HTTP, multipart, CSV, every check, audit, one transaction) against raw
 * COPY of the same figures into the same table of a copy of the same database on the same server.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { attachCluster, openCluster } from "../src/platform/postgres/index.ts";
import { median } from "./latencies.ts";
import { peakResidentMb, residentMb, signIn, startProgram } from "./program.ts";
import type { Program, SignedIn } from "./program.ts";
import type { Report } from "./report.ts";

const COLUMNS =
  "county, region, measure, version, subject, aspect, basis, period, value, qualifier, stated, source, locator, audience, recorded_by";
/** Flows at current prices: a value may come without growth. */
const MEASURES = [
  "fixed_asset_investment",
  "retail_sales",
  "fiscal_revenue_total",
  "fiscal_revenue_general_budget",
  "signed_investment",
];
const COPY_DATABASE = "bench_copy";

type Shape = { name: string; hasGrowth: boolean };
const SHAPES: readonly Shape[] = [
  { name: "a row with value and growth is two figures", hasGrowth: true },
  { name: "a row is one figure", hasGrowth: false },
];

export async function measureIngestion(
  dataDir: string,
  options: { figures: number; runs: number },
  report: Report,
): Promise<void> {
  await makeCopyDatabase(dataDir);
  const program = await startProgram(dataDir);
  const cluster = await attachCluster({ dataDir });
  const copied = new pg.Client({ ...cluster.connection, database: COPY_DATABASE });
  await copied.connect();
  try {
    const regions = await listRegions({ ...cluster.connection, database: "taizhang" });
    const idle = await residentMb(program.pid);
    let firstRound = 0;
    for (const shape of SHAPES) {
      const runs: { path: number; copy: number; mb: number }[] = [];
      for (let run = 0; run < options.runs; run++) {
        const file = join(dataDir, "bench-import.csv");
        const written = await writeCsv(file, {
          regions,
          figures: options.figures,
          hasGrowth: shape.hasGrowth,
          firstRound,
        });
        firstRound = written.nextRound;
        const session = await signIn(program, dataDir, "stats");
        runs.push(
          await importOnce(
            { program, session, copied, admin: { ...cluster.connection, database: "taizhang" } },
            file,
            written.figures,
          ),
        );
        await rm(file);
      }
      report.add({
        part: "Ingestion",
        what: `${options.figures.toLocaleString("en")} figures by CSV over HTTP (${shape.name})`,
        value: median(runs.map((run) => run.path)),
        unit: "figures/s",
        aim: { least: 0.4 * median(runs.map((run) => run.copy)) },
        peer: { what: "raw COPY", value: median(runs.map((run) => run.copy)) },
        note: `runs ${runs.map((run) => (run.path / run.copy).toFixed(2)).join(" ")}`,
      });
      report.add({
        part: "Memory",
        what: `server during import (${shape.name})`,
        value: Math.max(...runs.map((run) => run.mb)),
        unit: "MB",
        aim: { most: 250 },
        note: `idle before ${idle.toFixed(0)} MB`,
      });
    }
  } finally {
    await copied.end();
    await program.stop();
  }
}

/** The state before any import, twice: one for the server, one for COPY. */
async function makeCopyDatabase(dataDir: string): Promise<void> {
  await (await startProgram(dataDir)).stop();
  const cluster = await openCluster({ dataDir, log: () => {} });
  const client = new pg.Client({ ...cluster.connection, database: "postgres" });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${COPY_DATABASE}`);
  await client.query(`CREATE DATABASE ${COPY_DATABASE} TEMPLATE taizhang`);
  await client.end();
  await cluster.stop();
}

async function listRegions(connection: pg.ClientConfig): Promise<number[]> {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows } = await client.query<{ code: string }>(
    "SELECT code FROM org.regions WHERE code / 1000000 = 140981 ORDER BY code",
  );
  await client.end();
  return rows.map((row) => Number(row.code));
}

type Written = { figures: number; nextRound: number };

/** A round is a year of a subject: the years before the demonstration's are few, and a run needs a hundred and more. */
const YEARS = { first: 1950, count: 60 };

/** Year after year, month after month, region after region, as reports come. */
async function writeCsv(
  file: string,
  wanted: { regions: readonly number[]; figures: number; hasGrowth: boolean; firstRound: number },
): Promise<Written> {
  const handle = await open(file, "w");
  const perRow = wanted.hasGrowth ? 2 : 1;
  let lines = "region,subject,measure,basis,period,value,unit,growth\n";
  let figures = 0;
  let round = wanted.firstRound;
  for (; figures < wanted.figures; round++) {
    const year = YEARS.first + (round % YEARS.count);
    const subject = `product:p${Math.floor(round / YEARS.count)}`;
    for (let month = 1; month <= 12; month++) {
      for (const region of wanted.regions) {
        for (const [i, measure] of MEASURES.entries()) {
          if (figures >= wanted.figures) break;
          figures += perRow;
          const seed = (region % 9973) * 31 + month * 7 + i + year;
          const growth = wanted.hasGrowth ? ((seed % 311) / 10 - 12).toFixed(1) : "";
          lines += `${region},${subject},${measure},ytd,${year}-${String(month).padStart(2, "0")},${((seed % 7919) + 11) / 100},亿元,${growth}\n`;
        }
      }
      if (lines.length > 1_000_000) {
        await handle.write(lines);
        lines = "";
      }
    }
  }
  await handle.write(lines);
  await handle.close();
  return { figures, nextRound: round };
}

type Ground = { program: Program; session: SignedIn; copied: pg.Client; admin: pg.ClientConfig };

async function importOnce(
  ground: Ground,
  file: string,
  figures: number,
): Promise<{ path: number; copy: number; mb: number }> {
  const started = performance.now();
  const { value: recorded, mb } = await peakResidentMb(ground.program.pid, () => upload(ground, file));
  const seconds = (performance.now() - started) / 1000;
  if (recorded.figures !== figures)
    throw new Error(`${recorded.figures} figures were recorded instead of ${figures}`);
  const rows = `${file}.copy`;
  await copyOut(ground.admin, recorded.source, rows);
  const copySeconds = await copyIn(ground.copied, rows, figures);
  await rm(rows);
  return { path: figures / seconds, copy: figures / copySeconds, mb };
}

/** Multipart by hand, so that the file streams from the disk. */
async function upload(
  { program, session }: Ground,
  file: string,
): Promise<{ source: number; figures: number }> {
  const boundary = "----taizhang-bench";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="bench.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  const length = Buffer.byteLength(head) + (await stat(file)).size + Buffer.byteLength(tail);
  const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sending = request(
      `${program.url}/api/v1/figures/import`,
      {
        method: "POST",
        headers: {
          cookie: session.cookie,
          "x-csrf-token": session.csrf,
          "content-type": `multipart/form-data; boundary=${boundary}`,
          "content-length": length,
        },
      },
      (response) => {
        text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
      },
    );
    sending.on("error", reject);
    sending.write(head);
    const content = createReadStream(file, { highWaterMark: 1 << 18 });
    content.on("error", reject);
    content.on("end", () => sending.end(tail));
    content.pipe(sending, { end: false });
  });
  if (answer.status !== 201) throw new Error(`import: ${answer.status} ${answer.body.slice(0, 500)}`);
  return JSON.parse(answer.body) as { source: number; figures: number };
}

async function copyOut(admin: pg.ClientConfig, source: number, file: string): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  const rows = client.query(
    copyTo(`COPY (SELECT ${COLUMNS} FROM ledger.figures WHERE source = ${source} ORDER BY id) TO STDOUT`),
  );
  await pipeline(rows, createWriteStream(file));
  await client.end();
}

async function copyIn(client: pg.Client, file: string, figures: number): Promise<number> {
  const started = performance.now();
  await client.query("BEGIN");
  const into = client.query(copyFrom(`COPY ledger.figures (${COLUMNS}) FROM STDIN`));
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), into);
  await client.query("COMMIT");
  const seconds = (performance.now() - started) / 1000;
  if (into.rowCount !== figures) throw new Error(`COPY took ${into.rowCount} figures instead of ${figures}`);
  return seconds;
}
