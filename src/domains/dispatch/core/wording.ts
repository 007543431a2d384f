/**
 * Official words for numbers: 增长/下降/持平, 百分点 for differences of percentages, 位次, periods, units.
 * Rounding is half-up and happens here, once.
 */
import { type Decimal, formatFixed } from "../../../shared/decimal.ts";
import { formOf, type Period, periodLabel, yearOf } from "../../../shared/period.ts";
import { convert } from "../../../shared/quantity.ts";
import type { Growth, Missing, Ref, Traced } from "../../indicators/core/assessment.ts";
import type { BriefingMeasure, FigureRun } from "./briefing.ts";
import { type Clause, clause, figure } from "./sentence.ts";

/**
 * The value when there is one. The reason of a Missing is text; a rank has a `missing` too, the list of units that
 * did not report, so the mere presence of the word decides nothing.
 */
export function known<T extends object>(value: T | Missing | undefined): T | null {
  if (value === undefined) return null;
  return "missing" in value && typeof value.missing === "string" ? null : (value as T);
}

/** A canonical amount in the measure's shown unit; a pair of units nobody can convert is shown as it is stored. */
export function shown(measure: BriefingMeasure, value: Decimal): { value: Decimal; unit: string } {
  const converted = convert(value, measure.unit, measure.displayUnit);
  return converted.ok ? { value: converted.value, unit: measure.displayUnit } : { value, unit: measure.unit };
}

/** An amount in the shown unit with the unit: "78.5亿元". */
export function amountText(measure: BriefingMeasure, value: Decimal, decimals = measure.decimals): string {
  const { value: inShownUnit, unit } = shown(measure, value);
  return `${formatFixed(inShownUnit, decimals)}${unit}`;
}

/** A task is shown as it was set: "8.58亿元" although the measure shows one decimal. */
export function targetDecimals(measure: BriefingMeasure, value: Decimal): number {
  const places = shown(measure, value).value.decimalPlaces();
  return Math.max(measure.decimals, Math.min(places, 2));
}

export function amount(
  measure: BriefingMeasure,
  value: Traced | Missing | undefined,
  field: string,
  options: { decimals?: number; how?: FigureRun["how"] } = {},
): FigureRun | null {
  const traced = known(value);
  if (!traced) return null;
  const words = amountText(measure, traced.value, options.decimals ?? measure.decimals);
  return figure(words, traced.refs, `${measure.code}.${field}`, options.how);
}

export function percent(
  measure: BriefingMeasure,
  value: Traced | Missing | undefined,
  field: string,
  how?: FigureRun["how"],
): FigureRun | null {
  const traced = known(value);
  return traced
    ? figure(`${formatFixed(traced.value, 1)}%`, traced.refs, `${measure.code}.${field}`, how)
    : null;
}

/** A difference of percentages without its sign: "17.3个百分点". */
export function points(value: Decimal, refs: readonly Ref[], field: string): FigureRun {
  return figure(`${formatFixed(value.abs(), 1)}个百分点`, refs, field);
}

export function isZeroShown(value: Decimal, decimals = 1): boolean {
  return Number(formatFixed(value, decimals)) === 0;
}

/** 同比增长6.5% / 同比下降52.0% / 与上年同期持平. */
export function growthClause(
  measure: BriefingMeasure,
  growth: Growth | Traced | Missing | undefined,
  prefix = "同比",
  field = "growth",
): Clause {
  const traced = known<Traced>(growth);
  if (!traced) return null;
  const name = `${measure.code}.${field}`;
  if (isZeroShown(traced.value)) {
    const flat = prefix === "同口径" ? prefix : "与上年同期";
    return clause(flat, figure("持平", traced.refs, name));
  }
  const word = traced.value.isNegative() ? "下降" : "增长";
  return clause(prefix, word, figure(`${formatFixed(traced.value.abs(), 1)}%`, traced.refs, name));
}

/** 落后序时进度17.3个百分点 / 超前…… / 与序时进度持平. */
export function paceClause(distance: Traced, field: string, name = "序时进度"): Clause {
  if (isZeroShown(distance.value)) return clause(`与${name}`, figure("持平", distance.refs, field));
  const word = distance.value.isNegative() ? "落后" : "超前";
  return clause(`${word}${name}`, points(distance.value, distance.refs, field));
}

const chineseDigits = "零一二三四五六七八九";
/** Numbers for headings, 1 to 99: 一, 十, 十一, 二十. */
export function chineseNumber(n: number): string {
  if (n < 10) return chineseDigits.charAt(n);
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  return `${tens === 1 ? "" : chineseDigits.charAt(tens)}十${ones ? chineseDigits.charAt(ones) : ""}`;
}

/** "7月" seen from the same year, "上年6月" from the next, "2014年6月" from later. */
export function periodSeenFrom(past: Period, from: Period): string {
  const years = yearOf(from) - yearOf(past);
  if (years === 0) return periodLabel(past, "month", "zh");
  if (years !== 1) return periodLabel(past, "month", "zh", true);
  return `上年${formOf(past) === "year" ? "" : periodLabel(past, "month", "zh")}`;
}

export function dateWords(day: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  return parts ? `${parts[1]}年${Number(parts[2])}月${Number(parts[3])}日` : "";
}
