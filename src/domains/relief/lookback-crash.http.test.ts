/**
 * Look-back under kill −9: officials work on, the program is killed twenty times at random moments, with a
 * jump of its clock over the days of a notice. What was acknowledged is there, no clue is doubled, none is without a queue or in two, and a notice takes
 * effect whole or not at all.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { runHttpProgram } from "../../../fixtures/run-http-program.ts";
import type { RunningProgram } from "../../../fixtures/run-http-program.ts";
import { multipart } from "../../../fixtures/multipart.ts";
import { COUNTY, openSmallCounty, PASSWORD, VILLAGE } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { idNumberOf, insertHouseholds } from "../../../fixtures/small-registry.ts";
import { nextQueue } from "./core/clues/clue-loop.ts";
import type { Queue, Verb, Verdict } from "./core/clues/clue-loop.ts";

const KILLS = 20;
/** of these, while notices take effect */
const EFFECT_KILLS = 6;
const PERSONS = 14;
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const database = withTestDatabase();

let county: SmallCounty;
let dataDir: string;
let program: RunningProgram | undefined;
let address = "";
let days = 0;

beforeAll(async () => {
  county = await openSmallCounty(database);
  dataDir = mkdtempSync(join(tmpdir(), "taizhang-lookback-"));
  const households = persons.map(({ name, number, idNumber }) => ({
    number,
    region: VILLAGE,
    phone: "13900000000",
    members: [{ name, idNumber, relation: "户主", sex: "male" as const }],
  }));
  await insertHouseholds(database, dataDir, households);
});
afterAll(async () => {
  await kill();
  await county.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const persons = Array.from({ length: PERSONS }, (_, i) => ({
  name: `${"赵钱孙李周吴郑王".charAt(i % 8)}${"建国秀英有财铁柱".charAt(i % 7)}${"一二三四五六七八".charAt(Math.floor(i / 5))}`,
  number: `H${i + 1}`,
  idNumber: idNumberOf(`1409811970${String((i % 12) + 1).padStart(2, "0")}15${String(101 + 2 * i)}`),
}));

let state = seed;
function random(below: number): number {
  state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
  return (state >>> 8) % below;
}

async function start(): Promise<void> {
  const { admin, app } = database;
  program = await runHttpProgram({ admin, app, dataDir, county: COUNTY, days });
  address = program.address;
}
const kill = async (): Promise<void> => program?.kill();

type Json = ReturnType<typeof JSON.parse>;
type Official = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; json: Json } | undefined>;

/** Somebody signed in; undefined while the program is down. */
async function signIn(username: string): Promise<Official> {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: PASSWORD }),
  });
  const { csrf } = (await answer.json()) as { csrf: string };
  const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return async (method, path, body) => {
    const isFile = typeof body === "object" && body !== null && "headers" in body;
    const file = body as { body: Buffer<ArrayBuffer>; headers: Record<string, string> };
    const headers = {
      cookie,
      "x-csrf-token": csrf,
      ...(isFile ? file.headers : { "content-type": "application/json" }),
    };
    const payload = body === undefined ? {} : { body: isFile ? file.body : JSON.stringify(body) };
    try {
      const response = await fetch(`${address}/api/v1${path}`, {
        method,
        headers: body === undefined ? { cookie, "x-csrf-token": csrf } : headers,
        ...payload,
      });
      const text = await response.text();
      return { status: response.status, json: text === "" ? undefined : JSON.parse(text) };
    } catch {
      return undefined;
    }
  };
}

/** Steps that were answered with 200, and runs that were answered with 201. */
const acknowledged = { steps: new Set<string>(), runs: new Set<number>(), notices: new Set<number>() };

async function step(who: Official, clue: Json, body: object): Promise<void> {
  const answer = await who("POST", `/clues/${clue.id}/steps`, { step: clue.step, ...body });
  const taken = answer?.status === 200 ? [`${clue.id}/${clue.step + 1}`] : [];
  for (const key of taken) acknowledged.steps.add(key);
}

const KINDS = ["vehicle", "housing", "company"] as const;
const csv = [
  "编号,姓名,证件号码",
  ...persons.map(({ name, idNumber }, i) => `R${i},${name},${idNumber}`),
].join("\n");

