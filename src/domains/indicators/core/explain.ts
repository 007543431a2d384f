/**
 * How a derived number came about, in words and with its numbers: what a person sees who clicks on it.
 *
 * Operands are printed with the digits they have (four decimals at most), so that the reader can do the sum again;
 * "=" only where the printed result is exact, otherwise "≈".
 */
import { type Decimal, formatShort, HUNDRED } from "../../../shared/decimal.ts";
import {
  type Language,
  monthsElapsed,
  periodLabel,
  previousInYear,
  sameLastYear,
} from "../../../shared/period.ts";
import { type Measure, toDisplayUnit } from "../../ledger/core/measure.ts";
import type { Assessment, Traced } from "./assessment.ts";
import { amountPlaces, rankWords, showField, showRate } from "./display.ts";
import { impliedBase } from "./growth.ts";
import { type NumberField, numberAt } from "./number-field.ts";
import { isMissing } from "./traced.ts";

type Context = { a: Assessment; measure: Measure; lang: Language; value: Decimal };

/** The calculation; undefined when the number is missing or is itself a fact. */
export function explain(
  a: Assessment,
  measure: Measure,
  field: NumberField | "rank",
  lang: Language,
): string | undefined {
  if (field === "rank") return explainRank(a, lang);
  const number = numberAt(a, field);
  const shown = showField(a, measure, field, lang);
  if (isMissing(number) || shown === undefined || isMissing(a.value)) return undefined;
  const how = calculation(field, number, { a, measure, lang, value: a.value.value });
  if (how === undefined) return undefined;
  return typeof how === "string" ? how : `${how.sum} ${isExact(how.exact, how.places) ? "=" : "≈"} ${shown}`;
}

type Sum = { sum: string; exact: Decimal; places: number };

function isExact(exact: Decimal, places: number): boolean {
  return exact.decimalPlaces() <= places;
}

/** An operand: its own digits, thousands separated, negative ones in brackets. */
function digits(d: Decimal): string {
  const [whole = "", fraction] = formatShort(d.abs(), 4).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction ? `.${fraction}` : "");
  return d.lt(0) && text !== "0" ? `(−${text})` : text;
}

function calculation(field: NumberField, number: Traced, c: Context): Sum | string | undefined {
  switch (field) {
    case "value":
      return undefined;
    case "month":
      return explainMonth(number, c);
    case "growth":
      return explainGrowth(number, c);
    case "targetGrowthDistance":
      return explainGrowthDistance(number, c);
    case "completion":
    case "gap":
      return againstTarget(field, number, c);
    case "requiredMonthly":
    case "achievedMonthly":
      return monthly(field, number, c);
    case "pace.expected":
    case "pace.distance":
    case "seasonalPace.expected":
    case "seasonalPace.distance":
      return explainPace(field, number, c);
    default:
      return explainLikeForLike(field, number, c);
  }
}

/** An amount in the display unit. */
function amount(d: Decimal, c: Context): string {
  return digits(toDisplayUnit(c.measure, d));
}

function explainMonth(month: Traced, c: Context): Sum | string {
  const { a, lang, measure } = c;
  const before = previousInYear(a.period);
  if (month.refs.length < 2 || !before) {
    if (!before) return lang === "zh" ? "1月累计即当月" : "January is its own year-to-date";
    return lang === "zh" ? "当月数由来源直接报送" : "the month as its source reported it";
  }
  const now = periodLabel(a.period, "ytd", lang);
  const earlier = periodLabel(before, "ytd", lang);
  return {
    sum: `${now} ${amount(c.value, c)} − ${earlier} ${amount(c.value.minus(month.value), c)}`,
    exact: toDisplayUnit(measure, month.value),
    places: measure.decimals,
  };
}

function explainGrowth(growth: Traced, c: Context): Sum | string {
  const { a, lang } = c;
  if (!isMissing(a.growth) && a.growth.origin === "reported") {
    const check = a.growth.recomputed && showRate(a.growth.recomputed.value);
    const agrees = check === showRate(growth.value);
    if (lang === "zh") {
      const note = agrees ? "，与台账两年数值一致" : `，但台账两年数值计算为${check}`;
      return `按公布的增速，未重算${check ? note : ""}`;
    }
    const note = agrees
      ? ", and two values in the ledger agree"
      : `, but two values in the ledger give ${check}`;
    return `as published, not recomputed${check ? note : ""}`;
  }
  const base = impliedBase(c.value, growth.value);
  if (!base) return lang === "zh" ? "由台账两年数值计算" : "from two values in the ledger";
  return { sum: `${amount(c.value, c)} ÷ ${amount(base, c)} − 1`, exact: growth.value, places: 1 };
}

function explainGrowthDistance(distance: Traced, c: Context): Sum | undefined {
  const { growth } = c.a;
  if (isMissing(growth)) return undefined;
  const target = growth.value.minus(distance.value);
  return { sum: `${digits(growth.value)}% − ${digits(target)}%`, exact: distance.value, places: 1 };
}

