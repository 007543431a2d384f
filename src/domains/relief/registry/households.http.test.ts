/** The registry over HTTP: what an export becomes, what is refused by cell, and one audit entry for each write. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAs } from "../../../../fixtures/ask.ts";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { multipart } from "../../../../fixtures/multipart.ts";
import { COUNTY, openSmallCounty, PASSWORD, VILLAGE } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { openTestServer } from "../../../../fixtures/test-server.ts";
import type { TestServer } from "../../../../fixtures/test-server.ts";
import { streamWorkbook } from "../../../platform/excel/workbook.ts";
import { checkCharacter } from "../core/registry/id-number.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
const as: Record<string, Asking> = {};
beforeAll(async () => {
  county = await openSmallCounty(database);
  server = await openTestServer(database, { county: COUNTY, clock: () => new Date("2016-08-31T02:00:00Z") });
  for (const username of ["relief", "sulongkou", "village", "leader", "stats", "fanshi"])
    as[username] = await signInAs(server.app, { username, password: PASSWORD });
});
afterAll(async () => {
  await server.close();
  await county.close();
});

const HEAD =
  "县,乡镇,行政村,户编号,人编号,姓名,性别,证件号码,与户主关系,健康状况,脱贫属性,脱贫年度,主要致贫原因,其他致贫原因,人均纯收入,联系电话,开户银行,银行账号,首次识别时间";

/** Men have an odd sequence. */
function idNumber(birth: string, sequence: string): string {
  const first17 = `140981${birth}${sequence}`;
  return `${first17}${checkCharacter(first17)}`;
}
const HEAD_ID = idNumber("19620307", "911");
const WIFE_ID = idNumber("19640919", "922");
const OTHER_ID = idNumber("19511201", "935");

type Cells = Partial<Record<string, string>>;
const person = (cells: Cells): string => {
  const row: Record<string, string | undefined> = {
    县: "原平市",
    乡镇: "苏龙口镇",
    行政村: "苏龙口村",
    与户主关系: "户主",
    健康状况: "健康",
    脱贫属性: "未脱贫",
    主要致贫原因: "因病",
    首次识别时间: "2014-06-30",
    ...cells,
  };
  return HEAD.split(",")
    .map((heading) => row[heading] ?? "")
    .join(",");
};
const first = {
  户编号: "14098100001",
  人编号: "1409810000101",
  姓名: "示例甲",
  性别: "男",
  证件号码: HEAD_ID,
  联系电话: "12800001111",
  开户银行: "农商行",
  银行账号: "9900001234567890123",
  其他致贫原因: "缺技术",
};
const second = {
  户编号: "14098100001",
  人编号: "1409810000102",
  姓名: "示例乙",
  性别: "女",
  证件号码: WIFE_ID,
  与户主关系: "配偶",
};
const third = {
  户编号: "14098100002",
  人编号: "1409810000201",
  姓名: "示例丙丁",
  性别: "男",
  证件号码: OTHER_ID,
  脱贫属性: "已脱贫",
  脱贫年度: "2015",
};
const file = (...rows: Cells[]): string => `${[HEAD, ...rows.map(person)].join("\n")}\n`;

const send = (
  by: string,
  name: string,
  content: string | Buffer,
  fields: Record<string, string> = {},
): Promise<Answer> => (as[by] as Asking)("POST", "/relief/imports", multipart(name, content, fields));
const ask = (by: string, ...rest: Parameters<Asking>): Promise<Answer> => (as[by] as Asking)(...rest);

type Entry = { action: string; object: string; before: Json; after: Json; username: string };
const lastEntry = async (): Promise<number> => {
  const [row] = await database.query<{ id: string }>("SELECT coalesce(max(id), 0) AS id FROM audit.entries");
  return Number(row?.id);
};
const entriesAfter = (id: number): Promise<Entry[]> =>
  database.query<Entry>("SELECT * FROM audit.entries WHERE id > $1 ORDER BY id", [id]);

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** The place problems of a refusal as "line column code". */
const placesOf = (answer: Answer): string[] =>
  answer.json.problems.map((place: Json) => `${place.line} ${place.column} ${place.code}`);

