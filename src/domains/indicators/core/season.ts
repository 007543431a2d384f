/**
 * The season of a measure: which share of the year is usually done when a month is over. Handbook section 1:
 * a seasonal plan of the indicator should override m ÷ 12.
 */
import { type Decimal, dec, HUNDRED, sum } from "../../../shared/decimal.ts";
import {
  lastOfYear,
  monthPeriod,
  monthsElapsed,
  type Period,
  period,
  yearOf,
} from "../../../shared/period.ts";
import type { Missing, Ref, Traced } from "./assessment.ts";
import { oneOffRefs, oneOffsWithin, type Series } from "./series.ts";
import { isMissing, missing, traced } from "./traced.ts";

/** Percent of the year's task that should be done by the end of each month, twelve numbers, the last 100. */
export type SeasonalPlan = readonly Decimal[];

/**
 * Share in percent of the year done by the end of the period's month, averaged over the full years before it.
 * One-offs are taken out of both sides: a grant that came once in June says nothing about the next June.
 * SHORT_HISTORY when no full year lies before.
 */
export function shareOfYear(series: Series, p: Period): (Traced & { years: readonly number[] }) | Missing {
  const shares: Decimal[] = [];
  const refs: (readonly Ref[])[] = [];
  const years: number[] = [];
  for (const year of fullYearsBefore(series, yearOf(p))) {
    const part = withoutOneOffs(series, monthPeriod(year, monthsElapsed(p)));
    const whole = yearTotal(series, year);
    if (isMissing(part) || isMissing(whole) || whole.value.lte(0)) continue;
    shares.push(part.value.div(whole.value).times(HUNDRED));
    refs.push(part.refs, whole.refs);
    years.push(year);
  }
  if (shares.length === 0) return missing("SHORT_HISTORY");
  return { ...traced(sum(shares).div(shares.length), ...refs), years };
}

function fullYearsBefore(series: Series, year: number): readonly number[] {
  const found = new Set<number>();
  for (const p of series.values.keys()) if (yearOf(p) < year) found.add(yearOf(p));
  return [...found].sort((a, b) => a - b);
}

function yearTotal(series: Series, year: number): Traced | Missing {
  const december = lastOfYear(monthPeriod(year, 1));
  if (series.values.has(december)) return withoutOneOffs(series, december);
  const whole = series.years.get(period(String(year)));
  if (!whole) return missing("SHORT_HISTORY");
  return takeOut(series, period(String(year)), whole);
}

/** The value of a period without its one-offs. */
export function withoutOneOffs(series: Series, p: Period): Traced | Missing {
  const fact = series.values.get(p);
  return fact ? takeOut(series, p, fact) : missing("NO_VALUE");
}

function takeOut(series: Series, p: Period, fact: Traced): Traced {
  const oneOffs = oneOffsWithin(series, p);
  if (oneOffs.length === 0) return fact;
  return traced(fact.value.minus(sum(oneOffs.map((o) => o.amount))), fact.refs, oneOffRefs(oneOffs));
}

/** Why a plan cannot be used; undefined when it can. */
export function planProblem(plan: SeasonalPlan): string | undefined {
  if (plan.length !== 12) return "a plan has twelve months";
  if (plan.some((share, i) => share.lt(plan[i - 1] ?? dec(0)))) return "a plan never goes back";
  return plan.at(-1)?.eq(HUNDRED) ? undefined : "a plan ends with 100";
}
