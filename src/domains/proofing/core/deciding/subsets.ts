/** 部分不大于整体: 其中, measures that hold another by definition, persons and their households. */
import {
  dividedBy,
  ENDLESS,
  exactly,
  fixedText,
  type Interval,
  negated,
  ONE,
  overlap,
  plus,
  roundDiv,
  times,
} from "../interval.ts";
import { labelOf } from "../reading/labels.ts";
import { coreName } from "../reading/names.ts";
import type { Quantity } from "../reading/quantity.ts";
import { quantityOf, type Reading, type Record } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { inPrint, printed, type Worked } from "./draft-claim.ts";
import type { List, Sum } from "./lists.ts";

export function subsetsOf(reading: Reading, lists: readonly List[], sums: readonly Sum[]): readonly Worked[] {
  const told = new Set(
    sums.flatMap(({ list, parts }) => parts.map((part) => keyOf(quantityOf(list.whole), quantityOf(part)))),
  );
  const found: Worked[] = [];
  const add = (worked: Worked): void => {
    const [whole] = worked.from;
    const key = keyOf(whole as Quantity, worked.stated);
    if (told.has(key)) return;
    told.add(key);
    found.push(worked);
  };
  for (const worked of opened(reading, lists)) add(worked);
  for (const worked of [
    ...excepted(reading),
    ...held(reading),
    ...named(reading),
    ...missing(reading),
    ...staged(reading),
  ])
    add(worked);
  return [...found, ...households(reading)];
}

function keyOf(whole: Quantity, part: Quantity): string {
  return `${whole.start} ${part.start}`;
}

/** The first part after each 其中 or 中有. */
function opened(reading: Reading, lists: readonly List[]): readonly Worked[] {
  const found: Worked[] = [];
  for (const { whole, parts, trigger, distance, isAfter, opening } of lists) {
    const first = parts[0];
    if (!first || trigger !== "among" || distance > 0 || isAfter) continue;
    if (first.bracket !== whole.bracket && !/其中/.test(opening)) continue;
    if (first.sentence - whole.sentence > 1) continue;
    const [w, p] = [quantityOf(whole), quantityOf(first)];
    const isSure =
      PLAIN.test(opening) && whole.sentence === first.sentence && !/累计|计划|总投资|总额|年度/.test(opening);
    if (p.range.lo <= w.range.hi || isSure) found.push(subsetOf(reading, w, p));
  }
  return found;
}

const PLAIN = /中[,，]?(?:有|已|的|,)*[^,;。]{0,4}$|其中[:：,，]?[^,;。]{0,24}$/;

function subsetOf(reading: Reading, w: Quantity, p: Quantity): Worked {
  const [whole, part] = [printed(reading, w), printed(reading, p)];
  return {
    relation: "subset",
    stated: p,
    from: [w],
    expected: { lo: -ENDLESS, hi: w.range.hi },
    center: p.center <= w.center ? p.center : w.center,
    sum: { zh: whole, en: whole },
    words: {
      holds: {
        zh: `部分${part}不大于整体${whole}，相符。`,
        en: `The part ${part} is no larger than the whole ${whole}.`,
      },
      fails: {
        zh: `部分${part}大于整体${whole}。`,
        en: `The part ${part} is larger than the whole ${whole}.`,
      },
      computed: `≤${whole}`,
    },
    holds: ([own, all]) => own !== undefined && all !== undefined && own.lo <= all.hi,
  };
}

// --- wholes that are recognised and never doubted: another scope may be meant ---

/** What is at most is only worth a look: the text does not say that one is part of the other. */
function recognised(reading: Reading, w: Quantity, p: Quantity): readonly Worked[] {
  return p.range.lo <= w.range.hi ? [subsetOf(reading, w, p)] : [];
}

/** 9座煤矿，除了3座生产矿井外 */
function excepted(reading: Reading): readonly Worked[] {
  return reading.mentions.flatMap(({ quantity }, at) => {
    if (!/除了?$/.test(quantity.lead) || !quantity.isExact) return [];
    const before = reading.mentions[at - 1]?.quantity;
    const isWhole =
      before?.sentence === quantity.sentence && before.unit.dimension === quantity.unit.dimension;
    return isWhole ? recognised(reading, before, quantity) : [];
  });
}

