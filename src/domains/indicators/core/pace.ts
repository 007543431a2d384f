/** Pace 进度: how much should be done by now. Handbook section 1: 时间进度/序时进度 = m ÷ 12, or a seasonal plan. */
import { dec, HUNDRED } from "../../../shared/decimal.ts";
import { monthsElapsed, type Period } from "../../../shared/period.ts";
import type { Missing, Pace, Target, Traced } from "./assessment.ts";
import { planProblem, type SeasonalPlan, shareOfYear } from "./season.ts";
import { isCumulative, type Series } from "./series.ts";
import { isMissing, missing, traced } from "./traced.ts";

/** By elapsed time: after July 7 ÷ 12 = 58.3 % should be done. */
export function computePace(
  series: Series,
  p: Period,
  target: Target | undefined,
  completion: Traced | Missing,
): Pace | Missing {
  if (!isCumulative(series)) return missing("NOT_A_FLOW");
  if (!target) return missing("NO_TARGET");
  return paceAgainst(traced(dec(monthsElapsed(p)).div(12).times(HUNDRED), [target.ref]), completion);
}

/** By the season: an explicit plan where there is one, else the average of the full years before. */
export function computeSeasonalPace(
  series: Series,
  p: Period,
  completion: Traced | Missing,
  plan?: SeasonalPlan,
): Pace | Missing {
  if (!isCumulative(series)) return missing("NOT_A_FLOW");
  if (isMissing(completion)) return completion;
  const planned = plan && !planProblem(plan) ? plan[monthsElapsed(p) - 1] : undefined;
  if (planned) return paceAgainst(traced(planned, completion.refs), completion);
  const share = shareOfYear(series, p);
  if (isMissing(share)) return share;
  const pace = paceAgainst(traced(share.value, share.refs), completion);
  return isMissing(pace) ? pace : { ...pace, years: share.years };
}

function paceAgainst(expected: Traced, completion: Traced | Missing): Pace | Missing {
  if (isMissing(completion)) return completion;
  return {
    expected,
    distance: traced(completion.value.minus(expected.value), completion.refs, expected.refs),
  };
}
