/**
 * The eight indicators of Yuanping for July 2016 as assessments, for tests: the speech's numbers
 * (indicators and one-offs as in the yuanping-2016 pack), the derived ones by the formulas of handbook section 1.
 */
import { dec, HUNDRED } from "../../../shared/decimal.ts";
import { monthPeriod, period } from "../../../shared/period.ts";
import type { Assessment, Missing, Rank, Ref, Traced, Trend } from "../../indicators/core/assessment.ts";
import type {
  BriefingFact,
  BriefingInput,
  BriefingMeasure,
  BriefingSubject,
  SeriesPoint,
} from "./briefing.ts";

export const july = period("2016-07");
export const yuanping = 140981000000;
const missing = (reason: Missing["missing"]): Missing => ({ missing: reason });
const speech = {
  kind: "speech",
  title: "市长在全市项目建设、工业经济百日攻坚暨脱贫攻坚推进会上的讲话",
  sha256: "9f2c61d07b3a4e58c1d0a6f3e7b25489d1c0ffee5a7b90aa13c4d5e6f7089abc",
} as const;
const synthetic = {
  kind: "synthetic",
  title: "忻州各县区月度演示序列",
  sha256: "17be04a2c95d6e3f80b1a7c2d4e5f60718293a4b5c6d7e8f9012a3b4c5d6e7f8",
} as const;

const money = { unit: "万元", displayUnit: "亿元", decimals: 1, kind: "flow" } as const;
const income = { unit: "元", displayUnit: "元", decimals: 0, kind: "average" } as const;
const nominal = { priceBasis: "nominal", growthPolicy: "reported", direction: "up" } as const;
const comparable = { priceBasis: "comparable", growthPolicy: "reported", direction: "up" } as const;
const recomputable = { priceBasis: "nominal", growthPolicy: "recomputable", direction: "up" } as const;

export const measures: readonly BriefingMeasure[] = [
  { code: "gdp", nameZh: "全市生产总值", nameEn: "GDP", frequency: "quarterly", ...money, ...comparable },
  {
    code: "industrial_value_added",
    nameZh: "规模以上工业增加值",
    nameEn: "Industrial value added",
    ...money,
    ...comparable,
  },
  {
    code: "fixed_asset_investment",
    nameZh: "固定资产投资",
    nameEn: "Fixed-asset investment",
    ...money,
    ...nominal,
  },
  { code: "retail_sales", nameZh: "社会消费品零售总额", nameEn: "Retail sales", ...money, ...nominal },
  {
    code: "fiscal_revenue_total",
    nameZh: "财政总收入",
    nameEn: "Total fiscal revenue",
    ...money,
    ...recomputable,
  },
  {
    code: "fiscal_revenue_general_budget",
    nameZh: "公共财政预算收入",
    nameEn: "General budget revenue",
    ...money,
    ...recomputable,
  },
  {
    code: "urban_disposable_income",
    nameZh: "城镇居民人均可支配收入",
    nameEn: "Urban income",
    frequency: "quarterly",
    ...income,
    ...nominal,
  },
  {
    code: "rural_disposable_income",
    nameZh: "农村居民人均可支配收入",
    nameEn: "Rural income",
    frequency: "quarterly",
    ...income,
    ...nominal,
  },
];

/** value in canonical unit, growth, rank, growth sequence April–July, rank a month before */
const numbers = [
  [550000, "6.5", 3, ["6.8", "6.7", "6.6", "6.5"], 3],
  [223000, "5", 5, ["3.2", "3.9", "4.6", "5"], 6],
  [785000, "9.3", 13, ["20.2", "13.7", "10.0", "9.3"], 12],
  [326000, "7.1", 1, ["6.9", "7.0", "7.2", "7.1"], 1],
  [71000, "-52", 15, ["-31.0", "-38.2", "-53.4", "-52"], 15],
  [34000, "-57.3", 15, ["-29.5", "-35.1", "-58.9", "-57.3"], 15],
  [13076, "6.9", 4, ["6.5", "6.6", "6.8", "6.9"], 4],
  [4779, "7", 4, ["6.9", "7.0", "7.0", "7"], 5],
] as const;

const units: readonly [number, string][] = [
  [140902000000, "忻府区"],
  [140921000000, "定襄县"],
  [140922000000, "五台县"],
  [140923000000, "代县"],
  [140924000000, "繁峙县"],
  [140925000000, "宁武县"],
  [140926000000, "静乐县"],
  [140927000000, "神池县"],
  [140928000000, "五寨县"],
  [140929000000, "岢岚县"],
  [140930000000, "河曲县"],
  [140931000000, "保德县"],
  [140932000000, "偏关县"],
  [140971000000, "五台山风景名胜区"],
];

