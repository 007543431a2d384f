/**
 * The eight indicators of Yuanping for July 2016 as a briefing's input, for tests: the speech's numbers as in the
 * yuanping-2016 pack, made-up months before them and made-up neighbours, assessed by the same code as in the ledger.
 */
import { dec } from "../../../shared/decimal.ts";
import { monthPeriod, period } from "../../../shared/period.ts";
import { computeAssessment } from "../../indicators/core/assess.ts";
import type { Target } from "../../indicators/core/assessment.ts";
import type { FigureFact } from "../../indicators/core/series.ts";
import type { Measure } from "../../ledger/core/measure.ts";
import type { BriefingFact, BriefingInput, BriefingSubject } from "./briefing.ts";

export const july = period("2016-07");
export const yuanping = 140981000000;
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

const money = {
  unit: "万元",
  displayUnit: "亿元",
  decimals: 1,
  kind: "flow",
  additive: true,
  allowsNegative: false,
  frequency: "monthly",
} as const;
const income = {
  unit: "元",
  displayUnit: "元",
  decimals: 0,
  kind: "average",
  additive: false,
  allowsNegative: false,
  frequency: "quarterly",
} as const;
const nominal = { priceBasis: "nominal", growthPolicy: "reported", direction: "up" } as const;
const comparable = { priceBasis: "comparable", growthPolicy: "reported", direction: "up" } as const;
const recomputable = { priceBasis: "nominal", growthPolicy: "recomputable", direction: "up" } as const;

export const measures: readonly Measure[] = [
  { code: "gdp", nameZh: "全市生产总值", nameEn: "GDP", ...money, ...comparable, frequency: "quarterly" },
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
    ...income,
    ...nominal,
  },
  {
    code: "rural_disposable_income",
    nameZh: "农村居民人均可支配收入",
    nameEn: "Rural income",
    ...income,
    ...nominal,
  },
];

