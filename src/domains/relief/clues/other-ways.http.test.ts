/** The ways of a clue beside the straight one: handed over, sent back, withdrawn, kept, judged again, gone; and of one person alone. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAs } from "../../../../fixtures/ask.ts";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import {
  addPictures,
  clueOf,
  finishRun,
  judgement,
  PNG,
  sendRegister,
  step,
} from "../../../../fixtures/clue-asking.ts";
import { multipart } from "../../../../fixtures/multipart.ts";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD, VILLAGE } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { idNumberOf, insertHouseholds } from "../../../../fixtures/small-registry.ts";
import type { SmallHousehold } from "../../../../fixtures/small-registry.ts";
import { openTestServer } from "../../../../fixtures/test-server.ts";
import type { TestServer } from "../../../../fixtures/test-server.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let now = new Date("2016-08-25T02:00:00Z");
let ids: Awaited<ReturnType<typeof insertHouseholds>>;

const HEADS = ["王建国", "赵铁柱", "孙有财", "钱满仓", "周福来", "郑大山"];
/** by household, as the heads */
const WIVES = ["李秀英", "刘桂花", "陈爱莲", undefined, undefined, "何玉兰"];
const numberOf = (name: string): string => {
  const [head, wife] = [HEADS.indexOf(name), WIVES.indexOf(name)];
  return idNumberOf(`140981197${Math.max(head, wife)}0${head + 2}0${wife + 2}901`);
};
const households: readonly SmallHousehold[] = HEADS.map((name, i) => ({
  number: `H${i + 1}`,
  region: VILLAGE,
  phone: `1390000000${i}`,
  members: [
    { name, relation: "户主", sex: "male" as const, idNumber: numberOf(name) },
    ...WIVES.slice(i, i + 1)
      .filter((wife) => wife !== undefined)
      .map((wife) => ({
        name: wife,
        relation: "配偶",
        sex: "female" as const,
        idNumber: numberOf(wife),
      })),
  ],
}));
const vehicles = [
  "记录编号,车主姓名,证件号码,乡镇,购置价,品牌",
  ...HEADS.slice(0, 4).map((name, i) => `V${i},${name},${numberOf(name)},苏龙口镇,8500${i},长城`),
].join("\n");
const reports = ["编号,姓名,身份证号,事由", `R1,周福来,${numberOf("周福来")},举报内容`].join("\n");

beforeAll(async () => {
  county = await openSmallCounty(database);
  server = await openTestServer(database, { county: COUNTY, clock: () => now });
  ids = await insertHouseholds(database, server.application.config.dataDir, households);
});
afterAll(async () => {
  await server.close();
  await county.close();
});

test("five clues are sent, and two named for three of them", async () => {
  const relief = await as("relief");
  const registers = [
    (await sendRegister(relief, "vehicle", vehicles)).id,
    (await sendRegister(relief, "report", reports)).id,
  ];
  const run = await finishRun(relief, registers, "run-key-1");
  const body = { rules: ["vehicle-price", "report"], dueDay: "2016-09-09" };
  expect((await relief("POST", `/lookback/runs/${run.id}/send`, { body })).json.sent).toBe(5);
  const township = await as("sulongkou");
  for (const name of ["王建国", "赵铁柱", "孙有财"])
    expect((await step(township, name, { verb: "assign", visitors: ["张三", "李四"] })).status).toBe(200);
});

test("a column that the last register of the kind had not is found; one that was left out stays so", async () => {
  const file = vehicles.replace("品牌", "品牌,行政村,状态").replaceAll("长城", "长城,苏龙口村,正常");
  const sent = multipart("later.csv", file, { kind: "vehicle" });
  const { json } = await (await as("relief"))("POST", "/lookback/registers/inspect", sent);
  expect(json).toMatchObject({
    mappedBy: "kept",
    mapping: { town: "乡镇", village: "行政村", status: "状态" },
  });
  expect(Object.values(json.mapping)).not.toContain("品牌");
});

