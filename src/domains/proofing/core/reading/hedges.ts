/** 约数: what the words around a figure say of its exactness. */
import { ENDLESS, type Interval } from "../interval.ts";
import type { Hedge } from "./quantity.ts";

/** Longest first; the longer word decides ("不超过" is not "超过"). */
const BEFORE: readonly (readonly [string, Hedge])[] = [
  ["不超过", "under"],
  ["未超过", "under"],
  ["不低于", "over"],
  ["不少于", "over"],
  ["不高于", "under"],
  ["不多于", "under"],
  ["控制在", "under"],
  ["大约", "about"],
  ["大概", "about"],
  ["大致", "about"],
  ["平均约", "about"],
  ["将近", "near"],
  ["接近", "near"],
  ["超过", "over"],
  ["突破", "over"],
  ["超出", "over"],
  ["跨过", "over"],
  ["至少", "over"],
  ["不足", "under"],
  ["不到", "under"],
  ["低于", "none"],
  ["约", "about"],
  ["近", "near"],
  ["逾", "over"],
  ["超", "over"],
  ["破", "over"],
];

const AFTER: readonly (readonly [string, Hedge])[] = [
  ["左右", "about"],
  ["上下", "about"],
  ["以上", "over"],
  ["以下", "under"],
  ["以内", "under"],
  ["之多", "some"],
  ["有余", "some"],
  ["不等", "about"],
  ["多", "some"],
  ["余", "some"],
];

/** The hedge that ends right before `at`. */
export function hedgeBefore(text: string, at: number): Hedge {
  const before = text.slice(Math.max(0, at - 4), at).trimEnd();
  for (const [word, hedge] of BEFORE) {
    if (!before.endsWith(word)) continue;
    const char = before.charAt(before.length - word.length - 1);
    // 最近、附近、邻近、大约束、契约、节约, 打破, 高超
    const isOther = word.length === 1 && "最附邻靠契节制条签履合预解打".includes(char) && char !== "";
    return isOther ? "none" : hedge;
  }
  return "none";
}

/** The hedge that begins at `at`, and its length. */
export function hedgeAfter(text: string, at: number): { hedge: Hedge; length: number } {
  for (const [word, hedge] of AFTER) {
    if (!text.startsWith(word, at)) continue;
    // 以上项目、以上企业 is a threshold; the scanner asks for that itself. 多年、余人 never follow a unit.
    return { hedge, length: word.length };
  }
  return { hedge: "none", length: 0 };
}

export type Printed = {
  center: bigint;
  /** one unit of the last printed digit */
  lastDigit: bigint;
  /** one unit of the last digit that is not a trailing zero: 4200 → 100 */
  lastSaid: bigint;
  isExact: boolean;
};

/** What a printed figure can stand for. A bare count stands for itself, any other for ± half of its last digit. */
export function intervalOf(hedge: Hedge, printed: Printed): Interval {
  const { center, lastDigit, lastSaid, isExact } = printed;
  const half = isExact ? 0n : lastDigit / 2n;
  const size = center < 0n ? -center : center;
  switch (hedge) {
    case "none":
      return { lo: center - half, hi: center + half };
    case "about": {
      const around = size / 20n > lastSaid / 2n ? size / 20n : lastSaid / 2n;
      return { lo: center - around, hi: center + around };
    }
    case "near":
      return { lo: center - size / 10n, hi: center + half };
    case "some":
      return { lo: center - half, hi: center + lastSaid };
    case "over":
      return { lo: center - half, hi: ENDLESS };
    case "under":
      return { lo: 0n, hi: center + half };
  }
}
