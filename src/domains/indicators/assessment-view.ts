/** An assessment as the web page reads it: each number with its text, its calculation in words, and its refs. */
import { dec, formatShort } from "../../shared/decimal.ts";
import type { Decimal } from "../../shared/decimal.ts";
import { toDisplayUnit } from "../ledger/core/measure.ts";
import type { Measure } from "../ledger/core/measure.ts";
import type { AssessmentView, NumberView } from "./contract.ts";
import type { Assessment, Forecast, Growth, Missing, Traced } from "./core/assessment.ts";
import { showField } from "./core/display.ts";
import { explain } from "./core/explain.ts";
import type { NumberField } from "./core/number-field.ts";
import { numberAt } from "./core/number-field.ts";
import { isMissing } from "./core/traced.ts";

/** Exact text for the wire; more than 20 places only arise in quotients, where nobody reads them. */
export function decimalText(value: Decimal): string {
  return formatShort(value, 20);
}

export function toAssessmentView(a: Assessment, measure: Measure): AssessmentView {
  const number = (field: NumberField): NumberView | Missing => numberView(a, measure, field);
  return {
    region: a.region,
    measure: a.measure,
    period: a.period,
    value: number("value"),
    month: number("month"),
    growth: growthView(a.growth, number("growth")),
    likeForLike: isMissing(a.likeForLike)
      ? a.likeForLike
      : {
          growth: number("likeForLike.growth") as NumberView,
          base: number("likeForLike.base") as NumberView,
          adjustedBase: number("likeForLike.adjustedBase") as NumberView,
          explained: number("likeForLike.explained"),
        },
    trend: trendView(a),
    targets: a.targets.map((target) => ({ ...target, value: decimalText(target.value) })),
    targetGrowthDistance: number("targetGrowthDistance"),
    completion: number("completion"),
    pace: paceView(a.pace, number("pace.expected"), number("pace.distance")),
    seasonalPace: paceView(a.seasonalPace, number("seasonalPace.expected"), number("seasonalPace.distance")),
    gap: number("gap"),
    requiredMonthly: number("requiredMonthly"),
    achievedMonthly: number("achievedMonthly"),
    rank: isMissing(a.rank) ? a.rank : { ...a.rank, missing: [...a.rank.missing], refs: [...a.rank.refs] },
    rankHistory: a.rankHistory.map((point) => ({ ...point })),
    forecasts: a.forecasts.map((forecast) => forecastView(forecast, measure)),
    standing: a.standing,
  };
}

function numberView(a: Assessment, measure: Measure, field: NumberField): NumberView | Missing {
  const number = numberAt(a, field);
  if (isMissing(number)) return number;
  const [zh, en] = [showField(a, measure, field, "zh"), showField(a, measure, field, "en")];
  const [howZh, howEn] = [explain(a, measure, field, "zh"), explain(a, measure, field, "en")];
  return {
    value: decimalText(number.value),
    text: { zh: zh ?? "", en: en ?? "" },
    ...(howZh !== undefined && howEn !== undefined ? { how: { zh: howZh, en: howEn } } : {}),
    refs: [...number.refs],
  };
}

function growthView(growth: Growth | Missing, number: NumberView | Missing): AssessmentView["growth"] {
  return isMissing(growth) || isMissing(number) ? (growth as Missing) : { ...number, origin: growth.origin };
}

function paceView(
  pace: { expected: Traced; distance: Traced } | Missing,
  expected: NumberView | Missing,
  distance: NumberView | Missing,
): AssessmentView["pace"] {
  if (isMissing(pace)) return pace;
  return isMissing(expected) || isMissing(distance) ? (expected as Missing) : { expected, distance };
}

function trendView(a: Assessment): AssessmentView["trend"] {
  if (isMissing(a.trend)) return a.trend;
  return {
    word: a.trend.word,
    change: decimalText(a.trend.change),
    points: a.trend.points.map((point) => ({
      period: point.period,
      growth: decimalText(point.growth),
      ref: point.ref,
    })),
  };
}

function forecastView(forecast: Forecast, measure: Measure): AssessmentView["forecasts"][number] {
  const scale = Number(toDisplayUnit(measure, ONE).toString());
  const shown = (value: number): number => Number((value * scale).toFixed(measure.decimals + 2));
  return {
    ...forecast,
    yearEnd: shown(forecast.yearEnd),
    low: shown(forecast.low),
    high: shown(forecast.high),
  };
}

/** A figure that is not part of an assessment, as a number of its own. */
export function figureNumber(value: Decimal, text: { zh: string; en: string }, id: number): NumberView {
  return { value: decimalText(value), text, refs: [`f${id}`] };
}

const ONE = dec(1);