test.each(["cursor=-5", "run=-1", "cursor=1e99", "cursor=9007199254740991", "run=9007199254740991"])(
  "a list asked with %s is answered, or refused with words",
  async (query) => {
    const relief = await as("relief");
    for (const list of ["/clues", "/lookback/runs/1/matches"])
      expect([200, 400]).toContain((await relief("GET", `${list}?${query}`)).status);
  },
);

test("an export names queue and verdict in words", async () => {
  const { text } = await (await as("relief"))("GET", "/clues/export?format=csv");
  const queues = text
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(",")[6]);
  expect(queues.sort((a, b) => ((a ?? "") < (b ?? "") ? -1 : 1))).toEqual([
    "待入户 to visit",
    "待入户 to visit",
    "待入户 to visit",
    "待抽查 to re-check",
    "待派人 to assign",
  ]);
});

const as = (username: string): Promise<Asking> => signInAs(server.app, { username, password: PASSWORD });

/** Signed by the township and approved by the county. */
async function approve(name: string): Promise<Json> {
  const [township, relief] = [await as("sulongkou"), await as("relief")];
  expect((await step(township, name, { verb: "sign" })).json).toMatchObject({ queue: "review" });
  return (await step(relief, name, { verb: "approve" })).json;
}

async function precisionOf(rule: string): Promise<Json> {
  const { rules } = (await (await as("relief"))("GET", "/lookback/precision")).json;
  return rules.find((row: Json) => row.rule === rule).precision;
}

async function membersOf(household: string): Promise<Json> {
  const { json } = await (await as("relief"))("GET", `/relief/households/${ids.households.get(household)}`);
  return json.members.map(({ name, status, toDay }: Json) => ({ name, status, toDay }));
}

const actionsOf = (household: string): Promise<{ kind: string; person: number | null }[]> =>
  database.query(
    "SELECT kind, person::int FROM relief.registry_actions WHERE household = $1 AND kind <> 'register' ORDER BY id",
    [ids.households.get(household)],
  );

