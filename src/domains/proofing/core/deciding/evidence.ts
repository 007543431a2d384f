/** How much a contradiction proves: whether one slip would explain it, and how often chance alone would be explained so. */
import { type Interval, overlap, widthOf } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import { explainBySlip } from "../slips.ts";
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
): number {
  const first = explainBySlip(figures, holds)[0];
  const whole = figures[0];
  if (!first || !whole) return UNEXPLAINED;
  const digits = figures.reduce((sum, figure) => sum + digitCount(figure), 0);
  const ways =
    first.slip === "one-digit"
      ? 9 * digits
      : first.slip === "transposed-digits"
        ? digits
        : 2 * figures.length;
  const step = figures.reduce(
    (least, { lastDigit }) => (lastDigit < least ? lastDigit : least),
    whole.lastDigit,
  );
  const width = figures.reduce((sum, { range }) => sum + widthOf(range), 0n) + step;
  const size = whole.center > 0n ? whole.center : 1n;
  return (ways * Number(width)) / Number(size);
}

function digitCount(quantity: Quantity): number {
  const size = quantity.center < 0n ? -quantity.center : quantity.center;
  return String(size / (quantity.lastDigit === 0n ? 1n : quantity.lastDigit)).length;
}

/** The same for a quotient, whose parts have other units: by how narrow the stated figure is. */
export function quotientRarity(worked: Worked): number {
  if (!worked.holds) return UNEXPLAINED;
  const all = [worked.stated, ...worked.from];
  const first = explainBySlip(all, worked.holds)[0];
  if (!first) return UNEXPLAINED;
  const digits = all.reduce((sum, figure) => sum + digitCount(figure), 0);
  const ways =
    first.slip === "one-digit" ? 9 * digits : first.slip === "transposed-digits" ? digits : 2 * all.length;
  const width = Number(widthOf(worked.stated.range)) + Number(widthOf(worked.expected));
  const size = Math.max(Number(worked.stated.center), Number(worked.center), 1);
  return (ways * width) / size;
}

export function isWithin(a: Interval, b: Interval): boolean {
  return overlap(a, b);
}
