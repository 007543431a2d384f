/**
 * Growth with the incomparable items taken out (剔除不可比因素). Handbook section 1: adjusted base = base − one-off;
 * both rates are printed. The speech's case: 36,996万元 in last year's base turn −57.3 % into −20.2 %.
 */
import { type Decimal, HUNDRED, sum } from "../../../shared/decimal.ts";
import { type Period, sameLastYear } from "../../../shared/period.ts";
import type { Growth, LikeForLike, Missing, Traced } from "./assessment.ts";
import { impliedBase, rateOfChange } from "./growth.ts";
import { isCumulative, oneOffRefs, oneOffsWithin, type Series } from "./series.ts";
import { isMissing, missing, traced } from "./traced.ts";

export function computeLikeForLike(
  series: Series,
  p: Period,
  growth: Growth | Missing,
): LikeForLike | Missing {
  if (!isCumulative(series)) return missing("NOT_A_FLOW");
  const inBase = oneOffsWithin(series, sameLastYear(p));
  const inValue = oneOffsWithin(series, p);
  if (inBase.length === 0 && inValue.length === 0) return missing("NO_ONE_OFFS");
  // an amount at current prices cannot be taken out of a value at constant ones
  if (series.measure.priceBasis === "comparable") return missing("COMPARABLE_PRICES");
  const now = series.values.get(p);
  if (!now) return missing("NO_VALUE");
  const base = baseOf(series, p, now, growth);
  if (isMissing(base)) return base;
  const outOfBase = sum(inBase.map((o) => o.amount));
  const outOfValue = sum(inValue.map((o) => o.amount));
  const adjustedBase = traced(base.value.minus(outOfBase), base.refs, oneOffRefs(inBase));
  const rate = rateOfChange(now.value.minus(outOfValue), adjustedBase.value);
  if (!rate) return missing("ZERO_BASE");
  const refs = [now.refs, adjustedBase.refs, oneOffRefs(inValue)] as const;
  const explained = explainedShare(now.value.minus(base.value), outOfValue.minus(outOfBase));
  return {
    growth: traced(rate, ...refs),
    base,
    adjustedBase,
    explained: explained ? traced(explained, ...refs) : missing("ZERO_BASE"),
  };
}

/** Last year's value: from the ledger where the two may be compared, else the one that the published rate implies. */
function baseOf(series: Series, p: Period, now: Traced, growth: Growth | Missing): Traced | Missing {
  const before = series.values.get(sameLastYear(p));
  if (before && series.measure.growthPolicy === "recomputable") return traced(before.value, before.refs);
  if (isMissing(growth)) return growth;
  const implied = impliedBase(now.value, growth.value);
  return implied ? traced(implied, now.refs, growth.refs) : missing("ZERO_BASE");
}

/** Share in percent of the change in value that the one-offs make up; above 100 when the rest moved the other way. */
function explainedShare(change: Decimal, byOneOffs: Decimal): Decimal | undefined {
  return change.isZero() ? undefined : byOneOffs.div(change).times(HUNDRED);
}