/** The poverty relief office: one run after the other, then reviews, notices and their effect. */
async function workAsRelief(stop: { now: boolean }): Promise<void> {
  const relief = await signIn("relief");
  while (!stop.now) {
    await delay(10);
    const runs = (await relief("GET", "/lookback/runs"))?.json?.items ?? [];
    const done = runs.find((run: Json) => run.state === "done");
    if (done !== undefined)
      await relief("POST", `/lookback/runs/${done.id}/send`, {
        rules: [...KINDS, "house"],
        dueDay: "2099-01-01",
      });
    const kind = KINDS[runs.length];
    if (kind !== undefined && runs.every((run: Json) => run.state === "sent")) await beginRun(relief, kind);
    for (const clue of await inQueue(relief, "review")) await step(relief, clue, { verb: "approve" });
    if ((await inQueue(relief, "publish")).length > 1) await postNotice(relief);
    for (const notice of (await relief("GET", "/notices"))?.json?.items ?? [])
      if (notice.isOver && notice.waiting > 0) await relief("POST", `/notices/${notice.id}/effect`);
  }
}

async function beginRun(relief: Official, kind: string): Promise<void> {
  const mapping = JSON.stringify({ row: "编号", name: "姓名", idNumber: "证件号码" });
  const fields = { kind, title: kind, asOf: "2016-08-01", mapping };
  const register = await relief("POST", "/lookback/registers", multipart(`${kind}.csv`, csv, fields));
  if (register?.status !== 201) return;
  const body = { title: kind, registers: [register.json.id], key: `run-of-${kind}` };
  const begun = await relief("POST", "/lookback/runs", body);
  if (begun?.status === 201) acknowledged.runs.add(begun.json.id);
}

