/** Facts for tests: the speech of August 2016 in the shapes of the ledger, and short ways to write more. */
import { dec } from "../../../shared/decimal.ts";
import { addMonths, type Basis, type Period, period } from "../../../shared/period.ts";
import type { Aspect } from "../../ledger/core/figure.ts";
import type { Measure } from "../../ledger/core/measure.ts";
import type { Target } from "./assessment.ts";
import { type FigureFact, makeSeries, type OneOff, type Series } from "./series.ts";

export const YUANPING = 140981000000;

export function aMeasure(change: Partial<Measure> = {}): Measure {
  return {
    code: "fiscal_revenue_general_budget",
    nameZh: "公共财政预算收入",
    nameEn: "General public budget revenue",
    unit: "万元",
    displayUnit: "亿元",
    decimals: 1,
    kind: "flow",
    priceBasis: "nominal",
    growthPolicy: "recomputable",
    direction: "up",
    frequency: "monthly",
    additive: true,
    allowsNegative: false,
    ...change,
  };
}

export const INVESTMENT = aMeasure({
  code: "fixed_asset_investment",
  nameZh: "固定资产投资",
  nameEn: "Fixed-asset investment",
  growthPolicy: "reported",
});
export const INDUSTRY = aMeasure({
  code: "industrial_value_added",
  nameZh: "规模以上工业增加值",
  nameEn: "Value added of industry above scale",
  priceBasis: "comparable",
  growthPolicy: "reported",
});
export const INCOME = aMeasure({
  code: "urban_disposable_income",
  nameZh: "城镇居民人均可支配收入",
  nameEn: "Urban disposable income per person",
  unit: "元",
  displayUnit: "元",
  decimals: 0,
  kind: "average",
  growthPolicy: "reported",
  additive: false,
});

export function aFigure(
  id: number,
  at: string,
  value: string,
  change: { aspect?: Aspect; basis?: Basis; stated?: string } = {},
): FigureFact {
  return { id, aspect: "value", basis: "ytd", period: period(at), value: dec(value), ...change };
}

export function growthFigure(id: number, at: string, value: string): FigureFact {
  return aFigure(id, at, value, { aspect: "growth" });
}

export function aTarget(id: number, value: string, kind: Target["kind"] = "value"): Target {
  return { ref: `t${id}`, kind, value: dec(value), stated: value };
}

export function anOneOff(id: number, at: string, amount: string): OneOff {
  return { id, period: period(at), amount: dec(amount) };
}

export function aSeries(
  figures: readonly FigureFact[],
  change: { measure?: Measure; oneOffs?: readonly OneOff[]; basis?: Basis } = {},
): Series {
  return makeSeries(change.measure ?? aMeasure(), change.basis ?? "ytd", figures, change.oneOffs);
}

/** Year-to-date figures from month amounts, from `from` on; ids count up from 1000. */
export function ytdFromMonths(from: string, months: readonly number[]): FigureFact[] {
  let total = 0;
  return months.map((amount, i) => {
    const p: Period = addMonths(period(from), i);
    total = p.endsWith("-01") ? amount : total + amount;
    return aFigure(1000 + i, p, String(total));
  });
}
