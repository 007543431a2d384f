/** 单价与总额: so much for each, so many, so much in all: 每人1000元, 328名, 共32.8万元. */
import { dividedBy, exactly, type Interval, ONE, overlap, roundDiv, times } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { isConsistent, printed, type Worked } from "./draft-claim.ts";
import { rarity } from "./evidence.ts";

const EACH =
  /(?:每(?:个|一|一个)?|平均每个?)(家庭户|户|人|名|亩|公里|千米|吨|头|只|座|处|套|村|次|件)[^,;。]{0,14}$/;
const MEAN = /([人户亩次件])均[^,;。]{0,12}$/;

/** The dimension of what is counted: 每户 counts households. */
const COUNTED: ReadonlyMap<string, readonly string[]> = new Map([
  ["家庭户", ["户"]],
  ["户", ["户"]],
  ["人", ["人"]],
  ["名", ["人"]],
  ["亩", ["mu"]],
  ["公里", ["length"]],
  ["千米", ["length"]],
  ["吨", ["mass"]],
  ["头", ["头"]],
  ["只", ["只"]],
  ["座", ["个"]],
  ["处", ["个"]],
  ["套", ["套"]],
  ["村", ["个"]],
  ["次", ["人次", "次"]],
  ["件", ["件"]],
]);

/** Statistics of their own, whose denominators no bulletin prints. */
const OWN_STATISTIC = /可支配|纯收入|消费|工资|占有|拥有|面积|单产|GDP|生产总值/;

export function productsOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  reading.mentions.forEach((mention, at) => {
    const each = eachOf(mention);
    if (!each || mention.role === "rate" || mention.quantity.unit.dimension === "percent") return;
    const worked = productOf(reading, at, each);
    if (worked) found.push(worked);
  });
  return found;
}

type Each = { readonly counted: readonly string[]; readonly monthly: boolean };

function eachOf({ quantity }: Mention): Each | undefined {
  const word = EACH.exec(quantity.lead)?.[1] ?? MEAN.exec(quantity.lead)?.[1];
  const counted = word === undefined ? undefined : COUNTED.get(word);
  if (!counted || OWN_STATISTIC.test(quantity.lead)) return undefined;
  return { counted, monthly: /每?月/.test(quantity.lead) };
}

const REACH = 8;
const RARE = 0.35;

function productOf(reading: Reading, at: number, each: Each): Worked | undefined {
  const rate = (reading.mentions[at] as Mention).quantity;
  const counts: Quantity[] = [];
  const totals: Quantity[] = [];
  for (let i = at + REACH; i >= at - REACH; i--) {
    const other = reading.mentions[i];
    if (!other || i === at || Math.abs(other.quantity.sentence - rate.sentence) > 1) continue;
    if (other.role !== "value" && other.role !== "change") continue;
    const { unit, lead, center } = other.quantity;
    if (each.counted.includes(unit.dimension)) counts.push(other.quantity);
    else if (
      unit.dimension === rate.unit.dimension &&
      center > rate.center &&
      !EACH.test(lead) &&
      !MEAN.test(lead)
    )
      totals.push(other.quantity);
  }
  // household size: persons for each household
  if (rate.unit.dimension === "人" && each.counted.includes("户")) {
    // the totals above are persons already
  }
  const tried: Worked[] = [];
  for (const total of totals)
    for (const count of counts)
      for (const months of each.monthly ? [1n, 12n] : [1n]) {
        const worked = work(reading, { rate, count, total, months });
        if (!worked) continue;
        if (isConsistent(worked)) return worked;
        tried.push(worked);
      }
  return tried
    .filter(
      ({ stated, holds, from }) =>
        /共|合计|总|需|发放|支出|投资|资金|增收|人口/.test(stated.lead) &&
        holds &&
        rarity([stated, ...from], holds) <= RARE,
    )
    .sort((a, b) => Math.abs(a.stated.start - rate.start) - Math.abs(b.stated.start - rate.start))[0];
}

type Product = { rate: Quantity; count: Quantity; total: Quantity; months: bigint };

/** rate × count = total, judged by the rate: the total may be exact where the rate is a rounded mean. */
function work(reading: Reading, { rate, count, total, months }: Product): Worked | undefined {
  if (count.center <= 0n) return undefined;
  const multiply = (a: Interval, b: Interval): Interval => times(times(a, b), exactly(months * ONE));
  const product = multiply(rate.range, count.range);
  const mean = dividedBy(total.range, times(count.range, exactly(months * ONE)));
  if (!mean) return undefined;
  const [rateText, countText] = [printed(reading, rate), printed(reading, count)];
  const times12 = months === 12n;
  return {
    relation: "product",
    stated: total,
    from: [rate, count],
    expected: overlap(mean, rate.range) ? total.range : product,
    center: roundDiv(rate.center * count.center * months, ONE),
    sum: {
      zh: `${rateText}×${countText}${times12 ? "×12" : ""}`,
      en: `${rateText} × ${countText}${times12 ? " × 12" : ""}`,
    },
    holds: ([t, r, n]) => {
      if (!t || !r || !n) return false;
      const over = dividedBy(t, times(n, exactly(months * ONE)));
      return overlap(t, multiply(r, n)) || (over !== undefined && overlap(over, r));
    },
  };
}