/** By the clock of the program, in China. */
const day = (ahead: number): string =>
  new Date(Date.now() + (days + ahead) * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

async function postNotice(relief: Official): Promise<void> {
  const body = {
    title: "公示",
    within: COUNTY,
    postedOn: day(0),
    endsOn: day(7),
    contact: "扶贫办",
    key: `notice-${random(1e9)}`,
  };
  const posted = await relief("POST", "/notices", body);
  if (posted?.status === 201) acknowledged.notices.add(posted.json.id);
}

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

/** A township: sends two people, brings back what they found, signs. */
async function workAsTownship(stop: { now: boolean }): Promise<void> {
  const township = await signIn("sulongkou");
  while (!stop.now) {
    for (const clue of await inQueue(township, "township"))
      await step(township, clue, { verb: "assign", visitors: ["张某甲", "张某乙"] });
    for (const clue of await inQueue(township, "visit")) await visit(township, clue);
    for (const clue of await inQueue(township, "signoff")) await step(township, clue, { verb: "sign" });
    await delay(5);
  }
}

async function visit(township: Official, clue: Json): Promise<void> {
  for (const kind of ["photo", "signature"])
    await township(
      "POST",
      `/clues/${clue.id}/files`,
      multipart("a.png", Buffer.concat([PNG, Buffer.from(`${clue.id} ${kind}`)]), {
        kind,
        takenAt: `${day(0)}T00:00:00+08:00`,
        place: "苏龙口村",
        noFix: "unavailable",
      }),
    );
  const [verdict, reason] = (
    [
      ["remove", "owns"],
      ["keep", "sold"],
      ["gone", "dead"],
    ] as const
  )[clue.id % 3] as [string, string];
  const visitedOn = day(0);
  await step(township, clue, {
    verb: "judge",
    visitedOn,
    visitors: ["张某甲", "张某乙"],
    verdict,
    reason,
    scope: "person",
    note: "",
  });
}

async function inQueue(who: Official, queue: Queue): Promise<Json[]> {
  return (await who("GET", `/clues?queue=${queue}&limit=8`))?.json?.items ?? [];
}

type StoredStep = { clue: number; step: number; verb: Verb; queue: Queue; verdict: Verdict | null };

async function checkEverything(after: string): Promise<void> {
  const apart =
    await database.query(`SELECT c.id FROM relief.clues c WHERE (c.step, c.verb, c.queue) IS DISTINCT FROM
    (SELECT (a.step, a.verb, a.queue) FROM relief.clue_actions a WHERE a.clue = c.id ORDER BY a.step DESC LIMIT 1)`);
  expect(apart, `${after}: clues that their steps do not lead to`).toEqual([]);
  const steps = await database.query<StoredStep>(
    `SELECT clue::float8 AS clue, step, verb, queue, detail ->> 'verdict' AS verdict FROM relief.clue_actions ORDER BY clue, step`,
  );
  const there = new Set(steps.map(({ clue, step: number }) => `${clue}/${number}`));
  expect(
    [...acknowledged.steps].filter((key) => !there.has(key)),
    `${after}: acknowledged steps`,
  ).toEqual([]);
  const clues = await database.query<{ id: number; person: number; matter: string; matches: number }>(
    `SELECT c.id::float8 AS id, c.person::float8 AS person, c.matter,
       (SELECT count(*)::int FROM relief.matches m WHERE m.clue = c.id) AS matches FROM relief.clues c`,
  );
  expect(new Set(clues.map(({ person, matter }) => `${person} ${matter}`)).size, `${after}: doubled`).toBe(
    clues.length,
  );
  expect(
    clues.filter(({ matches }) => matches === 0),
    `${after}: without evidence`,
  ).toEqual([]);
  for (const { id } of clues)
    expectCourse(
      after,
      steps.filter(({ clue }) => clue === id),
    );
  const broken = await database.query(
    `SELECT n.id FROM relief.notices n JOIN relief.clue_actions p ON p.verb = 'post' AND p.detail ->> 'notice' = n.id::text
     JOIN relief.clues s ON s.id = p.clue GROUP BY n.id HAVING count(DISTINCT s.queue) > 1`,
  );
  expect(broken, `${after}: notices that took effect in part`).toEqual([]);
  const twice = await database.query(
    "SELECT clue FROM relief.registry_actions WHERE clue IS NOT NULL GROUP BY clue HAVING count(*) > 1",
  );
  expect(twice, `${after}: effects doubled`).toEqual([]);
}

/** Steps without a gap, each leading where the table of the course says. */
function expectCourse(after: string, steps: readonly StoredStep[]): void {
  expect(
    steps.map(({ step: number }) => number),
    `${after}: steps`,
  ).toEqual(steps.map((_, i) => i + 1));
  let queue: Queue | undefined;
  let verdict: Verdict | undefined;
  for (const one of steps) {
    queue = nextQueue(queue, one.verb, { verdict, isConfidential: false });
    verdict = one.verdict ?? verdict;
    expect(one.queue, `${after}: clue ${one.clue} after ${one.verb}`).toBe(queue);
  }
}

const count = async (from: string): Promise<number> => (await database.query(`SELECT FROM ${from}`)).length;

/** Everybody at work until killed. @param progress acknowledged steps to wait for, a few seconds at most */
async function workUntilKilled(
  name: string,
  { progress, within }: { progress: number; within: number },
): Promise<void> {
  await start();
  const stop = { now: false };
  // Whoever is signing in at that moment fails; that is no loss.
  const working = Promise.allSettled([workAsRelief(stop), workAsTownship(stop)]);
  const before = acknowledged.steps.size;
  for (const end = Date.now() + 5000; acknowledged.steps.size < before + progress && Date.now() < end; )
    await delay(5);
  await delay(random(within));
  await kill();
  stop.now = true;
  await working;
  await checkEverything(name);
}

/** Left alone, it goes on where it was. */
async function workUntil(reached: () => Promise<boolean>): Promise<void> {
  await start();
  const stop = { now: false };
  const working = Promise.all([workAsRelief(stop), workAsTownship(stop)]);
  await expect.poll(reached, { timeout: 90_000, interval: 100 }).toBe(true);
  stop.now = true;
  await working;
  await kill();
}

const isSettled = async (): Promise<boolean> =>
  (await count("relief.clues")) === PERSONS * KINDS.length &&
  (await count("relief.clues WHERE queue NOT IN ('closed', 'notice', 'publish')")) === 0;

test(`loses and doubles nothing in ${KILLS} kills (SEED=${seed})`, { timeout: 300_000 }, async () => {
  for (let kills = 0; kills < KILLS - EFFECT_KILLS; kills++)
    await workUntilKilled(`kill ${kills + 1}`, { progress: 3, within: 400 });
  await workUntil(isSettled);
  await checkEverything("all verified");
  expect(await count("relief.notices")).toBeGreaterThan(0);
  days = 10;
  for (let kills = 0; kills < EFFECT_KILLS; kills++)
    await workUntilKilled(`kill ${kills + 1} of effects`, { progress: 0, within: 600 });
  await workUntil(async () => (await count("relief.clues WHERE queue = 'notice' AND notice = 1")) === 0);
  await checkEverything("the end");
  const runs = await database.query<{ id: number }>("SELECT id::float8 AS id FROM relief.runs");
  expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining([...acknowledged.runs]));
  expect(runs.length).toBe(KINDS.length);
  expect(await count("relief.registry_actions WHERE clue IS NOT NULL")).toBeGreaterThan(0);
  expect(acknowledged.steps.size).toBeGreaterThan(KILLS * 3);
});
