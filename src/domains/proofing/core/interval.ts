/**
 * Exact intervals: what a printed figure can stand for.
 *
 * A bound is a whole number of ten-thousand-millionths (10⁻¹⁰) of the base unit, so adding, subtracting and
 * comparing are exact. Products and quotients are rounded outwards: an interval may grow by 10⁻¹⁰ and never shrinks,
 * so rounding can hide nothing that a reader could see and can never cause an alarm.
 *
 * Own code and not the shared Decimal: a page of text asks for tens of thousands of these, and integers are many
 * times faster.
 */
export type Interval = { readonly lo: bigint; readonly hi: bigint };

export const DECIMALS = 10;
export const ONE: bigint = 10n ** 10n;
/** Beyond every figure that is read: 10¹⁸ of the largest unit. */
export const ENDLESS: bigint = 10n ** 48n;

export function exactly(value: bigint): Interval {
  return { lo: value, hi: value };
}

export function around(center: bigint, half: bigint): Interval {
  return { lo: center - half, hi: center + half };
}

export function plus(a: Interval, b: Interval): Interval {
  return { lo: a.lo + b.lo, hi: a.hi + b.hi };
}

export function minus(a: Interval, b: Interval): Interval {
  return { lo: a.lo - b.hi, hi: a.hi - b.lo };
}

export function negated(a: Interval): Interval {
  return { lo: -a.hi, hi: -a.lo };
}

export function total(parts: readonly Interval[]): Interval {
  let lo = 0n;
  let hi = 0n;
  for (const part of parts) {
    lo += part.lo;
    hi += part.hi;
  }
  return { lo, hi };
}

/** Quotient rounded down; the divisor is positive. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** Quotient rounded up; the divisor is positive. */
export function ceilDiv(a: bigint, b: bigint): bigint {
  return -floorDiv(-a, b);
}

/** Quotient rounded half away from zero; the divisor is positive. */
export function roundDiv(a: bigint, b: bigint): bigint {
  return a < 0n ? -roundDiv(-a, b) : (2n * a + b) / (2n * b);
}

export function times(a: Interval, b: Interval): Interval {
  const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  return { lo: floorDiv(least(corners), ONE), hi: ceilDiv(greatest(corners), ONE) };
}

/** a ÷ b; undefined where b can be zero or less, whichever of its bounds says so. */
export function dividedBy(a: Interval, b: Interval): Interval | undefined {
  if (b.lo <= 0n || b.hi <= 0n) return undefined;
  return {
    lo: floorDiv(a.lo * ONE, a.lo >= 0n ? b.hi : b.lo),
    hi: ceilDiv(a.hi * ONE, a.hi >= 0n ? b.lo : b.hi),
  };
}

export function overlap(a: Interval, b: Interval): boolean {
  return a.lo <= b.hi && b.lo <= a.hi;
}

export function widthOf(a: Interval): bigint {
  return a.hi - a.lo;
}

function least(values: readonly bigint[]): bigint {
  return values.reduce((best, value) => (value < best ? value : best));
}

function greatest(values: readonly bigint[]): bigint {
  return values.reduce((best, value) => (value > best ? value : best));
}

/** As text with so many decimals, half away from zero: 1935000000000n, 1 → "193.5". */
export function fixedText(value: bigint, decimals: number): string {
  const scaled = roundDiv(value, 10n ** BigInt(DECIMALS - decimals));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : `.${digits.slice(digits.length - decimals)}`;
  return `${scaled < 0n ? "-" : ""}${whole}${fraction}`;
}
