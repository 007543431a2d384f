import fc from "fast-check";
import { expect, test } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import { addMonths, period } from "../../../shared/period.ts";
import { aFigure, aSeries, growthFigure } from "./example-facts.ts";
import { computeTrend, trendWord } from "./trend.ts";

const word = (...rates: (number | string)[]) => trendWord(rates.map((r) => ({ growth: dec(r) })));

test.each([
  [[20.2, 13.7, 10.0, 9.3], "falling"],
  [[9.3, 10, 13.7, 20.2], "rising"],
  [[-60, -50], "narrowing-fall"],
  [[-50, -60], "widening-fall"],
  [[-5, 3], "rising"],
  [[3, -5], "falling"],
  [[-3, 0], "rising"],
  [[9.3, 9.4, 9.2, 9.3], "flat"],
  [[9.3, 9.3, 9.3], "flat"],
  [[9.1, 9.3], "flat"],
  [[9.0, 9.1, 9.3], "rising"],
  [[5, 9, 6, 8], "fluctuating"],
  [[-5, -9, -6, -8], "fluctuating"],
  [[5, 5, 9], "rising"],
])("%j is %s", (rates, expected) => expect(word(...rates)).toBe(expected));

test("the last four points of the last twelve months, ending with the period", () => {
  const rates = ["1", "30", "20.2", "13.7", "10.0", "9.3", "50"];
  const figures = rates.map((r, i) => growthFigure(i + 1, addMonths(period("2016-02"), i), r));
  const trend = computeTrend(aSeries(figures), period("2016-07"));
  expect(trend).toMatchObject({ word: "falling", change: dec("-0.7") });
  expect("points" in trend && trend.points.map((x) => [x.period, x.ref])).toEqual([
    ["2016-04", "f3"],
    ["2016-05", "f4"],
    ["2016-06", "f5"],
    ["2016-07", "f6"],
  ]);
});

test("refusals", () => {
  expect(computeTrend(aSeries([growthFigure(1, "2016-06", "5")]), period("2016-07"))).toEqual({
    missing: "NO_GROWTH",
  });
  expect(computeTrend(aSeries([growthFigure(1, "2016-07", "5")]), period("2016-07"))).toEqual({
    missing: "SHORT_HISTORY",
  });
  const longAgo = [growthFigure(1, "2014-07", "50"), growthFigure(2, "2016-07", "5")];
  expect(computeTrend(aSeries(longAgo), period("2016-07"))).toEqual({ missing: "SHORT_HISTORY" });
});

test("where growth is not published, two values give the point", () => {
  const figures = [
    aFigure(1, "2016-07", "110"),
    aFigure(2, "2015-07", "100"),
    growthFigure(3, "2016-06", "20"),
  ];
  const trend = computeTrend(aSeries(figures), period("2016-07"));
  expect(trend).toMatchObject({
    word: "falling",
    points: [{ origin: "reported" }, { origin: "recomputed", ref: "f1" }],
  });
});

test("the same points backwards turn the word round", () => {
  const opposite = {
    rising: "falling",
    falling: "rising",
    "narrowing-fall": "widening-fall",
    "widening-fall": "narrowing-fall",
  } as const;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 2, maxLength: 4 }), (rates) => {
      const there = word(...rates);
      const back = word(...rates.toReversed());
      expect(back).toBe(there in opposite ? opposite[there as keyof typeof opposite] : there);
    }),
  );
});
