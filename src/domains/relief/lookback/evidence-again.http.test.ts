/** What later runs bring on a person and a matter that was sent before, judged or not yet. */
import { beforeAll, expect, test } from "vitest";
import type { Json } from "../../../../fixtures/ask.ts";
import {
  addPictures,
  clueOf,
  finishRun,
  judgement,
  sendRegister,
  step,
} from "../../../../fixtures/clue-asking.ts";
import { multipart } from "../../../../fixtures/multipart.ts";
import { withServedCounty } from "../../../../fixtures/served-county.ts";
import { VILLAGE } from "../../../../fixtures/small-county.ts";
import { idNumberOf, insertHouseholds } from "../../../../fixtures/small-registry.ts";

const now = new Date("2016-08-25T02:00:00Z");
const served = withServedCounty({ clock: () => now });
const { database, as } = served;
const [relief, township] = [as("relief"), as("sulongkou")];

const NAMES = ["王建国", "赵铁柱", "孙有财"] as const;
const numberOf = (name: string): string =>
  idNumberOf(`1409811970010190${NAMES.indexOf(name as (typeof NAMES)[number]) * 2 + 1}`);

beforeAll(async () => {
  await insertHouseholds(
    database,
    served.server.application.config.dataDir,
    NAMES.map((name, i) => ({
      number: `H${i + 1}`,
      region: VILLAGE,
      phone: `1390000000${i}`,
      members: [{ name, relation: "户主", sex: "male" as const, idNumber: numberOf(name) }],
    })),
  );
});

/** A register of vehicles, one row for each name and price. */
const vehicles = (...rows: readonly (readonly [name: string, price: number])[]): string =>
  [
    "记录编号,车主姓名,证件号码,购置价",
    ...rows.map(([name, price], i) => `V${i},${name},${numberOf(name)},${price}`),
  ].join("\n");
const DUE = "2016-09-09";
let begun = 0;

/** @returns the run before it is sent */
async function run(...registers: readonly (readonly [kind: string, csv: string])[]): Promise<Json> {
  const sent = [];
  for (const [kind, csv] of registers) sent.push((await sendRegister(relief, kind, csv)).id);
  return finishRun(relief, sent, `run-key-${++begun}`);
}

async function send(id: number, rules: readonly string[] = ["vehicle-price"]): Promise<Json> {
  return (await relief("POST", `/lookback/runs/${id}/send`, { body: { rules, dueDay: DUE } })).json;
}

async function judge(name: string, verdict: string, reason: string): Promise<void> {
  await step(township, name, { verb: "assign", visitors: ["张三", "李四"] });
  await addPictures(township, name, name);
  expect((await step(township, name, judgement(verdict, reason))).json.queue).toBe("signoff");
}

test("joins the clue that is still to be visited, and comes back neither together nor row by row once judged", async () => {
  await send((await run(["vehicle", vehicles(["王建国", 85000])])).id);
  const later = await run(["vehicle", vehicles(["王建国", 91000])]);
  expect(later.toSend).toEqual([]);
  await send(later.id);
  expect((await clueOf(township, "王建国")).matches).toHaveLength(2);
  await judge("王建国", "keep", "sold");
  await step(township, "王建国", { verb: "sign" });
  expect((await step(relief, "王建国", { verb: "approve" })).json.queue).toBe("closed");
  for (const rows of [
    vehicles(["王建国", 85000]),
    vehicles(["王建国", 91000]),
    vehicles(["王建国", 85000], ["王建国", 91000]),
  ])
    expect((await run(["vehicle", rows])).toSend).toEqual([]);
});

test("after the verdict it is a clue of its own: the visit did not ask about it", async () => {
  await send((await run(["vehicle", vehicles(["赵铁柱", 85000])])).id);
  await judge("赵铁柱", "keep", "sold");
  const later = await run(["vehicle", vehicles(["赵铁柱", 99000])]);
  expect(later.toSend).toEqual([{ rule: "vehicle-price", clues: 1, townships: 1 }]);
  expect((await send(later.id)).sent).toBe(1);
  const { items } = (await township("GET", "/clues?limit=200")).json;
  const own = items.filter(({ name }: Json) => name === "赵铁柱");
  expect(own.map(({ queue }: Json) => queue).sort()).toEqual(["signoff", "township"]);
});

