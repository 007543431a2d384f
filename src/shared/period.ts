/**
 * Periods as sortable text, and the words for them.
 *
 * Words:
 * - period: "2016" a year, "2016Q3" a quarter, "2016-07" a month, "2016-07T1" a third of a month (旬: the 1st to the
 *   10th, the 11th to the 20th, the 21st to the end). Within one form text order is time order.
 * - basis: what a number of a period covers. A year-to-date (累计) number of July has period "2016-07" and
 *   basis "ytd": January to July. The period belongs to the observation, not to the report (handbook section 1).
 */
import { err, ok, type Result } from "./result.ts";

declare const brand: unique symbol;
export type Period = string & { readonly [brand]: "period" };
export type PeriodForm = "year" | "quarter" | "month" | "ten-days";

export const BASES = ["ytd", "month", "point", "year", "quarter"] as const;
export type Basis = (typeof BASES)[number];

export type Language = "zh" | "en";

const CANONICAL = /^(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2])(?:T([1-3]))?)?$/;

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
 * As people type it: 2016-7, 2016/07, 201607, 2016年7月, 2016年1—7月, 2016年7月上旬, 2016年三季度, 2016Q3, 2016年.
 * "2016.7" is refused: a spreadsheet turns 2016.10 into 2016.1, so October could not be told from January.
 */
export function parsePeriodText(raw: string): Result<Period, "BAD_PERIOD"> {
  const text = raw.normalize("NFKC").replace(/\s+/g, "");
  const month =
    /^(\d{4})[-/](\d{1,2})$/.exec(text) ??
    /^(\d{4})(\d{2})$/.exec(text) ??
    /^(\d{4})年(?:0?1月?[-–—~至到])?(\d{1,2})月份?$/.exec(text);
  if (month) return parsePeriod(`${month[1]}-${(month[2] ?? "").padStart(2, "0")}`);
  const third =
    /^(\d{4})年0?(\d{1,2})月(?:份)?([上中下])旬$/.exec(text) ?? /^(\d{4})-(\d{2})T([1-3])$/.exec(text);
  if (third) {
    const n = "上中下".indexOf(third[3] ?? "") + 1;
    return parsePeriod(`${third[1]}-${(third[2] ?? "").padStart(2, "0")}T${n === 0 ? third[3] : n}`);
  }
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
  return p.length === 4 ? "year" : p.length === 6 ? "quarter" : p.length === 7 ? "month" : "ten-days";
}

export function monthPeriod(y: number, m: number): Period {
  return period(`${y}-${String(m).padStart(2, "0")}`);
}

export function yearOf(p: Period): number {
  return Number(p.slice(0, 4));
}

/** Month number 1–12 of a month period; undefined for every other form. */
export function monthOf(p: Period): number | undefined {
  return p.length === 7 ? Number(p.slice(5)) : undefined;
}

/** Months of its year that are over, or are ending, when the period is over: 7 for 2016-07 and 2016-07T1, 9 for 2016Q3, 12 for 2016. */
export function monthsElapsed(p: Period): number {
  return p.length >= 7 ? Number(p.slice(5, 7)) : p.length === 6 ? Number(p.slice(5)) * 3 : 12;
}

/** Thirds of a month: the shortest period is one. */
const STEP: Record<PeriodForm, number> = { "ten-days": 1, month: 3, quarter: 9, year: 36 };

/** Thirds of a month from the year 0 to the end of the period. */
function endOf(p: Period): number {
  const wholeMonths = yearOf(p) * 12 + monthsElapsed(p);
  return wholeMonths * 3 - (p.length === 9 ? 3 - Number(p.slice(8)) : 0);
}

function atEnd(form: PeriodForm, end: number): Period {
  const month = Math.ceil(end / 3);
  const y = Math.floor((month - 1) / 12);
  const m = month - y * 12;
  if (form === "month") return monthPeriod(y, m);
  if (form === "ten-days") return period(`${monthPeriod(y, m)}T${((end - 1) % 3) + 1}`);
  return form === "quarter" ? period(`${y}Q${m / 3}`) : period(`${y}`);
}

/** The period of the same form so many months later (negative: earlier); quarters and years in whole steps only. */
export function addMonths(p: Period, months: number): Period {
  const form = formOf(p);
  if ((months * 3) % STEP[form] !== 0) throw new RangeError(`${months} months are not whole ${form}s`);
  return atEnd(form, endOf(p) + months * 3);
}

/** The period of the same form so many later (negative: earlier). */
export function addPeriods(p: Period, count: number): Period {
  const form = formOf(p);
  return atEnd(form, endOf(p) + count * STEP[form]);
}

export function sameLastYear(p: Period): Period {
  return addMonths(p, -12);
}

/** The period before it in the same year; undefined for the first of the year. */
export function previousInYear(p: Period): Period | undefined {
  const before = addPeriods(p, -1);
  return yearOf(before) === yearOf(p) ? before : undefined;
}

/** The last period of the same form in its year. */
export function lastOfYear(p: Period): Period {
  return atEnd(formOf(p), (yearOf(p) * 12 + 12) * 3);
}

/** By the end of the period, then the shorter one first: 2016-09 < 2016Q3 < 2016-10. A total order over all forms. */
export function comparePeriods(a: Period, b: Period): number {
  const end = endOf(a) - endOf(b);
  return end !== 0 ? end : STEP[formOf(a)] - STEP[formOf(b)];
}

/** First and last day, yyyy-mm-dd: 2016-02T3 is 2016-02-21 to 2016-02-29. */
export function daysOf(p: Period): { first: string; last: string } {
  const y = yearOf(p);
  const lastMonth = monthsElapsed(p);
  const firstMonth = lastMonth - Math.max(1, STEP[formOf(p)] / 3) + 1;
  const third = p.length === 9 ? Number(p.slice(8)) : undefined;
  const day = (m: number, d: number): string => `${monthPeriod(y, m)}-${String(d).padStart(2, "0")}`;
  const last = third === undefined || third === 3 ? daysInMonth(y, lastMonth) : third * 10;
  return { first: day(firstMonth, third === undefined ? 1 : third * 10 - 9), last: day(lastMonth, last) };
}

function daysInMonth(y: number, m: number): number {
  if (m === 2) return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(m) ? 30 : 31;
}

/** True while the period has not begun: July is in the future up to 30 June, and no more on 1 July ("2016-07-01"). */
export function isFuture(p: Period, todayIso: string): boolean {
  return daysOf(p).first > todayIso.slice(0, 10);
}

const MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const QUARTERS_ZH = ["一", "二", "三", "四"];
const THIRDS_ZH = ["上", "中", "下"];

/** What the number covers, in words: ytd 2016-07 is "1—7月" or "Jan–Jul 2016"; `withYear` puts 2016年 in front in Chinese. */
export function periodLabel(p: Period, basis: Basis, lang: Language, withYear = false): string {
  const y = yearOf(p);
  const m = monthsElapsed(p);
  const form = formOf(p);
  if (form === "ten-days") return thirdLabel(p, lang, withYear);
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

function thirdLabel(p: Period, lang: Language, withYear: boolean): string {
  const { first, last } = daysOf(p);
  const m = monthsElapsed(p);
  if (lang === "en") {
    const days = `${Number(first.slice(8))}–${Number(last.slice(8))}`;
    return `${days} ${MONTHS_EN[m - 1] ?? ""} ${yearOf(p)}`;
  }
  return `${withYear ? `${yearOf(p)}年` : ""}${m}月${THIRDS_ZH[Number(p.slice(8)) - 1] ?? ""}旬`;
}
