/** Chance for tests and benchmarks: the same seed gives the same draws, in whole numbers only. */

export type Draws = {
  /** a whole number from `least` to `most`, both included */
  between(least: bigint, most: bigint): bigint;
  /** the same for small numbers */
  int(least: number, most: number): number;
  pick<T>(choices: readonly T[]): T;
  /** so many different ones, in the order drawn */
  pickSome<T>(choices: readonly T[], count: number): T[];
  isLucky(percent: number): boolean;
};

export function drawsFrom(seed: number): Draws {
  let state = seed | 0;
  /** mulberry32 */
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const between = (least: bigint, most: bigint): bigint => {
    const wide = (BigInt(next()) << 32n) | BigInt(next());
    return least + (wide % (most - least + 1n));
  };
  const int = (least: number, most: number): number => least + (next() % (most - least + 1));
  const pick = <T>(choices: readonly T[]): T => choices[int(0, choices.length - 1)] as T;
  return {
    between,
    int,
    pick,
    pickSome: (choices, count) => {
      const left = [...choices];
      return Array.from({ length: count }, () => left.splice(int(0, left.length - 1), 1)[0] as never);
    },
    isLucky: (percent) => int(1, 100) <= percent,
  };
}

/** numerator ÷ denominator with so many decimals, half away from zero; the denominator is positive. */
export function roundedText(numerator: bigint, denominator: bigint, decimals: number): string {
  const size = numerator < 0n ? -numerator : numerator;
  const scaled = (2n * size * 10n ** BigInt(decimals) + denominator) / (2n * denominator);
  const digits = scaled.toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const sign = numerator < 0n && scaled !== 0n ? "-" : "";
  return `${sign}${digits.slice(0, point)}${decimals === 0 ? "" : `.${digits.slice(point)}`}`;
}
