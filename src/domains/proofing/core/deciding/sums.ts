/**
 * 合计与其中: whether parts make up their whole.
 *
 * That a list adds up is easy to see. That one does not is a finding only where the list claims to be whole: because
 * its names are all the kinds there are (税收、非税), because it says so (分别为, 其余), because the households add up and the
 * persons beside them do not, or because one slip of the pen would make it add up and chance hardly could.
 */
import type { Claim } from "../claim.ts";
import { type Interval, negated, overlap, total, widthOf } from "../interval.ts";
import {
  endsFunding,
  isComplete,
  isOfOneKind,
  isSelection,
  labelOf,
  namesTheRest,
  overlapping,
} from "../reading/labels.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading, Record } from "../reading/records.ts";
import type { Mention } from "../reading/roles.ts";
import { mendsSum } from "../slips.ts";
import { rarity } from "./evidence.ts";
import { claimOf, printed, type Worked } from "./draft-claim.ts";
import { additive, type List, listsOf } from "./lists.ts";

export type Sum = { readonly list: List; readonly parts: readonly Record[]; readonly isMeant: boolean };

export type Sums = { readonly claims: readonly Claim[]; readonly consistent: readonly Sum[] };

export function readSums(reading: Reading): Sums {
  const claims: Claim[] = [];
  const consistent: Sum[] = [];
  const doubtful: List[][] = [];
  /** add up, and chance may have made them: they count beside others, not by themselves */
  const maybe: Sum[] = [];
  for (const values of additive(reading).values()) {
    for (const lists of groupByFirst(listsOf(reading, values))) {
      const sum = firstConsistent(reading, lists);
      if (sum && !sum.isMeant) {
        maybe.push(sum);
        doubtful.push(lists);
      } else if (sum) {
        consistent.push(sum);
        claims.push(claimOf(reading, sumOf(reading, quantityOf(sum.list.whole), sum.parts.map(quantityOf))));
        const changes = changesOf(reading, sum);
        if (changes) claims.push(claimOf(reading, changes));
      } else doubtful.push(lists);
    }
  }
  const explainedParts = new Set(consistent.flatMap(({ parts }) => parts));
  const byFirstPart = new Map<number, Sum[]>();
  for (const sum of [...consistent, ...maybe]) {
    const first = (sum.parts[0] as Record).index;
    byFirstPart.set(first, [...(byFirstPart.get(first) ?? []), sum]);
  }
  for (const lists of doubtful) {
    const claim = doubt(reading, lists, { explainedParts, byFirstPart });
    if (claim) claims.push(claim);
  }
  return { claims, consistent };
}

function groupByFirst(lists: readonly List[]): List[][] {
  const groups = new Map<Record | string, List[]>();
  for (const list of lists) {
    const key = list.isAfter ? `after ${list.whole.index}` : (list.parts[0] as Record);
    const group = groups.get(key);
    if (group) group.push(list);
    else groups.set(key, [list]);
  }
  return [...groups.values()];
}

export function quantityOf(record: Record): Quantity {
  return (record.value as NonNullable<Record["value"]>).quantity;
}

// --- choices of parts ---

/** The lists that a reader may see in these parts: without what an inner 其中 opens, one to four figures long. */
function choices(reading: Reading, list: List): readonly (readonly Record[])[] {
  const all: (readonly Record[])[] = [list.parts];
  for (const place of innerOpenings(reading, list.parts).slice(0, 2)) {
    for (const parts of all.slice())
      for (let skipped = 1; skipped <= 4; skipped++) {
        const from = parts.indexOf(list.parts[place] as Record);
        if (from > 0 && from + skipped <= parts.length)
          all.push([...parts.slice(0, from), ...parts.slice(from + skipped)]);
      }
  }
  return all;
}

