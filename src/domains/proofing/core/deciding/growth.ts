/**
 * 增减: value, change, rate and base of one record.
 *
 * rate = change ÷ (value − change); change = value − base (handbook section 1: dividing by the current value is the
 * commonest error). A rate at comparable prices is the statisticians' own and is never recomputed from values.
 */
import type { Slip } from "../claim.ts";
import {
  dividedBy,
  exactly,
  type Interval,
  minus,
  negated,
  ONE,
  overlap,
  roundDiv,
  times,
} from "../interval.ts";
import { labelOf } from "../reading/labels.ts";
import { coreName } from "../reading/names.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading, Record } from "../reading/records.ts";
import type { Comparator, Mention } from "../reading/roles.ts";
import { isConsistent, printed, type Worked } from "./draft-claim.ts";
import { quotientRarity } from "./evidence.ts";

const COMPARABLE = /生产总值|增加值|GDP|gdp|可比|不变价|能耗|农林牧渔业?总产值|农业总产值/;
const HUNDRED = exactly(100n * ONE);

export function growthOf(reading: Reading, record: Record): readonly Worked[] {
  const value = record.value;
  if (value === undefined) {
    const over = overBaseOnly(reading, record);
    return over.length > 0 ? over : ofNamedValue(reading, record);
  }
  const found: Worked[] = [];
  const changes = record.said.filter(
    ({ role, quantity }) => role === "change" && quantity.unit.dimension === value.quantity.unit.dimension,
  );
  const rates = record.said.filter(({ role, isAnnual }) => role === "rate" && !isAnnual);
  const bases = record.said.filter(
    ({ role, quantity }) => role === "base" && quantity.unit.dimension === value.quantity.unit.dimension,
  );
  const used = new Set<Mention>();
  for (const change of changes) {
    const base =
      bases.find(
        (other) =>
          other.quantity.clause === change.quantity.clause && other.quantity.start < change.quantity.start,
      ) ?? (changes.length === 1 && bases.length === 1 ? bases[0] : undefined);
    if (base && change.sign !== 0) {
      found.push(differenceOf(reading, { value, change, base }));
    }
    const rate = rateFor(record, { change, rates, used });
    if (!rate) continue;
    used.add(rate);
    if (isOnOtherBasis(reading, record, rate)) continue;
    const worked = base
      ? rateOverBase(reading, { change, rate, base })
      : rateOf(reading, { value, change, rate });
    if (worked) found.push(worked);
  }
  const base = bases[0];
  if (base && bases.length === 1 && changes.length === 0) {
    const rate = rates.find((other) => !used.has(other) && other.quantity.start > base.quantity.start);
    if (rate && !isOnOtherBasis(reading, record, rate)) {
      const worked = rateBetween(reading, { value, rate, base });
      if (worked) found.push(worked);
    }
  }
  return found;
}

/** 与2010年的725482人相比，增加25907人，增长3.57%: no value beside them. */
function overBaseOnly(reading: Reading, record: Record): readonly Worked[] {
  const [base, change, rate] = record.said;
  if (
    base?.role !== "base" ||
    change?.role !== "change" ||
    rate?.role !== "rate" ||
    rate.isAnnual ||
    rate.isAdjusted
  )
    return [];
  if (base.quantity.unit.dimension !== change.quantity.unit.dimension) return [];
  const worked = rateOverBase(reading, { change, rate, base });
  return worked ? [worked] : [];
}

const NAMED_BACK = 24;

/** 汉族人口减少10134人，下降1.75%: the value was given under the same name some sentences before. */
function ofNamedValue(reading: Reading, record: Record): readonly Worked[] {
  const [change, rate] = record.said;
  if (
    change?.role !== "change" ||
    rate?.role !== "rate" ||
    rate.isAnnual ||
    rate.isAdjusted ||
    change.sign === 0
  )
    return [];
  if (!goTogether(change.comparator, rate.comparator) || COMPARABLE.test(record.subject)) return [];
  const name = coreName(record.subject.replace(/^.*(?:比|较|与|同)[^,]*?(?:相比|年|期|初|末)/, ""));
  if (name.length < 2) return ofOnlyValue(reading, record);
  for (let i = record.index - 1; i >= Math.max(0, record.index - NAMED_BACK); i--) {
    const other = reading.records[i] as Record;
    if (record.paragraph - other.paragraph > 1) return [];
    if (!other.value || other.value.quantity.unit.dimension !== change.quantity.unit.dimension) continue;
    if (coreName(labelOf(reading, other)) !== name) continue;
    if (changesOnly(other)) return [];
    // the value may be last year's: then it is the base itself
    const overBase = rateOverBase(reading, { change, rate, base: other.value });
    if (overBase && isConsistent(overBase)) return [overBase];
    const worked = rateOf(reading, { value: other.value, change, rate });
    return worked ? [worked] : [];
  }
  return ofOnlyValue(reading, record);
}