/** canonical value, growth as published, place among 15, growth April to June, growth a month before for the peers' order */
const numbers = [
  [550000, "6.5", 3, ["6.8", "6.7", "6.6"]],
  [223000, "5", 5, ["3.2", "3.9", "4.6"]],
  [785000, "9.3", 13, ["20.2", "13.7", "10.0"]],
  [326000, "7.1", 1, ["6.9", "7.0", "7.2"]],
  [71000, "-52", 15, ["-31.0", "-38.2", "-53.4"]],
  [34000, "-57.3", 15, ["-29.5", "-35.1", "-58.9"]],
  [13076, "6.9", 4, ["6.5", "6.6", "6.8"]],
  [4779, "7", 4, ["6.9", "7.0", "7.0"]],
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

const targets: Readonly<Record<string, Target>> = {
  industrial_value_added: { ref: "t1", kind: "growth", value: dec("2.5"), stated: "2.5%" },
  fixed_asset_investment: { ref: "t2", kind: "value", value: dec(1914000), stated: "191.4亿元" },
  fiscal_revenue_general_budget: { ref: "t3", kind: "value", value: dec(85800), stated: "8.58亿元" },
};
const oneOffIds: Readonly<Record<string, number>> = {
  fiscal_revenue_total: 1,
  fiscal_revenue_general_budget: 2,
};
const oneOffAmount = dec(36996);
const oneOffMonth = monthPeriod(2015, 6);

type Origin = Pick<BriefingFact, "source" | "locator">;
const fromSpeech = (locator: string): Origin => ({ source: speech, locator });
const made = (row: number): Origin => ({ source: synthetic, locator: `行${row}` });

function figureFact(measure: Measure, id: number, rest: Partial<BriefingFact> & Origin): BriefingFact {
  return {
    ref: `f${id}`,
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
    ...rest,
  };
}

/** Share of a year done after so many months: slow in winter, as investment is. */
const share = (month: number): number => (month / 12) ** 1.2;

/** What Yuanping has in the ledger for one measure. */
function ownFacts(measure: Measure, index: number): BriefingFact[] {
  const [amount, rate, , before] = numbers[index] as (typeof numbers)[number];
  const id = (n: number) => 100 * (index + 1) + n;
  const stated = measure.unit === "元" ? `${amount}元` : `${amount / 10000}亿元`;
  const speechRates = measure.code === "fixed_asset_investment";
  const rates = before.map((text, step) =>
    figureFact(measure, id(2 + step), {
      aspect: "growth",
      unit: "%",
      value: dec(text),
      period: monthPeriod(2016, 4 + step),
      ...(speechRates ? { ...fromSpeech(`D${10 + step}`), stated: `${text}%` } : made(id(2 + step))),
    }),
  );
  return [
    figureFact(measure, id(0), { value: dec(amount), stated, ...fromSpeech(`C${index + 2}`) }),
    figureFact(measure, id(1), {
      aspect: "growth",
      unit: "%",
      value: dec(rate),
      stated: `${rate}%`,
      ...fromSpeech(`D${index + 2}`),
    }),
    ...rates,
    ...history(measure, amount, Number(rate), id),
  ];
}

/** Cumulative values of 2014, 2015 and January to June 2016 that lead up to July's, the grant of June 2015 in them. */
function history(measure: Measure, amount: number, rate: number, id: (n: number) => number): BriefingFact[] {
  if (measure.kind !== "flow" || measure.frequency !== "monthly") return [];
  const grant = oneOffIds[measure.code] ? oneOffAmount.toNumber() : 0;
  const lastJuly = amount / (1 + rate / 100);
  const yearly = { 2014: (lastJuly - grant) * 0.94, 2015: lastJuly - grant, 2016: amount } as const;
  const months = ([2014, 2015, 2016] as const).flatMap((year) =>
    Array.from({ length: year === 2016 ? 6 : 12 }, (_, index) => ({ year, month: index + 1 })),
  );
  return months.map(({ year, month }, index) => {
    const extra = year === 2015 && month >= 6 ? grant : 0;
    const wobble = 1 + ((index * 7) % 5) / 400 - 0.005;
    const exact = ((yearly[year] * share(month)) / share(7)) * (month === 7 ? 1 : wobble) + extra;
    return figureFact(measure, id(10 + index), {
      value: dec(Math.round(exact)),
      period: monthPeriod(year, month),
      ...made(id(10 + index)),
    });
  });
}

/** The other 14 units' growth for July and June, so many of them better that the place comes out. */
function peerFacts(measure: Measure, index: number): BriefingFact[] {
  const [, rate, place, before] = numbers[index] as (typeof numbers)[number];
  return units.flatMap(([region, regionName], unit) =>
    (
      [
        [july, rate],
        [monthPeriod(2016, 6), before[2]],
      ] as const
    ).map(([at, own], step) => {
      const id = 2000 + index * 40 + unit * 2 + step;
      const ahead = unit < place - 1;
      const distance = dec(unit).times("0.3").plus("0.4");
      return figureFact(measure, id, {
        region,
        regionName,
        aspect: "growth",
        unit: "%",
        period: at,
        ...made(id),
        value: ahead ? dec(own).plus(distance) : dec(own).minus(distance),
      });
    }),
  );
}

function otherFacts(measure: Measure, index: number): BriefingFact[] {
  const target = targets[measure.code];
  const oneOff = oneOffIds[measure.code];
  const facts: BriefingFact[] = [];
  if (target) {
    const unit = target.kind === "growth" ? "%" : measure.unit;
    facts.push({
      ...figureFact(measure, 0, fromSpeech(`L${index + 2}`)),
      ref: target.ref,
      kind: "target",
      aspect: target.kind,
      basis: "year",
      period: period("2016"),
      value: target.value,
      unit,
      stated: target.stated,
    });
  }
  if (oneOff) {
    facts.push({
      ...figureFact(measure, 0, fromSpeech(`D${oneOff + 1}`)),
      ref: `o${oneOff}`,
      kind: "one-off",
      basis: "month",
      period: oneOffMonth,
      value: oneOffAmount,
      stated: "36996万元",
      reason: "省厅下拨沉陷区治理专项资金",
    });
  }
  return facts;
}

const asFigure = (fact: BriefingFact): FigureFact => ({
  id: Number(fact.ref.slice(1)),
  aspect: fact.aspect as FigureFact["aspect"],
  basis: "ytd",
  period: fact.period,
  value: fact.value,
  stated: fact.stated,
});

function subjectOf(measure: Measure, index: number): BriefingSubject {
  const own = ownFacts(measure, index);
  const target = targets[measure.code];
  const oneOff = oneOffIds[measure.code];
  const assessment = computeAssessment({
    measure,
    region: yuanping,
    period: july,
    figures: own.map(asFigure),
    targets: target ? [target] : [],
    oneOffs: oneOff ? [{ id: oneOff, period: oneOffMonth, amount: oneOffAmount }] : [],
    set: { code: "xinzhou-15", members: [yuanping, ...units.map(([code]) => code)], countMissing: false },
    peers: peerFacts(measure, index).map((fact) => ({ ...asFigure(fact), region: fact.region })),
  });
  const series = own
    .filter((fact) => fact.aspect === "value")
    .map(({ period: at, value, ref }) => ({ period: at, value, ref }))
    .sort((a, b) => (a.period < b.period ? -1 : 1));
  return { measure, assessment, series };
}

export const subjects: readonly BriefingSubject[] = measures.map(subjectOf);

export const julyInput: BriefingInput = {
  region: yuanping,
  regionName: "原平市",
  parentName: "忻州市",
  issuer: "原平市人民政府办公室",
  period: july,
  priorPeriod: monthPeriod(2016, 6),
  meetingDate: "2016-08-15",
  subjects,
  facts: measures.flatMap((measure, index) => [
    ...ownFacts(measure, index),
    ...peerFacts(measure, index),
    ...otherFacts(measure, index),
  ]),
  auditHead: {
    algorithm: "sm3",
    number: 12,
    hash: "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
  },
};
