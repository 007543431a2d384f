import fc from "fast-check";
import { expect, test } from "vitest";
import { dec, formatFixed, formatShort, roundHalfUp, sum, tryDec } from "./decimal.ts";

test.each([
  ["0.25", 1, "0.3"],
  ["-0.25", 1, "-0.3"],
  ["0.249999", 1, "0.2"],
  ["41.0135", 1, "41.0"],
  ["2.675", 2, "2.68"], // the double 2.675 would give 2.67
  ["-0.04", 1, "0.0"],
  ["1e3", 0, "1000"],
])("%s to %i places is %s", (x, places, text) => expect(formatFixed(dec(x), places)).toBe(text));

test.each([
  ["1234567.891", 1, "1,234,567.9"],
  ["-1234", 0, "-1,234"],
  ["999", 0, "999"],
])("groups %s", (x, places, text) => expect(formatFixed(dec(x), places, { grouping: true })).toBe(text));

test("nothing rounds to minus zero", () => {
  expect(roundHalfUp(dec("-0.04"), 1).isNegative()).toBe(false);
});

test("formatShort keeps the digits that are there", () => {
  expect(formatShort(dec("78.5"), 4)).toBe("78.5");
  expect(formatShort(dec("8.58000"), 4)).toBe("8.58");
  expect(formatShort(dec("0.00004"), 4)).toBe("0");
});

test.each(["", "1e5", " 1", "1.", ".5", "+1", "Infinity", "NaN", "0x10", "１"])("tryDec refuses %j", (text) =>
  expect(tryDec(text)).toBeUndefined(),
);

test("strings never carry an exponent", () => {
  expect(dec("1e30").toString()).toBe("1000000000000000000000000000000");
  expect(dec("1e-30").toString()).toBe("0.000000000000000000000000000001");
});

const cents = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

test("half up: the rounded value is within half a step, and a tie goes away from zero", () => {
  fc.assert(
    fc.property(cents, (n) => {
      const exact = dec(n.toString()).div(1000);
      const rounded = roundHalfUp(exact, 1);
      const off = rounded.minus(exact).abs();
      expect(off.lte("0.05")).toBe(true);
      if (off.eq("0.05")) expect(rounded.abs().gt(exact.abs())).toBe(true);
    }),
  );
});

test("sums are exact", () => {
  fc.assert(
    fc.property(fc.array(cents), (ns) => {
      const total = ns.reduce((a, b) => a + b, 0n);
      expect(
        sum(ns.map((n) => dec(n.toString()).div(100)))
          .times(100)
          .toFixed(),
      ).toBe(total.toString());
    }),
  );
});
