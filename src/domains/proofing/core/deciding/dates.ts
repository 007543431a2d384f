/** 日期: days that do not exist, weekdays, and the number of days between two dates. */
import type { Claim, Span } from "../claim.ts";
import { ONE } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import { printed } from "./draft-claim.ts";

type TextDate = {
  readonly start: number;
  readonly end: number;
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
};

const DATE = /(?:(\d{4}) ?年 ?)?(\d{1,2}) ?月 ?(\d{1,2}) ?日/g;
const WEEKDAY = /^ ?\(? ?(?:星期|周)([一二三四五六日天])/;
const SPAN_DAYS = 60;

export function datesOf(reading: Reading): readonly Claim[] {
  const { plain, quantities } = reading.scan;
  const claims: Claim[] = [];
  let before: TextDate | undefined;
  let next = 0;
  for (const match of plain.matchAll(DATE)) {
    const date = readDate(match, before);
    const impossible = impossibleDay(plain, date) ?? wrongWeekday(plain, date);
    if (impossible) claims.push(impossible);
    while (next < quantities.length && (quantities[next] as Quantity).start < date.end) next++;
    const days = quantities[next];
    if (before && days?.unit.dimension === "days" && isSpan(plain, before, { date, days })) {
      claims.push(spanClaim(reading, before, { date, days }));
    }
    before = date;
  }
  return claims;
}

function readDate(match: RegExpMatchArray, before: TextDate | undefined): TextDate {
  const start = match.index ?? 0;
  return {
    start,
    end: start + match[0].length,
    year: match[1] === undefined ? before?.year : Number(match[1]),
    month: Number(match[2]),
    day: Number(match[3]),
  };
}

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function lengthOf(month: number, year: number | undefined): number {
  const isCommon = year !== undefined && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0));
  return month === 2 && isCommon ? 28 : (LENGTHS[month - 1] ?? 0);
}

function impossibleDay(plain: string, date: TextDate): Claim | undefined {
  const most = lengthOf(date.month, date.year);
  if (date.day >= 1 && date.day <= most) return undefined;
  const stated = plain.slice(date.start, date.end);
  const computed = most === 0 ? "1—12月" : `${date.month}月1—${most}日`;
  return dateClaim(plain, [[date.start, date.end]], {
    stated,
    computed,
    zh: most === 0 ? `一年没有${date.month}月。` : `${date.month}月没有${date.day}日，最后一天是${most}日。`,
    en:
      most === 0
        ? `There is no month ${date.month}.`
        : `Month ${date.month} has no day ${date.day}; its last is ${most}.`,
  });
}

function wrongWeekday(plain: string, date: TextDate): Claim | undefined {
  const word = WEEKDAY.exec(plain.slice(date.end, date.end + 6));
  if (!word || date.year === undefined || !plain.slice(date.start, date.end).includes("年")) return undefined;
  const days = "日一二三四五六";
  const right = days.charAt((dayNumber(date.year, date.month, date.day) + 4) % 7);
  const said = (word[1] ?? "") === "天" ? "日" : (word[1] ?? "");
  if (right === said) return undefined;
  const end = date.end + word[0].length;
  return dateClaim(plain, [[date.start, end]], {
    stated: plain.slice(date.start, end),
    computed: `星期${right}`,
    zh: `${plain.slice(date.start, date.end)}是星期${right}，不是星期${said}。`,
    en: `That day is a ${ENGLISH_DAYS[days.indexOf(right)]}, not a ${ENGLISH_DAYS[days.indexOf(said)]}.`,
  });
}

const ENGLISH_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Days since 1970-01-01 in the Gregorian calendar. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

type Ended = { date: TextDate; days: Quantity };

/** 从4月10日…至9月30日…历时174天, in one sentence. */
function isSpan(plain: string, from: TextDate, { date, days }: Ended): boolean {
  if (date.start - from.end > SPAN_DAYS || days.start - date.end > 24) return false;
  const between = plain.slice(from.end, date.start);
  const behind = plain.slice(date.end, days.start);
  if (/[。\n;]/.test(between + behind) || days.hedge !== "none") return false;
  if (!/至|到|—|-|止/.test(between) || /工作日|个交易日/.test(days.unit.name)) return false;
  return /历时|共|为期|用|这|还有|利用|计|合计|总计|有/.test(behind) && !/每|平均|前|后/.test(behind);
}

function spanClaim(reading: Reading, from: TextDate, { date, days }: Ended): Claim {
  const year = date.year ?? from.year;
  const lengths =
    year === undefined ? [spanIn(2015, from, date), spanIn(2016, from, date)] : [spanIn(year, from, date)];
  const said = Number(days.center / ONE);
  const holds = lengths.some((length) => length === said || length + 1 === said);
  const length = lengths[0] ?? 0;
  const { plain } = reading.scan;
  const spans: Span[] = [
    [days.start, days.end],
    [from.start, from.end],
    [date.start, date.end],
  ];
  const [a, b] = [plain.slice(from.start, from.end), plain.slice(date.start, date.end)];
  const zh = `${a}至${b}相隔${length}天（含首尾${length + 1}天）`;
  const en = `From ${a} to ${b} it is ${length} days, or ${length + 1} with both ends`;
  const claim = dateClaim(plain, spans, {
    stated: printed(reading, days),
    computed: `${length + 1}天`,
    zh: holds ? `${zh}，与文中相符。` : `${zh}，文中为${printed(reading, days)}。`,
    en: holds ? `${en}, as the text says.` : `${en}; the text says ${said}.`,
  });
  return holds
    ? { ...claim, verdict: "consistent", severity: "look", computed: printed(reading, days) }
    : { ...claim, correction: { span: [days.start, days.digitsEnd], replacement: String(length + 1) } };
}

function spanIn(year: number, from: TextDate, to: TextDate): number {
  const first = dayNumber(
    from.year === undefined || to.year === undefined ? year : from.year,
    from.month,
    from.day,
  );
  const last = dayNumber(to.year ?? year, to.month, to.day);
  return last >= first ? last - first : dayNumber((to.year ?? year) + 1, to.month, to.day) - first;
}

type Words = { stated: string; computed: string; zh: string; en: string };

function dateClaim(plain: string, spans: readonly Span[], { stated, computed, zh, en }: Words): Claim {
  const from = Math.min(...spans.map(([start]) => start));
  const to = Math.max(...spans.map(([, end]) => end));
  return {
    relation: "date",
    verdict: "inconsistent",
    severity: "wrong",
    spans,
    text: plain.slice(from, to),
    stated,
    computed,
    message: { zh, en },
  };
}
