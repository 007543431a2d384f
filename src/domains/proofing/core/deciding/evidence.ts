/** How much a contradiction proves: whether one slip would explain it, and how often chance alone would be explained so. */
import type { Slip } from "../claim.ts";
import { type Interval, widthOf } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import { explainBySlip, type MayMend, rangeFor } from "../slips.ts";
import type { Worked } from "./draft-claim.ts";

/** Where no slip explains the contradiction. */
export const UNEXPLAINED = 2;

/**
 * The share of all possible contradictions that a slip of the likeliest kind would explain, or UNEXPLAINED. Long figures
 * leave chance little room; two digits leave it so much that nothing is proved.
 */
export function rarity(
  figures: readonly Quantity[],
  holds: (ranges: readonly Interval[]) => boolean,
  { size, mayMend }: { size?: bigint; mayMend?: MayMend } = {},
): number {
  const first = explainBySlip(figures, holds, mayMend)[0];
  const whole = figures[0];
  if (!first || !whole) return UNEXPLAINED;
  // with the slip mended: 419.78亿 for 419.78万 would be ten thousand times too wide
  const ranges = figures.map((figure, i) =>
    i === first.index ? rangeFor(figure, first.digits) : figure.range,
  );
  const step = figures.reduce(
    (least, { lastDigit }) => (lastDigit < least ? lastDigit : least),
    whole.lastDigit,
  );
  const width = ranges.reduce((sum, range) => sum + widthOf(range), step);
  const spread = size ?? ranges[0]?.hi ?? 0n;
  return (waysOf(first.slip, figures) * Number(width)) / Math.max(Number(spread), 1);
}

/** How many slips of this kind there are in these figures. */
function waysOf(slip: Slip, figures: readonly Quantity[]): number {
  const digits = figures.reduce((sum, figure) => sum + digitCount(figure), 0);
  if (slip === "one-digit") return 9 * digits;
  return slip === "transposed-digits" ? digits : 2 * figures.length;
}

function digitCount(quantity: Quantity): number {
  const size = quantity.center < 0n ? -quantity.center : quantity.center;
  return String(size / (quantity.lastDigit === 0n ? 1n : quantity.lastDigit)).length;
}

/** The same for a quotient, whose parts have other units: by how narrow the stated figure is. */
export function quotientRarity(worked: Worked): number {
  if (!worked.holds) return UNEXPLAINED;
  const all = [worked.stated, ...worked.from];
  const first = explainBySlip(all, worked.holds, worked.mayMend)[0];
  if (!first) return UNEXPLAINED;
  const width = Number(widthOf(worked.stated.range)) + Number(widthOf(worked.expected));
  const size = Math.max(Number(worked.stated.center), Number(worked.center), 1);
  return (waysOf(first.slip, all) * width) / size;
}

/** The same for figures that are multiplied: by how narrow each is for its size. */
export function productRarity(
  figures: readonly Quantity[],
  holds: (ranges: readonly Interval[]) => boolean,
): number {
  const first = explainBySlip(figures, holds)[0];
  if (!first) return UNEXPLAINED;
  const width = figures.reduce((sum, { range, center, lastDigit }) => {
    const own = widthOf(range) > 0n ? widthOf(range) : lastDigit;
    return sum + Number(own) / Math.max(Number(center), 1);
  }, 0);
  return waysOf(first.slip, figures) * width;
}
