/**
 * Exact decimal numbers, half-up. The only file that knows decimal.js.
 *
 * 40 significant digits are more than any product of two published figures needs; only division rounds.
 * "Half up" is 四舍五入: a half goes away from zero, so −0.25 becomes −0.3 as it does in a bulletin.
 */
import { Decimal as DecimalJs } from "decimal.js";

const Exact = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_UP,
  // never "1e+21": these strings go into SQL, JSON and documents
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

export type Decimal = DecimalJs;

const PLAIN = /^-?\d+(\.\d+)?$/;

/** From a trusted number, decimal text or Decimal. Throws on anything else: for outside text use tryDec. */
export function dec(x: Decimal | string | number): Decimal {
  return new Exact(x);
}

/** Plain decimal text ("-12.50"), as in SQL and JSON; undefined for everything else, exponents included. */
export function tryDec(text: string): Decimal | undefined {
  return PLAIN.test(text) ? new Exact(text) : undefined;
}

export const ZERO: Decimal = new Exact(0);
export const HUNDRED: Decimal = new Exact(100);

export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

/** Rounded half up; never minus zero. */
export function roundHalfUp(d: Decimal, places: number): Decimal {
  const rounded = d.toDecimalPlaces(places, DecimalJs.ROUND_HALF_UP);
  return rounded.isZero() ? ZERO : rounded;
}

/** Text with exactly `places` decimals, half up; `grouping` puts a comma at every third digit. */
export function formatFixed(d: Decimal, places: number, options?: { grouping?: boolean }): string {
  const text = roundHalfUp(d, places).toFixed(places);
  if (!options?.grouping) return text;
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Text with the digits that are there and no more: up to `most` decimals, without trailing zeros. */
export function formatShort(d: Decimal, most: number): string {
  return roundHalfUp(d, most).toFixed();
}