/** All that waits for it is posted, and the days are over. */
async function takeEffect(key: string): Promise<Json> {
  const today = now.toISOString().slice(0, 10);
  const endsOn = new Date(now.getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
  const body = { title: "公示", within: COUNTY, postedOn: today, endsOn, contact: "扶贫办 8220000", key };
  const posted = (await (await as("relief"))("POST", "/notices", { body })).json;
  now = new Date(now.getTime() + 8 * 86_400_000);
  return (await (await as("relief"))("POST", `/notices/${posted.id}/effect`)).json;
}

describe("handed over", () => {
  const change = { verb: "handOver", visitors: ["张三", "周五"], because: "李四调走" };

  test("by the township, to two who may visit, and it stays where it is", async () => {
    const [township, village] = [await as("sulongkou"), await as("village")];
    expect((await step(village, "赵铁柱", change)).json.code).toBe("FORBIDDEN");
    const member = { ...change, visitors: ["张三", "刘桂花"] };
    expect((await step(township, "赵铁柱", member)).json.code).toBe("VISITOR_REFUSED");
    expect((await step(township, "赵铁柱", { ...change, because: "" })).status).toBe(400);
    expect((await step(township, "赵铁柱", change)).json).toMatchObject({
      queue: "visit",
      visitors: ["张三", "周五"],
      dueDay: "2016-09-09",
    });
    expect((await step(township, "钱满仓", change)).json.code).toBe("WRONG_QUEUE");
  });

  test("a confidential one by the county alone", async () => {
    const [township, relief] = [await as("sulongkou"), await as("relief")];
    const hidden = await clueOf(relief, "周福来");
    const asked = { body: { step: hidden.step, ...change } };
    expect((await township("POST", `/clues/${hidden.id}/steps`, asked)).json.code).toBe("CLUE_NOT_FOUND");
    expect((await step(relief, "周福来", change)).json).toMatchObject({
      queue: "recheck",
      visitors: ["张三", "周五"],
    });
  });
});

describe("time and place of a visit", () => {
  const at = (takenAt: string) => ({ kind: "photo", takenAt, latitude: "38.7", longitude: "112.7" });
  const morning = "2016-08-25T09:00:00+08:00";
  const send = async (fields: Record<string, string>): Promise<Answer> => {
    const village = await as("village");
    const { id } = await clueOf(village, "赵铁柱");
    const picture = Buffer.concat([PNG, Buffer.from(JSON.stringify(fields))]);
    return village("POST", `/clues/${id}/files`, multipart("a.png", picture, fields));
  };

  test.each([
    ["has neither", { kind: "photo" }],
    ["has no place", { kind: "photo", takenAt: morning }],
    ["has an empty place", { kind: "photo", takenAt: morning, latitude: "", longitude: " " }],
    ["has half a place", { kind: "photo", takenAt: morning, latitude: "38.7" }],
    ["has a typed place without a reason", { kind: "photo", takenAt: morning, place: "赵家院里" }],
    ["has a place and no time", { kind: "photo", latitude: "38.7", longitude: "112.7" }],
    ["was taken before the visit was ordered, in China", at("2016-08-24T15:59:00Z")],
    ["is of tomorrow", at("2016-08-26T00:01:00+08:00")],
  ])("a photograph that %s is refused", async (_, fields) => {
    expect((await send(fields as Record<string, string>)).json).toMatchObject({
      status: 422,
      code: "PICTURE_REFUSED",
    });
  });

  test("a typed place is kept with why it was typed; a photograph of before places were asked for proves nothing", async () => {
    const typed = { kind: "photo", takenAt: morning, place: " 赵家院里 ", noFix: "denied" };
    const added = await send(typed);
    expect(added.json).toMatchObject({ place: "赵家院里", noFix: "denied", latitude: null });
    expect((await send({ ...at(morning), place: "别处", noFix: "denied" })).json).toMatchObject({
      latitude: 38.7,
      place: null,
      noFix: null,
    });
    await send({ kind: "signature" });
    await database.query(
      "UPDATE relief.evidence_files SET latitude = NULL, longitude = NULL, place = NULL, no_fix = NULL",
    );
    const answer = await step(await as("village"), "赵铁柱", judgement("keep", "sold"));
    expect(answer.json.details.zh).toContain("有时间和地点的照片");
  });

  test("a visit cannot lie before it was ordered", async () => {
    await addPictures(await as("village"), "赵铁柱", "当天");
    const early = judgement("keep", "sold", { visitedOn: "2016-08-24" });
    const { json } = await step(await as("village"), "赵铁柱", early);
    expect(json).toMatchObject({ code: "JUDGEMENT_REFUSED", problems: [{ field: "visitedOn" }] });
    expect(json.problems[0].zh).toContain("2016-08-25");
  });
});

describe("sent back", () => {
  const back = { verb: "sendBack", because: "照片看不清" };
  const judge = judgement("keep", "sold", { visitors: ["张三", "周五"] });

  test("from the township's desk by the township, from the county's by the county", async () => {
    const [village, township, relief] = [await as("village"), await as("sulongkou"), await as("relief")];
    await addPictures(village, "赵铁柱", "赵");
    expect((await step(village, "赵铁柱", judge)).json).toMatchObject({ queue: "signoff" });
    expect((await step(village, "赵铁柱", back)).json.code).toBe("FORBIDDEN");
    expect((await step(relief, "赵铁柱", back)).json.code).toBe("FORBIDDEN");
    expect((await step(township, "赵铁柱", back)).json).toMatchObject({ queue: "visit" });
    expect((await step(village, "赵铁柱", judge)).json).toMatchObject({ queue: "signoff" });
    expect((await step(township, "赵铁柱", { verb: "sign" })).json).toMatchObject({ queue: "review" });
    expect((await step(township, "赵铁柱", back)).json.code).toBe("FORBIDDEN");
    expect((await step(relief, "赵铁柱", back)).json).toMatchObject({ queue: "visit" });
    const { steps } = await clueOf(relief, "赵铁柱");
    expect(steps.filter(({ verb }: Json) => verb === "sendBack")).toMatchObject([
      { by: "岗位 sulongkou", detail: { because: "照片看不清" } },
      { by: "岗位 relief" },
    ]);
  });

  test("drawn for a second look, it changes hands at the county and stays there", async () => {
    const [village, township, relief] = [await as("village"), await as("sulongkou"), await as("relief")];
    const others = { verb: "handOver", visitors: ["吴六", "郑七"], because: "抽查换人" };
    await step(village, "赵铁柱", judge);
    await step(township, "赵铁柱", { verb: "sign" });
    const body = { within: COUNTY, share: 1, seed: "2016-0825" };
    expect((await relief("POST", "/clues/sample", { body })).json).toMatchObject({ of: 1 });
    expect((await step(township, "赵铁柱", others)).json.code).toBe("FORBIDDEN");
    expect((await step(relief, "赵铁柱", others)).json).toMatchObject({ queue: "recheck" });
    await addPictures(relief, "赵铁柱", "赵 again");
    const rejudge = { ...judge, verb: "rejudge", visitors: others.visitors };
    expect((await step(relief, "赵铁柱", rejudge)).json).toMatchObject({ queue: "review" });
  });

  test("and kept in the end, it is closed without a notice, and counts as not borne out", async () => {
    const relief = await as("relief");
    expect(await precisionOf("vehicle-price")).toMatchObject({ judged: 0 });
    const approved = await step(relief, "赵铁柱", { verb: "approve" });
    expect(approved.json).toMatchObject({ queue: "closed", verdict: "keep" });
    expect(await actionsOf("H2")).toEqual([]);
    expect(await precisionOf("vehicle-price")).toMatchObject({ judged: 1, borneOut: 0 });
    const withdrawn = await step(relief, "赵铁柱", { verb: "withdraw", because: "重复" });
    expect(withdrawn.json.code).toBe("WRONG_QUEUE");
  });
});

describe("withdrawn", () => {
  const withdraw = { verb: "withdraw", because: "名册有误" };

  test("by the county, with a reason, it is closed and says nothing about its rule", async () => {
    const [township, village, relief] = [await as("sulongkou"), await as("village"), await as("relief")];
    expect((await step(township, "钱满仓", withdraw)).json.code).toBe("FORBIDDEN");
    expect((await step(relief, "钱满仓", { ...withdraw, because: "" })).status).toBe(400);
    await step(township, "钱满仓", { verb: "assign", visitors: ["张三", "李四"] });
    await addPictures(village, "钱满仓", "钱");
    await step(village, "钱满仓", judgement("remove", "owns"));
    expect((await step(relief, "钱满仓", withdraw)).json.code).toBe("WRONG_QUEUE");
    expect((await step(township, "钱满仓", { verb: "sign" })).json).toMatchObject({ queue: "review" });
    expect((await step(relief, "钱满仓", withdraw)).json).toMatchObject({ queue: "closed" });
    expect((await step(relief, "钱满仓", withdraw)).json.code).toBe("WRONG_QUEUE");
    expect(await actionsOf("H4")).toEqual([]);
    expect(await precisionOf("vehicle-price")).toMatchObject({ judged: 1 });
  });
});

describe("judged again", () => {
  test("the visit begins anew: ten working days, and pictures of its own", async () => {
    const village = await as("village");
    await addPictures(village, "孙有财", "孙");
    await step(village, "孙有财", judgement("again", "absent"));
    expect(await approve("孙有财")).toMatchObject({ queue: "visit", dueDay: "2016-09-08" });
    expect(await precisionOf("vehicle-price")).toMatchObject({ judged: 1 });
    const dead = judgement("gone", "dead", { scope: "person" });
    expect((await step(village, "孙有财", dead)).json.code).toBe("EVIDENCE_MISSING");
    await addPictures(village, "孙有财", "孙 again");
    expect((await step(village, "孙有财", dead)).json).toMatchObject({ queue: "signoff" });
    expect(await approve("孙有财")).toMatchObject({ queue: "publish" });
  });
});

describe("of one person", () => {
  test("who is gone the membership ends; who is removed stays where he lives; the others stay registered", async () => {
    const village = await as("village");
    await addPictures(village, "王建国", "王");
    await step(village, "王建国", judgement("remove", "owns", { scope: "person" }));
    expect(await approve("王建国")).toMatchObject({ queue: "publish" });
    expect(await takeEffect("notice-0001")).toEqual({ closed: 2, changed: 2 });
    expect(await actionsOf("H3")).toEqual([{ kind: "remove", person: ids.persons.get("孙有财") }]);
    expect(await membersOf("H3")).toEqual([
      { name: "陈爱莲", status: "registered", toDay: null },
      { name: "孙有财", status: "removed", toDay: "2016-09-02" },
    ]);
    expect(await membersOf("H1")).toEqual([
      { name: "王建国", status: "removed", toDay: null },
      { name: "李秀英", status: "registered", toDay: null },
    ]);
  });

  test("the exit of the household, and its return, bring nobody back who was removed", async () => {
    const relief = await as("relief");
    const act = (kind: string): Promise<Json> =>
      relief("POST", `/relief/households/${ids.households.get("H1")}/actions`, {
        body: { kind, onDay: "2016-09-02", reason: "收入稳定" },
      });
    const statuses = async (): Promise<Json> => (await membersOf("H1")).map(({ status }: Json) => status);
    const listed = async (status: string): Promise<Json> => {
      const { json } = await relief("GET", `/relief/persons?status=${status}&limit=50`);
      return json.items.map(({ name }: Json) => name).sort();
    };
    expect((await act("exit")).status).toBe(201);
    expect(await statuses()).toEqual(["removed", "exited"]);
    expect(await listed("exited")).toEqual(["李秀英"]);
    expect(await listed("removed")).toEqual(["孙有财", "王建国"]);
    expect((await act("return")).status).toBe(201);
    expect(await statuses()).toEqual(["removed", "returned"]);
    // The next look-back compares those who are on the registry, and him no more.
    const again = await sendRegister(relief, "vehicle", vehicles.replace("85000", "99000"));
    const run = await finishRun(relief, [again.id], "run-key-2");
    const { items } = (await relief("GET", `/lookback/runs/${run.id}/matches`)).json;
    expect(items.map(({ person }: Json) => person.name).sort()).toEqual(["赵铁柱", "钱满仓"]);
  });

  test("who is found dead is no member any more, even when the household was removed before", async () => {
    const [relief, township, village] = [await as("relief"), await as("sulongkou"), await as("village")];
    const car = `记录编号,车主姓名,证件号码,购置价\nV9,郑大山,${numberOf("郑大山")},90000\n`;
    const dead = `编号,姓名,身份证号\nD1,何玉兰,${numberOf("何玉兰")}\n`;
    const registers = [
      (await sendRegister(relief, "vehicle", car)).id,
      (await sendRegister(relief, "death", dead)).id,
    ];
    const run = await finishRun(relief, registers, "run-key-3");
    const visitedOn = now.toISOString().slice(0, 10);
    const body = { rules: ["vehicle-price", "dead"], dueDay: "2016-09-30" };
    expect((await relief("POST", `/lookback/runs/${run.id}/send`, { body })).json.sent).toBe(2);
    for (const [name, found] of [
      ["郑大山", judgement("remove", "owns", { visitedOn })],
      ["何玉兰", judgement("gone", "dead", { visitedOn, scope: "person" })],
    ] as const) {
      await step(township, name, { verb: "assign", visitors: ["张三", "李四"] });
      await addPictures(village, name, name, visitedOn);
      await step(village, name, found);
      expect(await approve(name)).toMatchObject({ queue: "publish" });
    }
    expect(await takeEffect("notice-0002")).toEqual({ closed: 2, changed: 2 });
    expect(await actionsOf("H6")).toEqual([{ kind: "remove", person: null }]);
    expect(await membersOf("H6")).toEqual([
      { name: "郑大山", status: "removed", toDay: null },
      { name: "何玉兰", status: "removed", toDay: "2016-09-10" },
    ]);
  });
});
