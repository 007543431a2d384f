/**
 * Returns under kill −9: two units fill in, submit, recall and amend, the department sends back and accepts singly and in
 * bulk, the morning's job reminds on days that jump over holidays and back; program, backends and postmaster are killed at
 * random moments. What was acknowledged is there, nothing is doubled, nothing is half-posted, and every state is the one
 * that its recorded verbs lead to.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestDatabase } from "../../../fixtures/database.ts";
import { runHttpProgram } from "../../../fixtures/run-http-program.ts";
import type { RunningProgram } from "../../../fixtures/run-http-program.ts";
import { openRandom } from "../../../fixtures/permissions/random.ts";
import { COUNTY, openSmallCounty, PASSWORD, TOWNSHIP, VILLAGE } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { openSmallReturns, retailForm } from "../../../fixtures/small-returns.ts";
import { loginAs } from "../../platform/db/connection.ts";
import { migrateDatabase } from "../../platform/db/migrate.ts";
import { openCluster } from "../../platform/postgres/index.ts";
import type { Cluster } from "../../platform/postgres/index.ts";
import { makeSystemActor } from "../auth/index.ts";
import { stateAfter } from "./core/course.ts";
import type { Verb } from "./core/course.ts";
import { openAndRemind } from "./index.ts";

const KILLS = ["backend", "backend", "program", "backend", "postmaster"] as const;
const ROUNDS = 4;
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const random = openRandom(seed);
/** Weekends, the holidays of October 2016 with their make-up days, and back again. */
const DAYS = [
  "2016-09-05",
  "2016-09-07",
  "2016-10-09",
  "2016-09-30",
  "2016-10-08",
  "2016-09-06",
  "2016-12-31",
];