function innerOpenings(reading: Reading, parts: readonly Record[]): number[] {
  const places: number[] = [];
  for (let i = 1; i < parts.length; i++) {
    const from = quantityOf(parts[i - 1] as Record).end;
    const words = reading.scan.plain.slice(from, quantityOf(parts[i] as Record).start).slice(-60);
    if (/其中|包括|含|中有|中已|已有|已经|(?:项目|企业|户|村|乡镇|人)中[^,;。]*$/.test(words)) places.push(i);
  }
  return places;
}

/** The first run of parts that adds up to a whole; the reader's own list before others. */
function firstConsistent(reading: Reading, lists: readonly List[]): Sum | undefined {
  let unsure: Sum | undefined;
  for (const list of lists) {
    const { range: whole, hedge } = quantityOf(list.whole);
    if (hedge === "over" || hedge === "under" || list.parts.slice(0, 2).some(isLimit)) continue;
    const own = readerLists(reading, list).find((parts) =>
      overlap(total(parts.map((part) => quantityOf(part).range)), whole),
    );
    if (own && isMeant(reading, list, own)) return { list, parts: own, isMeant: true };
    if (own && own.length >= 3) unsure ??= { list, parts: own, isMeant: false };
    if (list.trigger === "none" && !list.isAfter) continue;
    for (const parts of choices(reading, list)) {
      const found = list.isAfter ? suffixThatFits(parts, whole) : prefixThatFits(parts, whole);
      if (found && isMeant(reading, list, found)) return { list, parts: found, isMeant: true };
    }
  }
  return unsure;
}

/** 7个以上, 不足5个: says too little to add up. */
function isLimit(record: Record): boolean {
  const { hedge } = quantityOf(record);
  return hedge === "over" || hedge === "under";
}

/** That figures add up by chance is the likelier the further they lie apart and the fewer digits they have. */
function isMeant(reading: Reading, list: List, parts: readonly Record[]): boolean {
  const labels = parts.map((part) => labelOf(reading, part));
  if (isComplete(labels)) return true;
  const [first, last] = [parts[0] as Record, parts.at(-1) as Record];
  const whole = quantityOf(list.whole);
  const width = parts.reduce(
    (sum, part) => sum + widthOf(quantityOf(part).range),
    widthOf(whole.range) + whole.lastDigit,
  );
  const isSeldom = width * 150n <= whole.center;
  if (list.trigger !== "none" || list.isAfter) {
    if (list.distance === 0 && first.sentence - list.whole.sentence <= 2) return true;
    const isClose =
      list.trigger === "by"
        ? list.whole.paragraph === first.paragraph
        : first.sentence - list.whole.sentence <= 1;
    return isClose && isSeldom;
  }
  if (namesTheRest(labels.at(-1) ?? "") || namesTheRest(quantityOf(last).lead)) return true;
  return isSeldom || (width * 30n <= whole.center && sharesName(labelOf(reading, list.whole), labels));
}

function prefixThatFits(parts: readonly Record[], whole: Interval): readonly Record[] | undefined {
  let lo = 0n;
  let hi = 0n;
  for (let i = 0; i < parts.length; i++) {
    const { range } = quantityOf(parts[i] as Record);
    lo += range.lo;
    hi += range.hi;
    if (i >= 1 && lo <= whole.hi && whole.lo <= hi) return parts.slice(0, i + 1);
    if (lo > whole.hi) return undefined;
  }
  return undefined;
}

function suffixThatFits(parts: readonly Record[], whole: Interval): readonly Record[] | undefined {
  const found = prefixThatFits(parts.toReversed(), whole);
  return found?.toReversed();
}

// --- changes beside the values ---

