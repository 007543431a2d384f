/** Workbooks over HTTP: the template goes out, comes back with mistakes, is entered once, and its cells are where figures come from. */
import { beforeEach, describe, expect, test } from "vitest";
import { readXlsx, writeXlsx } from "hucre/xlsx";
import type { Answer, Json } from "../../../../fixtures/ask.ts";
import { multipart } from "../../../../fixtures/multipart.ts";
import { TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { withSmallReturns } from "../../../../fixtures/small-returns.ts";
import { withParts } from "./sample-books.fixture.ts";

const { database, as } = withSmallReturns();
const township = as("sulongkou");
const other = as("village");
const stats = as("stats");
let id: number;
let step: number;
beforeEach(async () => {
  const [one] = (await township("GET", "/returns")).json.items;
  ({ id, step } = one);
});

/** A plain workbook as a township would make it by hand. */
async function byHand(rows: (string | number)[][], name = "报表"): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [{ name, rows }] }));
}
const send = (bytes: Buffer, name = "八月.xlsx"): Promise<Answer> =>
  township("POST", `/returns/${id}/workbook`, multipart(name, bytes, { progress: "upload-key-1" }));
const values = async (): Promise<Json> => (await township("GET", `/returns/${id}`)).json.items[0].values;
const heading = ["指标", "计量单位", "本期"];
const wrong = () =>
  byHand([
    heading,
    ["累计零售额", "万元", "八百"],
    ["本月零售额", "万元", "100"],
    ["其中：网上零售", "万元", "0.2亿"],
  ]);
const right = () =>
  byHand([heading, ["累计零售额", "万元", "８００"], ["本月零售额", "万元", 100], ["备注", "", "按时"]]);

describe("a file that is refused", () => {
  const template = async (): Promise<Buffer> => (await township("GET", `/returns/${id}/workbook`)).bytes;
  const others = async (): Promise<Buffer> => {
    const { items } = (await stats("GET", "/returns?of=all")).json;
    const theirs = items.find((item: Json) => item.id !== id);
    return (await stats("GET", `/returns/${theirs.id}/workbook`)).bytes;
  };
  const inOtherWords = (bytes: Buffer): Buffer =>
    withParts(bytes, (parts) => ({
      "xl/sharedStrings.xml": (parts.get("xl/sharedStrings.xml")?.toString() ?? "").replaceAll(
        "2016-08",
        "2016-07",
      ),
    }));
  const compound = Buffer.from("d0cf11e0a1b11ae1", "hex");

  test.each<[string, () => Promise<Buffer> | Buffer, string]>([
    ["is no workbook", () => Buffer.from("报表"), "WORKBOOK_UNREADABLE"],
    ["is cut off", async () => (await template()).subarray(0, 3000), "WORKBOOK_UNREADABLE"],
    [
      "is locked with a password",
      () => Buffer.concat([compound, Buffer.alloc(600), Buffer.from("EncryptedPackage", "utf16le")]),
      "WORKBOOK_UNREADABLE",
    ],
    [
      "has macros",
      async () => withParts(await template(), () => ({ "xl/vbaProject.bin": "x" })),
      "WORKBOOK_UNREADABLE",
    ],
    [
      "would unpack to 300 megabytes",
      async () =>
        withParts(await template(), () => ({ "xl/worksheets/sheet9.xml": " ".repeat(300 * 1024 * 1024) })),
      "WORKBOOK_UNREADABLE",
    ],
    [
      "is about something else",
      () =>
        byHand([
          ["姓名", "电话"],
          ["张三", "139"],
        ]),
      "WORKBOOK_NO_HEADING",
    ],
    ["is another unit's", others, "WORKBOOK_WRONG_UNIT"],
    [
      "was made one of another period by hand",
      async () => inOtherWords(await template()),
      "WORKBOOK_TAMPERED",
    ],
  ])("because it %s says how to mend it, and leaves no trace", async (_, bytes, code) => {
    const sent = await send(await bytes());
    expect(sent.status).toBe(422);
    expect(sent.json.code).toBe(code);
    expect(sent.json.detail).toMatch(/\S/);
    const { brief, actions } = (await township("GET", `/returns/${id}`)).json;
    expect(brief).toMatchObject({ status: "due", step: 0 });
    expect(actions).toEqual([]);
    expect(await database.query("SELECT 1 FROM returns.files")).toEqual([]);
    expect(await database.query("SELECT 1 FROM returns.rows")).toEqual([]);
  });
});

