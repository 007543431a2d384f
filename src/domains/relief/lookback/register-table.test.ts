/** What may arrive as a register: good files in several forms, and bad ones that are refused with their place. */
import { writeXlsx } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../../platform/problem.ts";
import { canonicalise, inspectTable } from "./register-table.ts";

const NUMBER = "140981197001019018";
const HEAD = "编号,姓名,证件号码,品牌";
const mapping = { row: "编号", name: "姓名", idNumber: "证件号码" };
const pieceBytes = 1 << 20;
const file = (content: string | Uint8Array, name = "车辆.csv") => ({ name, bytes: Buffer.from(content) });
const textOf = (pieces: readonly Buffer[]): string => Buffer.concat(pieces).toString("utf8");

async function refused(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (error) {
    return error as Problem;
  }
  throw new Error("it was taken");
}

/** GB18030 of the few characters that occur here, by the decoder read backwards. */
function toGb18030(text: string): Buffer {
  const decoder = new TextDecoder("gb18030");
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const found = code < 0x80 ? [code] : findBytes(decoder, character);
    bytes.push(...found);
  }
  return Buffer.from(bytes);
}

function findBytes(decoder: TextDecoder, character: string): number[] {
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++)
      if (decoder.decode(Uint8Array.of(high, low)) === character) return [high, low];
  throw new Error(`${character} has no two bytes`);
}

const canonical = `row_id,name,sex,id_no,county,town,village,village_code,phone,x0\nV1,王建国,,${NUMBER},,,,,,长城\n`;

describe("a register", () => {
  test.each([
    ["UTF-8", `${HEAD}\nV1,王建国,${NUMBER},长城\n`],
    ["with a byte order mark and CRLF", `\uFEFF${HEAD}\r\nV1,王建国,${NUMBER},长城\r\n`],
    ["with blank lines and no end", `${HEAD}\n\n\nV1,王建国,${NUMBER},长城`],
    ["with quotes", `"编号","姓名","证件号码","品牌"\n"V1","王建国","${NUMBER}","长城"\n`],
    ["with semicolons", `${HEAD}\nV1,王建国,${NUMBER},长城\n`.replaceAll(",", ";")],
    ["with a row of nothing but commas", `${HEAD}\nV1,王建国,${NUMBER},长城\n,,,\n`],
    ["in another order", `品牌,证件号码,姓名,编号\n长城,${NUMBER},王建国,V1\n`],
  ])("is read %s", async (_, content) => {
    const table = await canonicalise(file(content), mapping, pieceBytes);
    expect(textOf(table.pieces)).toBe(canonical);
    expect(table).toMatchObject({ rows: 1, kept: { extras: ["品牌"] } });
  });

  test("is read in GB18030", async () => {
    const bytes = toGb18030(`${HEAD}\nV1,王建国,${NUMBER},长城\n`);
    expect((await inspectTable(file(bytes))).encoding).toBe("gb18030");
    expect(textOf((await canonicalise(file(bytes), mapping, pieceBytes)).pieces)).toBe(canonical);
  });

  test("is read in GB18030 when half a megabyte of plain letters comes first", async () => {
    const plain = Array.from({ length: 40_000 }, (_, i) => `A${i},Wang,,\n`).join("");
    const bytes = Buffer.concat([Buffer.from(`row,name,id,brand\n${plain}`), toGb18030("V1,王建国,,长城\n")]);
    const { rows, pieces } = await canonicalise(file(bytes), { row: "row", name: "name" }, pieceBytes);
    expect(rows).toBe(40_001);
    expect(textOf(pieces).endsWith("V1,王建国,,,,,,,,,长城\n")).toBe(true);
  });

  test("is read from a workbook, cells that the sheet left out being empty", async () => {
    const rows = [
      ["编号", "姓名", "证件号码", "品牌"],
      ["V1", "王建国", NUMBER, "长城"],
      ["V2", "李四"],
    ];
    const bytes = await writeXlsx({ sheets: [{ name: "车辆", rows }] });
    const table = await canonicalise(file(bytes, "车辆.xlsx"), mapping, pieceBytes);
    expect(textOf(table.pieces)).toBe(`${canonical}V2,李四,,,,,,,,\n`);
  });

  test("keeps commas, quotes and line ends within cells", async () => {
    const content = `${HEAD}\nV1,"王,建""国",,"长\n城"\n`;
    const { pieces } = await canonicalise(file(content), mapping, pieceBytes);
    expect(textOf(pieces)).toContain('V1,"王,建""国",,,,,,,,"长\n城"\n');
  });

  test("without keys is numbered by its lines", async () => {
    const content = `姓名,证件号码\n王建国,${NUMBER}\n李四,\n`;
    const { pieces } = await canonicalise(file(content), { name: "姓名", idNumber: "证件号码" }, pieceBytes);
    expect(
      textOf(pieces)
        .split("\n")
        .slice(1, 3)
        .map((line) => line.split(",")[0]),
    ).toEqual(["2", "3"]);
  });

  test("shows a sample without long numbers", async () => {
    const { headings, sample } = await inspectTable(file(`${HEAD}\nV1,王建国,${NUMBER},长城\n`));
    expect(headings).toEqual(["编号", "姓名", "证件号码", "品牌"]);
    expect(sample).toEqual([["V1", "王建国", "140981********9018", "长城"]]);
  });
});

