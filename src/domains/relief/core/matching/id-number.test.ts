import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeCheck, emptyIdNumber, idKind, isDate, readIdNumber } from "./id-number.ts";
import type { IdNumber } from "./id-number.ts";

function read(text: string): IdNumber {
  const bytes = new TextEncoder().encode(text);
  const id = emptyIdNumber();
  readIdNumber(bytes, { start: 0, end: bytes.length }, id);
  return id;
}

/** The two examples of GB 11643-1999, annex A. */
const [womansNumber, mansNumber] = ["11010519491231002X", "440524188001010014"];
const parts = { region: 110105, birth: 19491231, serial: 2, check: 10 };

describe("reading an ID number", () => {
  it.each([
    ["as printed", womansNumber],
    ["with a small x", "11010519491231002x"],
    ["with a star for the X", "11010519491231002*"],
    ["with a multiplication sign for the X", "11010519491231002×"],
    ["in full width", "１１０１０５１９４９１２３１００２Ｘ"],
    ["in groups", "110105 19491231 002X"],
    ["after an apostrophe", "'11010519491231002X"],
    ["before an ideographic space", "11010519491231002X　"],
    ["as a disability card of twenty", "11010519491231002X43"],
    ["as a replaced disability card", "11010519491231002X43B1"],
  ])("is the same %s", (_, text) => {
    expect(read(text)).toMatchObject({ ...parts, kind: idKind.valid });
  });

  it("says that a cell held more than the number", () => {
    expect([read(womansNumber).isTidied, read(`${womansNumber} `).isTidied]).toEqual([false, true]);
  });

  it("puts the century and the check character to fifteen digits", () => {
    expect(read("110105491231002")).toMatchObject({ ...parts, kind: idKind.old, isTidied: true });
  });

  it.each([
    ["a wrong check character", "110105194912310021", idKind.failed],
    ["a month that is none", "110105194913310022", idKind.failed],
    ["what a spreadsheet leaves of it", "110105194912310000", idKind.failed],
    ["a character too few", "1101051949123100X", idKind.odd],
    ["a character too many", "110105194912310022X", idKind.odd],
    ["a character that cannot be read", "1101051949123100?X", idKind.odd],
    ["nothing", "", idKind.none],
    ["a word", "无", idKind.none],
    ["a placeholder", "000000000000000000", idKind.none],
    ["a phone", "13803500000", idKind.none],
  ])("tells %s", (_, text, kind) => {
    expect(read(text).kind).toBe(kind);
  });

  it("keeps what an odd number was read as", () => {
    expect(read("1101051949123100X").odd).toEqual([1, 1, 0, 1, 0, 5, 1, 9, 4, 9, 1, 2, 3, 1, 0, 0, 10]);
  });
});

const seventeen = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 });

describe("the check character", () => {
  it("is that of the standard's examples", () => {
    expect(
      [womansNumber, mansNumber].map((text) => computeCheck(Array.from(text.slice(0, 17), Number))),
    ).toEqual([10, 4]);
  });

  it("changes with any one digit", () => {
    fc.assert(
      fc.property(seventeen, fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const wrong = digits.with(at, ((digits[at] as number) + by) % 10);
        expect(computeCheck(wrong)).not.toBe(computeCheck(digits));
      }),
    );
  });

  it("changes when two unlike neighbours are swapped", () => {
    fc.assert(
      fc.property(seventeen, fc.nat(15), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const a = digits[at] as number;
        const b = (a + by) % 10;
        const unlike = digits.with(at + 1, b);
        expect(computeCheck(unlike.with(at, b).with(at + 1, a))).not.toBe(computeCheck(unlike));
      }),
    );
  });
});

it("knows the days of a year", () => {
  expect([20000229, 19000229, 20160431, 19491231, 18791231].map(isDate)).toEqual([
    true,
    false,
    false,
    true,
    false,
  ]);
});
