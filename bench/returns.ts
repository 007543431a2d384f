/**
 * Two thousand units that file in the same minute, the acceptance of all of them, and the board. What went in is compared
 * with what the ledger has afterwards; the writes and the board's statements alone are the peers.
 */
import pg from "pg";
import { makeSystemActor } from "../src/domains/auth/index.ts";
import { readBoard } from "../src/domains/returns/board/read-board.ts";
import { BoardQuery } from "../src/domains/returns/contract.ts";
import { editCells } from "../src/domains/returns/filing/edit-cells.ts";
import { stepReturn } from "../src/domains/returns/filing/step-return.ts";
import { loadViewer } from "../src/domains/returns/viewer.ts";
import { loginAs } from "../src/platform/db/connection.ts";
import type { Connection } from "../src/platform/db/connection.ts";
import { withActor } from "../src/platform/db/actor.ts";
import type { Tx } from "../src/platform/db/actor.ts";
import { openPools } from "../src/platform/db/pool.ts";
import type { Pools } from "../src/platform/db/pool.ts";
import { attachCluster } from "../src/platform/postgres/index.ts";
import type { Statement, Transaction } from "./bare-sql.ts";
import { summarise } from "./latencies.ts";
import { cpuMs, signIn, startProgram } from "./program.ts";
import type { Program, SignedIn } from "./program.ts";
import { recordTransaction } from "./recorded-statements.ts";
import type { Report } from "./report.ts";
import { BOARD_FORM, headersOf, makeBoard, makeFilers, PERIOD, REGION } from "./returns-ground.ts";
import type { Filer } from "./returns-ground.ts";

const CONNECTIONS = 20;
const AT_ONCE = 500;
const BOARD = { units: 500, periods: 24, requests: 60 };
const RIGHTS = new Set(["returns.read", "returns.file", "figures.read"]);

type Ground = { program: Program; client: pg.Client; pools: Pools; app: Connection; report: Report };

export async function measureReturns(
  dataDir: string,
  { units }: { units: number },
  report: Report,
): Promise<void> {
  const program = await startProgram(dataDir);
  const cluster = await attachCluster({ dataDir });
  const admin = { ...cluster.connection, database: "taizhang" };
  const client = new pg.Client(admin);
  client.on("error", () => {});
  await client.connect();
  const app = loginAs("taizhang_app", admin);
  const pools = openPools(app, { max: 2 });
  try {
    const filers = await makeFilers(client, pools, units);
    await makeBoard(client, Math.min(units, BOARD.units), BOARD.periods);
    const ground: Ground = { program, client, pools, app, report };
    const stats = await signIn(program, dataDir, "stats");
    await measureFiling(ground, filers);
    await measureAcceptance(ground, filers, stats);
    await measureBoard(ground, stats);
  } finally {
    await pools.end();
    await client.end();
    await program.stop();
  }
}

const valuesOf = ({ n }: Filer) => ({
  month: String(10 + (n % 7)),
  ytd: `${1000 + n}.5`,
  online: "5",
  fai: `${3000 + n}`,
  equipment: "20",
});

const editsOf = (filer: Filer) =>
  Object.entries(valuesOf(filer)).map(([column, to]) => ({ subject: "region", column, from: null, to }));

type Answer = { step: number; done: number[]; refused: unknown[]; units: unknown[]; periods: unknown[] };

