/** 合计与其中: whether parts make up their whole. */
import type { Claim } from "../claim.ts";
import { overlap, total, widthOf } from "../interval.ts";
import { isComplete, labelOf, namesTheRest, sharesName } from "../reading/labels.ts";
import { quantityOf, type Reading, type Record } from "../reading/records.ts";
import { claimOf } from "./draft-claim.ts";
import { choices, prefixThatFits, readerLists, suffixThatFits } from "./list-choices.ts";
import type { List, Sum } from "./lists.ts";
import { doubt, isToTheEnd } from "./sum-doubts.ts";
import { changesOf, sumOf } from "./sum-of.ts";

export type Sums = { readonly claims: readonly Claim[]; readonly consistent: readonly Sum[] };

export function readSums(reading: Reading, all: readonly List[]): Sums {
  const claims: Claim[] = [];
  const consistent: Sum[] = [];
  const doubtful: List[][] = [];
  /** add up, and chance may have made them: they count beside others, not by themselves */
  const maybe: Sum[] = [];
  for (const lists of groupByFirst(all)) {
    const sum = firstConsistent(reading, lists);
    if (sum && !sum.isMeant) {
      maybe.push(sum);
      doubtful.push(lists);
    } else if (sum) {
      consistent.push(sum);
      claims.push(claimOf(reading, sumOf(reading, quantityOf(sum.list.whole), sum.parts.map(quantityOf))));
      const changes =
        sum.isOwn && isToTheEnd(reading, sum.list, sum.parts) ? changesOf(reading, sum) : undefined;
      if (changes) claims.push(claimOf(reading, changes));
    } else doubtful.push(lists);
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

/** The first run of parts that adds up to a whole; the reader's own list before others. */
function firstConsistent(reading: Reading, lists: readonly List[]): Sum | undefined {
  let unsure: Sum | undefined;
  for (const list of lists) {
    const { range: whole, hedge } = quantityOf(list.whole);
    if (hedge === "over" || hedge === "under" || list.parts.slice(0, 2).some(isLimit)) continue;
    const own = readerLists(reading, list).find((parts) =>
      overlap(total(parts.map((part) => quantityOf(part).range)), whole),
    );
    if (own && isMeant(reading, list, own)) return { list, parts: own, isMeant: true, isOwn: true };
    if (own && own.length >= 3) unsure ??= { list, parts: own, isMeant: false, isOwn: true };
    if (list.trigger === "none" && !list.isAfter) continue;
    for (const parts of choices(reading, list)) {
      const found = list.isAfter ? suffixThatFits(parts, whole) : prefixThatFits(parts, whole);
      if (found && isMeant(reading, list, found)) return { list, parts: found, isMeant: true, isOwn: false };
    }
  }
  return unsure;
}

/** 7个以上, 不足5个: says too little to add up. */
function isLimit(record: Record): boolean {
  const { hedge } = quantityOf(record);
  return hedge === "over" || hedge === "under";
}

/** 甲50个，乙80个，其余45个: who adds up no further than 乙 stops before the end. */
function leavesTheRest(reading: Reading, list: List, parts: readonly Record[]): boolean {
  if (list.isAfter) return false;
  const last = parts.at(-1) as Record;
  const left = list.parts.slice(list.parts.indexOf(last) + 1);
  return left.some(
    (part) =>
      part.sentence === last.sentence &&
      (namesTheRest(labelOf(reading, part)) || namesTheRest(quantityOf(part).lead)),
  );
}

/** That figures add up by chance is the likelier the further they lie apart and the fewer digits they have. */
function isMeant(reading: Reading, list: List, parts: readonly Record[]): boolean {
  if (leavesTheRest(reading, list, parts)) return false;
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
