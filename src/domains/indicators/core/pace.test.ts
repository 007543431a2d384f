import { describe, expect, test } from "vitest";
import { dec, formatFixed } from "../../../shared/decimal.ts";
import { monthPeriod, period } from "../../../shared/period.ts";
import { computeCompletion } from "./completion.ts";
import { aFigure, aMeasure, anOneOff, aSeries, aTarget, INCOME, ytdFromMonths } from "./example-facts.ts";
import { computeAchievedMonthly, computeGap, computeRequiredMonthly } from "./gap.ts";
import { computePace, computeSeasonalPace } from "./pace.ts";
import { planProblem, shareOfYear } from "./season.ts";
import type { Series } from "./series.ts";
import { isMissing } from "./traced.ts";

const JULY = period("2016-07");
const DECEMBER = period("2016-12");
const target = aTarget(1, "1000");
const months = (first: number, then: number) => [...Array(12).keys()].map((i) => (i < 6 ? first : then));
const seasonal = (series: Series, plan?: Parameters<typeof computeSeasonalPace>[3]) =>
  computeSeasonalPace(series, JULY, computeCompletion(series, JULY, target), plan);

describe("completion", () => {
  const value = aSeries([aFigure(1, "2016-07", "410")]);
  test("value over target", () =>
    expect(computeCompletion(value, JULY, target)).toEqual({ value: dec(41), refs: ["f1", "t1"] }));
  test("refusals", () => {
    expect(computeCompletion(value, JULY, undefined)).toEqual({ missing: "NO_TARGET" });
    expect(computeCompletion(value, DECEMBER, target)).toEqual({ missing: "NO_VALUE" });
    expect(computeCompletion(value, JULY, aTarget(1, "0"))).toEqual({ missing: "ZERO_BASE" });
    expect(computeCompletion(value, JULY, aTarget(1, "-5"))).toEqual({ missing: "ZERO_BASE" });
    const rate = aSeries([aFigure(1, "2016-07", "410")], { measure: aMeasure({ kind: "rate" }) });
    expect(computeCompletion(rate, JULY, target)).toEqual({ missing: "NOT_A_FLOW" });
    const month = aSeries([aFigure(1, "2016-07", "410", { basis: "month" })], { basis: "month" });
    expect(computeCompletion(month, JULY, target)).toEqual({ missing: "NOT_A_FLOW" });
  });
  test("a stock and an average have completion, though no pace", () => {
    const stock = aSeries([aFigure(1, "2016-07", "410", { basis: "point" })], {
      measure: aMeasure({ kind: "stock" }),
      basis: "point",
    });
    expect(computeCompletion(stock, JULY, target)).toMatchObject({ value: dec(41) });
    expect(computePace(stock, JULY, target, computeCompletion(stock, JULY, target))).toEqual({
      missing: "NOT_A_FLOW",
    });
    const income = aSeries([aFigure(1, "2016-07", "410")], { measure: INCOME });
    expect(computeCompletion(income, JULY, target)).toMatchObject({ value: dec(41) });
  });
});

describe("gap", () => {
  const at = (p: typeof JULY, value: string) => {
    const series = aSeries([aFigure(1, p, value)]);
    const gap = computeGap(series, p, target);
    return { gap, required: computeRequiredMonthly(gap, p), achieved: computeAchievedMonthly(series, p) };
  };
  test("July: five months are left, seven are gone", () => {
    const july = at(JULY, "350");
    expect(july.gap).toEqual({ value: dec(650), refs: ["t1", "f1"] });
    expect(july.required).toEqual({ value: dec(130), refs: ["t1", "f1"] });
    expect(july.achieved).toEqual({ value: dec(50), refs: ["f1"] });
  });
  test("December: no month is left", () => {
    const december = at(DECEMBER, "900");
    expect(december.gap).toMatchObject({ value: dec(100) });
    expect(december.required).toEqual({ missing: "YEAR_ENDED" });
    expect(december.achieved).toMatchObject({ value: dec(75) });
  });
  test("a task done needs nothing more", () => {
    const done = at(JULY, "1100");
    expect(done.gap).toMatchObject({ value: dec(-100) });
    expect(done.required).toMatchObject({ value: dec(0) });
  });
  test("required for the months left and the value add up to the target", () => {
    for (let m = 1; m < 12; m++) {
      const { required } = at(monthPeriod(2016, m), "345.67");
      if (isMissing(required)) throw new Error(required.missing);
      expect(formatFixed(required.value.times(12 - m).plus("345.67"), 20)).toBe(formatFixed(dec(1000), 20));
    }
  });
});