/** 比上年增收1284万元, 减收2354万元: where the values add up, their changes do, with their signs. */
function changesOf(reading: Reading, sum: Sum): Worked | undefined {
  const whole = changeOf(sum.list.whole);
  const parts = sum.parts.map(changeOf);
  if (!whole || parts.length < 2) return undefined;
  const signed: Interval[] = [];
  let center = 0n;
  const texts: string[] = [];
  for (const part of parts) {
    if (
      !part ||
      part.quantity.unit.dimension !== whole.quantity.unit.dimension ||
      part.comparator !== whole.comparator
    )
      return undefined;
    signed.push(part.sign === -1 ? negated(part.quantity.range) : part.quantity.range);
    center += part.sign === -1 ? -part.quantity.center : part.quantity.center;
    texts.push(`${part.sign === -1 ? "－" : texts.length > 0 ? "＋" : ""}${printed(reading, part.quantity)}`);
  }
  const flip = whole.sign === -1;
  const sumRange = total(signed);
  const signs = parts.map((part) => part?.sign ?? 1);
  const combine = (ranges: readonly Interval[]): Interval => {
    const added = total(ranges.map((range, i) => (signs[i] === -1 ? negated(range) : range)));
    return flip ? negated(added) : added;
  };
  const zh = flip ? `－（${texts.join("")}）` : texts.join("");
  return {
    relation: "sum",
    stated: whole.quantity,
    from: parts.map((part) => (part as Mention).quantity),
    expected: flip ? negated(sumRange) : sumRange,
    center: flip ? -center : center,
    sum: {
      zh,
      en: zh
        .replaceAll("－", " − ")
        .replaceAll("＋", " + ")
        .replaceAll("（", "(")
        .replaceAll("）", ")")
        .trim(),
    },
    holds: ([w, ...rest]) => w !== undefined && overlap(w, combine(rest)),
  };
}

function changeOf(record: Record): Mention | undefined {
  const changes = record.said.filter(({ role, sign }) => role === "change" && sign !== 0);
  return changes.length === 1 ? changes[0] : undefined;
}

// --- lists that do not add up ---

type Known = {
  readonly explainedParts: ReadonlySet<Record>;
  /** consistent sums by the place of their first part */
  readonly byFirstPart: ReadonlyMap<number, readonly Sum[]>;
};

function doubt(reading: Reading, lists: readonly List[], known: Known): Claim | undefined {
  let best: { worked: Worked; rare: number } | undefined;
  for (const list of lists) {
    for (const parts of readerLists(reading, list)) {
      const rare = doubtOf(reading, { list, parts, known });
      if (rare === undefined || (best && best.rare <= rare)) continue;
      best = { worked: sumOf(reading, quantityOf(list.whole), parts.map(quantityOf)), rare };
    }
  }
  return best ? claimOf(reading, best.worked) : undefined;
}

/**
 * What a reader would take for the list: to the end of its sentence or on through sentences that go on alike, with or
 * without what an inner 其中 opens; or as far as the names are all the kinds there are.
 */
function readerLists(reading: Reading, list: List): readonly (readonly Record[])[] {
  if (list.isAfter) {
    const { segment } = quantityOf(list.whole);
    const near = list.parts.filter((part) => quantityOf(part).segment === segment);
    return near.length >= 2 && near.length < list.parts.length ? [list.parts, near] : [list.parts];
  }
  const first = list.parts[0] as Record;
  const sentenceEnd = list.parts.findIndex((part) => part.sentence !== first.sentence);
  const segmentEnd = list.parts.findIndex((part) => quantityOf(part).segment !== quantityOf(first).segment);
  const ends = new Set([sentenceEnd < 0 ? list.parts.length : sentenceEnd, list.natural]);
  if (segmentEnd >= 2) ends.add(segmentEnd);
  const found: (readonly Record[])[] = [];
  for (const end of ends) found.push(...choices(reading, { ...list, parts: list.parts.slice(0, end) }));
  for (let end = 2; end <= Math.min(3, list.parts.length); end++) {
    const parts = list.parts.slice(0, end);
    if (!ends.has(end) && isComplete(parts.map((part) => labelOf(reading, part)))) found.push(parts);
  }
  return found.filter((parts) => parts.length >= 2);
}

type Doubt = { list: List; parts: readonly Record[]; known: Known };

/** Above this, one slip explains too many differences to prove anything. */
const RARE = { counts: 0.45, manyAmounts: 0.15, twoAmounts: 0.06 };

/**
 * Whether these parts were surely meant to be all of the whole: how seldom chance alone would leave a difference that
 * one slip explains, or undefined where the text does not say enough.
 */
