/**
 * Integer randomness for generated data: the same seed gives the same bytes on every machine, so nothing here or in
 * its callers uses a function whose last digit the platform may choose (Math.exp, Math.log, Math.sin).
 */
export type Random = {
  /** whole number in [low, high] */
  int: (low: number, high: number) => number;
  shuffle: <T>(items: readonly T[]) => T[];
};

/** A stream of its own for each name, so that adding one series leaves all others as they were. */
export function randomFor(seed: number, ...names: (string | number)[]): Random {
  const next = mulberry32(hash(`${seed}|${names.join("|")}`));
  const int = (low: number, high: number): number => low + (next() % (high - low + 1));
  const shuffle = <T>(items: readonly T[]): T[] => {
    const shuffled = [...items];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = int(0, at);
      [shuffled[at], shuffled[other]] = [shuffled[other] as T, shuffled[at] as T];
    }
    return shuffled;
  };
  return { int, shuffle };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}

/** Tommy Ettinger's mulberry32, as 32-bit integers. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
