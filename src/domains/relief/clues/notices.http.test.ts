/** Notices beyond the straight way: hidden clues, two of one household at once, and what hung on the wall before an objection. */
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
import { readableText } from "../../../../fixtures/file-text.ts";
import { withServedCounty } from "../../../../fixtures/served-county.ts";
import { PREFECTURE, TOWNSHIP, VILLAGE } from "../../../../fixtures/small-county.ts";
import { idNumberOf, insertHouseholds } from "../../../../fixtures/small-registry.ts";

let now = new Date("2016-08-25T02:00:00Z");
const served = withServedCounty({ clock: () => now });
const { database, as, signIn } = served;
const [relief, township] = [as("relief"), as("sulongkou")];

/** Husband and wife, and a household of one. */
const HOMES = [["王建国", "李秀英"], ["孙有财"], ["赵铁柱"]] as const;
const numbers = new Map(HOMES.flat().map((name, i) => [name as string, idNumberOf(`14098119700101${i}01`)]));
let ids: Awaited<ReturnType<typeof insertHouseholds>>;

beforeAll(async () => {
  ids = await insertHouseholds(
    database,
    served.server.application.config.dataDir,
    HOMES.map((members, i) => ({
      number: `H${i + 1}`,
      region: VILLAGE,
      phone: `1390000000${i}`,
      members: members.map((name, at) => ({
        name,
        relation: at === 0 ? "户主" : "配偶",
        sex: at === 0 ? ("male" as const) : ("female" as const),
        idNumber: numbers.get(name) as string,
      })),
    })),
  );
  const list = (head: string, names: readonly string[]): string =>
    [head, ...names.map((name, i) => `R${i},${name},${numbers.get(name)},90000`)].join("\n");
  const vehicle = await sendRegister(
    relief,
    "vehicle",
    list("记录编号,车主姓名,证件号码,购置价", ["王建国", "李秀英", "赵铁柱"]),
  );
  const report = await sendRegister(relief, "report", list("编号,姓名,身份证号,事由", ["孙有财"]));
  const run = await finishRun(relief, [vehicle.id, report.id], "run-key-1");
  const body = { rules: ["vehicle-price", "report"], dueDay: "2016-09-09" };
  await relief("POST", `/lookback/runs/${run.id}/send`, { body });
});

async function approve(name: string, verdict: string, reason: string): Promise<void> {
  await step(township, name, { verb: "assign", visitors: ["张三", "李四"] });
  await addPictures(township, name, `${name} ${verdict}`);
  await step(township, name, judgement(verdict, reason));
  await step(township, name, { verb: "sign" });
  await step(relief, name, { verb: "approve" });
}

let posted = 0;
async function post(within: number): Promise<number> {
  const body = {
    title: `公示${++posted}`,
    within,
    postedOn: "2016-08-25",
    endsOn: "2016-09-01",
    contact: "扶贫办",
    key: `notice-key-${posted}`,
  };
  const answer = await relief("POST", "/notices", { body });
  expect(answer.status, answer.text).toBe(201);
  return answer.json.id;
}

test("a notice of confidential clues alone is not there for the township, nor is their number in the household's history", async () => {
  await addPictures(relief, "孙有财", "county");
  await step(relief, "孙有财", judgement("remove", "owns", { verb: "rejudge" }));
  expect((await step(relief, "孙有财", { verb: "approve" })).json.queue).toBe("publish");
  const id = await post(TOWNSHIP);
  expect((await relief("GET", `/notices/${id}`)).json).toMatchObject({ clues: 1 });
  expect((await township("GET", "/notices")).json.items).toEqual([]);
  expect((await township("GET", `/notices/${id}`)).status).toBe(404);
  expect((await township("GET", `/notices/${id}/document?format=docx`)).status).toBe(404);
  now = new Date("2016-09-02T02:00:00Z");
  const later = await signIn("relief");
  expect((await later("POST", `/notices/${id}/effect`)).json).toEqual({ closed: 1, changed: 1 });
  now = new Date("2016-08-25T02:00:00Z");
  const hidden = (await clueOf(relief, "孙有财")).id;
  const historyOf = async (asking: typeof relief): Promise<Json[]> =>
    (await asking("GET", `/relief/households/${ids.households.get("H2")}`)).json.actions;
  expect(await historyOf(relief)).toContainEqual(expect.objectContaining({ kind: "remove", clue: hidden }));
  expect(await historyOf(township)).toContainEqual(expect.objectContaining({ kind: "remove", clue: null }));
});

test("a notice tells what hung on the wall, whatever an objection made of it, and keeps its counts", async () => {
  await approve("赵铁柱", "remove", "owns");
  const first = await post(VILLAGE);
  await step(relief, "赵铁柱", { verb: "object", by: "村民甲", because: "只是录入有误" });
  await approve("赵铁柱", "correct", "number");
  const second = await post(VILLAGE);
  const told = async (id: number): Promise<string> =>
    readableText((await township("GET", `/notices/${id}/document?format=docx`)).bytes);
  expect(await told(first)).toContain("拟剔除");
  expect(await told(second)).toContain("拟修正");
  const { items } = (await relief("GET", "/notices")).json;
  const countsOf = (id: number): Json => items.find((notice: Json) => notice.id === id);
  expect(countsOf(first)).toMatchObject({ clues: 1, waiting: 0, objected: 1, closed: 0 });
  expect(countsOf(second)).toMatchObject({ clues: 1, waiting: 1, objected: 0, closed: 0 });
});

test("two notices that take effect at once on one household remove it once", async () => {
  await approve("王建国", "remove", "owns");
  const first = await post(VILLAGE);
  await approve("李秀英", "remove", "owns");
  const second = await post(VILLAGE);
  now = new Date("2016-09-02T02:00:00Z");
  const later = await signIn("relief");
  const effects = await Promise.all([first, second].map((id) => later("POST", `/notices/${id}/effect`)));
  expect(effects.map(({ json }) => json.changed).toSorted((a, b) => a - b)).toEqual([0, 1]);
  const removed = await database.query(
    "SELECT id FROM relief.registry_actions WHERE household = $1 AND kind = 'remove'",
    [ids.households.get("H1")],
  );
  expect(removed).toHaveLength(1);
});

test("a relief office above a county posts for one county at a time", async () => {
  await database.query("UPDATE org.posts SET role = 'relief' WHERE code = 'xinzhou'");
  const body = {
    title: "全市公示",
    within: PREFECTURE,
    postedOn: "2016-08-25",
    endsOn: "2016-09-01",
    contact: "扶贫办",
    key: "of-all-counties",
  };
  const answer = await (await signIn("xinzhou"))("POST", "/notices", { body });
  expect(answer.json).toMatchObject({ status: 422, code: "NOTICE_OF_ONE_COUNTY" });
});