function doubtOf(reading: Reading, { list, parts, known }: Doubt): number | undefined {
  const labels = parts.map((part) => labelOf(reading, part));
  const whole = quantityOf(list.whole);
  const figures = parts.map(quantityOf);
  const namesAll = isComplete(labels) && !isOfOneKind(labelOf(reading, list.whole));
  const hasCompanion = companionAddsUp(known, list, parts);
  const last = parts.at(-1) as Record;
  const rest =
    namesTheRest(labels.at(-1) ?? "") || namesTheRest(quantityOf(last).lead) || endsFunding(labels);
  const isOpened = list.trigger !== "none" || list.isAfter;
  const sameName = list.distance === 0 && sharesName(labelOf(reading, list.whole), labels);
  if (!isOpened && !namesAll && !hasCompanion && !sameName) return undefined;
  if (figures.some(({ hedge }) => hedge === "over" || hedge === "under")) return undefined;
  if (
    !namesAll &&
    !rest &&
    !hasCompanion &&
    (isSelection(list.opening) || labels.some(isSelection) || endsOpen(reading, last))
  )
    return undefined;
  if (list.trigger !== "among" && parts.some((part) => known.explainedParts.has(part))) return undefined;
  if (list.distance > 0 && !namesAll && list.trigger !== "by") return undefined;
  if (list.trigger === "each" && list.whole.sentence !== last.sentence && OVER_TIME.test(list.opening))
    return undefined;
  if (!namesAll && list.trigger !== "by" && (parts[0] as Record).sentence - list.whole.sentence > 2)
    return undefined;
  const isSimple = !figures.some((figure) => overlap(figure.range, whole.range));
  if (!isSimple && !namesAll) return undefined;
  const rare = rarityOf(whole, figures);
  const largest = figures.reduce((most, { center }) => (center > most ? center : most), 0n);
  if (
    whole.center < largest &&
    rare > (list.isAfter ? 0.3 : 0.1) &&
    !holdsByName(reading, { list, labels, namesAll })
  )
    return undefined;
  if (hasCompanion) return isOpened || rare <= 0.6 || isNear(whole, figures) ? rare : undefined;
  if (namesAll)
    return isOpened && list.distance === 0 && isToTheEnd(list, parts) ? rare : rare < 0.1 ? rare : undefined;
  if (!isOpened) return rare <= 0.05 && isToTheEnd(list, parts) ? rare : undefined;
  if (rest && list.trigger !== "none")
    return rare <= 1 || (list.trigger === "among" && isOver(whole, figures)) ? rare : undefined;
  if (list.isAfter) return rare <= 0.3 && /加上|合计|共计|总计|累计|共/.test(list.opening) ? rare : undefined;
  if (list.trigger === "by" || list.trigger === "colon") {
    if (rare <= 0.2) return rare;
    return list.trigger === "by" && exceedsAll(reading, { list, figures, labels }) ? rare : undefined;
  }
  if (overlapping(labels)) return undefined;
  if (isSlightlyOver(whole, figures)) return rare;
  return rare <= rareEnough(figures) ? rare : undefined;
}

/** 近三年分别为…: one after the other in time; a figure of the sentence before is not their whole. */
const OVER_TIME = /(?:近|前|过去|历|各|逐)[一二两三四五六七八九十\d]{0,2}(?:年|个?季度|个?月)|\d年|季度|月份/;

function isOver(whole: Quantity, figures: readonly Quantity[]): boolean {
  return total(figures.map(({ range }) => range)).lo > whole.range.hi;
}

/** Within a sixth of each other. */
function isNear(whole: Quantity, figures: readonly Quantity[]): boolean {
  const sum = figures.reduce((added, { center }) => added + center, 0n);
  const off = sum > whole.center ? sum - whole.center : whole.center - sum;
  return off * 6n <= whole.center;
}

/** Nothing of the same dimension follows the parts in their segment. */
function isToTheEnd(list: List, parts: readonly Record[]): boolean {
  const last = parts.at(-1) as Record;
  const next = list.parts[list.parts.indexOf(last) + 1];
  return next === undefined || next.sentence !== last.sentence;
}