const valueRef = (index: number): Ref => `f${101 + index * 20}`;
const growthRef = (index: number): Ref => `f${102 + index * 20}`;
const sequenceRef = (index: number, step: number): Ref =>
  step === 3 ? growthRef(index) : `f${103 + index * 20 + step}`;
const peerRef = (index: number, unit: number): Ref => `f${1001 + index * 14 + unit}`;
const seriesRef = (index: number, month: number): Ref =>
  month === 7 ? valueRef(index) : `f${2000 + index * 12 + month}`;
const targets: Readonly<
  Record<string, { ref: Ref; kind: "value" | "growth"; value: string; stated: string }>
> = {
  industrial_value_added: { ref: "t1", kind: "growth", value: "2.5", stated: "2.5%" },
  fixed_asset_investment: { ref: "t2", kind: "value", value: "1914000", stated: "191.4亿元" },
  fiscal_revenue_general_budget: { ref: "t3", kind: "value", value: "85800", stated: "8.58亿元" },
};
const oneOffs: Readonly<Record<string, Ref>> = {
  fiscal_revenue_total: "o1",
  fiscal_revenue_general_budget: "o2",
};
const oneOffAmount = dec(36996);

function likeForLike(code: string, value: Traced, growth: Traced): Assessment["likeForLike"] {
  const ref = oneOffs[code];
  if (!ref) return missing("NO_ONE_OFFS");
  const refs = [...value.refs, ...growth.refs, ref];
  const base = value.value.div(growth.value.div(HUNDRED).plus(1));
  const adjusted = base.minus(oneOffAmount);
  return {
    growth: { value: value.value.div(adjusted).minus(1).times(HUNDRED), refs },
    base: { value: base, refs: [...value.refs, ...growth.refs] },
    adjustedBase: { value: adjusted, refs },
    explained: { value: oneOffAmount.div(base.minus(value.value)).times(HUNDRED), refs },
  };
}

function targetParts(code: string, value: Traced): Partial<Assessment> {
  const target = targets[code];
  if (!target) return {};
  const facts = { targets: [{ ...target, value: dec(target.value) }] };
  if (target.kind === "growth") return facts;
  const refs = [...value.refs, target.ref];
  const completion = value.value.div(target.value).times(HUNDRED);
  const expected = { value: dec(7).div(12).times(HUNDRED), refs: [target.ref] };
  const gap = dec(target.value).minus(value.value);
  const seasonal = dec(code === "fixed_asset_investment" ? "46.8" : "57.1");
  return {
    ...facts,
    completion: { value: completion, refs },
    pace: { expected, distance: { value: completion.minus(expected.value), refs } },
    seasonalPace: {
      expected: { value: seasonal, refs: [target.ref] },
      distance: { value: completion.minus(seasonal), refs },
    },
    gap: { value: gap, refs },
    requiredMonthly: { value: gap.div(5), refs },
    achievedMonthly: { value: value.value.div(7), refs: value.refs },
    forecasts: [
      {
        model: "last-year-shape",
        yearEnd: Number(value.value) * 2.12,
        low: Number(value.value) * 1.98,
        high: Number(value.value) * 2.27,
        probability: 0.02,
        backtest: { mapePct: 4.3, origins: 14 },
      },
      {
        model: "damped-trend",
        yearEnd: Number(value.value) * 1.9,
        low: Number(value.value) * 1.7,
        high: Number(value.value) * 2.1,
        probability: 0.01,
        backtest: { mapePct: 6.8, origins: 14 },
      },
    ],
    standing: "late",
  };
}

function assess(measure: BriefingMeasure, index: number): Assessment {
  const [amount, rate, place, sequence, before] = numbers[index] as (typeof numbers)[number];
  const value: Traced = { value: dec(amount), refs: [valueRef(index)] };
  const growth = { value: dec(rate), refs: [growthRef(index)], origin: "reported" as const };
  const points = sequence.map((text, step) => ({
    period: monthPeriod(2016, 4 + step),
    growth: dec(text),
    ref: sequenceRef(index, step),
    origin: "reported" as const,
  }));
  const words: Record<number, Trend["word"]> = {
    0: "falling",
    1: "rising",
    2: "falling",
    4: "fluctuating",
    5: "fluctuating",
    6: "rising",
    7: "rising",
  };
  const rank: Rank = {
    rank: place,
    of: 15,
    set: "xinzhou-15",
    tied: false,
    missing: [],
    by: "growth",
    refs: [growthRef(index), ...units.map((_, unit) => peerRef(index, unit))],
  };
  return {
    region: yuanping,
    measure: measure.code,
    period: july,
    value,
    month: missing("NO_PRIOR"),
    growth,
    likeForLike: likeForLike(measure.code, value, growth),
    trend: { word: words[index] ?? "fluctuating", points, change: dec(sequence[3]).minus(sequence[2]) },
    targets: [],
    completion: missing("NO_TARGET"),
    pace: missing("NO_TARGET"),
    seasonalPace: missing("NO_TARGET"),
    gap: missing("NO_TARGET"),
    requiredMonthly: missing("NO_TARGET"),
    achievedMonthly: missing("NO_TARGET"),
    rank,
    rankHistory: [
      { period: monthPeriod(2016, 6), rank: before, of: 15 },
      { period: july, rank: place, of: 15 },
    ],
    forecasts: [],
    standing: growth.value.isNegative() ? "severe" : "ok",
    ...targetParts(measure.code, value),
  };
}

