/**
 * Periods as sortable text, and the words for them.
 *
 * Words:
 * - period: "2016" a year, "2016Q3" a quarter, "2016-07" a month. Within one form text order is time order.
 * - basis: what a number of a period covers. A year-to-date (累计) number of July has period "2016-07" and
 *   basis "ytd": January to July. The period belongs to the observation, not to the report (handbook section 1).
 */
import { err, ok, type Result } from "./result.ts";

declare const brand: unique symbol;
export type Period = string & { readonly [brand]: "period" };
export type PeriodForm = "year" | "quarter" | "month";

export const BASES = ["ytd", "month", "point", "year", "quarter"] as const;
export type Basis = (typeof BASES)[number];

export type Language = "zh" | "en";

const CANONICAL = /^(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?$/;

/** The canonical text only. For text typed by people see parsePeriodText. */
export function parsePeriod(text: string): Result<Period, "BAD_PERIOD"> {
  const match = CANONICAL.exec(text);
  if (!match) return err("BAD_PERIOD");
  const y = Number(match[1]);
  return y >= 1949 && y <= 2200 ? ok(text as Period) : err("BAD_PERIOD");
}

/** For text known to be canonical: a literal, a column. Throws when it is not. */
export function period(text: string): Period {
  const parsed = parsePeriod(text);
  if (!parsed.ok) throw new RangeError(`not a period: ${text}`);
  return parsed.value;
}

/**
 * As people type it: 2016-7, 2016/07, 201607, 2016年7月, 2016年1—7月, 2016年三季度, 2016Q3, 2016年.
 * "2016.7" is refused: a spreadsheet turns 2016.10 into 2016.1, so October could not be told from January.
 */
export function parsePeriodText(raw: string): Result<Period, "BAD_PERIOD"> {
  const text = raw.normalize("NFKC").replace(/\s+/g, "");
  const month =
    /^(\d{4})[-/](\d{1,2})$/.exec(text) ??
    /^(\d{4})(\d{2})$/.exec(text) ??
    /^(\d{4})年(?:0?1月?[-–—~至到])?(\d{1,2})月份?$/.exec(text);
  if (month) return parsePeriod(`${month[1]}-${(month[2] ?? "").padStart(2, "0")}`);
  const quarter = /^(\d{4})年?(?:第?([一二三四1-4])季度|[Qq]([1-4]))$/.exec(text);
  if (quarter) {
    const n = quarter[3] ?? quarter[2] ?? "";
    const chinese = "一二三四".indexOf(n) + 1;
    return parsePeriod(`${quarter[1]}Q${chinese === 0 ? n : chinese}`);
  }
  const wholeYear = /^(\d{4})年?(?:全年)?$/.exec(text);
  return wholeYear ? parsePeriod(wholeYear[1] ?? "") : err("BAD_PERIOD");
}

export function formOf(p: Period): PeriodForm {
  return p.length === 4 ? "year" : p.length === 6 ? "quarter" : "month";
}

export function monthPeriod(y: number, m: number): Period {
  return period(`${y}-${String(m).padStart(2, "0")}`);
}

export function yearOf(p: Period): number {
  return Number(p.slice(0, 4));
}

/** Month number 1–12 of a month period; undefined for a year or a quarter. */
export function monthOf(p: Period): number | undefined {
  return p.length === 7 ? Number(p.slice(5)) : undefined;
}

/** Months of its year that are over when the period is over: 7 for 2016-07, 9 for 2016Q3, 12 for 2016. */
export function monthsElapsed(p: Period): number {
  return p.length === 7 ? Number(p.slice(5)) : p.length === 6 ? Number(p.slice(5)) * 3 : 12;
}

/** Months of a year in one period of this form. */
const STEP: Record<PeriodForm, number> = { month: 1, quarter: 3, year: 12 };

function atEnd(form: PeriodForm, absoluteMonth: number): Period {
  const y = Math.floor((absoluteMonth - 1) / 12);
  const m = absoluteMonth - y * 12;
  if (form === "month") return monthPeriod(y, m);
  return form === "quarter" ? period(`${y}Q${m / 3}`) : period(`${y}`);
}

/** The period of the same form so many months later (negative: earlier); quarters and years in whole steps only. */
export function addMonths(p: Period, months: number): Period {
  const form = formOf(p);
  if (months % STEP[form] !== 0) throw new RangeError(`${months} months are not whole ${form}s`);
  return atEnd(form, yearOf(p) * 12 + monthsElapsed(p) + months);
}

export function sameLastYear(p: Period): Period {
  return addMonths(p, -12);
}

/** The period before it in the same year; undefined for the first of the year. */
export function previousInYear(p: Period): Period | undefined {
  const form = formOf(p);
  return monthsElapsed(p) <= STEP[form] ? undefined : addMonths(p, -STEP[form]);
}

/** The last period of the same form in its year. */
export function lastOfYear(p: Period): Period {
  return atEnd(formOf(p), yearOf(p) * 12 + 12);
}

/** By the end of the period, then the shorter one first: 2016-09 < 2016Q3 < 2016-10. A total order over all forms. */
export function comparePeriods(a: Period, b: Period): number {
  const end = yearOf(a) * 12 + monthsElapsed(a) - (yearOf(b) * 12 + monthsElapsed(b));
  return end !== 0 ? end : STEP[formOf(a)] - STEP[formOf(b)];
}

/** True while the period has not begun: July is in the future up to 30 June, and no more on 1 July ("2016-07-01"). */
export function isFuture(p: Period, todayIso: string): boolean {
  const thisMonth = Number(todayIso.slice(0, 4)) * 12 + Number(todayIso.slice(5, 7));
  return yearOf(p) * 12 + monthsElapsed(p) - STEP[formOf(p)] + 1 > thisMonth;
}

const MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const QUARTERS_ZH = ["一", "二", "三", "四"];

/** What the number covers, in words: ytd 2016-07 is "1—7月" or "Jan–Jul 2016"; `withYear` puts 2016年 in front in Chinese. */
export function periodLabel(p: Period, basis: Basis, lang: Language, withYear = false): string {
  const y = yearOf(p);
  const m = monthsElapsed(p);
  const form = formOf(p);
  const cumulative = basis === "ytd" && form !== "year";
  if (lang === "en") {
    const name = MONTHS_EN[m - 1] ?? "";
    if (form === "year") return `${y}`;
    if (cumulative) return m === 1 ? `Jan ${y}` : `Jan–${name} ${y}`;
    if (basis === "point") return `end of ${name} ${y}`;
    return form === "quarter" ? `Q${m / 3} ${y}` : `${name} ${y}`;
  }
  const front = withYear || form === "year" ? `${y}年` : "";
  if (form === "year") return basis === "point" ? `${front}末` : front;
  if (cumulative) return m === 1 ? `${front}1月` : `${front}1—${m}月`;
  if (basis === "point") return `${front}${m}月末`;
  return form === "quarter" ? `${front}${QUARTERS_ZH[m / 3 - 1] ?? ""}季度` : `${front}${m}月`;
}
