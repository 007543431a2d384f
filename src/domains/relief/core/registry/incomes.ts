/**
 * Income of a household in a year, and the line below which it is poor.
 *
 * Form of 2014: A17 家庭总收入 = wage + business + transfer + property; A18 生产经营支出; A19 纯收入 = A17 − A18;
 * A20 人均 = A19 ÷ members (handbook, 5). Amounts are yuan. The stated figures are kept; what does not add up is shown.
 */
import { dec, roundHalfUp, sum } from "../../../../shared/decimal.ts";
import type { Decimal } from "../../../../shared/decimal.ts";

/** Amounts as plain decimal text, null where the form says nothing. */
export type StatedIncome = {
  wage: string | null;
  business: string | null;
  transfer: string | null;
  property: string | null;
  total: string | null;
  costs: string | null;
  net: string | null;
  members: number | null;
  perCapita: string | null;
};

export type IncomeBreak = { field: "total" | "net" | "perCapita"; computed: string };

/** Each identity that does not hold, with what it should give; one whose parts are not all stated is not asked. */
export function findBreaks(income: StatedIncome): IncomeBreak[] {
  const parts = [income.wage, income.business, income.transfer, income.property];
  const breaks: IncomeBreak[] = [];
  const check = (field: IncomeBreak["field"], computed: Decimal | undefined): void => {
    const stated = income[field];
    if (computed !== undefined && stated !== null && !computed.equals(dec(stated)))
      breaks.push({ field, computed: computed.toFixed() });
  };
  check("total", parts.every((part) => part !== null) ? sum(parts.map((part) => dec(part))) : undefined);
  const { total, costs, net, members, perCapita } = income;
  check("net", total !== null && costs !== null ? dec(total).minus(dec(costs)) : undefined);
  if (net !== null && members !== null && members > 0 && perCapita !== null)
    check("perCapita", quotientAsStated(dec(net), members, perCapita));
  return breaks;
}

/** A20 is printed in yuan or in fen: the quotient is rounded half up to as many decimals as stated, two at least. */
function quotientAsStated(net: Decimal, members: number, stated: string): Decimal {
  const whole = roundHalfUp(net.div(members), 0);
  if (!stated.includes(".") && whole.equals(dec(stated))) return whole;
  const decimals = stated.split(".")[1]?.length ?? 0;
  return roundHalfUp(net.div(members), Math.max(2, decimals));
}

type LineRow = { year: number; region: number; line: string; source: string };

const NATION = 0;
/** 元 a person and year, current prices; by (year, region), since provincial lines differ (handbook, 5). */
export const POVERTY_LINES: readonly LineRow[] = [
  { year: 2010, region: NATION, line: "2300", source: "国家标准，2010年价格" },
  { year: 2014, region: NATION, line: "2800", source: "国家统计局，当年价格" },
  { year: 2015, region: NATION, line: "2855", source: "国家统计局，当年价格" },
  { year: 2016, region: NATION, line: "2952", source: "国家统计局，当年价格" },
  { year: 2017, region: NATION, line: "2952", source: "国家统计局，当年价格" },
  { year: 2018, region: NATION, line: "2995", source: "国家统计局，当年价格" },
  { year: 2019, region: NATION, line: "3218", source: "国家统计局，当年价格" },
  { year: 2016, region: 610000000000, line: "3070", source: "陕西省标准" },
];

/** The line of the region or of the nearest one above it; undefined where no source gives one. */
export function povertyLine(
  year: number,
  lineage: readonly number[],
): { line: string; source: string } | undefined {
  for (const region of [...lineage, NATION]) {
    const row = POVERTY_LINES.find((one) => one.year === year && one.region === region);
    if (row) return { line: row.line, source: row.source };
  }
  return undefined;
}
