/**
 * Returns under kill −9: two units upload workbooks, fill in, submit, recall and amend, the department sends back and accepts
 * singly and in bulk, the morning's job reminds on days that jump over holidays and back, and messages go out by mail and
 * to a chat group. Program and postmaster are killed by turns in the middle of an upload, of a posting, of a mail, and when
 * the morning's job has written half of its reminders into the inboxes. What was acknowledged is there, nothing is doubled, nothing is half-posted, and every state is the one that its recorded verbs
 * lead to.
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
import {
  COUNTY,
  openSmallCounty,
  OTHER_TOWNSHIP,
  TOWNSHIP,
  VILLAGE,
} from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { laxForm, openSmallReturns, retailForm, silenced } from "../../../fixtures/small-returns.ts";
import { withActor } from "../../platform/db/actor.ts";
import { loginAs } from "../../platform/db/connection.ts";
import { migrateDatabase } from "../../platform/db/migrate.ts";
import { openMailer } from "../../platform/outgoing/mail.ts";
import { openCluster } from "../../platform/postgres/index.ts";
import type { Cluster } from "../../platform/postgres/index.ts";
import { makeSystemActor } from "../auth/index.ts";
import { FormDefinition } from "./contract.ts";
import { deliverMessages, ensureForm, openAndRemind, openScheduled } from "./index.ts";
import { checkEverything, UNFILED } from "../../../fixtures/returns-crash/check-everything.ts";
import type { Scene } from "../../../fixtures/returns-crash/check-everything.ts";
import { openMailRoom } from "../../../fixtures/returns-crash/mail-room.ts";
import type { MailRoom } from "../../../fixtures/returns-crash/mail-room.ts";
import { newWork, workAs } from "../../../fixtures/returns-crash/people-at-work.ts";

/** For each activity. */
const KILLS = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? "postmaster" : "program"));
/** A claim that was left behind is taken up again by a clock so much further on: by the next program. */
const AGAIN_MINUTES = 11;
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