async function send(
  { program }: Ground,
  headers: Record<string, string>,
  [method, path, body]: [string, string, unknown?],
): Promise<Answer> {
  const payload = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${program.url}/api/v1/returns${path}`, { method, headers, ...payload });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  return JSON.parse(text) as Answer;
}

/** @returns milliseconds of each, in no order */
async function overConnections<T>(
  items: readonly T[],
  work: (item: T, connection: number) => Promise<number>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const drive = async (connection: number): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++])
      times.push(await work(item, connection));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, connection) => drive(connection)));
  return times;
}

async function measureFiling(ground: Ground, filers: readonly Filer[]): Promise<void> {
  const { program, report } = ground;
  const part = `${filers.length.toLocaleString("en")} units file at once, ${CONNECTIONS} connections`;
  const fills: number[] = [];
  const cpu = await cpuMs(program.pid);
  const started = performance.now();
  const submits = await overConnections(filers, async (filer) => {
    const headers = headersOf(filer);
    const begun = performance.now();
    const edited = await send(ground, headers, ["PATCH", `/${filer.id}/cells`, { cells: editsOf(filer) }]);
    const filled = performance.now();
    fills.push(filled - begun);
    const body = { verb: "submit", step: edited.step };
    await send(ground, headers, ["POST", `/${filer.id}/steps`, body]);
    return performance.now() - filled;
  });
  const seconds = (performance.now() - started) / 1000;
  const each = ((await cpuMs(program.pid)) - cpu) / filers.length;
  const bare = await fileBare(ground, filers);
  const note = (times: number[]): string =>
    `p50 ${summarise(times, 1).p50.toFixed(0)}, slowest ${summarise(times, 1).max.toFixed(0)} ms`;
  const peer = (times: number[]) => ({ what: "its writes as bare SQL", value: summarise(times, 1).p95 });
  report.add({
    part,
    what: "submit, p95",
    value: summarise(submits, 1).p95,
    unit: "ms",
    aim: { most: 300 },
    peer: peer(bare.submits),
    note: note(submits),
  });
  report.add({
    part,
    what: "fill in, p95",
    value: summarise(fills, 1).p95,
    unit: "ms",
    peer: peer(bare.fills),
    note: note(fills),
  });
  report.add({
    part,
    what: "all filled in and submitted",
    value: seconds,
    unit: "s",
    aim: { most: 60 },
    peer: { what: "its writes as bare SQL", value: bare.seconds },
    note: `server processor ${each.toFixed(1)} ms a unit`,
  });
}

const actorOf = ({ region, post }: Filer) => ({
  ...makeSystemActor("taizhang_actor", region),
  post,
  postTitle: "统计员",
});

/** The statements that change something, of one unit; the others' are the same with other ids in them. */
async function recordWrites(ground: Ground, filer: Filer): Promise<[Transaction, Transaction]> {
  const record = (work: (tx: Tx) => Promise<unknown>): Promise<Transaction> =>
    recordTransaction(() => withActor(ground.pools, actorOf(filer), work));
  const now = new Date();
  const fill = await record(async (tx) => {
    const request = { cells: editsOf(filer), add: [], remove: [] };
    await editCells(tx, filer.bareId, request, { viewer: await loadViewer(tx, RIGHTS), now });
  });
  const submit = await record(async (tx) => {
    const request = { verb: "submit" as const, step: 1, cells: [] };
    await stepReturn(tx, filer.bareId, request, { viewer: await loadViewer(tx, RIGHTS), now });
  });
  const writes = ({ begin, rows, statements }: Transaction): Transaction => {
    const changing = ({ text }: Statement): boolean =>
      /app\.enter|^\s*(INSERT|UPDATE|DELETE|WITH)/.test(text);
    return { begin, rows, statements: statements.filter(changing) };
  };
  return [writes(fill), writes(submit)];
}

function translate({ text, values }: Statement, from: Filer, to: Filer): pg.QueryConfig {
  const pairs: [number, number][] = [
    [from.bareId, to.bareId],
    [from.region, to.region],
    [from.region + 1, to.region + 1],
    [from.unit, to.unit],
    [from.post, to.post],
  ];
  const other = (value: unknown): unknown => {
    const pair = pairs.find(([was]) => was === value || String(was) === value);
    if (pair !== undefined) return pair[1];
    return typeof value === "string" ? value.replace(`return:${from.bareId}`, `return:${to.bareId}`) : value;
  };
  return { text, values: values.map(other) };
}

async function fileBare(
  ground: Ground,
  filers: readonly Filer[],
): Promise<{ fills: number[]; submits: number[]; seconds: number }> {
  const [sample, ...others] = filers as [Filer, ...Filer[]];
  const [fill, submit] = await recordWrites(ground, sample);
  const clients = Array.from({ length: CONNECTIONS }, () => new pg.Client({ ...ground.app, pipeline: true }));
  await Promise.all(clients.map((one) => one.connect()));
  const names = new Map<string, string>();
  const run = async (client: pg.Client, of: Transaction, filer: Filer): Promise<number> => {
    const begun = performance.now();
    const sent: Promise<unknown>[] = [client.query(of.begin)];
    for (const statement of of.statements) {
      const name = names.get(statement.text) ?? `b${names.size}`;
      names.set(statement.text, name);
      sent.push(client.query({ ...translate(statement, sample, filer), name }));
    }
    await Promise.all([...sent, client.query("COMMIT")]);
    return performance.now() - begun;
  };
  const fills: number[] = [];
  const started = performance.now();
  const submits = await overConnections(others, async (filer, connection) => {
    const client = clients[connection] as pg.Client;
    fills.push(await run(client, fill, filer));
    return run(client, submit, filer);
  });
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(clients.map((one) => one.end()));
  const { rows } = await ground.client.query(
    "SELECT count(*)::int AS n FROM returns.returns WHERE period = $1 AND status = 'submitted'",
    ["2016-09"],
  );
  if (rows[0].n !== filers.length) throw new Error(`the bare writes made ${rows[0].n} submissions`);
  return { fills, submits, seconds };
}

async function measureAcceptance(ground: Ground, filers: readonly Filer[], stats: SignedIn): Promise<void> {
  const headers = { ...headersOf(stats), "x-csrf-token": stats.csrf };
  const started = performance.now();
  for (let from = 0; from < filers.length; from += AT_ONCE) {
    const items = filers.slice(from, from + AT_ONCE).map(({ id }) => ({ id, step: 2 }));
    const { done, refused } = await send(ground, headers, ["POST", "/accept", { items }]);
    if (done.length !== items.length)
      throw new Error(`${done.length} of ${items.length} accepted: ${JSON.stringify(refused[0])}`);
  }
  const seconds = (performance.now() - started) / 1000;
  const figures = await compareLedger(ground, filers);
  ground.report.add({
    part: `${filers.length.toLocaleString("en")} units file at once, ${CONNECTIONS} connections`,
    what: "bulk acceptance of all, posted to the ledger",
    value: filers.length / seconds,
    unit: "returns/s",
    note: `${seconds.toFixed(1)} s; ${figures.toLocaleString("en")} figures, each what was sent`,
  });
}

/** What the ledger has is what was sent, once. @returns how many figures */
async function compareLedger({ client }: Ground, filers: readonly Filer[]): Promise<number> {
  const { rows } = await client.query<{ key: string; value: string }>(
    `SELECT f.region || ' ' || m.code AS key, trim_scale(f.value)::text AS value FROM ledger.figures f
     JOIN ledger.measures m ON m.id = f.measure JOIN ledger.sources s ON s.county = f.county AND s.id = f.source
     WHERE f.period = $1 AND f.region = ANY ($2::bigint[])`,
    [PERIOD, filers.map(({ region }) => region)],
  );
  const there = new Map(rows.map(({ key, value }) => [key, value]));
  const wanted = filers.flatMap((filer): [string, string][] => [
    [`${filer.region} retail_sales`, valuesOf(filer).ytd],
    [`${filer.region} fixed_asset_investment`, valuesOf(filer).fai],
  ]);
  if (rows.length !== wanted.length) throw new Error(`${rows.length} figures instead of ${wanted.length}`);
  const wrong = wanted.filter(([key, value]) => there.get(key) !== value);
  if (wrong.length > 0) throw new Error(`${wrong.length} figures differ, the first ${wrong[0]?.[0]}`);
  return rows.length;
}

async function measureBoard(ground: Ground, stats: SignedIn): Promise<void> {
  const query = BoardQuery.parse({ form: BOARD_FORM, from: "2014-09", to: "2016-08" });
  const path = `/board?form=${query.form}&from=${query.from}&to=${query.to}`;
  const times: number[] = [];
  for (let i = 0; i < BOARD.requests + 5; i++) {
    const started = performance.now();
    const board = await send(ground, headersOf(stats), ["GET", path]);
    if (i >= 5) times.push(performance.now() - started);
    if (board.units.length !== BOARD.units || board.periods.length !== BOARD.periods)
      throw new Error(`a board of ${board.units.length} units and ${board.periods.length} periods`);
  }
  const actor = { ...makeSystemActor("taizhang_actor", REGION), access: "read" as const };
  const transaction = await recordTransaction(() =>
    withActor(ground.pools, actor, (tx) =>
      readBoard(tx, query, {
        viewer: { unit: null, region: REGION, account: null, rights: RIGHTS },
        today: "2016-09-30",
      }),
    ),
  );
  const bare = await runBare(ground.app, transaction);
  const { p50, p95, max } = summarise(times, 1);
  ground.report.add({
    part: "Board",
    what: `${BOARD.units} units × ${BOARD.periods} periods, p95`,
    value: p95,
    unit: "ms",
    aim: { most: 100 },
    peer: { what: "bare SQL", value: summarise(bare, 1).p95 },
    note: `median ${p50.toFixed(0)}, slowest ${max.toFixed(0)} ms`,
  });
}

async function runBare(connection: Connection, { begin, statements }: Transaction): Promise<number[]> {
  const client = new pg.Client({ ...connection, pipeline: true });
  await client.connect();
  const times: number[] = [];
  for (let i = 0; i < BOARD.requests + 5; i++) {
    const started = performance.now();
    await Promise.all([
      client.query(begin),
      ...statements.map(({ text, values }, at) => client.query({ name: `b${at}`, text, values })),
      client.query("COMMIT"),
    ]);
    if (i >= 5) times.push(performance.now() - started);
  }
  await client.end();
  return times;
}
