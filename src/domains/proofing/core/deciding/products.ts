/** 单价与总额: so much for each, so many, so much in all: 每人1000元, 328名, 共32.8万元. */
import { dividedBy, exactly, type Interval, ONE, overlap, roundDiv, times } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { isConsistent, printed, type Worked } from "./draft-claim.ts";
import { productRarity } from "./evidence.ts";

const EACH =
  /(?:每(?:个|一|一个)?|平均每个?)(家庭户|户|人|名|亩|公里|千米|吨|头|只|座|处|套|村|次|件)[^,;。]{0,14}$/;
const MEAN = /([人户亩次件])均[^,;。]{0,12}$|(亩)产[^,;。]{0,4}$/;

/** The dimensions of what is counted, and the size of one in their base: 每公里 counts thousands of metres. */
const COUNTED: ReadonlyMap<string, { readonly dimensions: readonly string[]; readonly size: bigint }> =
  new Map(
    (
      [
        ["家庭户", ["户"], 1n],
        ["户", ["户"], 1n],
        ["人", ["人"], 1n],
        ["名", ["人"], 1n],
        ["亩", ["mu"], 1n],
        ["公里", ["length"], 1000n],
        ["千米", ["length"], 1000n],
        ["吨", ["mass"], 1_000_000n],
        ["头", ["头"], 1n],
        ["只", ["只"], 1n],
        ["座", ["个"], 1n],
        ["处", ["个"], 1n],
        ["套", ["套"], 1n],
        ["村", ["个"], 1n],
        ["次", ["人次", "次"], 1n],
        ["件", ["件"], 1n],
      ] as const
    ).map(([word, dimensions, size]) => [word, { dimensions, size }]),
  );

/** Statistics of their own, whose denominators no bulletin prints. */
const OWN_STATISTIC = /可支配|纯收入|消费|工资|占有|拥有|面积|单产|GDP|生产总值/;

export function productsOf(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  reading.mentions.forEach((mention, at) => {
    const each = eachOf(mention);
    if (!each || mention.role === "rate" || mention.quantity.unit.dimension === "percent") return;
    if (mention.isEach || mention.isLevel || mention.role === "base" || isRaised(reading, at)) return;
    const worked = productOf(reading, at, each);
    if (worked) found.push(worked);
  });
  return found;
}

/** 由6000元提高到6600元: two rates for one total. */
function isRaised(reading: Reading, at: number): boolean {
  const [mention, next] = [reading.mentions[at] as Mention, reading.mentions[at + 1]];
  if (next?.quantity.clause !== mention.quantity.clause) return false;
  return next.isLevel || /^(?:、|和|及)$/.test(next.quantity.lead.trim());
}

function meanOf(lead: string): string | undefined {
  const match = MEAN.exec(lead);
  return match?.[1] ?? match?.[2];
}

type Each = { readonly counted: readonly string[]; readonly size: bigint; readonly monthly: boolean };

function eachOf({ quantity }: Mention): Each | undefined {
  const word = EACH.exec(quantity.lead)?.[1] ?? meanOf(quantity.lead);
  const counted = word === undefined ? undefined : COUNTED.get(word);
  if (!counted || OWN_STATISTIC.test(quantity.lead)) return undefined;
  return { counted: counted.dimensions, size: counted.size, monthly: /每?月/.test(quantity.lead) };
}

const REACH = 8;
const RARE = 0.6;

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
  const tried: Worked[] = [];
  for (const total of totals)
    for (const count of counts)
      for (const months of each.monthly ? [1n, 12n] : [1n]) {
        const worked = work(reading, { rate, count, total, months, size: each.size });
        if (!worked) continue;
        if (isConsistent(worked)) return worked;
        tried.push(worked);
      }
  const [only] = tried;
  if (only && tried.length === 1 && saysAll(only)) return only;
  return tried
    .filter(
      ({ stated, holds, from }) =>
        /共|合计|总|产量|需|发放|支出|投资|资金|增收|人口/.test(
          `${stated.lead} ${stated.tail.slice(0, 8)}`,
        ) &&
        holds &&
        productRarity([stated, ...from], holds) <= RARE,
    )
    .sort((a, b) => Math.abs(a.stated.start - rate.start) - Math.abs(b.stated.start - rate.start))[0];
}

/** 为328户发放补助，每户1000元，共发放32.8万元: the total right behind the rate, of the count in the same sentence. */
function saysAll({ stated, from: [rate, count] }: Worked): boolean {
  return (
    rate !== undefined &&
    count?.sentence === stated.sentence &&
    rate.sentence === stated.sentence &&
    stated.clause - rate.clause === 1 &&
    count.start < rate.start &&
    /^[,、]?(?:共|合计)[^,;。]{0,4}$/.test(stated.lead.trim())
  );
}

type Product = { rate: Quantity; count: Quantity; total: Quantity; months: bigint; size: bigint };

/** rate × count = total, judged by the rate: the total may be exact where the rate is a rounded mean. */
function work(reading: Reading, { rate, count, total, months, size }: Product): Worked | undefined {
  if (count.center <= 0n) return undefined;
  const factor = exactly((months * ONE) / size);
  const multiply = (a: Interval, b: Interval): Interval => times(times(a, b), factor);
  const product = multiply(rate.range, count.range);
  const mean = dividedBy(total.range, times(count.range, factor));
  if (!mean) return undefined;
  const [rateText, countText] = [printed(reading, rate), printed(reading, count)];
  const times12 = months === 12n;
  return {
    relation: "product",
    stated: total,
    from: [rate, count],
    expected: overlap(mean, rate.range) ? total.range : product,
    center: roundDiv(rate.center * count.center * months, ONE * size),
    sum: {
      zh: `${rateText}×${countText}${times12 ? "×12" : ""}`,
      en: `${rateText} × ${countText}${times12 ? " × 12" : ""}`,
    },
    holds: ([t, r, n]) => {
      if (!t || !r || !n) return false;
      const over = dividedBy(t, times(n, factor));
      return overlap(t, multiply(r, n)) || (over !== undefined && overlap(over, r));
    },
  };
}
