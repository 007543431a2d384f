/** 先报数后列举: 四个方面：……; 一是……二是……; 两大类. */
import type { Claim, Span } from "../claim.ts";
import { ONE } from "../interval.ts";
import { smallNumeral } from "../reading/numerals.ts";
import type { Quantity } from "../reading/quantity.ts";
import type { Reading } from "../reading/records.ts";
import { printed } from "./draft-claim.ts";

const ANNOUNCING = new Set(["个", "方面", "大类", "类", "点", "项", "条", "种", "件"]);
const MARKER =
  /(?:^|[。;:,，\s"”])(?:第([一二三四五六七八九十])(?:类)?是|([一二三四五六七八九十])(?:是|要))/g;
const NAMES = /^[^。;:\n]{0,12}[:](.{4,120}?)(?:[。;\n]|$)/;

export function countsOf(reading: Reading): readonly Claim[] {
  const { plain, quantities } = reading.scan;
  const lists = markedLists(plain);
  const claims: Claim[] = [];
  let next = 0;
  for (const [i, quantity] of quantities.entries()) {
    if (!isAnnouncement(quantity)) continue;
    const until = quantities[i + 1]?.start ?? plain.length;
    while (next < lists.length && (lists[next] as MarkedList).start < quantity.end) next++;
    const list = lists[next];
    const words = plain.slice(quantity.end, Math.min(quantity.end + 140, plain.length));
    const between = list && list.start <= until ? plain.slice(quantity.end, list.start) : undefined;
    if (list && between !== undefined && between.length <= 24 && !between.includes("\n")) {
      // 建成9个。一是…: a count in digits that ends its sentence announces nothing
      const isOpen = quantity.isChinese || !/[。!?]/.test(between + plain.charAt(list.start));
      claims.push(
        countClaim(reading, quantity, {
          count: list.count,
          end: list.start,
          isSure: list.count >= 2 && list.isWhole && isOpen,
        }),
      );
    } else if (until - quantity.end > 4) {
      const named = namesIn(words);
      if (named === valueOf(quantity))
        claims.push(countClaim(reading, quantity, { count: named, end: quantity.end, isSure: true }));
    }
  }
  return claims;
}

function valueOf(quantity: Quantity): number {
  return Number(quantity.center / ONE);
}

function isAnnouncement(quantity: Quantity): boolean {
  const value = valueOf(quantity);
  return ANNOUNCING.has(quantity.unit.dimension) && quantity.isExact && value >= 2 && value <= 10;
}

type MarkedList = { readonly start: number; readonly count: number; readonly isWhole: boolean };

/** 一是……二是……三是……: from 一 on without a gap, within a paragraph; an inner list that begins again ends the outer one. */
function markedLists(plain: string): readonly MarkedList[] {
  const lists: MarkedList[] = [];
  let open: { start: number; count: number; last: number } | undefined;
  const close = (isWhole: boolean): void => {
    if (open) lists.push({ start: open.start, count: open.count, isWhole });
    open = undefined;
  };
  for (const match of plain.matchAll(MARKER)) {
    const place = smallNumeral(match[1] ?? match[2] ?? "") ?? 0;
    const at = match.index;
    const isFar = open !== undefined && plain.slice(open.last, at).includes("\n");
    if (place === 1) {
      close(open === undefined || isFar);
      open = { start: at, count: 1, last: at };
    } else if (open && place === open.count + 1 && !isFar)
      open = { start: open.start, count: place, last: at };
    else close(isFar);
  }
  close(true);
  return lists;
}

/** How many names stand after the colon: parted by 、 where there are any, else by commas. */
function namesIn(words: string): number {
  const list = NAMES.exec(words)?.[1];
  if (list === undefined || /等/.test(list)) return 0;
  const parts = list.includes("、") && !/[,，]/.test(list) ? list.split(/[、和]/) : list.split(/[,，]/);
  return parts.every((part) => part.trim().length >= 2 && part.length <= 24) ? parts.length : 0;
}

type Listed = { count: number; end: number; isSure: boolean };

function countClaim(reading: Reading, quantity: Quantity, { count, end, isSure }: Listed): Claim {
  const said = valueOf(quantity);
  const stated = printed(reading, quantity);
  const holds = said === count;
  const spans: Span[] = [[quantity.start, quantity.end]];
  return {
    relation: "count",
    verdict: holds ? "consistent" : isSure ? "inconsistent" : "unclear",
    severity: holds || !isSure ? "look" : "wrong",
    spans,
    text: reading.scan.plain.slice(
      quantity.start,
      Math.min(Math.max(end, quantity.end) + 40, reading.scan.plain.length),
    ),
    stated,
    computed: String(count),
    message: holds
      ? { zh: `后文列举${count}项，与${stated}相符。`, en: `${count} are listed, as ${stated} announces.` }
      : {
          zh: `文中称${stated}，后文列举${count}项。`,
          en: `The text announces ${stated} and lists ${count}.`,
        },
  };
}