/** 事故21起…；事故起数减少11起，下降34.4%: the only value of this dimension in the sentence, and one slip explains it. */
function ofOnlyValue(reading: Reading, record: Record): readonly Worked[] {
  const [change, rate] = record.said as [Mention, Mention];
  const values: Mention[] = [];
  for (let i = record.index - 1; i >= Math.max(0, record.index - 8); i--) {
    const other = reading.records[i] as Record;
    if (
      record.sentence - other.sentence > (values.length > 0 ? 0 : 1) ||
      other.paragraph !== record.paragraph
    )
      break;
    if (
      other.value?.role !== "value" ||
      other.value.quantity.unit.dimension !== change.quantity.unit.dimension
    )
      continue;
    if (changesOnly(other)) return [];
    values.push(other.value);
  }
  const worked = values.flatMap((value) => rateOf(reading, { value, change, rate }) ?? []);
  const fit = worked.find(isConsistent);
  if (fit) return [fit];
  const [only] = worked;
  return only && worked.length === 1 && quotientRarity(only) <= 0.6 ? [only] : [];
}

/** The value has its own change already: this one is against another base. */
function changesOnly(record: Record): boolean {
  return record.said.some(({ role }) => role === "change");
}

/** The rate that says in percent what a change says in figures: the next one after it, or the one just before it. */
function rateFor(
  record: Record,
  { change, rates, used }: { change: Mention; rates: readonly Mention[]; used: ReadonlySet<Mention> },
): Mention | undefined {
  const place = record.said.indexOf(change);
  const after = record.said[place + 1];
  if (after && rates.includes(after) && !used.has(after) && goTogether(change.comparator, after.comparator))
    return after;
  const before = record.said[place - 1];
  if (
    before &&
    rates.includes(before) &&
    !used.has(before) &&
    goTogether(before.comparator, change.comparator)
  )
    return before;
  return undefined;
}

/** The second says nothing of its own, or the same. */
function goTogether(first: Comparator, second: Comparator): boolean {
  return second === "" || first === "" || first === second;
}

function isOnOtherBasis(reading: Reading, record: Record, rate: Mention): boolean {
  const value = record.value as Mention;
  const between = reading.scan.plain.slice(value.quantity.end, rate.quantity.start).slice(-80);
  return (
    rate.isAdjusted ||
    COMPARABLE.test(value.subject) ||
    COMPARABLE.test(between) ||
    /扣除|剔除|同口径|调整后/.test(between)
  );
}

type Triple = { value: Mention; change: Mention; rate: Mention };

function percentOf(quantity: Quantity): Interval {
  const factor = quantity.unit.dimension === "fold" ? 100n : quantity.unit.dimension === "tenths" ? 10n : 1n;
  return { lo: quantity.range.lo * factor, hi: quantity.range.hi * factor };
}

function rateRange(value: Interval, change: Interval, sign: 1 | -1): Interval | undefined {
  const signed = sign === 1 ? change : negated(change);
  // c ÷ (v − c) grows with c, and with v only where c is negative: the corners hold the extremes
  const corners: Interval[] = [];
  for (const v of [value.lo, value.hi])
    for (const c of [signed.lo, signed.hi]) {
      const quotient = dividedBy(times(exactly(c), HUNDRED), exactly(v - c));
      if (!quotient) return undefined;
      corners.push(quotient);
    }
  const lo = corners.reduce((best, { lo: bound }) => (bound < best ? bound : best), corners[0]?.lo ?? 0n);
  const hi = corners.reduce((best, { hi: bound }) => (bound > best ? bound : best), corners[0]?.hi ?? 0n);
  return sign === 1 ? { lo, hi } : { lo: -hi, hi: -lo };
}

function rateOf(reading: Reading, { value, change, rate }: Triple): Worked | undefined {
  const sign = change.sign === 0 ? rate.sign : change.sign;
  if (sign === 0) return undefined;
  const statedSign = rate.sign === 0 ? sign : rate.sign;
  const [v, c, r] = [value.quantity, change.quantity, rate.quantity];
  const expected =
    rateRange(v.range, c.range, sign) ??
    (statedSign === sign ? undefined : rateRange(v.range, c.range, statedSign));
  if (!expected) return undefined;
  const center = centerRate(v.center, c.center, sign);
  const holds = (ranges: readonly Interval[]): boolean => {
    const [stated, value_, change_] = ranges as [Interval, Interval, Interval];
    const range = rateRange(value_, change_, sign);
    return range !== undefined && overlap(stated, range);
  };
  const base = sign === 1 ? "－" : "＋";
  const [vt, ct] = [printed(reading, v), printed(reading, c)];
  const worked: Worked = {
    relation: "growth",
    stated: percentQuantity(r),
    from: [v, c],
    expected,
    center,
    sum: { zh: `${ct}÷（${vt}${base}${ct}）`, en: `${ct} ÷ (${vt} ${sign === 1 ? "−" : "+"} ${ct})` },
    holds,
  };
  if (statedSign !== sign) return contradicting(worked);
  const slip = slipOf({ worked, v, c });
  return slip === undefined ? worked : { ...worked, slip };
}