const investment = ["", "", "104000", "238000", "352000", "489000", "653000", "785000"];
function series(index: number): SeriesPoint[] {
  if (index !== 2) return [];
  return [2, 3, 4, 5, 6, 7].map((month) => ({
    period: monthPeriod(2016, month),
    value: dec(investment[month] as string),
    ref: seriesRef(index, month),
  }));
}

export const subjects: readonly BriefingSubject[] = measures.map((measure, index) => ({
  measure,
  assessment: assess(measure, index),
  series: series(index),
}));

function fact(ref: Ref, measure: BriefingMeasure, rest: Partial<BriefingFact>): BriefingFact {
  return {
    ref,
    kind: "figure",
    region: yuanping,
    regionName: "原平市",
    measure: measure.code,
    aspect: "value",
    basis: "ytd",
    period: july,
    value: dec(0),
    unit: measure.unit,
    stated: null,
    reason: null,
    locator: null,
    source: speech,
    ...rest,
  };
}

function factsOf(measure: BriefingMeasure, index: number): BriefingFact[] {
  const [amount, rate, , sequence] = numbers[index] as (typeof numbers)[number];
  const stated = measure.unit === "元" ? `${amount}元` : `${amount / 10000}亿元`;
  const target = targets[measure.code];
  const oneOff = oneOffs[measure.code];
  const isSpeech = index === 2;
  return [
    fact(valueRef(index), measure, { value: dec(amount), stated, locator: `C${index + 2}` }),
    fact(growthRef(index), measure, {
      aspect: "growth",
      value: dec(rate),
      unit: "%",
      stated: `${rate}%`,
      locator: `D${index + 2}`,
    }),
    ...sequence.slice(0, 3).map((text, step) =>
      fact(sequenceRef(index, step), measure, {
        aspect: "growth",
        value: dec(text),
        unit: "%",
        period: monthPeriod(2016, 4 + step),
        ...(isSpeech
          ? { locator: `D${10 + step}` }
          : { source: synthetic, locator: `行${200 + index * 31 + step}` }),
      }),
    ),
    ...units.map(([region, regionName], unit) =>
      fact(peerRef(index, unit), measure, {
        region,
        regionName,
        aspect: "growth",
        unit: "%",
        source: synthetic,
        locator: `行${1000 + index * 15 + unit}`,
        value: dec(rate).plus(unit < (numbers[index]?.[2] ?? 1) - 1 ? 1 + unit * 0.3 : -0.4 - unit * 0.3),
      }),
    ),
    ...(target
      ? [
          fact(target.ref, measure, {
            kind: "target",
            aspect: target.kind,
            basis: "year",
            period: period("2016"),
            value: dec(target.value),
            stated: target.stated,
            locator: `L${index + 2}`,
          }),
        ]
      : []),
    ...(oneOff
      ? [
          fact(oneOff, measure, {
            kind: "one-off",
            basis: "month",
            period: monthPeriod(2015, 6),
            value: oneOffAmount,
            unit: "万元",
            stated: "36996万元",
            reason: "省厅下拨沉陷区治理专项资金",
            locator: "D2",
          }),
        ]
      : []),
    ...series(index)
      .filter((point) => point.period !== july)
      .map((point) =>
        fact(point.ref, measure, {
          period: point.period,
          value: point.value,
          source: synthetic,
          locator: "行73",
        }),
      ),
  ];
}

export const julyInput: BriefingInput = {
  region: yuanping,
  regionName: "原平市",
  parentName: "忻州市",
  issuer: "原平市人民政府办公室",
  period: july,
  priorPeriod: monthPeriod(2016, 6),
  meetingDate: "2016-08-15",
  subjects,
  facts: measures.flatMap(factsOf),
  auditHead: {
    algorithm: "sm3",
    number: 12,
    hash: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
  },
};