describe("a workbook", () => {
  test("goes out with what was known, and nobody else's", async () => {
    const sent = await township("GET", `/returns/${id}/workbook`);
    expect(sent.status).toBe(200);
    const book = await readXlsx(sent.bytes);
    const cells = book.sheets[0]?.rows.flat() ?? [];
    expect(cells).toEqual(expect.arrayContaining(["累计零售额", 700, 760]));
    expect((await other("GET", `/returns/${id}/workbook`)).json.code).toBe("RETURN_NOT_FOUND");
  });

  test("with a cell that cannot be read is kept out whole, with every problem at its cell", async () => {
    const bytes = await wrong();
    const sent = await send(bytes);
    expect(sent.json).toMatchObject({ isEntered: false, repeated: false, file: { isEntered: false } });
    const told = sent.json.problems.map((one: Json) => [one.cell, one.code, one.severity]);
    expect(told).toEqual([
      ["C2", "NOT_A_NUMBER", "hard"],
      [null, "MISSING_COLUMN", "note"],
    ]);
    expect(await values()).toEqual({});
    const kept = await township("GET", `/returns/${id}/files/${sent.json.file.id}`);
    expect(kept.bytes.equals(bytes)).toBe(true);
    const marked = await township("GET", `/returns/${id}/files/${sent.json.file.id}/marked`);
    const book = await readXlsx(marked.bytes);
    expect(book.sheets.map(({ name }) => name)).toEqual(["报表", "问题清单"]);
    expect(JSON.stringify(book.sheets[1]?.rows)).toContain("不是数字");
    expect(decodeURIComponent(String(marked.headers["content-disposition"]))).toContain("八月-标注.xlsx");
  });

  test("is entered when it can be read, and the rules that do not hold are told at their cells", async () => {
    const sent = await send(
      await byHand([
        heading,
        ["累计零售额", "万元", 900],
        ["本月零售额", "万元", 100],
        ["其中：网上零售", "万元", "0.2亿"],
      ]),
    );
    expect(sent.json.isEntered).toBe(true);
    expect(sent.json.problems.map((one: Json) => [one.cell, one.code, one.severity])).toEqual([
      ["C2", "sum", "hard"],
      ["C4", "part", "hard"],
      [null, "MISSING_COLUMN", "note"],
    ]);
    expect(await values()).toEqual({ month: "100", ytd: "900", online: "2000" });
    const refused = await township("POST", `/returns/${id}/steps`, { body: { verb: "submit", step } });
    expect(refused.json.code).toBe("RETURN_NOT_READY");
  });

  test("takes the place of what was there, once: a retry enters nothing again", async () => {
    const bytes = await right();
    const sent = await send(bytes);
    expect(sent.json).toMatchObject({ isEntered: true, repeated: false, problemCount: 1 });
    expect(await values()).toEqual({ month: "100", ytd: "800", note: "按时" });
    const cells = [{ subject: "region", column: "note", from: "按时", to: "改过" }];
    await township("PATCH", `/returns/${id}/cells`, { body: { cells } });
    const again = await Promise.all([send(bytes), send(bytes, "八月（重传）.xlsx")]);
    expect(again.map(({ json }) => [json.repeated, json.file.id])).toEqual([
      [true, sent.json.file.id],
      [true, sent.json.file.id],
    ]);
    expect((await values()).note).toBe("改过");
  });

  test("two that come at the same moment are entered once", async () => {
    const bytes = await byHand([heading, ["累计零售额", "万元", 800], ["本月零售额", "万元", 100]]);
    const sent = await Promise.all([send(bytes), send(bytes), send(bytes)]);
    expect(sent.filter(({ json }) => json.repeated === false)).toHaveLength(1);
    const files = await database.query("SELECT 1 FROM returns.files WHERE name = '八月.xlsx'");
    expect(files.length).toBe(4);
  });

  test("is where a figure says it comes from, but for what was typed afterwards", async () => {
    await send(await right());
    const cells = [
      { subject: "region", column: "month", from: "100", to: "120" },
      { subject: "region", column: "ytd", from: "800", to: "820" },
    ];
    await township("PATCH", `/returns/${id}/cells`, { body: { cells: cells.slice(0, 1) } });
    await township("PATCH", `/returns/${id}/cells`, {
      body: { cells: [{ subject: "region", column: "month", from: "120", to: "100" }] },
    });
    const [now] = (await township("GET", "/returns")).json.items;
    const submitted = await township("POST", `/returns/${id}/steps`, {
      body: { verb: "submit", step: now.step },
    });
    expect(submitted.status, submitted.text).toBe(200);
    const accepted = await stats("POST", `/returns/${id}/steps`, {
      body: { verb: "accept", step: submitted.json.brief.step },
    });
    expect(accepted.status, accepted.text).toBe(200);
    const [figure] = await database.query(
      `SELECT f.value::text AS value, f.locator, s.file_name, s.sha256, s.bytes::int AS bytes FROM ledger.figures f
       JOIN ledger.sources s ON s.county = f.county AND s.id = f.source WHERE f.region = ${TOWNSHIP} AND s.kind = 'return'`,
    );
    const file = accepted.json.files.find((one: Json) => one.sha256 === figure?.["sha256"]);
    expect(figure).toMatchObject({
      value: "800",
      locator: "报表!C2",
      file_name: "八月.xlsx",
      bytes: file.bytes,
    });
  });

  test("of a return that is accepted is not taken", async () => {
    expect((await send(await right())).json.code).toBe("RETURN_NOT_EDITABLE");
    expect(
      (await stats("POST", `/returns/${id}/workbook`, multipart("a.xlsx", await right(), {}))).json.code,
    ).toBe("FORBIDDEN");
  });
});
