/**
 * Growth on the same period of last year (同比), in percent. Handbook section 1, "which growth rates may be
 * recomputed from values": published growth stands wherever there is one; it is worked out from two values only
 * for a measure that allows it, because only there do both values have the same scope and prices.
 */
import { type Decimal, HUNDRED } from "../../../shared/decimal.ts";
import { type Period, sameLastYear } from "../../../shared/period.ts";
import type { Measure } from "../../ledger/core/measure.ts";
import type { Growth, Missing, Traced } from "./assessment.ts";
import type { Series } from "./series.ts";
import { isMissing, missing, traced } from "./traced.ts";

/** yoy = cur ÷ prev − 1. A base of zero or below has no rate: from −2 to 3 is no growth of −250 %. */
export function rateOfChange(current: Decimal, base: Decimal): Decimal | undefined {
  return base.gt(0) ? current.div(base).minus(1).times(HUNDRED) : undefined;
}

/**
 * From "161, 减少 8": the base is current − change (change is negative for a fall). Dividing by the current value
 * instead is the commonest error of reports (8 ÷ 161 = 5.0 %, but 8 ÷ 169 = 4.7 %).
 */
export function growthFromChange(current: Decimal, change: Decimal): Decimal | undefined {
  return rateOfChange(current, current.minus(change));
}

/** The value of last year that a published rate implies: value ÷ (1 + g). Undefined after a fall of all of it. */
export function impliedBase(value: Decimal, growthPct: Decimal): Decimal | undefined {
  const factor = growthPct.div(HUNDRED).plus(1);
  return factor.gt(0) ? value.div(factor) : undefined;
}

/**
 * Whether two values of the measure give its growth. Not at comparable prices, whatever the policy says; not of a
 * rate, whose change is a difference in points that only its reporter can publish.
 */
export function mayRecompute(measure: Measure): boolean {
  return (
    measure.growthPolicy === "recomputable" && measure.priceBasis !== "comparable" && measure.kind !== "rate"
  );
}

/** From two values in the ledger; COMPARABLE_PRICES or NO_GROWTH where the measure forbids it. */
export function recomputeGrowth(series: Series, p: Period): Traced | Missing {
  const { measure } = series;
  if (measure.priceBasis === "comparable") return missing("COMPARABLE_PRICES");
  if (!mayRecompute(measure)) return missing("NO_GROWTH");
  const now = series.values.get(p);
  if (!now) return missing("NO_VALUE");
  const before = series.values.get(sameLastYear(p));
  if (!before) return missing("NO_PRIOR");
  const rate = rateOfChange(now.value, before.value);
  return rate ? traced(rate, now.refs, before.refs) : missing("ZERO_BASE");
}

/** The published rate, else the recomputed one. */
export function growthAt(series: Series, p: Period): Growth | Missing {
  const reported = series.growths.get(p);
  if (reported) return { value: reported.value, refs: reported.refs, origin: "reported" };
  const recomputed = recomputeGrowth(series, p);
  return isMissing(recomputed) ? recomputed : { ...recomputed, origin: "recomputed" };
}

/** As growthAt; beside a published rate also what two values give, so that a disagreement is seen. */
export function computeGrowth(series: Series, p: Period): Growth | Missing {
  const growth = growthAt(series, p);
  if (isMissing(growth) || growth.origin === "recomputed") return growth;
  const recomputed = recomputeGrowth(series, p);
  return isMissing(recomputed) ? growth : { ...growth, recomputed };
}
