/**
 * 笔误: how a right figure becomes a wrong one, and whether one such slip would explain a contradiction.
 */
import type { Slip } from "./claim.ts";
import type { Interval } from "./interval.ts";
import type { Quantity } from "./reading/quantity.ts";

export type Variant = { readonly digits: string; readonly range: Interval; readonly slip: Slip };

/** The digits as printed, without separators: "1234.5". */
export function digitsOf(quantity: Quantity): string {
  const size = quantity.center < 0n ? -quantity.center : quantity.center;
  const whole = (size / (quantity.lastDigit === 0n ? 1n : quantity.lastDigit))
    .toString()
    .padStart(quantity.decimals + 1, "0");
  if (quantity.decimals === 0) return whole;
  return `${whole.slice(0, whole.length - quantity.decimals)}.${whole.slice(whole.length - quantity.decimals)}`;
}

/** The figures that one slip away may have been meant: neighbouring digits swapped, the point moved, 万 for 亿, one digit. */
export function variantsOf(quantity: Quantity): readonly Variant[] {
  if (quantity.isRange) return [];
  const digits = digitsOf(quantity);
  const variants: Variant[] = [];
  const add = (text: string, slip: Slip) =>
    variants.push({ digits: text, range: rangeFor(quantity, text), slip });
  for (let i = 0; i + 1 < digits.length; i++) {
    const [a, b] = [digits.charAt(i), digits.charAt(i + 1)];
    if (a !== b && a !== "." && b !== ".")
      add(digits.slice(0, i) + b + a + digits.slice(i + 2), "transposed-digits");
    const c = digits.charAt(i + 2);
    if (b === "." && a !== c && c !== "")
      add(`${digits.slice(0, i)}${c}.${a}${digits.slice(i + 3)}`, "transposed-digits");
  }
  for (const shift of [1n, -1n]) add(shiftedDigits(quantity, shift), "decimal-point");
  if (/[万亿]/.test(quantity.unit.name))
    for (const shift of [4n, -4n]) add(shiftedDigits(quantity, shift), "unit");
  for (let i = 0; i < digits.length; i++) {
    if (digits.charAt(i) === ".") continue;
    for (const digit of "0123456789") {
      if (
        digit === digits.charAt(i) ||
        (i === 0 && digit === "0" && digits.length > 1 && digits.charAt(1) !== ".")
      )
        continue;
      add(digits.slice(0, i) + digit + digits.slice(i + 1), "one-digit");
    }
  }
  return variants;
}

function shiftedDigits(quantity: Quantity, shift: bigint): string {
  const digits = digitsOf(quantity).replace(".", "");
  const point = digits.length - quantity.decimals + Number(shift);
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return digits.padEnd(point, "0").replace(/^0+(?=\d)/, "");
  return `${digits.slice(0, point).replace(/^0+(?=\d)/, "")}.${digits.slice(point)}`;
}

/** What other digits in the same place would stand for. */
export function rangeFor(quantity: Quantity, digits: string): Interval {
  const point = digits.indexOf(".");
  const decimals = point < 0 ? 0 : digits.length - point - 1;
  const isWhole = decimals === 0 && quantity.isExact;
  const unitSize = quantity.lastDigit * 10n ** BigInt(quantity.decimals);
  const scale = 10n ** BigInt(decimals);
  const center = (BigInt(digits.replace(".", "")) * unitSize) / scale;
  const half = isWhole ? 0n : unitSize / scale / 2n;
  const range = { lo: center - half, hi: center + half };
  return quantity.center < 0n ? { lo: -range.hi, hi: -range.lo } : range;
}

export type Explained = { readonly index: number; readonly digits: string; readonly slip: Slip };

const ORDER: readonly Slip[] = ["transposed-digits", "decimal-point", "unit", "one-digit"];

/** The single slips after which the relation would hold, likelier kinds first. */
export function explainBySlip(
  figures: readonly Quantity[],
  holds: (ranges: readonly Interval[]) => boolean,
): readonly Explained[] {
  const ranges = figures.map((figure) => figure.range);
  const found: Explained[] = [];
  figures.forEach((figure, index) => {
    if (figure.hedge !== "none") return;
    for (const { digits, range, slip } of variantsOf(figure)) {
      const changed = ranges.slice();
      changed[index] = range;
      if (holds(changed)) found.push({ index, digits, slip });
    }
  });
  return found.sort((a, b) => ORDER.indexOf(a.slip) - ORDER.indexOf(b.slip));
}
