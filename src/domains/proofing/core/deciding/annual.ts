/**
 * 年均: a growth over some years, and its average a year.
 *
 * (1 + annual)ⁿ = 1 + total for a rate, annual × n = total for an amount. Where the text does not say how many years, some whole
 * number of them must fit.
 */
import { exactly, type Interval, ONE, overlap, plus, times } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading, Record } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { numeralAt } from "../reading/numerals.ts";
import { printed, type Worked } from "./draft-claim.ts";

const MOST_YEARS = 60;

export function annualOf(reading: Reading, record: Record): readonly Worked[] {
  const annual = record.said.find(({ role, isAnnual }) => role === "rate" && isAnnual);
  if (!annual) return [];
  const total = record.said.find(
    ({ role, isAnnual, quantity }) =>
      role === "rate" &&
      !isAnnual &&
      quantity.unit.dimension === "percent" &&
      quantity.start < annual.quantity.start,
  );
  if (
    !total ||
    total.sign !== annual.sign ||
    total.sign !== 1 ||
    annual.quantity.start - total.quantity.end > 40
  )
    return [];
  return [compound(reading, { annual, total })];
}

function compound(reading: Reading, { annual, total }: { annual: Mention; total: Mention }): Worked {
  const said = yearsSaid(reading, total.quantity);
  const years =
    said === undefined ? Array.from({ length: MOST_YEARS - 1 }, (_, i) => i + 2) : [said, said - 1];
  const fits = (rate: Interval, all: Interval): boolean =>
    years.some((n) => n >= 2 && overlap(grown(rate, n), asFactor(all)));
  const nearest = nearestYears(years, annual.quantity, total.quantity);
  const center = rootOf(total.quantity, nearest);
  const isFit = fits(annual.quantity.range, total.quantity.range);
  const totalText = printed(reading, total.quantity);
  return {
    relation: "growth",
    stated: annual.quantity,
    from: [total.quantity],
    expected: isFit ? annual.quantity.range : { lo: center, hi: center },
    center: isFit ? annual.quantity.center : center,
    sum: {
      zh: `累计增长${totalText}，按${nearest}年计，（1＋${totalText}）开${nearest}次方－1`,
      en: `${totalText} in all over ${nearest} years, (1 + ${totalText}) to the power 1/${nearest} − 1`,
    },
    holds: ([rate, all]) => rate !== undefined && all !== undefined && fits(rate, all),
  };
}

/** 五年, 10年 in the words before. */
function yearsSaid(reading: Reading, quantity: Quantity): number | undefined {
  const words = reading.scan.plain.slice(Math.max(0, quantity.start - 60), quantity.start);
  const found = /([一二三四五六七八九十\d]{1,3})年(?:来|间|共|时间|,|，|累计|净)/.exec(words)?.[1];
  if (found === undefined) return undefined;
  const value = Number(numeralAt(found, 0)?.digits ?? found);
  return Number.isInteger(value) && value >= 2 && value <= MOST_YEARS ? value : undefined;
}

function asFactor(percent: Interval): Interval {
  return plus({ lo: percent.lo / 100n - 1n, hi: percent.hi / 100n + 1n }, exactly(ONE));
}

function grown(percent: Interval, years: number): Interval {
  const once = asFactor(percent);
  let all = exactly(ONE);
  for (let n = 0; n < years; n++) all = times(all, once);
  return all;
}

function nearestYears(years: readonly number[], annual: Quantity, total: Quantity): number {
  const exact =
    Math.log1p(Number(total.center) / 100 / Number(ONE)) /
    Math.log1p(Number(annual.center) / 100 / Number(ONE));
  return years.reduce((best, n) => (Math.abs(n - exact) < Math.abs(best - exact) ? n : best), years[0] ?? 2);
}

/** For the reader only: the verdict is made from intervals. */
function rootOf(total: Quantity, years: number): bigint {
  const rate = (1 + Number(total.center) / 100 / Number(ONE)) ** (1 / years) - 1;
  return BigInt(Math.round(rate * 100 * Number(ONE)));
}
