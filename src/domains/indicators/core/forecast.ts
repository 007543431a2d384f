/** Year-end forecasts with an interval and the probability of meeting the target, each with the error of its back-test. */
import { sum } from "../../../shared/decimal.ts";
import { monthOf, type Period, yearOf } from "../../../shared/period.ts";
import type { Forecast, Target } from "./assessment.ts";
import { type Backtest, backtest } from "./backtest.ts";
import { dampedTrend, type History, lastYearShape, type Model } from "./forecast-models.ts";
import { withoutOneOffs } from "./season.ts";
import { isCumulative, oneOffsWithin, type Series } from "./series.ts";
import { studentCdf, studentQuantile } from "./student-t.ts";
import { isMissing } from "./traced.ts";

const MODELS: readonly (readonly [Forecast["model"], Model])[] = [
  ["last-year-shape", lastYearShape],
  ["damped-trend", dampedTrend],
];
/** Fewer origins than this say nothing about the width of an interval. */
const FEWEST_ORIGINS = 3;
/** A back-test that was luckily exact does not make the future certain: no narrower than 0.5 %. */
const LEAST_SPREAD = 0.005;
const INTERVAL = 0.8;

function indexOf(p: Period): number | undefined {
  const month = monthOf(p);
  return month === undefined ? undefined : yearOf(p) * 12 + month - 1;
}

/** Year-to-date values by absolute month, one-offs out, as floats. */
export function historyOf(series: Series): History {
  const history = new Map<number, number>();
  for (const p of series.values.keys()) {
    const index = indexOf(p);
    const value = withoutOneOffs(series, p);
    if (index !== undefined && !isMissing(value)) history.set(index, value.value.toNumber());
  }
  return history;
}

/**
 * One forecast for each model that has enough history; none for a stock, a rate or December. The one-offs of this
 * year are put back on top: they are in the books. The error at the same horizon is taken to be t-distributed around
 * the forecast with the root mean square of the back-test as its spread, which widens with few origins.
 */
export function computeForecasts(series: Series, p: Period, target: Target | undefined): readonly Forecast[] {
  const origin = indexOf(p);
  if (origin === undefined || !isCumulative(series) || !series.values.has(p)) return [];
  const ahead = 11 - (origin % 12);
  if (ahead === 0) return [];
  const history = historyOf(series);
  const extra = sum(oneOffsWithin(series, p).map((o) => o.amount)).toNumber();
  const done = series.values.get(p)?.value.toNumber() ?? 0;
  const floor = series.measure.allowsNegative ? Number.NEGATIVE_INFINITY : done;
  return MODELS.flatMap(([name, model]) => {
    const point = model(history, origin, origin + ahead);
    const test = backtest(model, history, origin, ahead);
    if (point === undefined || !test || test.origins < FEWEST_ORIGINS) return [];
    const spread = spreadOf(test) * point;
    const reach = studentQuantile(0.5 + INTERVAL / 2, test.origins) * spread;
    const forecast: Forecast = {
      model: name,
      // what has been counted is not lost again
      yearEnd: Math.max(point + extra, floor),
      low: Math.max(point + extra - reach, floor),
      high: Math.max(point + extra + reach, floor),
      backtest: { mapePct: test.mapePct, origins: test.origins },
    };
    if (!target) return [forecast];
    const needed = target.value.toNumber();
    const above = needed <= floor ? 1 : 1 - studentCdf((needed - extra - point) / spread, test.origins);
    const probability = series.measure.direction === "down" ? 1 - above : above;
    return [{ ...forecast, probability }];
  });
}

function spreadOf(test: Backtest): number {
  const meanSquare = test.errors.reduce((total, e) => total + e * e, 0) / test.errors.length;
  return Math.max(Math.sqrt(meanSquare), LEAST_SPREAD);
}