/** Counts are listed to the end more often than amounts, and long lists more often than pairs. */
function rareEnough(figures: readonly Quantity[]): number {
  if (figures.every(({ isExact }) => isExact)) return RARE.counts;
  return figures.length > 2 ? RARE.manyAmounts : RARE.twoAmounts;
}

/** 12个乡镇中…4个、…6个、…3个: classes of things that are a little more than all of them. */
function isSlightlyOver(whole: Quantity, figures: readonly Quantity[]): boolean {
  if (figures.length < 3 || !whole.isExact || !figures.every(({ isExact }) => isExact)) return false;
  const sum = figures.reduce((added, { center }) => added + center, 0n);
  return sum > whole.center && (sum - whole.center) * 1000n <= whole.center * 85n;
}

/** 等, 等等 behind the last part: there are more. */
function endsOpen(reading: Reading, last: Record): boolean {
  return /^[^,;。]{0,3}等(?!级)/.test(quantityOf(last).tail);
}

/** 分行业看: parts that divide a whole of their own name and are more than it. */
function exceedsAll(
  reading: Reading,
  { list, figures, labels }: { list: List; figures: readonly Quantity[]; labels: readonly string[] },
): boolean {
  const sum = total(figures.map(({ range }) => range));
  return (
    figures.length >= 3 &&
    sum.lo > quantityOf(list.whole).range.hi &&
    sharesName(labelOf(reading, list.whole), labels)
  );
}

function rarityOf(whole: Quantity, figures: readonly Quantity[]): number {
  const all = [whole, ...figures];
  return rarity(all, ([w, ...rest]) => w !== undefined && overlap(w, total(rest)), {
    mayMend: mendsSum(all),
  });
}

/** A whole smaller than a part is believed only where the text is plain: close by, and of one name or all the kinds. */
function holdsByName(
  reading: Reading,
  { list, labels, namesAll }: { list: List; labels: readonly string[]; namesAll: boolean },
): boolean {
  const first = list.parts[0] as Record;
  if (list.distance > 0 || list.whole.paragraph !== first.paragraph) return false;
  return (
    (namesAll && list.trigger === "among" && first.sentence - list.whole.sentence <= 1) ||
    sharesName(labelOf(reading, list.whole), labels)
  );
}

/** 一般公共预算收入 and 市级一般公共预算收入: four characters in a row. */
function sharesName(whole: string, labels: readonly string[]): boolean {
  for (let i = 0; i + 4 <= whole.length; i++) {
    const piece = whole.slice(i, i + 4);
    if (!piece.includes(" ") && labels.every((label) => label.includes(piece))) return true;
  }
  return false;
}

/** 743户3171人: the households beside these persons add up over the same places. */
function companionAddsUp(known: Known, list: List, parts: readonly Record[]): boolean {
  const first = (parts[0] as Record).index;
  return [first - 1, first + 1].some((beside) =>
    known.byFirstPart
      .get(beside)
      ?.some(
        (sum) =>
          sum.parts.length === parts.length &&
          areNeighbours(sum.list.whole, list.whole) &&
          sum.parts.every((part, i) => areNeighbours(part, parts[i] as Record)),
      ),
  );
}

function areNeighbours(a: Record, b: Record): boolean {
  return a !== b && Math.abs(a.index - b.index) === 1 && a.sentence === b.sentence;
}

export function sumOf(reading: Reading, whole: Quantity, parts: readonly Quantity[]): Worked {
  const center = parts.reduce((sum, part) => sum + part.center, 0n);
  const texts = parts.map((part) => printed(reading, part));
  return {
    relation: "sum",
    stated: whole,
    from: parts,
    expected: total(parts.map(({ range }) => range)),
    center,
    sum: { zh: texts.join("＋"), en: texts.join(" + ") },
    holds: ([w, ...rest]) => w !== undefined && overlap(w, total(rest)),
  };
}
