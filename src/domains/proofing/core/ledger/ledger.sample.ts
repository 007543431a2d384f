/** A made-up county with a year and a half of made-up figures, as the ledger would tell of it; for tests. */
import { dec } from "../../../../shared/decimal.ts";
import { period } from "../../../../shared/period.ts";
import { computeAssessment } from "../../../indicators/core/assess.ts";
import type { Target } from "../../../indicators/core/assessment.ts";
import type { FigureFact } from "../../../indicators/core/series.ts";
import type { Measure } from "../../../ledger/core/measure.ts";
import { proofDraftText } from "../proof-draft.ts";
import type { Claim } from "../claim.ts";
import { claimsOfLedger } from "./compare.ts";
import { entryOf, type LedgerEntry } from "./ledger-entry.ts";
import type { LedgerNames, NamedMeasure } from "./ledger-words.ts";
import { namesOfMeasure } from "./measure-names.ts";

export const county = { code: 140931000000, nameZh: "青河县", nameEn: "Qinghe" };
const prefecture = { code: 140900000000, nameZh: "平川市", nameEn: "Pingchuan" };
export const township = { code: 140931101000, nameZh: "石桥镇", nameEn: "Shiqiao" };
const neighbours = [140932000000, 140933000000, 140934000000];

const common = { direction: "up", frequency: "monthly", allowsNegative: false } as const;
const money = { unit: "万元", displayUnit: "亿元", decimals: 1, kind: "flow", additive: true } as const;
const income = { unit: "元", displayUnit: "元", decimals: 0, kind: "average", additive: false } as const;

function measure(code: string, nameZh: string, rest: Partial<Measure>): Measure {
  return {
    code,
    nameZh,
    nameEn: code.replaceAll("_", " "),
    priceBasis: "nominal",
    growthPolicy: "reported",
    ...common,
    ...money,
    ...rest,
  };
}

const measures: readonly Measure[] = [
  measure("gdp", "地区生产总值", { priceBasis: "comparable" }),
  measure("industrial_value_added", "规模以上工业增加值", { priceBasis: "comparable" }),
  measure("fixed_asset_investment", "固定资产投资", {}),
  measure("retail_sales", "社会消费品零售总额", {}),
  measure("fiscal_revenue", "财政总收入", { growthPolicy: "recomputable" }),
  measure("budget_revenue", "公共财政预算收入", { growthPolicy: "recomputable", decimals: 2 }),
  measure("urban_income", "城镇居民人均可支配收入", income),
];

export function sampleMeasure(code: string): Measure {
  const found = measures.find((one) => one.code === code);
  if (!found) throw new Error(`no measure ${code}`);
  return found;
}

/** what its own source blurred: 约24.7亿元 */
const blurred = "industrial_value_added";

/** region, measure, period → value as its source printed it, and growth in percent */
type Row = readonly [number, string, string, string, string | undefined];
const rows: readonly Row[] = [
  [county.code, "gdp", "2016-07", "60.4亿元", "6.3"],
  [county.code, "industrial_value_added", "2016-07", "24.7亿元", "5.2"],
  [county.code, "fixed_asset_investment", "2015-12", "127.6亿元", "11.4"],
  [county.code, "fixed_asset_investment", "2015-07", "66.02亿元", "10.9"],
  [county.code, "fixed_asset_investment", "2016-06", "59.38亿元", "10.2"],
  [county.code, "fixed_asset_investment", "2016-07", "72.46亿元", "9.7"],
  [county.code, "retail_sales", "2016-07", "31亿元", "7"],
  [county.code, "fiscal_revenue", "2015-07", "98642万元", undefined],
  [county.code, "fiscal_revenue", "2016-07", "81175万元", undefined],
  [county.code, "budget_revenue", "2016-07", "3.58亿元", "-12.4"],
  [county.code, "urban_income", "2016-07", "13284元", "6.6"],
  [township.code, "fixed_asset_investment", "2016-07", "4.13亿元", "8.8"],
  [township.code, "retail_sales", "2016-07", "0.62亿元", "6.1"],
  [neighbours[0] as number, "fixed_asset_investment", "2016-07", "90亿元", "12.1"],
  [neighbours[1] as number, "fixed_asset_investment", "2016-07", "50亿元", "9.8"],
  [neighbours[2] as number, "fixed_asset_investment", "2016-07", "55亿元", "3.4"],
];
const targets: readonly (readonly [string, string])[] = [
  ["fixed_asset_investment", "152.8亿元"],
  ["budget_revenue", "8.36亿元"],
];

type SampleFigure = FigureFact & {
  region: number;
  measure: string;
  qualifier: string | null;
  stated: string | null;
};

function inUnit(printed: string): string {
  const [, number = "", unit = ""] = /^([\d.]+)(\D+)$/.exec(printed) ?? [];
  return dec(number)
    .times(unit === "亿元" ? 10_000 : 1)
    .toFixed();
}

const figures: readonly SampleFigure[] = rows.flatMap(([region, code, when, stated, growth], i) => {
  const qualifier = code === blurred ? "about" : null;
  const fact = { region, measure: code, basis: "ytd", period: period(when), qualifier } as const;
  const value = { ...fact, id: 100 + i, aspect: "value", value: dec(inUnit(stated)), stated } as const;
  if (growth === undefined) return [value];
  return [
    value,
    { ...fact, id: 300 + i, aspect: "growth", value: dec(growth), stated: `${growth}%` } as const,
  ];
});

function targetsOf(code: string, when: string): Target[] {
  return targets.flatMap(([measureCode, stated], i) =>
    measureCode === code && when.startsWith("2016")
      ? [{ ref: `t${i + 1}` as const, kind: "value" as const, value: dec(inUnit(stated)), stated }]
      : [],
  );
}

export function entryFor(region: number, code: string, when: string): LedgerEntry | undefined {
  const found = measures.find((one) => one.code === code);
  if (!found) return undefined;
  const own = figures.filter((row) => row.region === region && row.measure === code);
  const members = [county.code, ...neighbours];
  const assessment = computeAssessment({
    measure: found,
    region,
    period: period(when),
    figures: own,
    targets: region === county.code ? targetsOf(code, when) : [],
    oneOffs: [],
    ...(members.includes(region) ? { set: { code: "four", members, countMissing: false } } : {}),
    peers: figures.filter((row) => row.measure === code && row.region !== region),
  });
  return entryOf({ measure: found, assessment, figures: own, isWholeSet: true });
}

const named: readonly NamedMeasure[] = measures.map(({ code, nameZh, nameEn, unit, priceBasis }) => ({
  code,
  nameZh,
  nameEn,
  names: namesOfMeasure(nameZh),
  unit,
  isComparable: priceBasis === "comparable",
}));

export const names: LedgerNames = {
  own: county,
  parent: prefecture,
  others: [township],
  measures: named,
  period: "2016-07",
};

/** The ledger claims of a text, as in the program but without a database. */
export function ledgerClaims(text: string, given: Partial<LedgerNames> = {}): Claim[] {
  const asked = { ...names, ...given };
  const { figures: seen } = proofDraftText(text, asked);
  return claimsOfLedger({
    text,
    figures: seen,
    measures: named,
    regions: [asked.own, ...asked.others],
    entryOf: ({ region, measure: code, period: when }) => entryFor(region, code, when),
  });
}