describe("pace", () => {
  test("elapsed time in every month", () => {
    for (let m = 1; m <= 12; m++) {
      const p = monthPeriod(2016, m);
      const series = aSeries([aFigure(1, p, "500")]);
      const pace = computePace(series, p, target, computeCompletion(series, p, target));
      if (isMissing(pace)) throw new Error(pace.missing);
      expect(formatFixed(pace.expected.value, 6)).toBe(formatFixed(dec((m * 100) / 12), 6));
      expect(pace.distance.value.eq(dec(50).minus(pace.expected.value))).toBe(true);
    }
  });

  // 2014: 30 and 70 % by halves; 2015: 50 and 50 %. After July: 30 + 70/6, 50 + 50/6
  const history = ytdFromMonths("2014-01", [
    ...months(5, 70 / 6),
    ...months(10, 10),
    ...months(10, 10).slice(0, 7),
  ]);

  test("the season is the average share of the full years before", () => {
    const pace = seasonal(aSeries(history));
    if (isMissing(pace)) throw new Error(pace.missing);
    expect(formatFixed(pace.expected.value, 3)).toBe("50.000");
    expect(pace.years).toEqual([2014, 2015]);
    expect(pace.expected.refs).toEqual(["f1006", "f1011", "f1018", "f1023"]);
    expect(formatFixed(pace.distance.value, 3)).toBe("-43.000"); // 70 of 1000
  });

  test("the running year and years that are not full do not count", () => {
    const without2014End = history.filter((f) => f.period !== "2014-12");
    expect(seasonal(aSeries(without2014End))).toMatchObject({ years: [2015] });
    expect(seasonal(aSeries(history.filter((f) => f.period >= "2016")))).toEqual({
      missing: "SHORT_HISTORY",
    });
    const december = [...history, aFigure(5000, "2016-12", "100")];
    expect(seasonal(aSeries(december))).toMatchObject({ years: [2014, 2015] });
  });

  test("a figure of the whole year serves as its December", () => {
    const figures = [
      aFigure(1, "2016-07", "70"),
      aFigure(2, "2015-07", "70"),
      aFigure(3, "2015", "120", { basis: "year" }),
    ];
    const share = shareOfYear(aSeries(figures), JULY);
    expect(!isMissing(share) && formatFixed(share.value, 2)).toBe("58.33");
  });

  test("one-offs do not shape the season", () => {
    const flat = ytdFromMonths(
      "2015-01",
      [10, 10, 10, 10, 10, 510, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10],
    );
    const oneOffs = [anOneOff(7, "2015-06", "500")];
    const share = shareOfYear(aSeries(flat, { oneOffs }), JULY);
    expect(!isMissing(share) && formatFixed(share.value, 2)).toBe("58.33");
    expect(share).toMatchObject({ refs: ["f1006", "o7", "f1011"] });
  });

  test("a plan goes before the average", () => {
    const plan = [3, 8, 15, 23, 31, 40, 48, 57, 67, 78, 89, 100].map(dec);
    const pace = seasonal(aSeries(history), plan);
    if (isMissing(pace)) throw new Error(pace.missing);
    expect(pace.expected.value.eq(48)).toBe(true);
    expect(pace.years).toBeUndefined();
    expect(planProblem(plan)).toBeUndefined();
  });

  test("a broken plan is refused and not used", () => {
    for (const shares of [[100], [...Array(11).fill(50), 99], [60, 50, ...Array(9).fill(70), 100]]) {
      const plan = shares.map(dec);
      expect(planProblem(plan)).toBeDefined();
      expect(seasonal(aSeries(history), plan)).toMatchObject({ years: [2014, 2015] });
    }
  });
});