describe("an import", () => {
  test("enters whole, with what status follows from, and leaves one entry", async () => {
    const before = await lastEntry();
    const answer = await send("relief", "台账.csv", file(first, second, third), {
      title: "八月导出",
      progress: "progress-key-1",
    });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json).toMatchObject({
      title: "八月导出",
      origin: "file",
      persons: 3,
      households: 2,
      added: 3,
      changed: 0,
      absent: 0,
      doubts: 0,
      repeated: false,
    });
    const entries = await entriesAfter(before);
    expect(entries).toMatchObject([
      { action: "relief.importRegistry", username: "relief", after: { persons: 3, added: 3 } },
    ]);
    expect((await ask("relief", "GET", "/relief/imports/progress/progress-key-1")).json).toMatchObject({
      step: "done",
    });
    expect((await ask("relief", "GET", "/relief/imports/progress/progress-key-2")).json).toMatchObject({
      step: "waiting",
    });
    const { json } = await ask("relief", "GET", "/relief/persons");
    expect(
      json.items.map((row: Json) => [row.name, row.sex, row.birthYear, row.status, row.relation]),
    ).toEqual([
      ["示例甲", "male", 1962, "registered", "户主"],
      ["示例乙", "female", 1964, "registered", "配偶"],
      ["示例丙丁", "male", 1951, "exited", "户主"],
    ]);
    expect(json.items[0].idMask).toBe(`140981********${HEAD_ID.slice(-4)}`);
  });

  test("the same file again changes nothing and says so", async () => {
    const before = await lastEntry();
    const answer = await send("relief", "又一次.csv", file(first, second, third));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ repeated: true, title: "八月导出" });
    expect(await entriesAfter(before)).toEqual([]);
    expect(await database.query("SELECT FROM relief.persons")).toHaveLength(3);
  });

  test("two sent at once enter once", async () => {
    const rows = file(first, second, third, {
      户编号: "14098100003",
      人编号: "1409810000301",
      姓名: "示例戊",
    });
    const answers = await Promise.all([send("relief", "a.csv", rows), send("relief", "b.csv", rows)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 201]);
    expect(await database.query("SELECT FROM relief.persons")).toHaveLength(4);
  });

  test("the same file again after another one is read again: the registry stands as the last says", async () => {
    const fifth = { 户编号: "14098100003", 人编号: "1409810000301", 姓名: "示例戊" };
    const named = async (name: string): Promise<number> =>
      (await ask("relief", "GET", "/relief/persons")).json.items.filter((row: Json) => row.name === name)
        .length;
    expect((await send("relief", "c.csv", file(fifth))).status).toBe(201);
    expect((await send("relief", "d.csv", file({ ...fifth, 姓名: "示例己" }))).json).toMatchObject({
      changed: 1,
    });
    expect(await named("示例己")).toBe(1);
    const answer = await send("relief", "c.csv", file(fifth));
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json).toMatchObject({ added: 0, changed: 1, repeated: false });
    expect(await named("示例戊")).toBe(1);
    expect((await send("relief", "c.csv", file(fifth))).json).toMatchObject({ repeated: true });
  });

  test("a later one amends with both states masked, and takes nobody away who is not in it", async () => {
    const answer = await send(
      "relief",
      "九月.csv",
      file(
        { ...first, 姓名: "示例甲甲", 联系电话: "12800002222", 其他致贫原因: "缺资金" },
        { ...second, 证件号码: idNumber("19640919", "944") },
      ),
    );
    expect(answer.json, answer.text).toMatchObject({ persons: 2, added: 0, changed: 3, absent: 2 });
    const { json } = await ask("relief", "GET", `/relief/households/${await homeId("14098100001")}`);
    const amended = json.actions.filter((action: Json) => action.kind === "amend");
    expect(amended.map(({ before, after }: Json) => [before, after])).toEqual([
      [
        { idNumber: `140981********${WIFE_ID.slice(-4)}` },
        { idNumber: expect.stringMatching(/^140981\*{8}944.$/) },
      ],
      [{ name: "示例甲" }, { name: "示例甲甲" }],
      [
        { phone: "128****1111", causes: "illness,skills" },
        { phone: "128****2222", causes: "illness,funds" },
      ],
    ]);
    expect(json.causes).toEqual([
      { cause: "illness", isMain: true },
      { cause: "funds", isMain: false },
    ]);
    expect((await ask("relief", "GET", "/relief/summary")).json).toMatchObject({ households: 3, persons: 4 });
  });

  test("columns that a file does not have stay as they were", async () => {
    const short = "行政村代码,户编号,人编号,姓名\n140981101202,14098100001,1409810000101,示例甲甲\n";
    expect((await send("relief", "short.csv", short)).json).toMatchObject({
      persons: 1,
      added: 0,
      changed: 0,
    });
    const { json } = await ask("relief", "GET", `/relief/households/${await homeId("14098100001")}`);
    expect(json).toMatchObject({
      phoneMask: "128****2222",
      members: [{ idMask: expect.stringMatching(/^140981/) }, {}],
    });
  });

  test.each<[string, (text: string) => Promise<Buffer>]>([
    ["GB18030", async (text) => toGb18030(text)],
    ["UTF-8 with a mark", async (text) => Buffer.from(`\uFEFF${text}`)],
    ["a workbook with titles above", toWorkbook],
  ])("is read in %s", async (what, encode) => {
    const number = `1409810001${what.length}`;
    const rows = file({ ...third, 户编号: number, 人编号: `${number}01`, 姓名: "示例庚", 证件号码: "" });
    const answer = await send("relief", `${what}.bin`, await encode(rows));
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json).toMatchObject({ persons: 1, added: 1 });
  });
});

