import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { period } from "../../../shared/period.ts";
import { backtest } from "./backtest.ts";
import { aMeasure, anOneOff, aSeries, aTarget, ytdFromMonths } from "./example-facts.ts";
import { dampedTrend, type History, lastYearShape } from "./forecast-models.ts";
import { computeForecasts, historyOf } from "./forecast.ts";
import { studentCdf, studentQuantile } from "./student-t.ts";

const JULY = period("2016-07");
const index = (year: number, month: number) => year * 12 + month - 1;
/** Thirty-one months from January 2014 with a season; each year `growth` times the one before; some noise. */
const monthly = (growth: number, noise = 0) =>
  [...Array(31).keys()].map((i) => {
    const season = 80 + 40 * Math.sin((i % 12) * 0.9) + (i % 12) * 5;
    return Math.round(1000 * season * growth ** Math.floor(i / 12) * (1 + noise * Math.sin(i * 7.3)));
  });
const historyFrom = (amounts: readonly number[]) => historyOf(aSeries(ytdFromMonths("2014-01", amounts)));

describe("student's t", () => {
  // tables: t with 0.9 below it
  test.each([
    [1, 3.0777],
    [2, 1.8856],
    [3, 1.6377],
    [9, 1.383],
    [30, 1.3104],
  ])("with %i degrees of freedom", (freedom, t) => {
    expect(studentCdf(t, freedom)).toBeCloseTo(0.9, 4);
    expect(studentQuantile(0.9, freedom)).toBeCloseTo(t, 3);
    expect(studentCdf(-t, freedom)).toBeCloseTo(0.1, 4);
  });
  test("both ends", () => {
    expect(studentCdf(0, 5)).toBe(0.5);
    expect(studentCdf(Number.POSITIVE_INFINITY, 5)).toBe(1);
    expect(studentCdf(1e9, 4)).toBeCloseTo(1, 12);
  });
});

describe("models", () => {
  const history = historyFrom(monthly(1.1));

  test("last-year shape: done so far over the share done by then", () => {
    const flat: History = new Map([
      [index(2014, 7), 40],
      [index(2014, 12), 100],
      [index(2015, 7), 60],
      [index(2015, 12), 100],
      [index(2016, 7), 55],
    ]);
    expect(lastYearShape(flat, index(2016, 7), index(2016, 12))).toBeCloseTo(110, 9); // 55 ÷ average of 40 and 60 %
    expect(lastYearShape(flat, index(2014, 7), index(2014, 12))).toBeUndefined();
  });

  test("damped trend: a steady ratio to last year is carried on", () => {
    const steady: History = new Map(
      [...Array(31).keys()].map((i) => [
        index(2014, 1) + i,
        ((i % 12) + 1) * 100 * 1.1 ** Math.floor(i / 12),
      ]),
    );
    expect(dampedTrend(steady, index(2016, 7), index(2016, 12))).toBeCloseTo(1200 * 1.21, 6);
  });

  test("damped trend: a falling ratio goes on falling, but ever less", () => {
    const ratios = [1.3, 1.28, 1.26, 1.24, 1.22, 1.2, 1.18];
    const falling: History = new Map([
      ...[...Array(12).keys()].map((i) => [index(2015, 1) + i, (i + 1) * 100] as const),
      ...ratios.map((r, i) => [index(2016, 1) + i, (i + 1) * 100 * r] as const),
    ]);
    const ratio = (dampedTrend(falling, index(2016, 7), index(2016, 12)) ?? 0) / 1200;
    expect(ratio).toBeLessThan(1.18);
    expect(ratio).toBeGreaterThan(1.18 - 5 * 0.02 - 1e-9);
  });

  test("too little history gives nothing", () => {
    const short = new Map([...history].filter(([i]) => i >= index(2016, 1)));
    expect(lastYearShape(short, index(2016, 7), index(2016, 12))).toBeUndefined();
    expect(dampedTrend(short, index(2016, 7), index(2016, 12))).toBeUndefined();
  });

  test("neither model, nor its back-test, sees anything after the origin", () => {
    const change = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.double({ min: 0.01, max: 100, noNaN: true }));
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 29 }), fc.array(change, { minLength: 1 }), (cut, changes) => {
        const origin = index(2014, 1) + cut;
        const altered = new Map(history);
        for (const [i, factor] of changes) {
          const at = index(2014, 1) + i;
          if (at > origin) altered.set(at, (altered.get(at) ?? 1) * factor);
        }
        for (const model of [lastYearShape, dampedTrend]) {
          // beyond a year ahead, last year's month is itself still to come
          for (const ahead of [1, 2, 3, 4, 5, 11, 14, 18]) {
            expect(model(altered, origin, origin + ahead)).toBe(model(history, origin, origin + ahead));
            expect(backtest(model, altered, origin, ahead)).toEqual(backtest(model, history, origin, ahead));
          }
        }
      }),
    );
  });
});

