/**
 * 笔误: how a right figure becomes a wrong one, and whether one such slip would explain a contradiction.
 */
import type { Slip } from "./claim.ts";
import { type Interval, ONE } from "./interval.ts";
import type { Quantity } from "./reading/quantity.ts";

/** The digits as printed, without separators: "1234.5". */
export function digitsOf(quantity: Quantity): string {
  const size = quantity.center < 0n ? -quantity.center : quantity.center;
  const whole = (size / (quantity.lastDigit === 0n ? 1n : quantity.lastDigit))
    .toString()
    .padStart(quantity.decimals + 1, "0");
  if (quantity.decimals === 0) return whole;
  return `${whole.slice(0, whole.length - quantity.decimals)}.${whole.slice(whole.length - quantity.decimals)}`;
}

type Visit = (value: number, slip: Slip, write: () => string) => void;

/**
 * The figures that one slip away may have been meant: neighbours swapped, the point moved, 万 for 亿, one digit. Each with
 * its value in units of the last printed digit; the digits are written only for those that are wanted.
 */
function visitSlips(quantity: Quantity, visit: Visit): void {
  if (quantity.isRange) return;
  const digits = digitsOf(quantity).replace(".", "");
  const value = Number(digits);
  const last = digits.length - 1;
  const withPoint = (text: string): string =>
    quantity.decimals === 0
      ? text
      : `${text.slice(0, text.length - quantity.decimals)}.${text.slice(text.length - quantity.decimals)}`;
  for (let i = 0; i < last; i++) {
    const [a, b] = [digits.charCodeAt(i) - 48, digits.charCodeAt(i + 1) - 48];
    if (a === b) continue;
    const swapped = value + (b - a) * (10 ** (last - i) - 10 ** (last - i - 1));
    visit(swapped, "transposed-digits", () =>
      withPoint(`${digits.slice(0, i)}${b}${a}${digits.slice(i + 2)}`),
    );
  }
  for (const shift of /[万亿]/.test(quantity.unit.name) ? [1, -1, 4, -4] : [1, -1]) {
    const slip = shift === 1 || shift === -1 ? "decimal-point" : "unit";
    visit(value * 10 ** shift, slip, () => shiftedDigits(quantity, BigInt(shift)));
  }
  const isLong = digits.length - quantity.decimals > 1;
  for (let i = 0; i <= last; i++) {
    const own = digits.charCodeAt(i) - 48;
    const place = 10 ** (last - i);
    for (let digit = i === 0 && isLong ? 1 : 0; digit <= 9; digit++) {
      if (digit === own) continue;
      visit(value + (digit - own) * place, "one-digit", () =>
        withPoint(`${digits.slice(0, i)}${digit}${digits.slice(i + 1)}`),
      );
    }
  }
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

/** A quick look whether another value of the figure at this place could mend the relation at all; never says no wrongly. */
export type MayMend = (index: number, value: number) => boolean;

/** The single slips after which the relation would hold, likelier kinds first. */
export function explainBySlip(
  figures: readonly Quantity[],
  holds: (ranges: readonly Interval[]) => boolean,
  mayMend?: MayMend,
): readonly Explained[] {
  const ranges = figures.map((figure) => figure.range);
  const found: Explained[] = [];
  figures.forEach((figure, index) => {
    if (figure.hedge !== "none") return;
    const unitSize = Number(figure.lastDigit) * (figure.center < 0n ? -1 : 1);
    visitSlips(figure, (value, slip, write) => {
      if (mayMend && !mayMend(index, value * unitSize)) return;
      const digits = write();
      const changed = ranges.slice();
      changed[index] = rangeFor(figure, digits);
      if (holds(changed)) found.push({ index, digits, slip });
    });
  });
  return found.sort((a, b) => ORDER.indexOf(a.slip) - ORDER.indexOf(b.slip));
}

/** Of part ÷ whole in percent: the value that would give the quotient, within what digits leave open. */
export function mendsQuotient(figures: readonly Quantity[]): MayMend {
  const [percent = 0, part = 0, whole = 0] = figures.map(({ center }) => Number(center));
  const hundred = 100 * Number(ONE);
  const wanted = [(part / whole) * hundred, (percent * whole) / hundred, (part / percent) * hundred];
  const open = figures.reduce(
    (sum, { range, center }) => sum + Number(range.hi - range.lo) / Math.max(Math.abs(Number(center)), 1),
    0.02,
  );
  // the fewer digits a figure has, the less exact it may be with another of them or another point
  const loose = figures.map(({ center, lastDigit }) => {
    const digit = Number(lastDigit);
    return { share: 0.02 + (6 * digit) / Math.abs(Number(center)), least: digit * 0.6 };
  });
  return (index, value) => {
    const aim = wanted[index] ?? value;
    const { share = 0, least = 0 } = loose[index] ?? {};
    return Math.abs(value - aim) <= Math.abs(aim) * open * 2 + Math.abs(value) * share + least;
  };
}

/** Of a whole and its parts: the value that would close the difference, give or take what the digits leave open. */
export function mendsSum(figures: readonly Quantity[]): MayMend {
  const values = figures.map(({ center }) => Number(center));
  const [whole = 0, ...parts] = values;
  const off = whole - parts.reduce((sum, part) => sum + part, 0);
  const open =
    figures.reduce((sum, { range }) => sum + Number(range.hi - range.lo), 0) * 1.01 + Math.abs(whole) * 1e-9;
  return (index, value) => {
    const wanted = (values[index] ?? 0) + (index === 0 ? -off : off);
    // a part that would have to be next to nothing is one too many, not one misprinted
    if (Math.abs(wanted) <= open * 3) return false;
    // a figure with other digits may be printed less exactly than this one
    return Math.abs(value - wanted) <= open + Math.abs(value) * 0.01;
  };
}
