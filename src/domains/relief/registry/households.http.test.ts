/** The registry over HTTP: who is found how, what is recorded of a household, and one audit entry for each write. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { entriesAfter, lastEntry } from "../../../../fixtures/audit-entries.ts";
import {
  first,
  HEAD_ID,
  homeId,
  OTHER_ID,
  registryFile,
  second,
  sendRegistry,
  third,
} from "../../../../fixtures/registry-file.ts";
import { withServedCounty } from "../../../../fixtures/served-county.ts";
import { VILLAGE } from "../../../../fixtures/small-county.ts";

const { database, as, signIn } = withServedCounty({ clock: () => new Date("2016-08-31T02:00:00Z") });
let relief: Asking;
let township: Asking;
let village: Asking;
let leader: Asking;

/** Without ID numbers, a household each: so that a list has several pages. */
const others = ["戊", "己", "庚", "辛", "壬"].map((name, i) => ({
  户编号: `1409810001${i}`,
  人编号: `1409810001${i}01`,
  姓名: `示例${name}`,
}));
beforeAll(async () => {
  // Now: it is an entry of the trail as well.
  [relief, township, village, leader] = await Promise.all([
    signIn("relief"),
    signIn("sulongkou"),
    signIn("village"),
    signIn("leader"),
  ]);
  await sendRegistry(relief, "台账.csv", registryFile(first, second, third, ...others));
});

describe("searching", () => {
  const namesFor = async (asking: Asking, query: string): Promise<string[]> =>
    (await asking("GET", `/relief/persons?${query}`)).json.items.map((row: Json) => row.name);
  test("by part of a name, a number, the end of an ID number, a status, a township", async () => {
    expect(await namesFor(township, `q=${encodeURIComponent("丙丁")}`)).toEqual(["示例丙丁"]);
    expect(await namesFor(relief, "q=14098100001")).toEqual(["示例甲", "示例乙"]);
    expect(await namesFor(relief, "q=1409810000102")).toEqual(["示例乙"]);
    expect(await namesFor(relief, `q=${OTHER_ID.slice(-4)}`)).toContain("示例丙丁");
    expect(await namesFor(relief, "status=removed")).toEqual([]);
    expect(await namesFor(relief, "status=exited")).toContain("示例丙丁");
    expect(await namesFor(relief, "q=%25")).toEqual([]);
  });
  test("page by page everybody once", async () => {
    const all = await namesFor(relief, "limit=200");
    const paged: string[] = [];
    let cursor = "";
    do {
      const { json } = await relief("GET", `/relief/persons?limit=2${cursor}`);
      paged.push(...json.items.map((row: Json) => row.name));
      cursor = json.cursor === null ? "" : `&cursor=${json.cursor}`;
    } while (cursor !== "");
    expect(paged).toEqual(all);
    expect((await relief("GET", "/relief/persons?cursor=x")).json.code).toBe("BAD_CURSOR");
  });
  test("by the old number of fifteen digits as well", async () => {
    const old = `${OTHER_ID.slice(0, 6)}${OTHER_ID.slice(8, 17)}`;
    const { json } = await relief("POST", "/relief/persons/find", { body: { idNumber: old } });
    expect(json.items.map((row: Json) => row.name)).toContain("示例丙丁");
  });
});

