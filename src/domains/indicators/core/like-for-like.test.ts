import fc from "fast-check";
import { expect, test } from "vitest";
import { dec, formatFixed } from "../../../shared/decimal.ts";
import { period } from "../../../shared/period.ts";
import type { LikeForLike } from "./assessment.ts";
import { aFigure, aMeasure, anOneOff, aSeries, growthFigure, INDUSTRY, INVESTMENT } from "./example-facts.ts";
import { computeGrowth } from "./growth.ts";
import { computeLikeForLike } from "./like-for-like.ts";
import type { OneOff, Series } from "./series.ts";
import { isMissing } from "./traced.ts";

const JULY = period("2016-07");
const of = (series: Series) => computeLikeForLike(series, JULY, computeGrowth(series, JULY));
function given(series: Series): LikeForLike {
  const found = of(series);
  if (isMissing(found)) throw new Error(found.missing);
  return found;
}
const grant: OneOff = anOneOff(1, "2015-06", "36996");

test.each([
  ["general budget", "34000", "-57.3", "-20.2"],
  ["total revenue", "71000", "-52", "-36.0"],
])("the speech's %s", (_, value, growth, rate) => {
  const found = given(
    aSeries([aFigure(1, "2016-07", value), growthFigure(2, "2016-07", growth)], { oneOffs: [grant] }),
  );
  expect(formatFixed(found.growth.value, 1)).toBe(rate);
  expect(found.growth.refs).toEqual(["f1", "f2", "o1"]);
});

test("last year's value in the ledger is the base where the two may be compared", () => {
  const figures = [
    aFigure(1, "2016-07", "34000"),
    aFigure(2, "2015-07", "80000"),
    growthFigure(3, "2016-07", "-57.3"),
  ];
  const found = given(aSeries(figures, { oneOffs: [grant] }));
  expect(found.base).toEqual({ value: dec(80000), refs: ["f2"] });
  expect(found.growth.refs).toEqual(["f1", "f2", "o1"]);
  // investment: the scope of the base was revised, so the published rate implies it
  const reported = given(aSeries(figures, { measure: INVESTMENT, oneOffs: [grant] }));
  expect(formatFixed(reported.base.value, 0)).toBe("79625");
});

test("only the one-offs of the months counted are taken out, on both sides", () => {
  const figures = [aFigure(1, "2016-07", "120"), aFigure(2, "2015-07", "100")];
  const oneOffs = [
    anOneOff(1, "2015-07", "20"), // in
    anOneOff(2, "2015-08", "50"), // after July: out
    anOneOff(3, "2014-06", "50"), // another year: out
    anOneOff(4, "2016-01", "30"), // in the present value
  ];
  const found = given(aSeries(figures, { oneOffs }));
  expect(found.adjustedBase).toEqual({ value: dec(80), refs: ["f2", "o1"] });
  expect(found.growth).toEqual({ value: dec("12.5"), refs: ["f1", "f2", "o1", "o4"] }); // 90 ÷ 80
  expect(found.explained).toMatchObject({ value: dec(50) }); // (30 − 20) of (120 − 100)
});

test("refusals", () => {
  const figures = [aFigure(1, "2016-07", "34000"), growthFigure(2, "2016-07", "-57.3")];
  expect(of(aSeries(figures))).toEqual({ missing: "NO_ONE_OFFS" });
  expect(of(aSeries(figures, { measure: INDUSTRY, oneOffs: [grant] }))).toEqual({
    missing: "COMPARABLE_PRICES",
  });
  expect(of(aSeries([], { oneOffs: [grant] }))).toEqual({ missing: "NO_VALUE" });
  expect(of(aSeries([aFigure(1, "2016-07", "34000")], { oneOffs: [grant] }))).toEqual({
    missing: "NO_PRIOR",
  });
  const stock = aMeasure({ kind: "stock" });
  expect(of(aSeries(figures, { measure: stock, basis: "point", oneOffs: [grant] }))).toEqual({
    missing: "NOT_A_FLOW",
  });
  const whole = [aFigure(1, "2016-07", "5"), aFigure(2, "2015-07", "36996")];
  expect(of(aSeries(whole, { oneOffs: [grant] }))).toEqual({ missing: "ZERO_BASE" }); // the grant was all there was
});

test("no change in value: nothing to explain", () => {
  const figures = [aFigure(1, "2016-07", "50000"), aFigure(2, "2015-07", "50000")];
  expect(given(aSeries(figures, { oneOffs: [grant] })).explained).toEqual({ missing: "ZERO_BASE" });
});

test("a one-off in the base makes the true growth better, one in the value makes it worse", () => {
  const amount = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(amount, amount, amount, (now, base, off) => {
      fc.pre(off < base);
      const figures = [aFigure(1, "2016-07", String(now)), aFigure(2, "2015-07", String(base))];
      const plain = computeGrowth(aSeries(figures), JULY);
      if (isMissing(plain)) throw new Error(plain.missing);
      const inBase = given(aSeries(figures, { oneOffs: [anOneOff(1, "2015-03", String(off))] }));
      const inValue = given(aSeries(figures, { oneOffs: [anOneOff(1, "2016-03", String(off))] }));
      expect(inBase.growth.value.gt(plain.value)).toBe(true);
      expect(inValue.growth.value.lt(plain.value)).toBe(true);
    }),
  );
});