async function homeId(number: string): Promise<number> {
  const [row] = await database.query<{ id: string }>("SELECT id FROM relief.households WHERE number = $1", [
    number,
  ]);
  return Number(row?.id);
}

/** The few characters of this file, looked up by asking the decoder of this Node. */
function toGb18030(text: string): Buffer {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder("gb18030");
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Buffer.from(
    Array.from(text).flatMap((character) => table.get(character) ?? [character.charCodeAt(0)]),
  );
}

async function toWorkbook(text: string): Promise<Buffer> {
  const rows = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  async function* cells(): AsyncGenerator<string[]> {
    yield [];
    yield* rows;
  }
  return bytesOf(streamWorkbook("台账", [{ header: "原平市建档立卡人口信息表", width: 40 }], cells()));
}

describe("a file with errors is refused whole, each cell with its mend", () => {
  const bad = HEAD_ID.slice(0, 17) + (HEAD_ID.endsWith("1") ? "2" : "1");
  const fresh = { 户编号: "14098100090", 人编号: "1409810009001", 姓名: "示例辛", 性别: "男" };
  test.each<[string, Cells[], string[]]>([
    ["a wrong check character", [{ ...fresh, 证件号码: bad }], ["2 证件号码 ID_CHECK"]],
    ["a date of birth that is none", [{ ...fresh, 证件号码: "140981196213071231" }], ["2 证件号码 ID_BIRTH"]],
    ["a number too short", [{ ...fresh, 证件号码: "1409811962030712" }], ["2 证件号码 ID_LENGTH"]],
    ["another sex", [{ ...fresh, 性别: "女", 证件号码: HEAD_ID }], ["2 性别 SEX_DIFFERS"]],
    [
      "one ID number for two",
      [
        { ...fresh, 证件号码: idNumber("19800101", "911") },
        {
          ...fresh,
          人编号: "1409810009002",
          与户主关系: "之子",
          证件号码: idNumber("19800101", "911"),
        },
      ],
      ["3 证件号码 ID_REPEATED"],
    ],
    [
      "two heads of one household",
      [
        { ...fresh, 与户主关系: "户主" },
        { ...fresh, 人编号: "1409810009002", 与户主关系: "户主" },
      ],
      ["3 与户主关系 HEAD_REPEATED"],
    ],
    ["the ID number of somebody known", [{ ...fresh, 证件号码: HEAD_ID }], ["2 证件号码 ID_KNOWN"]],
    ["one number of persons twice", [fresh, fresh], ["3 人编号 NUMBER_REPEATED"]],
    ["an ID number for a name", [{ ...fresh, 姓名: HEAD_ID, 证件号码: "" }], ["2 姓名 BAD_NAME"]],
    ["no name", [{ ...fresh, 姓名: " " }], ["2 姓名 MISSING"]],
    ["a village that is none", [{ ...fresh, 行政村: "无此村" }], ["2 行政村 UNKNOWN_VILLAGE"]],
    ["a village of another county", [{ ...fresh, 县: "繁峙县" }], ["2 行政村 UNKNOWN_VILLAGE"]],
    ["a cause that is none", [{ ...fresh, 主要致贫原因: "因为" }], ["2 主要致贫原因 UNKNOWN_CAUSE"]],
    ["a day to come", [{ ...fresh, 首次识别时间: "2017-01-01" }], ["2 首次识别时间 BAD_DAY"]],
    ["an amount that is none", [{ ...fresh, 人均纯收入: "两千" }], ["2 人均纯收入 BAD_NUMBER"]],
    [
      "several at once",
      [
        { ...fresh, 姓名: "", 证件号码: bad },
        { ...fresh, 脱贫属性: "不详" },
      ],
      ["2 证件号码 ID_CHECK", "2 姓名 MISSING", "3 脱贫属性 UNKNOWN_CHOICE"],
    ],
  ])("%s", async (_what, rows, places) => {
    const before = await lastEntry();
    const count = await database.query("SELECT FROM relief.persons");
    const answer = await send("relief", "bad.csv", file(...rows));
    expect(answer.status, answer.text).toBe(422);
    expect(placesOf(answer).sort()).toEqual(places.toSorted());
    for (const { 证件号码: secret } of rows) expect(answer.text).not.toContain(secret || "\u0000");
    expect(await database.query("SELECT FROM relief.persons")).toHaveLength(count.length);
    expect(await entriesAfter(before)).toEqual([]);
  });

  test("doubts alone are kept as they stand when the sender says so, and counted", async () => {
    const rows = file({ ...fresh, 证件号码: bad });
    const answer = await send("relief", "doubt.csv", rows, { doubts: "keep" });
    expect(answer.json, answer.text).toMatchObject({ added: 1, doubts: 1 });
    const found = await ask("relief", "POST", "/relief/persons/find", { body: { idNumber: bad } });
    expect(found.json.items.map((row: Json) => row.name)).toEqual(["示例辛"]);
    const still = await send("relief", "error.csv", file({ ...fresh, 姓名: "" }), { doubts: "keep" });
    expect(placesOf(still)).toEqual(["2 姓名 MISSING"]);
  });

  test.each<[string, string, string | Buffer, string[]]>([
    ["no headings", "a.csv", "一,二\n三,四\n", ["1 undefined NO_HEADER"]],
    ["a missing column", "a.csv", "行政村,户编号,姓名\n", ["1 人编号 COLUMN_MISSING"]],
    [
      "a column twice",
      "a.csv",
      "行政村,户编号,人编号,姓名,成员姓名\nx,1,1,a,b\n",
      ["1 成员姓名 COLUMN_REPEATED"],
    ],
    ["only headings", "a.csv", `${HEAD}\n`, ["1 undefined EMPTY_FILE"]],
    ["an open quote", "a.csv", `${HEAD}\n"原平市,`, ["2 undefined CSV_QUOTE"]],
    [
      "a broken encoding",
      "a.csv",
      Buffer.concat([Buffer.from(`${HEAD}\n`.repeat(300)), Buffer.from([0xff, 0xff, 0x0a])]),
      ["301 undefined BAD_ENCODING"],
    ],
    [
      "an old workbook",
      "a.xls",
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      ["undefined undefined WORKBOOK_OLD_FORMAT"],
    ],
    [
      "a zip that is none",
      "a.xlsx",
      Buffer.from("504b0304000000", "hex"),
      ["undefined undefined WORKBOOK_DAMAGED"],
    ],
  ])("%s", async (_what, name, content, places) => {
    const answer = await send("relief", name, content);
    expect(answer.status, answer.text).toBe(422);
    expect(answer.json.code).toBe("REGISTRY_REFUSED");
    expect(placesOf(answer)).toEqual(places);
  });
});