describe("back-test", () => {
  test("the error of each origin, and their mean", () => {
    // says 100 whatever comes; actual values 2015: January 50, February 125, March 100
    const history: History = new Map([
      [index(2015, 1), 50],
      [index(2015, 2), 125],
      [index(2015, 3), 100],
    ]);
    const found = backtest(() => 100, history, index(2015, 3), 1);
    expect(found?.errors).toEqual([0.25, 0]);
    expect(found?.mapePct).toBeCloseTo((25 / 125 / 2) * 100, 9);
    expect(found?.origins).toBe(2);
  });

  test("an aim in the next year is no year-end", () => {
    const history: History = new Map([
      [index(2014, 12), 50],
      [index(2015, 1), 5],
    ]);
    expect(backtest(() => 100, history, index(2015, 1), 1)).toBeUndefined();
  });
});

describe("forecasts of an assessment", () => {
  const series = aSeries(ytdFromMonths("2014-01", monthly(1.1, 0.2)));
  const forecasts = computeForecasts(series, JULY, aTarget(1, "1500000"));

  test("two models, each with interval, probability and error", () => {
    expect(forecasts.map((f) => f.model)).toEqual(["last-year-shape", "damped-trend"]);
    for (const f of forecasts) {
      expect(f.low).toBeLessThan(f.yearEnd);
      expect(f.yearEnd).toBeLessThan(f.high);
      expect(f.probability).toBeGreaterThan(0);
      expect(f.probability).toBeLessThan(1);
      expect(f.backtest.origins).toBeGreaterThanOrEqual(3);
      expect(f.backtest.mapePct).toBeGreaterThan(0);
    }
    expect(computeForecasts(series, JULY, aTarget(1, "1500000"))).toEqual(forecasts);
  });

  test("the target at either end of the interval is met one time in ten, or nine", () => {
    for (const [i, f] of forecasts.entries()) {
      const at = (x: number) => computeForecasts(series, JULY, aTarget(1, x.toFixed(6)))[i]?.probability;
      expect(at(f.high)).toBeCloseTo(0.1, 6);
      expect(at(f.low)).toBeCloseTo(0.9, 6);
      expect(at(f.yearEnd)).toBeCloseTo(0.5, 6);
    }
  });

  test("a target already met is certain; one to stay below is the other way round", () => {
    const done = series.values.get(JULY)?.value.toFixed() ?? "0";
    expect(computeForecasts(series, JULY, aTarget(1, done)).map((f) => f.probability)).toEqual([1, 1]);
    const down = aSeries(ytdFromMonths("2014-01", monthly(1.1, 0.2)), {
      measure: aMeasure({ direction: "down" }),
    });
    const turned = computeForecasts(down, JULY, aTarget(1, "1500000"));
    for (const [i, f] of forecasts.entries())
      expect(turned[i]?.probability).toBeCloseTo(1 - (f.probability ?? 0), 12);
  });

  test("this year's one-off lies on top and does not swell the rest of the year", () => {
    const amounts = monthly(1.1, 0.2);
    const swollen = amounts.map((x, i) => (i === 26 ? x + 100000 : x));
    const withOneOff = aSeries(ytdFromMonths("2014-01", swollen), {
      oneOffs: [anOneOff(1, "2016-03", "100000")],
    });
    const plain = computeForecasts(aSeries(ytdFromMonths("2014-01", amounts)), JULY, aTarget(1, "1650000"));
    for (const [i, f] of computeForecasts(withOneOff, JULY, aTarget(1, "1750000")).entries()) {
      expect(f.yearEnd).toBeCloseTo((plain[i]?.yearEnd ?? 0) + 100000, 4);
      expect(f.probability).toBeCloseTo(plain[i]?.probability ?? 0, 9);
    }
  });

  test("no forecast falls below what is already counted", () => {
    const collapsing = monthly(1, 3).map((x, i) => (i > 26 ? 1 : Math.abs(x)));
    const s = aSeries(ytdFromMonths("2014-01", collapsing));
    const done = s.values.get(JULY)?.value.toNumber() ?? 0;
    for (const f of computeForecasts(s, JULY, undefined)) expect(f.low).toBeGreaterThanOrEqual(done);
  });

  test("none for a stock, for December, or without history", () => {
    expect(computeForecasts(series, period("2015-12"), undefined)).toEqual([]);
    expect(computeForecasts(series, period("2016-08"), undefined)).toEqual([]);
    expect(computeForecasts(series, period("2014-07"), undefined)).toEqual([]);
    const stock = aSeries([], { measure: aMeasure({ kind: "stock" }), basis: "point" });
    expect(computeForecasts(stock, JULY, undefined)).toEqual([]);
  });
});
