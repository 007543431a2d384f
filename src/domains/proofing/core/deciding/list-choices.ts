/** Which of the figures after a whole a reader may take for its parts. */
import type { Interval } from "../interval.ts";
import { isComplete, labelOf } from "../reading/labels.ts";
import { quantityOf, type Reading, type Record } from "../reading/records.ts";
import type { List } from "./lists.ts";

/**
 * What a reader would take for the list: to the end of its sentence or on through sentences that go on alike, with or
 * without what an inner 其中 opens; or as far as the names are all the kinds there are.
 */
export function readerLists(reading: Reading, list: List): readonly (readonly Record[])[] {
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
  found.push(firstsOfLines(reading, list));
  return found.filter((parts) => parts.length >= 2);
}

const MARK =
  /^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑳]|[■●◆·—-])/;

/**
 * 分别是：一、…；二、…: of each line with the first line's kind of mark its first value, past what stands under them; of
 * lines without a mark those up to the next mark.
 */
function firstsOfLines(reading: Reading, list: List): readonly Record[] {
  const first = list.parts[0] as Record;
  if (first.paragraph === list.whole.paragraph) return [];
  const mark = markOf(reading, first);
  const found: Record[] = [];
  for (const part of list.parts) {
    if (part.paragraph === found.at(-1)?.paragraph) continue;
    if (markOf(reading, part) === mark) found.push(part);
    else if (mark === "") break;
  }
  return found;
}

/** The kind of mark of a value's line, its numeral aside: "#、", "(#)"; "" for a line without. */
function markOf(reading: Reading, part: Record): string {
  const { plain } = reading.scan;
  const { start } = quantityOf(part);
  const line = plain.slice(plain.lastIndexOf("\n", start) + 1, start).trimStart();
  return MARK.exec(line)?.[0].replace(/[一二三四五六七八九十\d①-⑳]+/g, "#") ?? "";
}

/** The lists that a reader may see in these parts: without what an inner 其中 opens, one to four figures long. */
export function choices(reading: Reading, list: List): readonly (readonly Record[])[] {
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
  for (let i = 1; i < parts.length; i++)
    if (opensInner(reading, parts[i - 1] as Record, parts[i] as Record)) places.push(i);
  return places;
}

/** 其中, 项目中…已开工, 企业中: between two parts: the second is part of the first. */
export function opensInner(reading: Reading, before: Record, part: Record): boolean {
  const between = reading.scan.plain.slice(quantityOf(before).end, quantityOf(part).start).slice(-90);
  // what a bracket opens stays in the bracket
  const words = part.bracket === before.bracket ? between.replace(/\([^()]*\)/g, "") : between;
  return /其中|包括|含|中有|中已|已有|已经|(?:项目|企业|户|村|乡镇|人)中(?::|[^,;。]*$)|^[^,;。]*已[一-龥]{0,3}$/.test(
    words,
  );
}

export function prefixThatFits(parts: readonly Record[], whole: Interval): readonly Record[] | undefined {
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

export function suffixThatFits(parts: readonly Record[], whole: Interval): readonly Record[] | undefined {
  const found = prefixThatFits(parts.toReversed(), whole);
  return found?.toReversed();
}
