import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dec, formatFixed } from "../../../shared/decimal.ts";
import { period } from "../../../shared/period.ts";
import { aFigure, aMeasure, aSeries, growthFigure, INDUSTRY, INVESTMENT } from "./example-facts.ts";
import { computeGrowth, growthFromChange, impliedBase, rateOfChange } from "./growth.ts";

const JULY = period("2016-07");
const twoValues = [aFigure(1, "2016-07", "110"), aFigure(2, "2015-07", "100")];

test("two values give growth where the measure allows it", () => {
  expect(computeGrowth(aSeries(twoValues), JULY)).toMatchObject({
    value: dec(10),
    refs: ["f1", "f2"],
    origin: "recomputed",
  });
});

test("comparable prices are never recomputed, nor is a measure whose base is revised", () => {
  expect(computeGrowth(aSeries(twoValues, { measure: INDUSTRY }), JULY)).toEqual({
    missing: "COMPARABLE_PRICES",
  });
  expect(computeGrowth(aSeries(twoValues, { measure: INVESTMENT }), JULY)).toEqual({ missing: "NO_GROWTH" });
  // the price basis forbids it even where a wrong policy would allow it
  const wrong = aMeasure({ priceBasis: "comparable", growthPolicy: "recomputable" });
  expect(computeGrowth(aSeries(twoValues, { measure: wrong }), JULY)).toEqual({
    missing: "COMPARABLE_PRICES",
  });
  const rate = aMeasure({ kind: "rate" });
  expect(computeGrowth(aSeries(twoValues, { measure: rate }), JULY)).toEqual({ missing: "NO_GROWTH" });
});

test("a published rate stands; what two values give is kept beside it as a check", () => {
  const figures = [...twoValues, growthFigure(3, "2016-07", "9.3")];
  const growth = computeGrowth(aSeries(figures), JULY);
  expect(growth).toMatchObject({
    value: dec("9.3"),
    refs: ["f3"],
    origin: "reported",
    recomputed: { value: dec(10), refs: ["f1", "f2"] },
  });
  expect(computeGrowth(aSeries(figures, { measure: INVESTMENT }), JULY)).not.toHaveProperty("recomputed");
});

test("what is not there is named", () => {
  expect(computeGrowth(aSeries([]), JULY)).toEqual({ missing: "NO_VALUE" });
  expect(computeGrowth(aSeries([aFigure(1, "2016-07", "110")]), JULY)).toEqual({ missing: "NO_PRIOR" });
  for (const base of ["0", "-5"]) {
    const figures = [aFigure(1, "2016-07", "110"), aFigure(2, "2015-07", base)];
    expect(computeGrowth(aSeries(figures), JULY)).toEqual({ missing: "ZERO_BASE" });
  }
  expect(computeGrowth(aSeries([]), JULY)).not.toHaveProperty("value");
});

describe("from 减少 d: the base is last year's value, not this year's", () => {
  test.each([
    ["161", "-8", "-4.7"], // the speech printed 5.1
    ["385", "-191", "-33.2"],
    ["36.1", "-11.4", "-24.0"],
    ["29", "-12", "-29.3"],
    ["15.9", "-2.7", "-14.5"],
  ])("%s after %s is %s %%", (now, change, rate) => {
    const growth = growthFromChange(dec(now), dec(change));
    expect(growth && formatFixed(growth, 1)).toBe(rate);
  });
  test("nothing last year, no rate", () => expect(growthFromChange(dec(5), dec(5))).toBeUndefined());
});

const positive = fc.integer({ min: 1, max: 10 ** 12 }).map((n) => dec(n).div(100));

test("the implied base gives the rate back", () => {
  fc.assert(
    fc.property(positive, fc.integer({ min: -999, max: 5000 }), (value, tenths) => {
      const rate = dec(tenths).div(10);
      const base = impliedBase(value, rate);
      const again = base && rateOfChange(value, base);
      expect(again && formatFixed(again, 10)).toBe(formatFixed(rate, 10));
    }),
  );
  expect(impliedBase(dec(5), dec(-100))).toBeUndefined();
});

test("growth has the sign of the change", () => {
  fc.assert(
    fc.property(
      positive,
      positive,
      (now, base) => rateOfChange(now, base)?.s === now.minus(base).s || now.eq(base),
    ),
  );
});
