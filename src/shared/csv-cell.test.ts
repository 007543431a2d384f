import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvCell, quoteCell } from "./csv-cell.ts";

describe("a cell of CSV", () => {
  test.each<[string | number | null, string]>([
    [null, ""],
    [0, "0"],
    [-57.3, "-57.3"],
    ["", ""],
    ["原平市", "原平市"],
    ["-57.3", "-57.3"],
    ["-", `"'-"`],
    ["=1+1", `"'=1+1"`],
    ["+8613800000000", `"'+8613800000000"`],
    ["@A1", `"'@A1"`],
    ["\t=1", `"'\t=1"`],
    ["\r=1", `"'\r=1"`],
    ["-2+3", `"'-2+3"`],
    ["-57.3 亿元", `"'-57.3 亿元"`],
    ["a,b", '"a,b"'],
    ['he said "no"', '"he said ""no"""'],
    ["two\nlines", '"two\nlines"'],
    ["1=1", "1=1"],
    ["=SUM(1,2)", `"'=SUM(1,2)"`],
    ['="x"', `"'=""x"""`],
  ])("%j → %s", (cell, wanted) => expect(csvCell(cell)).toBe(wanted));

  test("never begins as a formula does, and is read again as it was but for the apostrophe", () => {
    const hostile = fc.tuple(fc.constantFrom("", "=", "+", "-", "@", "\t", "\r", "'", '"'), fc.string());
    fc.assert(
      fc.property(hostile, ([head, tail]) => {
        const cell = head + tail;
        const [[read]] = parse(`${csvCell(cell)},x\r\n`, { record_delimiter: "\r\n" }) as [[string]];
        const isNumber = /^-?\d+(\.\d+)?$/.test(cell);
        expect(/^[=+\-@\t\r]/.test(read) && !isNumber).toBe(false);
        expect([cell, `'${cell}`]).toContain(read);
      }),
    );
  });
});

test("a cell for a program is read again exactly as it was", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), (cells) => {
      const line = `${cells.map(quoteCell).join(",")}\n`;
      expect(parse(line, { record_delimiter: "\n" })).toEqual([cells]);
    }),
  );
});
