/** Completion of the annual target in percent. Handbook section 1: 完成率 = 完成 ÷ 全年任务. */
import { HUNDRED } from "../../../shared/decimal.ts";
import type { Period } from "../../../shared/period.ts";
import type { Missing, Target, Traced } from "./assessment.ts";
import type { Series } from "./series.ts";
import { missing, traced } from "./traced.ts";

/** A growth target has no completion, nor has a rate or the number of a single month or quarter: NO_TARGET, NOT_A_FLOW. */
export function computeCompletion(series: Series, p: Period, target: Target | undefined): Traced | Missing {
  const { measure, basis } = series;
  if (!target) return missing("NO_TARGET");
  const partOfYear = basis === "month" || basis === "quarter";
  if (measure.kind === "rate" || (measure.kind === "flow" && partOfYear)) return missing("NOT_A_FLOW");
  const now = series.values.get(p);
  if (!now) return missing("NO_VALUE");
  if (target.value.lte(0)) return missing("ZERO_BASE");
  return traced(now.value.div(target.value).times(HUNDRED), now.refs, [target.ref]);
}