function againstTarget(field: "completion" | "gap", number: Traced, c: Context): Sum | undefined {
  const target = c.a.targets.find((t) => t.kind === "value");
  if (!target) return undefined;
  if (field === "completion") {
    return { sum: `${amount(c.value, c)} ÷ ${amount(target.value, c)}`, exact: number.value, places: 1 };
  }
  return {
    sum: `${amount(target.value, c)} − ${amount(c.value, c)}`,
    exact: toDisplayUnit(c.measure, number.value),
    places: amountPlaces(c.a, c.measure, "gap"),
  };
}

function monthly(
  field: "requiredMonthly" | "achievedMonthly",
  number: Traced,
  c: Context,
): Sum | string | undefined {
  const { a, lang, measure } = c;
  const gone = monthsElapsed(a.period);
  const exact = toDisplayUnit(measure, number.value);
  const places = amountPlaces(a, measure, field);
  if (field === "achievedMonthly") return { sum: `${amount(c.value, c)} ÷ ${gone}`, exact, places };
  if (isMissing(a.gap)) return undefined;
  if (a.gap.value.lte(0)) return lang === "zh" ? "全年任务已完成" : "the year's task is done";
  return { sum: `${amount(a.gap.value, c)} ÷ ${12 - gone}`, exact, places };
}

function explainPace(
  field: "pace.expected" | "pace.distance" | "seasonalPace.expected" | "seasonalPace.distance",
  number: Traced,
  c: Context,
): Sum | string | undefined {
  const { a, lang } = c;
  const gone = monthsElapsed(a.period);
  if (field === "pace.expected") return { sum: `${gone} ÷ 12`, exact: number.value, places: 1 };
  const pace = field === "pace.distance" ? a.pace : a.seasonalPace;
  if (isMissing(pace) || isMissing(a.completion)) return undefined;
  if (field === "seasonalPace.expected") {
    const years = pace.years;
    const share = showField(a, c.measure, field, lang) ?? "";
    if (!years)
      return lang === "zh" ? `本指标的季节计划 ${share}` : `the season plan of this indicator: ${share}`;
    if (lang === "zh")
      return `${years.join("、")}年${periodLabel(a.period, "ytd", lang)}平均完成全年的 ${share}`;
    return `on average ${share} of the year was done by then in ${years.join(", ")}`;
  }
  const two = (d: Decimal) => digits(d.toDecimalPlaces(2));
  return {
    sum: `${two(a.completion.value)}% − ${two(pace.expected.value)}%`,
    exact: number.value,
    places: 1,
  };
}

function explainLikeForLike(field: NumberField, number: Traced, c: Context): Sum | string | undefined {
  const like = c.a.likeForLike;
  if (isMissing(like) || isMissing(c.a.value)) return undefined;
  const base = like.base.value;
  const adjusted = like.adjustedBase.value;
  const exact = toDisplayUnit(c.measure, number.value);
  const places = amountPlaces(c.a, c.measure, field);
  if (field === "likeForLike.base") return explainBase(number, c);
  if (field === "likeForLike.adjustedBase") {
    return { sum: `${amount(base, c)} − ${amount(base.minus(adjusted), c)}`, exact, places };
  }
  const present = adjusted.times(like.growth.value.div(HUNDRED).plus(1));
  if (field === "likeForLike.growth") {
    return { sum: `${amount(present, c)} ÷ ${amount(adjusted, c)} − 1`, exact: number.value, places: 1 };
  }
  const change = c.value.minus(base);
  const byOneOffs = number.value.div(HUNDRED).times(change);
  return { sum: `${amount(byOneOffs, c)} ÷ ${amount(change, c)}`, exact: number.value, places: 0 };
}

function explainBase(base: Traced, c: Context): Sum | string | undefined {
  const { a, lang, measure } = c;
  const own = isMissing(a.value) ? undefined : a.value.refs[0];
  if (own === undefined || !base.refs.includes(own)) {
    const then = periodLabel(sameLastYear(a.period), "ytd", lang, true);
    return lang === "zh" ? `台账中${then}的数值` : `the value of ${then} in the ledger`;
  }
  if (isMissing(a.growth)) return undefined;
  const rate = a.growth.value;
  return {
    sum: `${amount(c.value, c)} ÷ (1 ${rate.lt(0) ? "−" : "+"} ${digits(rate.abs())}%)`,
    exact: toDisplayUnit(measure, base.value),
    places: amountPlaces(a, measure, "likeForLike.base"),
  };
}

function explainRank(a: Assessment, lang: Language): string | undefined {
  const { rank } = a;
  if (isMissing(rank)) return undefined;
  const words = rankWords(rank, lang);
  const absent = rank.missing.length;
  if (lang === "zh") {
    const on = rank.by === "growth" ? "增速" : "数值";
    return `按${on}排序，并列按1、1、3计，${words}${absent > 0 ? `；${absent}个单位没有数据` : ""}`;
  }
  const on = rank.by === "growth" ? "growth" : "value";
  return `ranked on ${on}, ties 1, 1, 3: ${words}${absent > 0 ? `; ${absent} without data` : ""}`;
}