let cluster: Cluster;
let database: TestDatabase;
let pool: pg.Pool;
let county: SmallCounty;
let dataDir: string;
let program: RunningProgram | undefined;
let address = "";
let mail: MailRoom;
let starts = 0;
const work = newWork();
const accepted = new Map<string, string>();
const scene = (): Scene => ({ database, work, mail, accepted });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "taizhang-returns-"));
  chmodSync(dataDir, 0o711);
  await openDatabase();
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
    ...laxForm,
    filers: { units: [`unit-${TOWNSHIP}`, `unit-${VILLAGE}`] },
    schedule: { from: "2016-03", to: "2016-08" },
  });
  await withActor(county.pools, makeSystemActor("taizhang_actor", COUNTY), async (tx) => {
    const form = {
      ...retailForm,
      code: UNFILED,
      filers: { units: [`unit-${OTHER_TOWNSHIP}`] },
      columns: silenced(retailForm.columns),
      rules: [],
      schedule: { from: "2015-06", to: "2016-05" },
    };
    await ensureForm(tx, Math.floor(COUNTY / 1_000_000), FormDefinition.parse(form));
    await openScheduled(tx, "2016-09-01");
  });
  await database.query(
    "INSERT INTO returns.contacts (county, unit, region, email) SELECT county, id, region, 'town@b.example' FROM org.units",
  );
  mail = await openMailRoom();
}, 120_000);
afterAll(async () => {
  await killProgram();
  await mail.close();
  await county.close();
  await pool.end();
  await cluster.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function startProgram(): Promise<void> {
  const { admin, app } = database;
  const remindOn = random.shuffle(DAYS);
  const outgoing = { smtp: mail.smtp, webhook: mail.webhook, minutes: ++starts * AGAIN_MINUTES };
  program = await runHttpProgram({ admin, app, dataDir, county: COUNTY, days: 0, remindOn, outgoing });
  address = program.address;
}
const killProgram = async (): Promise<void> => program?.kill();

const openDatabase = async (): Promise<void> => {
  cluster = await openCluster({ dataDir: join(dataDir, "cluster"), log: () => {} });
};

/** The database is opened anew by hand: its own watchman waits longer each time it dies within seconds. */
async function strike(what: string): Promise<void> {
  if (what === "program") return killProgram();
  process.kill(cluster.pid, "SIGKILL");
  await cluster.stop();
  await openDatabase();
}

const UNFILED_MONTHS = 12;
let dueDays = 0;

/** Late on every day that the job believes it is, and later each time: so that all of them are reminded anew. */
async function moveDueDay(): Promise<string> {
  const [row] = await database.query<{ day: string }>("SELECT ('2016-06-01'::date + $1::int)::text AS day", [
    dueDays++,
  ]);
  return String(row?.day);
}

const remindersOf = (dueDay: string): Promise<{ return: number; times: number }[]> =>
  database.query(
    `SELECT m.return::float8 AS return, count(*)::int AS times FROM returns.messages m
     JOIN returns.returns r ON r.id = m.return WHERE r.form = $1 AND m.kind = 'late' AND m.occasion LIKE $2 || '%' GROUP BY m.return`,
    [UNFILED, `due ${dueDay}`],
  );

/**
 * The job stops in the middle of its reminders, behind one whose key somebody else is just writing, and is struck there.
 * @returns whether it stood there
 */
async function strikeJob(what: string): Promise<boolean> {
  const dueDay = await moveDueDay();
  const holder = new pg.Client(database.admin);
  holder.on("error", () => {}); // a postmaster that was killed
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(
    `INSERT INTO returns.messages (county, region, return, unit, kind, occasion)
     SELECT county, region, id, unit, 'late', $2 FROM returns.returns WHERE form = $1 ORDER BY id OFFSET $3 LIMIT 1`,
    [UNFILED, `due ${dueDay}`, UNFILED_MONTHS / 2],
  );
  await database.query("UPDATE returns.openings SET due_day = $2 WHERE form = $1", [UNFILED, dueDay]);
  let stood = false;
  for (const end = Date.now() + 10_000; !stood && Date.now() < end; await delay(2)) {
    const waiting = await database.query(
      "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%INSERT INTO returns.messages%'",
    );
    stood = waiting.length > 0;
  }
  await delay(random.below(20));
  await strike(what);
  await holder.query("ROLLBACK").catch(() => {});
  await holder.end().catch(() => {});
  // A program that outlived the database has written all of them by now, perhaps.
  const left = (await remindersOf(dueDay)).length;
  if (what === "program") expect(left, `of the reminders of ${dueDay} some were left behind`).toBe(0);
  else expect([0, UNFILED_MONTHS], `of the reminders of ${dueDay} some were left behind`).toContain(left);
  await expectReminded(dueDay);
  return stood;
}

/** By the next program, all of them, each once; and running on it adds none. */
async function expectReminded(dueDay: string): Promise<void> {
  if (program === undefined || program.isGone()) await startProgram();
  for (const end = Date.now() + 15_000; Date.now() < end; await delay(20))
    if ((await remindersOf(dueDay)).length >= UNFILED_MONTHS) break;
  await delay(100);
  const reminders = await remindersOf(dueDay);
  expect(reminders.length, `reminders of ${dueDay} lost`).toBe(UNFILED_MONTHS);
  expect(
    reminders.filter(({ times }) => times !== 1),
    `reminders of ${dueDay} doubled`,
  ).toEqual([]);
}

const count = async (from: string): Promise<number> => (await database.query(`SELECT FROM ${from}`)).length;

const ACTIVITIES = ["upload", "posting", "reminder", "inbox"] as const;
/** Mails come in in about so much. */
const MAIL_TAKES_MS = 40;
type Watched = Exclude<(typeof ACTIVITIES)[number], "inbox">;
const takesMs = (activity: Watched): number =>
  activity === "reminder" ? MAIL_TAKES_MS : work.tookMs[activity];
const underWay = (activity: Watched): number =>
  activity === "reminder" ? mail.inFlight() : work.inFlight[activity];

/** Waits until somebody is at it, and any part of the time that it takes. @returns whether somebody still was */
async function awaitMoment(activity: Watched): Promise<boolean> {
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(1)) {
    if (underWay(activity) === 0) continue;
    await delay(random.below(Math.ceil(takesMs(activity))));
    if (underWay(activity) > 0) return true;
  }
  return false;
}

test(`nothing lost, doubled or half-posted in ${KILLS.length} kills in the middle of each activity (SEED=${seed})`, async () => {
  const kills = KILLS.flatMap((what) => ACTIVITIES.map((activity) => ({ what, activity })));
  const struck = { upload: 0, posting: 0, reminder: 0, inbox: 0 };
  for (const [at, { what, activity }] of random.shuffle(kills).entries()) {
    if (program === undefined || program.isGone()) await startProgram();
    const stop = { now: false };
    const team = { work, random, address: () => address };
    const people = [
      workAs(team, "sulongkou", "filer", stop),
      workAs(team, "village", "filer", stop),
      workAs(team, "stats", "reviewer", stop),
    ];
    const before = work.steps.size;
    const waits = activity === "inbox" ? 0 : 5000; // the job does its work whether or not somebody else does
    for (const end = Date.now() + waits; work.steps.size === before && Date.now() < end; ) await delay(5);
    if (activity === "inbox") struck.inbox += (await strikeJob(what)) ? 1 : 0;
    else {
      if (await awaitMoment(activity)) struck[activity]++;
      await strike(what);
    }
    stop.now = true;
    await Promise.all(people);
    await checkEverything(scene(), `kill ${at + 1} (${what} during ${activity})`);
  }
  await killProgram();
  expect(struck).toEqual({
    upload: KILLS.length,
    posting: KILLS.length,
    reminder: KILLS.length,
    inbox: KILLS.length,
  });
  await checkReminders();
  await checkEverything(scene(), "the end");
  expect(work.steps.size).toBeGreaterThan(kills.length);
  expect(work.edits).toBeGreaterThan(10);
  expect(work.bulk).toBeGreaterThan(0);
  expect(work.cut.upload).toBeGreaterThan(3);
  expect(work.cut.posting).toBeGreaterThan(3);
  expect(work.retries.sent - work.retries.repeated, "sent again what had not come in").toBeGreaterThan(1);
  expect(work.retries.repeated, "sent again what had come in").toBeGreaterThan(1);
  expect(await count("ledger.corrections")).toBeGreaterThan(2);
}, 500_000);

/** Whoever is late is told, and every message leaves the house: once, or once more for a kill. */
async function checkReminders(): Promise<void> {
  const actor = makeSystemActor("taizhang_actor", COUNTY);
  await openAndRemind(county.pools, actor, "2016-12-31");
  expect(await openAndRemind(county.pools, actor, "2016-12-31")).toBe(0);
  const silent = await database.query(
    `SELECT r.id FROM returns.returns r WHERE r.status IN ('due', 'draft', 'sent-back') AND NOT EXISTS
       (SELECT FROM returns.messages m WHERE m.return = r.id AND m.kind = 'late')`,
  );
  expect(silent, "late, and never told").toEqual([]);
  const ahead = () => new Date(Date.now() + ++starts * AGAIN_MINUTES * 60_000);
  const mailer = openMailer(new URL(mail.smtp), "taizhang@a.example");
  const outgoing = {
    pools: county.pools,
    actor,
    now: ahead,
    mailer,
    webhook: new URL(mail.webhook),
    log: () => {},
  };
  while ((await deliverMessages(outgoing)) > 0);
  mailer.close();
  const messages = await database.query<{ id: number }>("SELECT id::float8 AS id FROM returns.messages");
  expect(
    messages.filter(({ id }) => !mail.received.has(id)),
    "mails lost",
  ).toEqual([]);
  const mails = [...mail.received.values()].reduce((sum, times) => sum + times, 0);
  expect(mails - messages.length, "mails doubled").toBeLessThanOrEqual(KILLS.length * ACTIVITIES.length);
  expect(mail.toldToGroup(), "told to the group").toBeGreaterThanOrEqual(messages.length);
  const waiting = await database.query(
    `SELECT m.id FROM returns.messages m, unnest(ARRAY['email', 'webhook']) AS c(channel) WHERE NOT EXISTS
       (SELECT FROM returns.deliveries d WHERE d.message = m.id AND d.channel = c.channel AND d.state = 'sent')`,
  );
  expect(waiting, "messages still in the house").toEqual([]);
}
