/**
 * Trend words: what the last points of cumulative growth do. The speech: 20.2, 13.7, 10.0 and then 9.3 "呈下降趋势".
 * A fall that becomes smaller is 降幅收窄, one that becomes larger 降幅扩大.
 */
import { monthsElapsed, type Period, yearOf } from "../../../shared/period.ts";
import type { GrowthPoint, Missing, Trend } from "./assessment.ts";
import { growthAt } from "./growth.ts";
import type { Series } from "./series.ts";
import { isMissing, missing } from "./traced.ts";

/** So many points are looked at, and none that lies more than this many months back. */
const POINTS = 4;
const MONTHS_BACK = 11;
/** Points that stay within so many percentage points of each other are flat. */
const FLAT = "0.2";

export function computeTrend(series: Series, p: Period): Trend | Missing {
  const points = growthPoints(series, p, MONTHS_BACK).slice(-POINTS);
  const last = points.at(-1);
  const before = points.at(-2);
  if (!last || last.period !== p) return missing("NO_GROWTH");
  if (!before) return missing("SHORT_HISTORY");
  return { word: trendWord(points), points, change: last.growth.minus(before.growth) };
}

function monthsBetween(earlier: Period, later: Period): number {
  return (yearOf(later) - yearOf(earlier)) * 12 + monthsElapsed(later) - monthsElapsed(earlier);
}

/** Growth of the series up to a period, oldest first, as far back as asked. */
export function growthPoints(
  series: Series,
  upTo: Period,
  monthsBack = Number.POSITIVE_INFINITY,
): readonly GrowthPoint[] {
  const periods = [...new Set([...series.growths.keys(), ...series.values.keys()])];
  return periods
    .filter((x) => x.length === upTo.length && x <= upTo && monthsBetween(x, upTo) <= monthsBack)
    .sort()
    .flatMap((x): GrowthPoint[] => {
      const growth = growthAt(series, x);
      const ref = isMissing(growth) ? undefined : growth.refs[0];
      return isMissing(growth) || !ref
        ? []
        : [{ period: x, growth: growth.value, ref, origin: growth.origin }];
    });
}

/** At least two points, oldest first. */
export function trendWord(points: readonly Pick<GrowthPoint, "growth">[]): Trend["word"] {
  const rates = points.map((x) => x.growth);
  const [first] = rates;
  const last = rates.at(-1);
  if (!first || !last) return "flat";
  const highest = rates.reduce((a, b) => (b.gt(a) ? b : a));
  const lowest = rates.reduce((a, b) => (b.lt(a) ? b : a));
  if (highest.minus(lowest).lte(FLAT)) return "flat";
  const steps = rates.slice(1).map((rate, i) => rate.cmp(rates[i] ?? rate));
  const alwaysNegative = highest.lt(0);
  if (steps.every((step) => step <= 0)) return alwaysNegative ? "widening-fall" : "falling";
  if (steps.every((step) => step >= 0)) return alwaysNegative ? "narrowing-fall" : "rising";
  return "fluctuating";
}