function slipOf({ worked, v, c }: { worked: Worked; v: Quantity; c: Quantity }): Slip | undefined {
  if (overlap(worked.stated.range, worked.expected)) return undefined;
  const byCurrent = dividedBy(times(c.range, HUNDRED), v.range);
  return byCurrent && overlap(worked.stated.range, byCurrent) ? "divided-by-current" : undefined;
}

/** One figure says up, the other down: no value can satisfy both. */
function contradicting(worked: Worked): Worked {
  return { ...worked, expected: negated(worked.expected), center: -worked.center, slip: "direction" };
}

function centerRate(value: bigint, change: bigint, sign: 1 | -1): bigint {
  const base = sign === 1 ? value - change : value + change;
  return base <= 0n ? 0n : roundDiv(change * 100n * ONE, base);
}

/** 1.5倍 as a rate is 150 %; everything else stays as it is. */
export function percentQuantity(quantity: Quantity): Quantity {
  if (quantity.unit.dimension === "percent")
    return quantity.center < 0n
      ? { ...quantity, center: -quantity.center, range: negated(quantity.range) }
      : quantity;
  const factor = quantity.unit.dimension === "fold" ? 100n : quantity.unit.dimension === "tenths" ? 10n : 1n;
  return {
    ...quantity,
    center: quantity.center * factor,
    range: percentOf(quantity),
    lastDigit: quantity.lastDigit * factor,
    unit: { ...quantity.unit, hundredths: quantity.unit.hundredths * factor },
  };
}

function differenceOf(
  reading: Reading,
  { value, change, base }: { value: Mention; change: Mention; base: Mention },
): Worked {
  const [v, c, b] = [value.quantity, change.quantity, base.quantity];
  const up = change.sign !== -1;
  const [more, less] = up ? [v, b] : [b, v];
  return {
    relation: "difference",
    stated: c,
    from: [v, b],
    expected: minus(more.range, less.range),
    center: more.center - less.center,
    sum: {
      zh: `${printed(reading, more)}－${printed(reading, less)}`,
      en: `${printed(reading, more)} − ${printed(reading, less)}`,
    },
    holds: ([stated, now, before]) =>
      stated !== undefined &&
      now !== undefined &&
      before !== undefined &&
      overlap(stated, up ? minus(now, before) : minus(before, now)),
  };
}

function rateOverBase(
  reading: Reading,
  { change, rate, base }: { change: Mention; rate: Mention; base: Mention },
): Worked | undefined {
  const [c, b] = [change.quantity, base.quantity];
  const over = (part: Interval, whole: Interval) => dividedBy(times(part, HUNDRED), whole);
  const expected = over(c.range, b.range);
  if (!expected || b.center <= 0n) return undefined;
  const stated = percentQuantity(rate.quantity);
  return {
    relation: "growth",
    stated,
    from: [c, b],
    expected,
    center: roundDiv(c.center * 100n * ONE, b.center),
    sum: {
      zh: `${printed(reading, c)}÷${printed(reading, b)}`,
      en: `${printed(reading, c)} ÷ ${printed(reading, b)}`,
    },
    holds: ([r, part, whole]) => {
      const range = part && whole ? over(part, whole) : undefined;
      return r !== undefined && range !== undefined && overlap(r, range);
    },
  };
}

/** 由…到…, 增长: (value − base) ÷ base. */
function rateBetween(
  reading: Reading,
  { value, rate, base }: { value: Mention; rate: Mention; base: Mention },
): Worked | undefined {
  const [v, b] = [value.quantity, base.quantity];
  const sign = rate.sign === -1 ? -1 : 1;
  const between = (now: Interval, before: Interval): Interval | undefined => {
    const ratio = dividedBy(times(now, HUNDRED), before);
    if (!ratio) return undefined;
    const grown = { lo: ratio.lo - 100n * ONE, hi: ratio.hi - 100n * ONE };
    return sign === 1 ? grown : negated(grown);
  };
  const expected = between(v.range, b.range);
  if (!expected || b.center <= 0n) return undefined;
  const center = roundDiv((v.center - b.center) * 100n * ONE, b.center) * (sign === 1 ? 1n : -1n);
  const [vt, bt] = [printed(reading, v), printed(reading, b)];
  return {
    relation: "growth",
    stated: percentQuantity(rate.quantity),
    from: [v, b],
    expected,
    center,
    sum:
      sign === 1
        ? { zh: `（${vt}－${bt}）÷${bt}`, en: `(${vt} − ${bt}) ÷ ${bt}` }
        : { zh: `（${bt}－${vt}）÷${bt}`, en: `(${bt} − ${vt}) ÷ ${bt}` },
    holds: ([r, now, before]) => {
      const range = now && before ? between(now, before) : undefined;
      return r !== undefined && range !== undefined && overlap(r, range);
    },
  };
}