/** Measures of which one holds the other by definition. */
const HOLDS: readonly (readonly [RegExp, RegExp])[] = [
  [/财政总收入/, /公共(?:财政)?预算收入/],
  [/生产总值|GDP/, /工业增加值/],
  [/公共(?:财政)?预算收入/, /^(?:全[市县区])?税收收入/],
  [/计划总投资/, /项目投资额$|完成投资额?$/],
  [/农作物(?:总)?播种面积/, /粮食(?:作物)?(?:播种|种植)面积/],
];

const NEAR = 24;

function held(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  for (const record of reading.records) {
    if (record.value?.role !== "value") continue;
    const label = labelOf(reading, record);
    for (const [whole, part] of HOLDS) {
      if (!part.test(label) || whole.test(label)) continue;
      const other = nearest(reading, record, (one) => whole.test(labelOf(reading, one)));
      if (!other) continue;
      found.push(
        ...recognised(reading, quantityOf(other), quantityOf(record)),
        ...basesHeld(reading, other, record),
      );
    }
  }
  return found;
}

/** The values of last year that two rates imply: the part was no larger than its whole then either. */
function basesHeld(reading: Reading, whole: Record, part: Record): readonly Worked[] {
  const rates = [whole, part].map((record) =>
    record.said.find(({ role, isAnnual, isAdjusted }) => role === "rate" && !isAnnual && !isAdjusted),
  );
  const [wholeRate, partRate] = rates;
  // comparable-price rates say nothing of last year's values
  if ([whole, part].some((record) => /生产总值|GDP|增加值/.test(labelOf(reading, record)))) return [];
  if (!wholeRate || !partRate || wholeRate.sign === 0 || partRate.sign === 0) return [];
  if (wholeRate.quantity.unit.dimension !== "percent" || partRate.quantity.unit.dimension !== "percent")
    return [];
  const [before, partBefore] = [baseOf(whole, wholeRate), baseOf(part, partRate)];
  if (!before || !partBefore || partBefore.lo > before.hi) return [];
  const [w, p] = [quantityOf(whole), quantityOf(part)];
  const [wt, pt] = [baseText(w, before), baseText(p, partBefore)];
  const words = {
    zh: `按增减幅度推算，上年同期部分约${pt}，不大于整体约${wt}，相符。`,
    en: `By the rates, last year's part was about ${pt}, no larger than the whole of about ${wt}.`,
  };
  return [
    {
      relation: "growth",
      stated: partRate.quantity,
      from: [p, w, wholeRate.quantity],
      expected: partRate.quantity.range,
      center: partRate.quantity.center,
      sum: words,
      words: { holds: words, fails: words, computed: printed(reading, partRate.quantity) },
    },
  ];
}

function baseOf(record: Record, rate: Mention): Interval | undefined {
  const { range } = rate.quantity;
  const signed = rate.sign === -1 ? negated(range) : range;
  return dividedBy(times(quantityOf(record).range, exactly(100n * ONE)), plus(signed, exactly(100n * ONE)));
}

function baseText(quantity: Quantity, base: Interval): string {
  return inPrint({ ...quantity, decimals: quantity.decimals + 1 }, (base.lo + base.hi) / 2n);
}

/** Stages of a project in their order: fewer reach the next. */
const STAGES = [/承接|签约/, /落地/, /开工/, /投产|竣工/] as const;

/** 承接7个以上，落地5个以上，开工3个以上 */
function staged(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  let before: { record: Record; stage: number } | undefined;
  for (const record of reading.records) {
    const stage =
      record.value?.role === "value" && quantityOf(record).unit.dimension === "个"
        ? STAGES.findIndex((name) => name.test(quantityOf(record).lead))
        : -1;
    if (stage < 0) continue;
    if (before && stage === before.stage + 1 && before.record.sentence === record.sentence) {
      const [w, p] = [quantityOf(before.record), quantityOf(record)];
      if (p.center <= w.center && p.hedge === w.hedge && p.hedge !== "none")
        found.push(subsetOf(reading, w, p));
    }
    before = { record, stage };
  }
  return found;
}

