/** Draws that are the same for the same seed. */

export type Random = {
  /** 0–1 */
  next: () => number;
  below: (count: number) => number;
  isLucky: (part: number) => boolean;
  pick: <T>(from: ArrayLike<T>) => T;
};

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return { next, below, isLucky: (part) => next() < part, pick: (from) => from[below(from.length)] as never };
}
