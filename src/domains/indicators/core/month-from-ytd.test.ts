import fc from "fast-check";
import { expect, test } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import { monthPeriod, period } from "../../../shared/period.ts";
import { aFigure, aMeasure, aSeries, INCOME, ytdFromMonths } from "./example-facts.ts";
import { monthFromYtd } from "./month-from-ytd.ts";

test("year-to-date minus year-to-date of the month before", () => {
  const series = aSeries([aFigure(1, "2016-07", "785"), aFigure(2, "2016-06", "671.5")]);
  expect(monthFromYtd(series, period("2016-07"))).toEqual({ value: dec("113.5"), refs: ["f1", "f2"] });
});

test("January is its own year-to-date, whatever December was", () => {
  const series = aSeries([aFigure(1, "2016-01", "10"), aFigure(2, "2015-12", "900")]);
  expect(monthFromYtd(series, period("2016-01"))).toEqual({ value: dec(10), refs: ["f1"] });
});

test("where January and February come together, February has no month", () => {
  expect(monthFromYtd(aSeries([aFigure(1, "2016-02", "30")]), period("2016-02"))).toEqual({
    missing: "NO_PRIOR",
  });
});

test("a collected figure of the month stands", () => {
  const figures = [
    aFigure(1, "2016-07", "785"),
    aFigure(2, "2016-06", "671.5"),
    aFigure(3, "2016-07", "114", { basis: "month" }),
  ];
  expect(monthFromYtd(aSeries(figures), period("2016-07"))).toEqual({ value: dec(114), refs: ["f3"] });
});

test("a revision may make a month negative", () => {
  const series = aSeries([aFigure(1, "2016-07", "600"), aFigure(2, "2016-06", "671.5")]);
  expect(monthFromYtd(series, period("2016-07"))).toMatchObject({ value: dec("-71.5") });
});

test("only flows have months", () => {
  const figures = [aFigure(1, "2016-07", "785"), aFigure(2, "2016-06", "671.5")];
  expect(monthFromYtd(aSeries(figures, { measure: INCOME }), period("2016-07"))).toEqual({
    missing: "NOT_A_FLOW",
  });
  const stock = aSeries(figures, { measure: aMeasure({ kind: "stock" }), basis: "point" });
  expect(monthFromYtd(stock, period("2016-07"))).toEqual({ missing: "NOT_A_FLOW" });
  expect(monthFromYtd(aSeries([]), period("2016-07"))).toEqual({ missing: "NO_VALUE" });
});

test("the months of a year add up to its year-to-date", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1000, max: 10 ** 9 }), { minLength: 12, maxLength: 12 }),
      (amounts) => {
        const series = aSeries(ytdFromMonths("2015-01", amounts));
        for (const [i, amount] of amounts.entries()) {
          expect(monthFromYtd(series, monthPeriod(2015, i + 1))).toMatchObject({ value: dec(amount) });
        }
      },
    ),
  );
});