describe("searching", () => {
  const namesFor = async (by: string, query: string): Promise<string[]> =>
    (await ask(by, "GET", `/relief/persons?${query}`)).json.items.map((row: Json) => row.name);
  test("by part of a name, a number, the end of an ID number, a status, a township", async () => {
    expect(await namesFor("sulongkou", `q=${encodeURIComponent("丙丁")}`)).toEqual(["示例丙丁"]);
    expect(await namesFor("relief", "q=14098100001")).toEqual(["示例甲甲", "示例乙"]);
    expect(await namesFor("relief", "q=1409810000102")).toEqual(["示例乙"]);
    expect(await namesFor("relief", `q=${OTHER_ID.slice(-4)}`)).toContain("示例丙丁");
    expect(await namesFor("relief", "status=removed")).toEqual([]);
    expect(await namesFor("relief", "status=exited")).toContain("示例丙丁");
    expect(await namesFor("relief", "q=%25")).toEqual([]);
  });
  test("page by page everybody once", async () => {
    const all = await namesFor("relief", "limit=200");
    const paged: string[] = [];
    let cursor = "";
    do {
      const { json } = await ask("relief", "GET", `/relief/persons?limit=2${cursor}`);
      paged.push(...json.items.map((row: Json) => row.name));
      cursor = json.cursor === null ? "" : `&cursor=${json.cursor}`;
    } while (cursor !== "");
    expect(paged).toEqual(all);
    expect((await ask("relief", "GET", "/relief/persons?cursor=x")).json.code).toBe("BAD_CURSOR");
  });
  test("by the old number of fifteen digits as well", async () => {
    const old = `${OTHER_ID.slice(0, 6)}${OTHER_ID.slice(8, 17)}`;
    const { json } = await ask("relief", "POST", "/relief/persons/find", { body: { idNumber: old } });
    expect(json.items.map((row: Json) => row.name)).toContain("示例丙丁");
  });
});

