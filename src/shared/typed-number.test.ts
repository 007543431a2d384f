import fc from "fast-check";
import { expect, test } from "vitest";
import { tryDec } from "./decimal.ts";
import { isPlainDecimal, joinUnits, parseQualifier, parseTypedNumber } from "./typed-number.ts";

test.each([
  ["78.5", "78.5", null, null],
  ["１２，３４５．６０", "12345.6", null, null],
  ["1,234,567", "1234567", null, null],
  ["− 3.4", "-3.4", null, null],
  ["－57.3", "-57.3", null, null],
  ["1.2亿", "1.2", "亿", null],
  ["78.5亿元", "78.5", "亿元", null],
  ["78.5 亿元", "78.5", "亿元", null],
  ["9.3%", "9.3", "%", null],
  ["9.3％", "9.3", "%", null],
  ["近20万吨", "20", "万吨", "near"],
  ["约 20 万吨", "20", "万吨", "about"],
  ["20万吨左右", "20", "万吨", "about"],
  ["20余种", "20", "余种", null],
  ["500万元以上", "500", "万元", "over"],
  ["0.7个百分点", "0.7", "个百分点", null],
  ["下降57.3%", "-57.3", "%", null],
  ["增长 6.5%", "6.5", "%", null],
  ["+9.3%", "9.3", "%", null],
  ["持平", "0", "%", null],
  [".5", "0.5", null, null],
  ["007", "7", null, null],
] as const)("%s reads %s %s %s", (raw, digits, unit, qualifier) => {
  expect(parseTypedNumber(raw)).toMatchObject({ ok: true, value: { digits, unit, qualifier } });
});

test.each([
  ["", "EMPTY"],
  ["   ", "EMPTY"],
  ["—", "NOT_A_NUMBER"],
  ["无", "NOT_A_NUMBER"],
  ["1,23", "BAD_GROUPING"],
  ["1,2345", "BAD_GROUPING"],
  ["1.5E8", "EXPONENT"],
  ["3.4/8.58", "NOT_A_NUMBER"],
  ["=1+1", "NOT_A_NUMBER"],
  ["=cmd|' /C calc'!A0", "NOT_A_NUMBER"],
  ["1.2.3", "NOT_A_NUMBER"],
  ["下降-3%", "NOT_A_NUMBER"],
  ["20-30", "NOT_A_NUMBER"],
  ["1、234", "NOT_A_NUMBER"],
  ["1234567890123456789", "TOO_LONG"],
  ["1.1234567890123", "TOO_LONG"],
  ["9".repeat(100), "TOO_LONG"],
  ["Infinity", "NOT_A_NUMBER"],
])("%s is refused: %s", (raw, reason) => expect(parseTypedNumber(raw)).toEqual({ ok: false, error: reason }));

test.each([
  [null, "亿元", "亿元"],
  ["亿元", "亿元", "亿元"],
  ["亿", "元", "亿元"],
  ["亿", "亿元", "亿元"],
  ["万", "吨", "万吨"],
  ["万", "千瓦时", "万千瓦时"],
  ["亿元", null, "亿元"],
  ["万元", "亿元", undefined],
  ["亿", "万元", undefined],
  ["亿", "万亿元", undefined],
  ["万", "万亿元", undefined], // 1.2万 under 万亿元: which?
  ["亿", null, undefined],
] as const)("cell %s under column %s is %s", (cell, column, joined) =>
  expect(joinUnits(cell, column)).toBe(joined),
);

test.each([
  ["约", "about"],
  ["near", "near"],
  ["以上", "over"],
  ["", null],
])("qualifier %j is %s", (raw, q) => expect(parseQualifier(raw)).toEqual({ ok: true, value: q }));
test("an unknown qualifier is refused", () => expect(parseQualifier("大致如此吧").ok).toBe(false));

test("the fast form and the exact reader agree on every text", () => {
  const text = fc.string({ unit: fc.constantFrom(..."0123456789.-+e, ".split("")), maxLength: 12 });
  fc.assert(
    fc.property(text, (t) => isPlainDecimal(t) === (tryDec(t) !== undefined)),
    { numRuns: 3000 },
  );
});

test("a printed number reads back as itself, with or without separators", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 999999 }), (n, f) => {
      const plain = `${n}.${String(f).padStart(6, "0")}`;
      const grouped = plain.replace(/\B(?=(\d{3})+\.)/g, ",");
      const a = parseTypedNumber(plain);
      expect(a.ok && tryDec(a.value.digits)?.eq(plain)).toBe(true);
      expect(parseTypedNumber(grouped)).toEqual(a);
    }),
  );
});

/** Signs that a cell may hold, and some that none should. */
const AWKWARD =
  "0 1 9 . , - − – + e E % ％ ０ ９ ， ． 亿 万 元 吨 约 近 多 以 上 下 降 增 长 持 平 年 = | ' \" \\ \t \n \u0000 \ud800 \udfff \u200b \u202e ﷺ 😀 é"
    .split(" ")
    .concat(" ");

test("the reader never throws and never makes a number out of two", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...AWKWARD), maxLength: 70 }), (t) => {
      const parsed = parseTypedNumber(t);
      if (parsed.ok) expect(tryDec(parsed.value.digits)).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});