describe("a bad register is refused with its place and what to do", () => {
  test.each([
    ["an empty file", "", {}],
    ["no rows", `${HEAD}\n`, { code: "EMPTY" }],
    ["a row with a column too few", `${HEAD}\nV1,甲,${NUMBER},a\nV2,乙\n`, { code: "COLUMNS", line: 3 }],
    ["a row with a column too many", `${HEAD}\nV1,甲,,a,b\n`, { code: "COLUMNS", line: 2 }],
    ["a repeated key", `${HEAD}\nV1,甲,,\nV2,乙,,\nV1,丙,,\n`, { code: "KEY_REPEATED", line: 4 }],
    ["an empty key", `${HEAD}\n,甲,,\n`, { code: "KEY_EMPTY", line: 2 }],
    ["a quote that is not closed", `${HEAD}\nV1,"甲,,\nV2,乙,,\n`, { line: expect.any(Number) }],
    ["a repeated heading", "编号,姓名,姓名\nV1,甲,乙\n", { code: "HEADING_REPEATED", column: "姓名" }],
    ["a null character in a heading", `品\0牌,${HEAD}\na,V1,甲,,\n`, { code: "HEADING_BROKEN", line: 1 }],
    ["headings without the mapped one", "编号,名字\nV1,甲\n", { code: "COLUMN_MISSING" }],
    [
      "bytes of no encoding",
      Buffer.concat([Buffer.from(`${HEAD}\nV1,`), Buffer.from([0xff, 0xff, 0x0a])]),
      { code: "BAD_ENCODING", line: 2 },
    ],
  ])("%s", async (_, content, place) => {
    const problem = await refused(canonicalise(file(content), mapping, pieceBytes));
    expect(problem.code).toBe("REGISTER_REFUSED");
    expect(problem.places[0] ?? {}).toMatchObject(place);
    const told = JSON.stringify([problem.detail, problem.places]);
    expect(told).not.toContain(NUMBER);
    expect(told).toMatch(/\p{Script=Han}.*[a-z]/u);
  });

  test("without a column for the name", async () => {
    const problem = await refused(canonicalise(file(`${HEAD}\nV1,甲,,\n`), { row: "编号" }, pieceBytes));
    expect(problem.places[0]).toMatchObject({ code: "COLUMN_NEEDED", field: "name" });
  });

  test("a workbook that is cut off, locked, holds macros, or is none", async () => {
    const bytes = await writeXlsx({ sheets: [{ name: "车辆", rows: [["姓名"], ["甲"]] }] });
    const locked = await writeXlsx({
      sheets: [{ name: "车辆", rows: [["姓名"], ["甲"]] }],
      encryption: { password: "secret", spinCount: 1000 },
    });
    const cases: [Uint8Array, RegExp][] = [
      [bytes.subarray(0, bytes.length - 40), /damaged/],
      [locked, /password/],
      [Buffer.from("PK\u0003\u0004 not a zip"), /damaged|no workbook/],
    ];
    for (const [content, words] of cases) {
      const problem = await refused(canonicalise(file(content), mapping, pieceBytes));
      expect(problem).toMatchObject({ code: "REGISTER_REFUSED" });
      expect(problem.places[0]?.en).toMatch(words);
    }
  });
});