/** 13个贫困村脱贫 and 共识别出贫困村47个: the same noun in one paragraph, the smaller figure said to be less of it. */
function named(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  for (const record of reading.records) {
    if (record.value?.role !== "value" || !quantityOf(record).isExact) continue;
    const whole = quantityOf(record);
    const name = coreName(labelOf(reading, record).split(" ")[0] ?? "").slice(-3);
    if (name.length < 3 || !/共|总|合计|全[市县区镇乡村]/.test(whole.lead)) continue;
    for (let i = record.value.index - 1; i >= Math.max(0, record.value.index - 6); i--) {
      const part = reading.mentions[i]?.quantity;
      if (part?.paragraph !== whole.paragraph) break;
      const isLess =
        part.isExact && part.unit.dimension === whole.unit.dimension && part.center < whole.center;
      if (isLess && `${part.lead} ${part.tail}`.includes(name))
        found.push(...recognised(reading, whole, part));
    }
  }
  return found;
}

/** 离100个还有差距: what there is, is less. */
function missing(reading: Reading): readonly Worked[] {
  return reading.mentions.flatMap(({ quantity }, at) => {
    if (!/^[^,;。]{0,4}(?:还|尚|仍)有[^,;。]{0,4}差距/.test(quantity.tail)) return [];
    for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
      const other = reading.mentions[i]?.quantity;
      if (other?.paragraph !== quantity.paragraph || other.unit.dimension !== quantity.unit.dimension)
        continue;
      if (other.center < quantity.center && i < at - 0 && other.range.hi < quantity.range.lo) {
        const whole = largestBefore(reading, at, other);
        return recognised(reading, quantity, whole);
      }
    }
    return [];
  });
}

/** 51个，其中28个: the one that the other is part of. */
function largestBefore(reading: Reading, at: number, first: Quantity): Quantity {
  let most = first;
  for (let i = at - 1; i >= Math.max(0, at - 4); i--) {
    const other = reading.mentions[i]?.quantity;
    if (!other || other.paragraph !== first.paragraph || other.unit.dimension !== first.unit.dimension)
      continue;
    if (other.center > most.center && other.center < (reading.mentions[at]?.quantity.center ?? 0n))
      most = other;
  }
  return most;
}

function nearest(
  reading: Reading,
  record: Record,
  isWanted: (record: Record) => boolean,
): Record | undefined {
  const { dimension } = quantityOf(record).unit;
  for (let distance = 1; distance <= NEAR; distance++)
    for (const i of [record.index - distance, record.index + distance]) {
      const other = reading.records[i];
      if (other?.value?.role !== "value" || Math.abs(other.paragraph - record.paragraph) > 8) continue;
      if (other.value.quantity.unit.dimension === dimension && isWanted(other)) return other;
    }
  return undefined;
}

/** 7291户18120人: between one and eight persons to a household. */
function households(reading: Reading): readonly Worked[] {
  const found: Worked[] = [];
  for (let i = 1; i < reading.records.length; i++) {
    const [before, record] = [reading.records[i - 1] as Record, reading.records[i] as Record];
    if (
      before.value?.role !== "value" ||
      record.value?.role !== "value" ||
      before.sentence !== record.sentence
    )
      continue;
    const [homes, persons] = [quantityOf(before), quantityOf(record)];
    if (homes.unit.dimension !== "户" || persons.unit.dimension !== "人" || persons.start - homes.end > 8)
      continue;
    const size = dividedBy(persons.range, homes.range);
    if (!size || !overlap(size, { lo: ONE, hi: 8n * ONE })) continue;
    const mean = fixedText(roundDiv(persons.center * ONE, homes.center), 2);
    const words = {
      zh: `${printed(reading, persons)}÷${printed(reading, homes)}＝户均${mean}人，合乎情理。`,
      en: `${printed(reading, persons)} ÷ ${printed(reading, homes)} = ${mean} persons to a household, which is plausible.`,
    };
    found.push({
      relation: "ratio",
      stated: persons,
      from: [homes],
      expected: persons.range,
      center: persons.center,
      sum: words,
      words: { holds: words, fails: words, computed: `户均${mean}人` },
    });
  }
  return found;
}
