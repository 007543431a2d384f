/** The month itself out of year-to-date figures. Handbook section 1, periods: 本期累计 = 上期累计 + 本月. */
import { formOf, type Period, previousInYear } from "../../../shared/period.ts";
import type { Missing, Traced } from "./assessment.ts";
import type { Series } from "./series.ts";
import { missing, traced } from "./traced.ts";

/**
 * A collected figure of the month stands as it is: revisions legitimately break the identity. Otherwise
 * year-to-date minus year-to-date of the month before; January is its own year-to-date. Where January and
 * February are only released together, February has no month: NO_PRIOR.
 */
export function monthFromYtd(series: Series, p: Period): Traced | Missing {
  if (series.measure.kind !== "flow" || series.basis !== "ytd" || formOf(p) !== "month")
    return missing("NOT_A_FLOW");
  const collected = series.months.get(p);
  if (collected) return traced(collected.value, collected.refs);
  const now = series.values.get(p);
  if (!now) return missing("NO_VALUE");
  const before = previousInYear(p);
  if (before === undefined) return traced(now.value, now.refs);
  const earlier = series.values.get(before);
  if (!earlier) return missing("NO_PRIOR");
  return traced(now.value.minus(earlier.value), now.refs, earlier.refs);
}
