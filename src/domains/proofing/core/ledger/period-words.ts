/**
 * Which months a passage speaks of.
 *
 * Words:
 * - form: ytd 累计 ("1—7月", "上半年", "截至7月底"), month 当月 ("7月份"), year ("2015年"), other (a quarter, a day,
 *   "目前"): time that is spoken of and cannot be compared
 * - year: given as a number, or relative to the year of the draft (今年 0, 去年 −1), or not at all
 */
import { smallNumeral } from "../reading/numerals.ts";

export type SpokenPeriod = {
  readonly form: "ytd" | "month" | "same-month" | "year" | "other";
  /** 1 to 12; 12 for a year; 0 for other and 当月 */
  readonly month: number;
  readonly year: { readonly given: number } | { readonly offset: number } | undefined;
};

const TO = "[-—~至到]{1,2}";
const YEAR = /^(?:(\d{4}) ?年度?|(今年|本年|当年|去年|上年|前年)度?)的? ?/;
const AS_OF = /^(?:截至|截止到?|到|至) ?/;
const OTHER =
  /^(?:\d{1,2} ?月?份? ?[-—~至到]{1,2} ?\d{1,2} ?月份?|\d{1,2} ?月 ?\d{1,2} ?[日号]|\d{1,2} ?月[初底末中上下]旬?|第?[二三四2-4]季度|下半年|(?:截至|至|到)?目前|(?:今年|年初|去年|上年)以来|近[一二两三四五几\d]*年来?|(?:今年|本年|去年|上年|当)?年[初底末]|全年|[“"]?十[一二三四五]五[”"]?)/;

type Row = { pattern: RegExp; monthOf: (match: RegExpExecArray) => number | undefined };
const arabic = (match: RegExpExecArray): number => Number(match[1]);
const chinese = (match: RegExpExecArray): number | undefined => smallNumeral(match[1] ?? "");

/** Sums from the beginning of the year. */
const CUMULATIVE: readonly Row[] = [
  { pattern: new RegExp(`^1 ?月?份? ?${TO} ?(\\d{1,2}) ?月份?(?![\\d日])`), monthOf: arabic },
  { pattern: new RegExp(`^一月?份?${TO}([二三四五六七八九十]{1,2})月份?`), monthOf: chinese },
  { pattern: /^前 ?(\d{1,2}) ?个?月/, monthOf: arabic },
  { pattern: /^前([二三四五六七八九十]{1,2})个?月/, monthOf: chinese },
  { pattern: /^上半年/, monthOf: () => 6 },
  { pattern: new RegExp(`^(?:前|[1一]${TO})[3三]个?季度`), monthOf: () => 9 },
  { pattern: /^(?:第?[1一]|首)季度/, monthOf: () => 3 },
];
const TO_THE_END: Row = { pattern: /^(\d{1,2}) ?月(?:底|末)/, monthOf: arabic };
const AS_OF_MONTH: Row = { pattern: /^(\d{1,2}) ?月份?(?![\d日底末])/, monthOf: arabic };
const MONTH: readonly Row[] = [
  { pattern: /^(\d{1,2}) ?月份?(?! ?[\d日底末初旬]|[上中下]旬| ?[-—~至到] ?\d)/, monthOf: arabic },
  { pattern: /^([一二三四五六七八九十]{1,2})月份/, monthOf: chinese },
];

/** First characters of all of these, so that most places of a text are passed by with one look. */
const OPENERS = new Set('0123456789一二三四五六七八九十今本当去上下前首第截到至目近年全“"');

export type FoundPeriod = { readonly period: SpokenPeriod; readonly length: number };

/** The words for a period that begin at `at`. */
export function periodAt(text: string, at: number): FoundPeriod | undefined {
  if (!OPENERS.has(text.charAt(at))) return undefined;
  const slice = text.slice(at, at + 28);
  const sameMonth = /^(?:当月|本月)/.exec(slice);
  if (sameMonth) return found({ form: "same-month", month: 0, year: undefined }, sameMonth[0].length);
  const since = OTHER.exec(slice);
  if (since && /以来|来$|年[初底末]/.test(since[0])) return found(other, since[0].length);
  const asOf = AS_OF.exec(slice)?.[0] ?? "";
  const year = YEAR.exec(slice.slice(asOf.length));
  const front = asOf.length + (year?.[0].length ?? 0);
  const rest = slice.slice(front);
  const spoken = yearOf(year);
  if (year && /^(?:同期|[底末初])/.test(rest)) return undefined;
  if (asOf !== "") {
    const end = spanOf([TO_THE_END, ...(asOf.startsWith("截") ? [AS_OF_MONTH] : [])], "ytd", rest);
    if (end) return found({ ...end.period, year: spoken }, front + end.length);
    return since ? found(other, since[0].length) : undefined;
  }
  const span = spanOf([...CUMULATIVE, TO_THE_END], "ytd", rest);
  if (span) return found({ ...span.period, year: spoken }, front + span.length);
  const later = OTHER.exec(rest);
  if (later && later[0] !== "全年") return found({ ...other, year: spoken }, front + later[0].length);
  const month = spanOf(MONTH, "month", rest);
  if (month) {
    const isTail = year === null && /[\d—~-]/.test(text.charAt(at - 1));
    return found(isTail ? other : { ...month.period, year: spoken }, front + month.length);
  }
  if (year) {
    const whole = /^全年/.exec(rest)?.[0].length ?? 0;
    return found({ form: "year", month: 12, year: spoken }, front + whole);
  }
  return later ? found(other, later[0].length) : undefined;
}

const other: SpokenPeriod = { form: "other", month: 0, year: undefined };

function found(period: SpokenPeriod, length: number): FoundPeriod {
  return { period, length };
}

function yearOf(match: RegExpExecArray | null): SpokenPeriod["year"] {
  if (match === null) return undefined;
  if (match[1] !== undefined) return { given: Number(match[1]) };
  const word = match[2] ?? "";
  return { offset: word === "前年" ? -2 : /去|上/.test(word) ? -1 : 0 };
}

function spanOf(rows: readonly Row[], form: "ytd" | "month", rest: string): FoundPeriod | undefined {
  for (const { pattern, monthOf } of rows) {
    const match = pattern.exec(rest);
    if (!match) continue;
    const month = monthOf(match);
    if (month === undefined || month < 1 || month > 12) return found(other, match[0].length);
    return found({ form, month, year: undefined }, match[0].length);
  }
  return undefined;
}
