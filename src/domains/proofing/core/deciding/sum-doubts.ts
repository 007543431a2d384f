/**
 * Lists that do not add up: whether they were surely meant to.
 *
 * They are doubted where the names are all the kinds there are (税收、非税), where the text says so (分别为, 其余), where the
 * households add up and the persons beside them do not, or where one slip of the pen would make them add up and chance
 * hardly could.
 */
import type { Claim } from "../claim.ts";
import { overlap, total } from "../interval.ts";
import {
  endsFunding,
  isComplete,
  isSelection,
  labelOf,
  namesTheRest,
  overlapping,
  sharesName,
} from "../reading/labels.ts";
import type { Quantity } from "../reading/quantity.ts";
import { quantityOf, type Reading, type Record } from "../reading/records.ts";
import { mendsSum } from "../slips.ts";
import { claimOf, type Worked } from "./draft-claim.ts";
import { rarity } from "./evidence.ts";
import { opensInner, readerLists } from "./list-choices.ts";
import type { List, Sum } from "./lists.ts";
import { sumOf } from "./sum-of.ts";

export type Known = {
  readonly explainedParts: ReadonlySet<Record>;
  /** consistent sums by the place of their first part */
  readonly byFirstPart: ReadonlyMap<number, readonly Sum[]>;
};

export function doubt(reading: Reading, lists: readonly List[], known: Known): Claim | undefined {
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
  const wholeLabel = labelOf(reading, list.whole);
  const namesAll = isComplete(labels, wholeLabel) && isOfOneScope(wholeLabel, list.opening, labels);
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
  if (parts.some((part, i) => i > 0 && opensInner(reading, parts[i - 1] as Record, part))) return undefined;
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
    rare > (list.isAfter ? 0.3 : 0.15) &&
    !holdsByName(reading, { list, labels, namesAll })
  )
    return undefined;
  if (hasCompanion) return isOpened || rare <= 0.6 || isNear(whole, figures) ? rare : undefined;
  if (namesAll)
    return isOpened &&
      list.distance === 0 &&
      list.whole.paragraph === last.paragraph &&
      isToTheEnd(reading, list, parts)
      ? rare
      : rare < 0.1
        ? rare
        : undefined;
  if (!isOpened) return rare <= 0.05 && isToTheEnd(reading, list, parts) ? rare : undefined;
  if (rest && list.trigger !== "none")
    return rare <= 1 || (list.trigger === "among" && isOver(whole, figures)) ? rare : undefined;
  if (list.isAfter && isBudgetAccount(whole, labels)) return rare <= 0.6 ? rare : undefined;
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
export function isToTheEnd(reading: Reading, list: List, parts: readonly Record[]): boolean {
  const last = parts.at(-1) as Record;
  const next = list.parts[list.parts.indexOf(last) + 1];
  return next === undefined || next.sentence !== last.sentence || opensInner(reading, last, next);
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

/** 743户3171人: the households beside these persons add up over the same places. */
function companionAddsUp(known: Known, list: List, parts: readonly Record[]): boolean {
  const first = (parts[0] as Record).index;
  return [first - 1, first + 1].some((beside) =>
    known.byFirstPart
      .get(beside)
      ?.some(
        (sum) =>
          sum.parts.length === parts.length &&
          areNear(sum.list.whole, list.whole) &&
          sum.parts.every((part, i) => areNeighbours(part, parts[i] as Record)),
      ),
  );
}

/** 全旗…; 从结构看，全盟收入中，税收…: the list is opened with another scope than the whole's. */
function isOfOneScope(whole: string, opening: string, labels: readonly string[]): boolean {
  const own = SCOPE.exec(whole)?.[0];
  const first = labels[0]?.split(" ")[0] ?? "";
  const before = first === "" ? opening : opening.slice(0, Math.max(opening.lastIndexOf(first), 0));
  const theirs = SCOPE.exec(before)?.[0];
  return own === undefined || theirs === undefined || own === theirs;
}

const SCOPE = /全[国省市县区盟旗州镇乡村]|[市县区旗盟州]级|[市县区]?本级/;

/** 收入…，补助收入…，上年结转…，总收入…: the two sides of a budget are added up to the end. */
function isBudgetAccount(whole: Quantity, labels: readonly string[]): boolean {
  if (!/(?:总收入|总支出|(?:收入|支出)(?:总计|合计|总量))[^,;。]{0,4}$/.test(whole.lead)) return false;
  return labels.filter((label) => FUNDS.test(label)).length >= 2;
}

const FUNDS = /补助|结转|调[入出]|上解|债[务券]|还本|稳定调节基金|预算(?:收入|支出)|基金(?:收入|支出)/;

function areNear(a: Record, b: Record): boolean {
  return a !== b && Math.abs(a.index - b.index) <= 6 && Math.abs(a.sentence - b.sentence) <= 1;
}

function areNeighbours(a: Record, b: Record): boolean {
  return a !== b && Math.abs(a.index - b.index) <= 2 && a.sentence === b.sentence;
}