describe("what is recorded of a household", () => {
  const path = async (rest: string): Promise<string> =>
    `/relief/households/${await homeId("14098100001")}${rest}`;
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
    const last = await lastEntry();
    const answer = await ask("sulongkou", method as "POST", await path(rest), { body });
    expect(answer.status, answer.text).toBeLessThan(300);
    const [entry, ...more] = await entriesAfter(last);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ action, object: `household:${answer.json.id}`, username: "sulongkou" });
    expect(entry).toMatchObject({ before: before === null ? null : expect.objectContaining(before), after });
  });

  test("is on its page, with the sums that do not hold and the poverty line", async () => {
    const { json } = await ask("village", "GET", await path(""));
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
    ["/measures", "POST", { ...measure, kind: "gift" }, "UNKNOWN_MEASURE_KIND"],
    ["/measures", "POST", { ...measure, cost: "一千" }, "INVALID_REQUEST"],
  ])("%s is refused where it makes no sense: %s %j", async (rest, method, body, code) => {
    const last = await lastEntry();
    expect((await ask("sulongkou", method as "POST", await path(rest), { body })).json.code).toBe(code);
    expect(await entriesAfter(last)).toEqual([]);
  });

  test("numbers in full are shown for a purpose, which the trail keeps without the numbers", async () => {
    const last = await lastEntry();
    const answer = await ask("village", "POST", await path("/unmask"), { body: { purpose: "入户核实身份" } });
    expect(answer.json).toMatchObject({ phone: "12800002222", account: "9900001234567890123" });
    expect(answer.json.persons[0].idNumber).toBe(HEAD_ID);
    const entries = await entriesAfter(last);
    expect(entries).toMatchObject([{ action: "relief.unmask", after: { purpose: "入户核实身份" } }]);
    expect(JSON.stringify(entries)).not.toMatch(/1280000|990000|14098119/);
    expect((await ask("village", "POST", await path("/unmask"), { body: { purpose: " " } })).status).toBe(
      400,
    );
    expect(
      (await ask("leader", "POST", await path("/unmask"), { body: { purpose: "随便看看" } })).status,
    ).toBe(403);
  });

  test("an export is masked, audited, and holds everybody", async () => {
    const last = await lastEntry();
    const answer = await ask("leader", "GET", "/relief/persons/export?format=csv");
    expect(answer.text.trim().split("\n").length - 1).toBe(
      (await database.query("SELECT FROM relief.persons")).length,
    );
    expect(answer.text).not.toMatch(/\d{17}[\dX](?!\d)/);
    expect((await entriesAfter(last)).map(({ action }) => action)).toEqual(["relief.exportPersons"]);
  });
});

test("other departments and counties see nothing of it", async () => {
  expect((await ask("stats", "GET", "/relief/persons")).status).toBe(403);
  expect((await ask("fanshi", "GET", "/relief/summary")).status).toBe(403);
  expect((await send("sulongkou", "a.csv", file(first))).status).toBe(403);
});
