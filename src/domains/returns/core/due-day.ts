/** When a return is due, and how late it is: on the Chinese working calendar, make-up days included. */
import { addPeriods, daysOf, formOf, monthPeriod, monthsElapsed, yearOf } from "../../../shared/period.ts";
import type { Period } from "../../../shared/period.ts";
import { addDays, addWorkingDays, countWorkingDays, isWorkingDay } from "../../../shared/working-days.ts";
import type { DueRule } from "./form.ts";

/** @returns yyyy-mm-dd */
export function dueDayOf(rule: DueRule, period: Period): string {
  const { last } = daysOf(period);
  if (rule.kind === "working-days") return addWorkingDays(last, rule.count);
  const wanted = formOf(period) === "ten-days" ? addDays(last, rule.day) : dayOfNextMonth(period, rule.day);
  const step = rule.roll === "later" ? 1 : -1;
  let day = wanted;
  while (!isWorkingDay(day)) day = addDays(day, step);
  return day;
}

/** The 31st of a month of thirty days is its last. */
function dayOfNextMonth(period: Period, day: number): string {
  const next = addPeriods(monthPeriod(yearOf(period), monthsElapsed(period)), 1);
  const { last } = daysOf(next);
  return day >= Number(last.slice(8)) ? last : `${next}-${String(day).padStart(2, "0")}`;
}

/**
 * Working days late: 0 when in time. What has not come in is as late as today.
 * @param submittedOn day of the first submission, null when there is none
 */
export function daysLate(dueDay: string, submittedOn: string | null, today: string): number {
  const on = submittedOn ?? today;
  return on <= dueDay ? 0 : countWorkingDays(dueDay, on);
}