type Json = ReturnType<typeof JSON.parse>;
let cluster: Cluster;
let database: TestDatabase;
let pool: pg.Pool;
let county: SmallCounty;
let dataDir: string;
let program: RunningProgram | undefined;
let address = "";

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "taizhang-returns-"));
  chmodSync(dataDir, 0o711);
  cluster = await openCluster({ dataDir: join(dataDir, "cluster"), log: () => {} });
  const maintenance = new pg.Client({ ...cluster.connection, database: "postgres" });
  await maintenance.connect();
  await maintenance.query("CREATE DATABASE returns_crash");
  await maintenance.end();
  const admin = { ...cluster.connection, database: "returns_crash" };
  await migrateDatabase(admin);
  pool = new pg.Pool({ ...admin, max: 2 });
  pool.on("error", () => {});
  database = {
    admin,
    app: loginAs("taizhang_app", admin),
    jobs: loginAs("taizhang_jobs", admin),
    query: async <T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await pool.query<T>(text, [...values])).rows,
  };
  county = await openSmallCounty(database);
  await openSmallReturns(database, county, {
    ...retailForm,
    filers: { units: [`unit-${TOWNSHIP}`, `unit-${VILLAGE}`] },
    columns: retailForm.columns.map((column) => ({ ...column, required: false })),
    rules: [],
    schedule: { from: "2016-03", to: "2016-08" },
  });
}, 120_000);
afterAll(async () => {
  await killProgram();
  await county.close();
  await pool.end();
  await cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function startProgram(): Promise<void> {
  const { admin, app } = database;
  const remindOn = random.shuffle(DAYS);
  program = await runHttpProgram({ admin, app, dataDir, county: COUNTY, days: 0, remindOn });
  address = program.address;
}
const killProgram = async (): Promise<void> => program?.kill();

type Person = (method: string, path: string, body?: unknown) => Promise<{ status: number; json: Json }>;
const SILENCE = { status: 0, json: undefined };

/** Undefined while program or database are down. */
async function signIn(username: string): Promise<Person | undefined> {
  const send: (path: string, init: RequestInit) => Promise<Response | undefined> = (path, init) =>
    fetch(`${address}/api/v1${path}`, { ...init, signal: AbortSignal.timeout(2000) }).catch(() => undefined);
  const content = { "content-type": "application/json" };
  const credentials = JSON.stringify({ username, password: PASSWORD });
  const answer = await send("/session", { method: "POST", headers: content, body: credentials });
  if (answer?.status !== 200) return undefined;
  const { csrf } = (await answer.json()) as { csrf: string };
  const headers = {
    cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "",
    "x-csrf-token": csrf,
  };
  return async (method, path, body) => {
    const told =
      body === undefined ? { headers } : { headers: { ...headers, ...content }, body: JSON.stringify(body) };
    const response = await send(path, { method, ...told });
    const text = await response?.text().catch(() => undefined);
    if (response === undefined || text === undefined) return SILENCE;
    return { status: response.status, json: text === "" ? undefined : JSON.parse(text) };
  };
}

/** `return/step` of what was answered with 200, and for each cell what was sent, the last acknowledged one marked. */
const acknowledged = { steps: new Set<string>(), edits: 0, bulk: 0 };
const sent = new Map<string, { values: (string | null)[]; sure: number }>();
let next = 1000;

async function step(who: Person, one: Json, verb: string): Promise<void> {
  const body = { verb, step: one.step, reason: "核实后更正" };
  const { status } = await who("POST", `/returns/${one.id}/steps`, body);
  if (status === 200) acknowledged.steps.add(`${one.id}/${one.step + 1}`);
}

async function fillIn(who: Person, one: Json): Promise<void> {
  const version = Math.max(1, one.version);
  const { status, json } = await who("GET", `/returns/${one.id}`);
  if (status !== 200) return;
  const values = json.items[0].values;
  const cells = random.some(["month", "ytd", "online"], 0.7).map((column) => {
    const to = String(next++);
    const key = `${one.id}/${version}/${column}`;
    const cell = sent.get(key) ?? { values: [], sure: -1 };
    sent.set(key, cell);
    cell.values.push(to);
    return { subject: "region", column, from: values[column] ?? null, to };
  });
  const answer = await who("PATCH", `/returns/${one.id}/cells`, { cells });
  for (const { column } of answer.json?.cells ?? []) {
    const cell = sent.get(`${one.id}/${version}/${column}`);
    if (cell !== undefined) cell.sure = cell.values.length - 1;
    acknowledged.edits++;
  }
}

type Work = (who: Person) => Promise<void>;

/** Somebody at work until told to stop; whoever is thrown out signs in again. */
async function workAs(username: string, work: Work, stop: { now: boolean }): Promise<void> {
  while (!stop.now) {
    const who = await signIn(username);
    if (who === undefined) {
      await delay(50);
      continue;
    }
    let isIn = true;
    while (isIn && !stop.now) {
      await work(who);
      isIn = (await who("GET", "/returns?of=mine&limit=1")).status === 200;
    }
  }
}

const workAsFiler: Work = async (who) => {
  const { json } = await who("GET", "/returns?of=mine&limit=100");
  const one = random.pick([...(json?.items ?? []), { status: "nothing" }] as Json[]);
  if (["due", "draft", "sent-back", "amending"].includes(one.status)) {
    await fillIn(who, one);
    const now = (await who("GET", `/returns/${one.id}`)).json?.brief ?? one;
    if (random.chance(0.7)) await step(who, now, "submit");
  } else if (one.status === "submitted" && random.chance(0.2)) await step(who, one, "recall");
  else if (one.status === "accepted" && random.chance(0.5)) await step(who, one, "amend");
};

const workAsReviewer: Work = async (who) => {
  const { json } = await who("GET", "/returns?of=review&limit=100");
  const waiting: Json[] = json?.items ?? [];
  if (waiting.length === 0) return;
  if (random.chance(0.4)) {
    const items = waiting.map(({ id, step: seen }) => ({ id, step: seen }));
    const answer = await who("POST", "/returns/accept", { items });
    acknowledged.bulk += answer.json?.done?.length ?? 0;
    for (const one of waiting.filter(({ id }) => answer.json?.done?.includes(id)))
      acknowledged.steps.add(`${one.id}/${one.step + 1}`);
  } else await step(who, random.pick(waiting), random.chance(0.3) ? "sendBack" : "accept");
};

/** The database is back, and says so. */
const isBack = (): Promise<unknown> =>
  expect
    .poll(
      () =>
        database.query("SELECT 1").then(
          () => true,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);

async function strike(what: (typeof KILLS)[number]): Promise<void> {
  if (what === "program") return killProgram();
  const backends = await database.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE usename = 'taizhang_app' ORDER BY state = 'idle', random() LIMIT 1",
  );
  process.kill(what === "postmaster" ? cluster.pid : (backends[0]?.pid ?? cluster.pid), "SIGKILL");
  await delay(100);
  await isBack();
}

type StoredReturn = { id: number; status: string; level: number; version: number; accepted: number | null };
const accepted = new Map<string, string>();

async function checkEverything(after: string): Promise<void> {
  const returns = await database.query<StoredReturn>(
    "SELECT id::float8 AS id, status, level, version, accepted FROM returns.returns ORDER BY id",
  );
  const actions = await database.query<{ return: number; step: number; verb: Verb; version: number }>(
    "SELECT return::float8 AS return, step, verb, version FROM returns.return_actions ORDER BY return, step",
  );
  for (const { id, ...state } of returns) {
    const own = actions.filter((action) => action.return === id);
    expect(
      own.map((action) => action.step),
      `${after}: steps of ${id}`,
    ).toEqual(own.map((_, at) => at + 1));
    expect(state, `${after}: ${id}`).toEqual(
      stateAfter(
        own.map(({ verb }) => verb),
        1,
      ),
    );
  }
  const there = new Set(actions.map((action) => `${action.return}/${action.step}`));
  expect(
    [...acknowledged.steps].filter((key) => !there.has(key)),
    `${after}: steps lost`,
  ).toEqual([]);
  await checkContent(after);
  await checkPostings(
    after,
    actions.filter(({ verb }) => verb === "accept"),
  );
  await checkMessages(after, actions);
}

async function checkContent(after: string): Promise<void> {
  const rows = await database.query<{ key: string; cells: Record<string, string> }>(
    `SELECT return || '/' || version AS key, cells FROM returns.rows`,
  );
  const cells = new Map(rows.map((row) => [row.key, row.cells]));
  for (const [key, { values, sure }] of sent) {
    const [id, version, column] = key.split("/");
    const at = values.indexOf(cells.get(`${id}/${version}`)?.[String(column)] ?? null);
    // A later edit that was never answered may have come in or not; an acknowledged one is there or was replaced.
    expect(at, `${after}: ${key}`).toBeGreaterThanOrEqual(sure);
  }
  for (const [key, content] of accepted)
    expect(JSON.stringify(cells.get(key)), `${after}: ${key}`).toBe(content);
}

/** A version is accepted exactly when it is posted, and the ledger holds the accepted values one after the other. */
async function checkPostings(
  after: string,
  accepts: readonly { return: number; version: number }[],
): Promise<void> {
  const postings = await database.query<{ key: string; entered: number; corrected: number }>(
    `SELECT return || '/' || version AS key, entered, corrected FROM returns.postings`,
  );
  const keys = accepts.map((one) => `${one.return}/${one.version}`).sort();
  expect(postings.map(({ key }) => key).sort(), `${after}: postings`).toEqual(keys);
  const chains = await database.query<{
    id: number;
    wanted: string[] | null;
    figures: string[] | null;
    links: number;
  }>(
    `SELECT r.id::float8 AS id,
       (SELECT array_agg(w.cells ->> 'ytd' ORDER BY a.step) FROM returns.return_actions a JOIN returns.rows w
          ON w.return = a.return AND w.version = a.version WHERE a.return = r.id AND a.verb = 'accept' AND w.cells ? 'ytd') AS wanted,
       (SELECT array_agg(f.value::text ORDER BY f.version) FROM ledger.figures f JOIN ledger.sources s ON s.id = f.source
          WHERE f.region = r.region AND f.period = r.period AND s.kind = 'return') AS figures,
       (SELECT count(*)::int FROM ledger.corrections c JOIN ledger.figures o ON o.id = c.superseded
          JOIN ledger.figures n ON n.id = c.replacement AND n.version = o.version + 1
          JOIN ledger.sources s ON s.id = n.source AND s.kind = 'return'
          WHERE n.region = r.region AND n.period = r.period) AS links
     FROM returns.returns r WHERE r.period <> '2016-07' ORDER BY r.id`,
  );
  for (const { id, wanted, figures, links } of chains) {
    const changes = (wanted ?? []).filter((value, at) => at === 0 || value !== wanted?.[at - 1]);
    expect(figures ?? [], `${after}: figures of ${id}`).toEqual(changes);
    expect(links, `${after}: corrections of ${id}`).toBe(Math.max(0, changes.length - 1));
  }
  const rows = await database.query<{ key: string; cells: unknown }>(
    `SELECT return || '/' || version AS key, cells FROM returns.rows`,
  );
  for (const { key, cells } of rows.filter((row) => keys.includes(row.key)))
    accepted.set(key, JSON.stringify(cells));
}

async function checkMessages(
  after: string,
  actions: readonly { return: number; step: number; verb: Verb }[],
): Promise<void> {
  const messages = await database.query<{ key: string }>(
    "SELECT return || ' ' || kind || ' ' || occasion AS key FROM returns.messages WHERE kind IN ('accepted', 'sent-back')",
  );
  const kinds: Partial<Record<Verb, string>> = { accept: "accepted", sendBack: "sent-back" };
  const wanted = actions.flatMap((one) => {
    const kind = kinds[one.verb];
    return kind === undefined ? [] : [`${one.return} ${kind} step ${one.step}`];
  });
  expect(messages.map(({ key }) => key).sort(), `${after}: news`).toEqual(wanted.sort());
  const twice = await database.query(
    `SELECT return, kind FROM returns.messages WHERE kind IN ('soon', 'today', 'late') GROUP BY return, kind HAVING count(*) > 1`,
  );
  expect(twice, `${after}: reminded twice of the same day`).toEqual([]);
}

const count = async (from: string): Promise<number> => (await database.query(`SELECT FROM ${from}`)).length;

test(`nothing lost, doubled or half-posted in ${KILLS.length * ROUNDS} kills (SEED=${seed})`, {
  timeout: 280_000,
}, async () => {
  const kills = Array.from({ length: ROUNDS }, () => KILLS).flat();
  await startProgram();
  for (const [at, what] of kills.entries()) {
    if (program === undefined || program.isGone()) await startProgram();
    const stop = { now: false };
    const people = [
      workAs("sulongkou", workAsFiler, stop),
      workAs("village", workAsFiler, stop),
      workAs("stats", workAsReviewer, stop),
    ];
    const before = acknowledged.steps.size;
    for (const end = Date.now() + 5000; acknowledged.steps.size < before + 4 && Date.now() < end; )
      await delay(5);
    await delay(random.below(250));
    await strike(what);
    stop.now = true;
    await Promise.all(people);
    await checkEverything(`kill ${at + 1} (${what})`);
  }
  await killProgram();
  const actor = makeSystemActor("taizhang_actor", COUNTY);
  await openAndRemind(county.pools, actor, "2016-12-31");
  expect(await openAndRemind(county.pools, actor, "2016-12-31")).toBe(0);
  const silent = await database.query(
    `SELECT r.id FROM returns.returns r WHERE r.status IN ('due', 'draft', 'sent-back') AND NOT EXISTS
       (SELECT FROM returns.messages m WHERE m.return = r.id AND m.kind = 'late')`,
  );
  expect(silent, "late, and never told").toEqual([]);
  await checkEverything("the end");
  expect(acknowledged.steps.size).toBeGreaterThan(kills.length * 2);
  expect(acknowledged.edits).toBeGreaterThan(kills.length);
  expect(acknowledged.bulk).toBeGreaterThan(3);
  expect(await count("ledger.corrections")).toBeGreaterThan(2);
});