test("what is confidential stays apart from what is asked openly on the same matter", async () => {
  const { json } = await relief("GET", "/lookback/rules");
  const told = json.rules.find(({ code }: Json) => code === "report");
  const rules = [...json.rules, { ...told, code: "told-vehicle", matter: "vehicle", registers: ["told"] }];
  const put = await relief("PUT", "/lookback/rules", { body: { version: "2016-08-told", rules } });
  expect(put.status, put.text).toBe(200);
  const letter = ["编号,姓名,身份证号,事由", `R1,孙有财,${numberOf("孙有财")},邻居来信`].join("\n");
  const both = ["vehicle-price", "told-vehicle"];
  await send((await run(["vehicle", vehicles(["孙有财", 85000])], ["told", letter])).id, both);
  await send((await run(["told", letter.replace("R1", "R2").replace("来信", "又来信")])).id, both);
  const seen = await clueOf(township, "孙有财");
  expect(seen).toMatchObject({ rule: "vehicle-price", confidential: false });
  expect(seen.matches).toHaveLength(1);
  expect(JSON.stringify(seen)).not.toContain("来信");
  const { items } = (await relief("GET", "/clues?rule=told-vehicle")).json;
  expect(items).toMatchObject([{ confidential: true, queue: "recheck" }]);
  const hidden = (await relief("GET", `/clues/${items[0].id}`)).json;
  expect(hidden.matches.map(({ row }: Json) => row["事由"])).toEqual(["邻居来信", "邻居又来信"]);
});

test("a run is sent once: what was left out is offered by the next run and no longer by this one", async () => {
  const letter = ["编号,姓名,身份证号,事由", `R9,王建国,${numberOf("王建国")},来信`].join("\n");
  const found = await run(["vehicle", vehicles(["王建国", 150000])], ["report", letter]);
  expect(found.toSend.map(({ rule }: Json) => rule)).toEqual(["report", "vehicle-price"]);
  await send(found.id);
  const { json } = await relief("GET", `/lookback/runs/${found.id}`);
  expect(json).toMatchObject({ state: "sent", toSend: [] });
  const next = await run(["report", letter]);
  expect(next.toSend.map(({ rule }: Json) => rule)).toEqual(["report"]);
});

test("a deadline behind is refused, and nothing is sent", async () => {
  const late = await run(["vehicle", vehicles(["王建国", 120000])]);
  for (const dueDay of ["2016-08-24", "2016-08-21"]) {
    const answer = await relief("POST", `/lookback/runs/${late.id}/send`, {
      body: { rules: ["vehicle-price"], dueDay },
    });
    expect(answer.json).toMatchObject({ status: 422, code: "DUE_DAY", problems: [{ field: "dueDay" }] });
  }
  expect((await relief("GET", `/lookback/runs/${late.id}`)).json).toMatchObject({ state: "done", sent: 0 });
});

test("a register is kept under a name without a number of anybody", async () => {
  const fields = {
    kind: "vehicle",
    title: numberOf("王建国"),
    asOf: "2016-08-01",
    mapping: '{"name":"车主姓名"}',
  };
  const file = multipart(`${numberOf("王建国")}.csv`, vehicles(["王建国", 140000]), fields);
  const { status, text } = await relief("POST", "/lookback/registers", file);
  expect(status, text).toBe(201);
  expect(text).not.toContain(numberOf("王建国"));
});

test("a register stays as long as another run has to read it", async () => {
  const { id } = await sendRegister(relief, "vehicle", vehicles(["王建国", 130000]));
  const first = await finishRun(relief, [id], "shared-key-1");
  await database.query(
    `INSERT INTO relief.runs (county, region, title, registers, rules, rule_version, key, recorded_by)
     SELECT county, region, 'waits', registers, rules, rule_version, 'shared-key-2', recorded_by FROM relief.runs WHERE id = $1`,
    [first.id],
  );
  const isHeld = async (): Promise<boolean> =>
    (await relief("GET", "/lookback/registers")).json.items.find((each: Json) => each.id === id).isHeld;
  await relief("POST", `/lookback/runs/${first.id}/cancel`);
  expect(await isHeld()).toBe(true);
  const { items } = (await relief("GET", "/lookback/runs")).json;
  const waiting = items.find(({ title }: Json) => title === "waits");
  expect((await relief("POST", `/lookback/runs/${waiting.id}/cancel`)).json.state).toBe("cancelled");
  expect(await isHeld()).toBe(false);
});
