/** Exact arithmetic on whole numbers; rates are whole tenths of a percent (52.0 % = 520). All products stay below 2^53. */

/** a × b ÷ c, rounded half away from zero; c > 0. */
export function ratio(a: number, b: number, c: number): number {
  const product = a * b;
  const size = Math.abs(product);
  const rounded = Math.floor((2 * size + c) / (2 * c));
  return product < 0 ? -rounded : rounded;
}

/** Growth of `now` over `before` in tenths of a percent, half away from zero. */
export const growthTenths = (now: number, before: number): number => ratio(now - before, 1000, before);

/** The base from which `now` has grown by `tenths`. */
export const baseOf = (now: number, tenths: number): number => ratio(now, 1000, 1000 + tenths);

export const grown = (base: number, tenths: number): number => ratio(base, 1000 + tenths, 1000);

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Splits `total` ≥ 0 by `weights` so that the parts add up to it exactly (largest remainder; equals by position). */
export function apportion(total: number, weights: readonly number[]): number[] {
  const whole = sum(weights);
  const parts = weights.map((weight) => Math.floor((total * weight) / whole));
  const rests = weights.map((weight, at) => ({ at, rest: (total * weight) % whole }));
  rests.sort((a, b) => b.rest - a.rest || a.at - b.at);
  const missing = total - sum(parts);
  for (const { at } of rests.slice(0, missing)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}

/** 93 → "9.3", -520 → "-52.0" */
export function tenthsText(tenths: number): string {
  const size = Math.abs(tenths);
  return `${tenths < 0 ? "-" : ""}${Math.floor(size / 10)}.${size % 10}`;
}

/** "22.3" × 10000 → 223000; throws if the product is not whole. */
export function wholeOf(text: string, factor: number): number {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const scaled = Number(whole + fraction) * factor;
  const divisor = 10 ** fraction.length;
  if (scaled % divisor !== 0) throw new Error(`${text} × ${factor} is not a whole number`);
  return (text.startsWith("-") ? -1 : 1) * (scaled / divisor);
}
