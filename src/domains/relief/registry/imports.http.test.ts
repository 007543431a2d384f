/** Imports of the registry over HTTP: what an export becomes, and what is refused by cell. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { entriesAfter, lastEntry } from "../../../../fixtures/audit-entries.ts";
import {
  first,
  HEAD_ID,
  HEADINGS,
  homeId,
  idOf,
  registryFile,
  second,
  sendRegistry,
  third,
  WIFE_ID,
} from "../../../../fixtures/registry-file.ts";
import type { Cells } from "../../../../fixtures/registry-file.ts";
import { withServedCounty } from "../../../../fixtures/served-county.ts";
import { streamWorkbook } from "../../../platform/excel/workbook.ts";

const { database, as, signIn } = withServedCounty({ clock: () => new Date("2016-08-31T02:00:00Z") });
let relief: Asking;
beforeAll(async () => {
  relief = await signIn("relief"); // now: it is an entry of the trail as well
});

/** The place problems of a refusal as "line column code". */
const placesOf = (answer: Answer): string[] =>
  answer.json.problems.map((place: Json) => `${place.line} ${place.column} ${place.code}`);

describe("an import", () => {
  test("enters whole, with what status follows from, and leaves one entry", async () => {
    const before = await lastEntry(database);
    const answer = await sendRegistry(relief, "台账.csv", registryFile(first, second, third), {
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
    const entries = await entriesAfter(database, before);
    expect(entries).toMatchObject([
      { action: "relief.importRegistry", username: "relief", after: { persons: 3, added: 3 } },
    ]);
    expect((await relief("GET", "/relief/imports/progress/progress-key-1")).json).toMatchObject({
      step: "done",
    });
    expect((await relief("GET", "/relief/imports/progress/progress-key-2")).json).toMatchObject({
      step: "waiting",
    });
    const { json } = await relief("GET", "/relief/persons");
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
    const before = await lastEntry(database);
    const answer = await sendRegistry(relief, "又一次.csv", registryFile(first, second, third));
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ repeated: true, title: "八月导出" });
    expect(await entriesAfter(database, before)).toEqual([]);
    expect(await database.query("SELECT FROM relief.persons")).toHaveLength(3);
  });

  test("two sent at once enter once", async () => {
    const rows = registryFile(first, second, third, {
      户编号: "14098100003",
      人编号: "1409810000301",
      姓名: "示例戊",
    });
    const answers = await Promise.all([
      sendRegistry(relief, "a.csv", rows),
      sendRegistry(relief, "b.csv", rows),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 201]);
    expect(await database.query("SELECT FROM relief.persons")).toHaveLength(4);
  });

  test("the same file again after another one is read again: the registry stands as the last says", async () => {
    const fifth = { 户编号: "14098100003", 人编号: "1409810000301", 姓名: "示例戊" };
    const named = async (name: string): Promise<number> =>
      (await relief("GET", "/relief/persons")).json.items.filter((row: Json) => row.name === name).length;
    expect((await sendRegistry(relief, "c.csv", registryFile(fifth))).status).toBe(201);
    expect(
      (await sendRegistry(relief, "d.csv", registryFile({ ...fifth, 姓名: "示例己" }))).json,
    ).toMatchObject({
      changed: 1,
    });
    expect(await named("示例己")).toBe(1);
    const answer = await sendRegistry(relief, "c.csv", registryFile(fifth));
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json).toMatchObject({ added: 0, changed: 1, repeated: false });
    expect(await named("示例戊")).toBe(1);
    expect((await sendRegistry(relief, "c.csv", registryFile(fifth))).json).toMatchObject({ repeated: true });
  });

  test("a later one amends with both states masked, and takes nobody away who is not in it", async () => {
    const answer = await sendRegistry(
      relief,
      "九月.csv",
      registryFile(
        { ...first, 姓名: "示例甲甲", 联系电话: "12800002222", 其他致贫原因: "缺资金" },
        { ...second, 证件号码: idOf("19640919", "944") },
      ),
    );
    expect(answer.json, answer.text).toMatchObject({ persons: 2, added: 0, changed: 3, absent: 2 });
    const { json } = await relief("GET", `/relief/households/${await homeId(database, "14098100001")}`);
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
    expect((await relief("GET", "/relief/summary")).json).toMatchObject({ households: 3, persons: 4 });
  });

  test("columns that a file does not have stay as they were", async () => {
    const short = "行政村代码,户编号,人编号,姓名\n140981101202,14098100001,1409810000101,示例甲甲\n";
    expect((await sendRegistry(relief, "short.csv", short)).json).toMatchObject({
      persons: 1,
      added: 0,
      changed: 0,
    });
    const { json } = await relief("GET", `/relief/households/${await homeId(database, "14098100001")}`);
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
    const rows = registryFile({
      ...third,
      户编号: number,
      人编号: `${number}01`,
      姓名: "示例庚",
      证件号码: "",
    });
    const answer = await sendRegistry(relief, `${what}.bin`, await encode(rows));
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json).toMatchObject({ persons: 1, added: 1 });
  });
});

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

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
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
        { ...fresh, 证件号码: idOf("19800101", "911") },
        {
          ...fresh,
          人编号: "1409810009002",
          与户主关系: "之子",
          证件号码: idOf("19800101", "911"),
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
    ["two main causes", [{ ...fresh, 主要致贫原因: "因病、因残" }], ["2 主要致贫原因 SEVERAL_MAIN_CAUSES"]],
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
    const before = await lastEntry(database);
    const count = await database.query("SELECT FROM relief.persons");
    const answer = await sendRegistry(relief, "bad.csv", registryFile(...rows));
    expect(answer.status, answer.text).toBe(422);
    expect(placesOf(answer).sort()).toEqual(places.toSorted());
    for (const { 证件号码: secret } of rows) expect(answer.text).not.toContain(secret || "\u0000");
    expect(await database.query("SELECT FROM relief.persons")).toHaveLength(count.length);
    expect(await entriesAfter(database, before)).toEqual([]);
  });

  test("doubts alone are kept as they stand when the sender says so, and counted", async () => {
    const rows = registryFile({ ...fresh, 证件号码: bad });
    const answer = await sendRegistry(relief, "doubt.csv", rows, { doubts: "keep" });
    expect(answer.json, answer.text).toMatchObject({ added: 1, doubts: 1 });
    const found = await relief("POST", "/relief/persons/find", { body: { idNumber: bad } });
    expect(found.json.items.map((row: Json) => row.name)).toEqual(["示例辛"]);
    const still = await sendRegistry(relief, "error.csv", registryFile({ ...fresh, 姓名: "" }), {
      doubts: "keep",
    });
    expect(placesOf(still)).toEqual(["2 姓名 MISSING"]);
  });

  test("of two main causes that are kept as they stand the first is the main one", async () => {
    const rows = registryFile({ ...fresh, 主要致贫原因: "因病、因残", 其他致贫原因: "因学" });
    const answer = await sendRegistry(relief, "causes.csv", rows, { doubts: "keep" });
    expect(answer.json, answer.text).toMatchObject({ doubts: 1 });
    const causes = await database.query(
      "SELECT c.cause, c.is_main FROM relief.causes c JOIN relief.households h ON (h.county, h.id) = (c.county, c.household) WHERE h.number = $1 ORDER BY 1",
      [fresh.户编号],
    );
    expect(causes).toEqual([
      { cause: "disability", is_main: false },
      { cause: "illness", is_main: true },
      { cause: "schooling", is_main: false },
    ]);
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
    ["only headings", "a.csv", `${HEADINGS}\n`, ["1 undefined EMPTY_FILE"]],
    ["an open quote", "a.csv", `${HEADINGS}\n"原平市,`, ["2 undefined CSV_QUOTE"]],
    [
      "a broken encoding",
      "a.csv",
      Buffer.concat([Buffer.from(`${HEADINGS}\n`.repeat(300)), Buffer.from([0xff, 0xff, 0x0a])]),
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
    const answer = await sendRegistry(relief, name, content);
    expect(answer.status, answer.text).toBe(422);
    expect(answer.json.code).toBe("REGISTRY_REFUSED");
    expect(placesOf(answer)).toEqual(places);
  });
});

test("no township sends one", async () => {
  expect((await sendRegistry(as("sulongkou"), "a.csv", registryFile(first))).status).toBe(403);
});
