/** What is left to do. Handbook section 1: 缺口 = 任务 − 完成; 后期月均 = 缺口 ÷ (12 − m). All in the canonical unit. */
import { dec, ZERO } from "../../../shared/decimal.ts";
import { monthsElapsed, type Period } from "../../../shared/period.ts";
import type { Missing, Target, Traced } from "./assessment.ts";
import { isCumulative, type Series } from "./series.ts";
import { isMissing, missing, traced } from "./traced.ts";

/** Target minus value; negative when more than the task is done. */
export function computeGap(series: Series, p: Period, target: Target | undefined): Traced | Missing {
  if (!isCumulative(series)) return missing("NOT_A_FLOW");
  if (!target) return missing("NO_TARGET");
  const now = series.values.get(p);
  if (!now) return missing("NO_VALUE");
  return traced(target.value.minus(now.value), [target.ref], now.refs);
}

/** What each month left must bring; zero when the task is done, YEAR_ENDED when no month is left. */
export function computeRequiredMonthly(gap: Traced | Missing, p: Period): Traced | Missing {
  if (isMissing(gap)) return gap;
  const left = 12 - monthsElapsed(p);
  if (left === 0) return missing("YEAR_ENDED");
  return traced(gap.value.lte(0) ? ZERO : gap.value.div(left), gap.refs);
}

/** What each month gone has brought: value ÷ m. */
export function computeAchievedMonthly(series: Series, p: Period): Traced | Missing {
  if (!isCumulative(series)) return missing("NOT_A_FLOW");
  const now = series.values.get(p);
  return now ? traced(now.value.div(dec(monthsElapsed(p))), now.refs) : missing("NO_VALUE");
}
