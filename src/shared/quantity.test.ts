import fc from "fast-check";
import { expect, test } from "vitest";
import { dec } from "./decimal.ts";
import { convert, findUnit, shiftPoint, UNITS } from "./quantity.ts";

test.each([
  ["78.5", "亿元", "万元", "785000"],
  ["785000", "万元", "亿元", "78.5"],
  ["36996", "万元", "元", "369960000"],
  ["1", "亿度", "万千瓦时", "10000"],
  ["161", "万吨", "吨", "1610000"],
  ["0.3205", "元/千瓦时", "元/度", "0.3205"],
  ["15", "‰", "%", "1.5"],
  ["3", "元/公斤", "元/吨", "3000"],
])("%s %s is %s", (value, from, to, out) => {
  const converted = convert(dec(value), from, to);
  expect(converted.ok && converted.value.toFixed()).toBe(out);
});

test.each([
  ["%", "百分点"],
  ["百分点", "%"],
  ["元", "吨"],
  ["亩", "公顷"],
  ["人", "户"],
  ["元/吨", "元/千瓦时"],
  ["千瓦", "千瓦时"],
])("%s never becomes %s", (from, to) => {
  const converted = convert(dec(1), from, to);
  expect(!converted.ok && converted.error.code).toBe("OTHER_DIMENSION");
});

test("an unknown unit is named", () => {
  expect(convert(dec(1), "两", "吨")).toEqual({ ok: false, error: { code: "UNKNOWN_UNIT", unit: "两" } });
});

test.each([
  ["％", "%"],
  [" 万 元", "万元"],
  ["kWh", "千瓦时"],
  ["㎡", "平方米"],
])("%s is spelt %s", (typed, name) => expect(findUnit(typed)?.name).toBe(name));

const digits = fc
  .tuple(fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }), fc.integer({ min: 0, max: 12 }))
  .map(([n, places]) => dec(n.toString()).div(dec(10).pow(places)));
const unit = fc.constantFrom(...UNITS.values());
const pairs = [...UNITS.values()].flatMap((a) =>
  [...UNITS.values()].filter((b) => b.dimension === a.dimension).map((b) => [a, b] as const),
);

test("there and back again is exact, within a dimension", () => {
  fc.assert(
    fc.property(digits, fc.constantFrom(...pairs), (value, [a, b]) => {
      const there = convert(value, a.name, b.name);
      const back = there.ok ? convert(there.value, b.name, a.name) : there;
      expect(back.ok && back.value.eq(value)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("across dimensions nothing converts", () => {
  fc.assert(
    fc.property(digits, unit, unit, (value, a, b) => {
      fc.pre(a.dimension !== b.dimension);
      expect(convert(value, a.name, b.name).ok).toBe(false);
    }),
  );
});

test("moving the point is multiplying by a power of ten", () => {
  fc.assert(
    fc.property(digits, fc.integer({ min: -14, max: 14 }), (value, shift) => {
      expect(shiftPoint(value.toFixed(), shift)).toBe(value.times(dec(10).pow(shift)).toFixed());
    }),
    { numRuns: 2000 },
  );
  expect(shiftPoint("-000.500", 0)).toBe("-0.5");
  expect(shiftPoint("-0.000", 0)).toBe("0");
  expect(shiftPoint("0078", -4)).toBe("0.0078");
});
