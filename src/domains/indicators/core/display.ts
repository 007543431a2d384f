/**
 * The numbers of an assessment for people. Rounding happens here, once, half up (handbook section 1, rounding):
 * values in the display unit with the measure's decimals, rates with one, differences of rates in percentage points.
 * The minus is U+2212, as wide as a digit.
 */
import { type Decimal, formatFixed } from "../../../shared/decimal.ts";
import type { Language } from "../../../shared/period.ts";
import { type Measure, toDisplayUnit } from "../../ledger/core/measure.ts";
import type { Assessment, Rank, Trend } from "./assessment.ts";
import { type NumberField, numberAt } from "./number-field.ts";
import { isMissing } from "./traced.ts";

/** "−1,234.5": fixed decimals, thousands separated. */
export function showNumber(d: Decimal, places: number): string {
  return formatFixed(d, places, { grouping: true }).replace("-", "−");
}

const UNITS_EN: Readonly<Record<string, string>> = {
  元: "yuan",
  万元: "10k yuan",
  亿元: "100m yuan",
  吨: "t",
  万吨: "10k t",
  亿千瓦时: "100m kWh",
  人: "persons",
  户: "households",
  个: "",
};

/** A unit in the reader's language; one without an English name stays as the ledger writes it. */
export function unitLabel(unit: string, lang: Language): string {
  return lang === "zh" ? unit : (UNITS_EN[unit] ?? unit);
}

/** A value in the canonical unit: "78.5 亿元", "13,076 元"; `places` only where other than the measure's decimals. */
export function showAmount(
  measure: Measure,
  value: Decimal,
  lang: Language,
  places = measure.decimals,
): string {
  const unit = unitLabel(measure.displayUnit, lang);
  const text = showNumber(toDisplayUnit(measure, value), places);
  return unit === "%" ? `${text}%` : `${text} ${unit}`.trimEnd();
}

export function showRate(rate: Decimal): string {
  return `${showNumber(rate, 1)}%`;
}

/** A difference of two percentages: never "%". */
export function showPoints(points: Decimal, lang: Language): string {
  return lang === "zh" ? `${showNumber(points, 1)} 个百分点` : `${showNumber(points, 1)} pp`;
}

/** 增长9.3%, 下降57.3%, 持平: by what is shown, so that −0.04 % reads 持平 and never 下降0.0%. */
export function growthWords(rate: Decimal, lang: Language): string {
  const shown = showNumber(rate.abs(), 1);
  if (shown === "0.0") return lang === "zh" ? "持平" : "unchanged";
  if (lang === "zh") return `${rate.lt(0) ? "下降" : "增长"}${shown}%`;
  return `${rate.lt(0) ? "down" : "up"} ${shown}%`;
}

/** 超过序时进度1.2个百分点, 落后序时进度17.3个百分点, 与序时进度持平. */
export function paceWords(distance: Decimal, lang: Language): string {
  const shown = showNumber(distance.abs(), 1);
  if (shown === "0.0") return lang === "zh" ? "与序时进度持平" : "on pace";
  if (lang === "zh") return `${distance.lt(0) ? "落后" : "超过"}序时进度${shown}个百分点`;
  return `${shown} pp ${distance.lt(0) ? "behind" : "ahead of"} pace`;
}

/** 第13位（共15个）, 并列第2位（共15个）; "13th of 15", "joint 2nd of 15". */
export function rankWords(rank: Pick<Rank, "rank" | "of" | "tied">, lang: Language): string {
  if (lang === "zh") return `${rank.tied ? "并列" : ""}第${rank.rank}位（共${rank.of}个）`;
  return `${rank.tied ? "joint " : ""}${ordinal(rank.rank)} of ${rank.of}`;
}

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}

const TREND_WORDS: Record<Trend["word"], Record<Language, string>> = {
  rising: { zh: "逐月回升", en: "rising" },
  falling: { zh: "逐月回落", en: "falling" },
  "narrowing-fall": { zh: "降幅收窄", en: "fall narrowing" },
  "widening-fall": { zh: "降幅扩大", en: "fall widening" },
  fluctuating: { zh: "波动", en: "fluctuating" },
  flat: { zh: "基本持平", en: "flat" },
};

export function trendWords(word: Trend["word"], lang: Language): string {
  return TREND_WORDS[word][lang];
}

/** Decimals of a gap: as many as the target was given with, two at most (8.58 − 3.4 = 5.18). */
function gapPlaces(a: Assessment, measure: Measure): number {
  const target = a.targets.find((t) => t.kind === "value");
  const given = target ? toDisplayUnit(measure, target.value).decimalPlaces() : 0;
  return Math.max(measure.decimals, Math.min(given, 2));
}

/** Decimals of an amount: monthly amounts and bases show one more than the measure. */
export function amountPlaces(a: Assessment, measure: Measure, field: NumberField): number {
  if (field === "gap") return gapPlaces(a, measure);
  const finer =
    field === "requiredMonthly" || field === "achievedMonthly" || field.startsWith("likeForLike.");
  return finer ? Math.max(2, measure.decimals + 1) : measure.decimals;
}

/** The text of one number of an assessment; undefined when it is missing. */
export function showField(
  a: Assessment,
  measure: Measure,
  field: NumberField,
  lang: Language,
): string | undefined {
  const number = numberAt(a, field);
  if (isMissing(number)) return undefined;
  switch (field) {
    case "growth":
      return measure.kind === "rate" ? showPoints(number.value, lang) : showRate(number.value);
    case "likeForLike.growth":
    case "completion":
    case "pace.expected":
    case "seasonalPace.expected":
      return showRate(number.value);
    case "likeForLike.explained":
      return `${showNumber(number.value, 0)}%`;
    case "pace.distance":
    case "seasonalPace.distance":
    case "targetGrowthDistance":
      return showPoints(number.value, lang);
    default:
      return showAmount(measure, number.value, lang, amountPlaces(a, measure, field));
  }
}
