/** The words a row may use for basis and aspect, and what fits together. */
import { type Basis, formOf, isFuture, type Period, parsePeriodText } from "../../../shared/period.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { Aspect } from "./figure.ts";
import type { MeasureKind } from "./measure.ts";
import type { RowProblem } from "./row-problem.ts";

export const BASIS_WORDS: ReadonlyMap<string, Basis> = new Map([
  ["ytd", "ytd"],
  ["累计", "ytd"],
  ["本年累计", "ytd"],
  ["自年初累计", "ytd"],
  ["month", "month"],
  ["当月", "month"],
  ["本月", "month"],
  ["point", "point"],
  ["时点", "point"],
  ["期末", "point"],
  ["year", "year"],
  ["全年", "year"],
  ["年", "year"],
  ["quarter", "quarter"],
  ["季度", "quarter"],
  ["当季", "quarter"],
  ["本季", "quarter"],
]);

export const ASPECT_WORDS: ReadonlyMap<string, Aspect> = new Map([
  ["", "value"],
  ["value", "value"],
  ["数值", "value"],
  ["growth", "growth"],
  ["同比", "growth"],
  ["增速", "growth"],
  ["rank", "rank"],
  ["位次", "rank"],
  ["completion", "completion"],
  ["完成率", "completion"],
]);

const SPANS: readonly Basis[] = ["ytd", "month", "quarter", "year"];

/** A flow is counted over a span, a stock at a point in time or for a year (a quota); rates and averages come either way. */
export function basisAllowed(kind: MeasureKind, basis: Basis): boolean {
  if (kind === "flow") return SPANS.includes(basis);
  return kind === "stock" ? basis === "point" || basis === "year" : true;
}

/** ytd needs a month or a third of one, month a month, quarter a quarter, year a year; a point in time is the end of any. */
function formFits(basis: Basis, p: Period): boolean {
  const form = formOf(p);
  if (basis === "ytd") return form === "month" || form === "ten-days";
  return basis === "point" || basis === form;
}

/** Period and basis of a row as typed. */
export function readPeriod(text: string, basis: Basis, todayIso: string): Result<Period, RowProblem> {
  const parsed = parsePeriodText(text);
  if (!parsed.ok) return err({ code: "BAD_PERIOD", field: "period", params: { text } });
  if (!formFits(basis, parsed.value)) {
    return err({ code: "PERIOD_BASIS_MISMATCH", field: "period", params: { text, basis } });
  }
  if (isFuture(parsed.value, todayIso)) {
    return err({ code: "PERIOD_IN_FUTURE", field: "period", params: { text, today: todayIso } });
  }
  return ok(parsed.value);
}