describe("what is recorded of a household", () => {
  const path = async (rest: string): Promise<string> =>
    `/relief/households/${await homeId(database, "14098100001")}${rest}`;
  const measure = {
    kind: "industry",
    unit: "驻村工作队",
    content: "仔猪两头",
    cost: "1600",
    onDay: "2016-05-01",
    signedBy: "示例甲",
  };
  const income = {
    wage: "6000",
    business: "3000",
    transfer: "800.5",
    property: "0",
    total: "9800.5",
    costs: "1200",
    net: "8600.5",
    members: 2,
    perCapita: "4300.25",
  };

  test.each<[string, string, string, unknown, string, Json, Json]>([
    ["help", "POST", "/measures", measure, "relief.recordMeasure", null, { kind: "industry", cost: "1600" }],
    ["income", "PUT", "/incomes/2015", income, "relief.recordIncome", null, { year: 2015, net: "8600.5" }],
    [
      "income again",
      "PUT",
      "/incomes/2015",
      { ...income, net: "8000" },
      "relief.recordIncome",
      { net: "8600.5" },
      { net: "8000" },
    ],
    [
      "exit",
      "POST",
      "/actions",
      { kind: "exit", onDay: "2016-07-01", reason: "收入稳定达标" },
      "relief.actOnHousehold",
      { status: "registered" },
      { status: "exited", onDay: "2016-07-01" },
    ],
    [
      "return",
      "POST",
      "/actions",
      { kind: "return", onDay: "2016-08-01", reason: "因病返贫" },
      "relief.actOnHousehold",
      { status: "exited" },
      { status: "returned" },
    ],
    [
      "recusal",
      "POST",
      "/recusals",
      { official: "示例干部", kinship: "叔侄" },
      "relief.recuse",
      null,
      { official: "示例干部" },
    ],
  ])("%s leaves one entry", async (_what, method, rest, body, action, before, after) => {
    const last = await lastEntry(database);
    const answer = await township(method as "POST", await path(rest), { body });
    expect(answer.status, answer.text).toBeLessThan(300);
    const [entry, ...more] = await entriesAfter(database, last);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ action, object: `household:${answer.json.id}`, username: "sulongkou" });
    expect(entry).toMatchObject({ before: before === null ? null : expect.objectContaining(before), after });
  });

  test("is on its page, with the sums that do not hold and the poverty line", async () => {
    const { json } = await village("GET", await path(""));
    expect(json).toMatchObject({
      status: "returned",
      recusals: [{ official: "示例干部" }],
      measures: [measure],
    });
    expect(json.incomes[0]).toMatchObject({
      year: 2015,
      net: "8000",
      line: "2855",
      breaks: [
        { field: "net", computed: "8600.5" },
        { field: "perCapita", computed: "4000" },
      ],
    });
    expect(json.above.map((region: Json) => region.nameZh)).toEqual(["苏龙口镇", "原平市"]);
    expect(json.region.code).toBe(VILLAGE);
  });

  test.each<[string, string, unknown, string]>([
    ["/actions", "POST", { kind: "return", onDay: "2016-08-02", reason: "重复" }, "ACTION_REFUSED"],
    ["/actions", "POST", { kind: "exit", onDay: "2016-09-01", reason: "尚未到来" }, "DAY_IN_FUTURE"],
    ["/actions", "POST", { kind: "exit", onDay: "2016-07-31", reason: "返贫之前" }, "ACTION_REFUSED"],
    ["/measures", "POST", { ...measure, kind: "gift" }, "UNKNOWN_MEASURE_KIND"],
    ["/measures", "POST", { ...measure, cost: "一千" }, "INVALID_REQUEST"],
    ["/measures", "POST", { ...measure, cost: "-5" }, "INVALID_REQUEST"],
    ["/measures", "POST", { ...measure, onDay: "0000-01-01" }, "INVALID_REQUEST"],
    ["/incomes/2014", "PUT", { ...income, members: 3_000_000_000 }, "INVALID_REQUEST"],
    ["/incomes/2014", "PUT", { ...income, members: -3 }, "INVALID_REQUEST"],
  ])("%s is refused where it makes no sense: %s %j", async (rest, method, body, code) => {
    const last = await lastEntry(database);
    expect((await township(method as "POST", await path(rest), { body })).json.code).toBe(code);
    expect(await entriesAfter(database, last)).toEqual([]);
  });

  test("a number that somebody types into his words is starred before it is kept", async () => {
    const last = await lastEntry(database);
    const typed = { ...measure, content: `给 ${HEAD_ID}、13800005678 发放鸡苗`, signedBy: HEAD_ID };
    const { json, text } = await township("POST", await path("/measures"), { body: typed });
    expect(json.measures.map(({ content }: Json) => content)).toContain(
      `给 ${HEAD_ID.slice(0, 6)}********${HEAD_ID.slice(-4)}、138****5678 发放鸡苗`,
    );
    await village("POST", await path("/unmask"), { body: { purpose: `核对 ${HEAD_ID}` } });
    for (const kept of [text, JSON.stringify(await entriesAfter(database, last))])
      expect(kept).not.toContain(HEAD_ID);
  });

  test("numbers in full are shown for a purpose, which the trail keeps without the numbers", async () => {
    const last = await lastEntry(database);
    const answer = await village("POST", await path("/unmask"), { body: { purpose: "入户核实身份" } });
    expect(answer.json).toMatchObject({ phone: "12800001111", account: "9900001234567890123" });
    expect(answer.json.persons[0].idNumber).toBe(HEAD_ID);
    const entries = await entriesAfter(database, last);
    expect(entries).toMatchObject([{ action: "relief.unmask", after: { purpose: "入户核实身份" } }]);
    expect(JSON.stringify(entries)).not.toMatch(/1280000|990000|14098119/);
    expect((await village("POST", await path("/unmask"), { body: { purpose: " " } })).status).toBe(400);
    expect((await leader("POST", await path("/unmask"), { body: { purpose: "随便看看" } })).status).toBe(403);
  });

  test("an export is masked, audited, and holds everybody", async () => {
    const last = await lastEntry(database);
    const answer = await leader("GET", "/relief/persons/export?format=csv");
    expect(answer.text.trim().split("\n").length - 1).toBe(
      (await database.query("SELECT FROM relief.persons")).length,
    );
    expect(answer.text).not.toMatch(/\d{17}[\dX](?!\d)/);
    expect((await entriesAfter(database, last)).map(({ action }) => action)).toEqual([
      "relief.exportPersons",
    ]);
  });
});

test("other departments and counties see nothing of it", async () => {
  expect((await as("stats")("GET", "/relief/persons")).status).toBe(403);
  expect((await as("fanshi")("GET", "/relief/summary")).status).toBe(403);
});
