/** Hashes of contents: the same on every run and for every order of rows. */
import { uint32s } from "./shared-columns.ts";

/** Where a hash starts: small seeds far apart, so that no value under one seed is another value under another. */
export const seedOf = (seed: number): number => mix(finish(seed), seed);

/** One step of a 32-bit hash; close with `finish`. */
export function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, 0x9e3779b1);
  return h ^ (h >>> 15);
}

/** Never 0, which means absent. */
export function finish(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h = (h ^ (h >>> 16)) >>> 0;
  return h === 0 ? 1 : h;
}

export function hashUnits(seed: number, units: ArrayLike<number>, start: number, end: number): number {
  let h = seedOf(seed);
  for (let i = start; i < end; i++) h = mix(h, units[i] as number);
  return finish(h);
}

export function hashText(seed: number, text: string): number {
  let h = seedOf(seed);
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return finish(h);
}

/**
 * Counts by a 32-bit key. Keys are hashes already; two that collide are counted as one. Each slot is a key and its count side
 * by side, in one line of the processor's cache.
 */
export type Counts = { slots: Uint32Array; mask: number; used: number };

export function makeCounts(atMost: number): Counts {
  let size = 16;
  while (size < atMost * 2) size *= 2;
  return { slots: uint32s(size * 2), mask: size * 2 - 1, used: 0 };
}

/** There must be room: see `makeCounts`. */
export function addCount(into: Counts, key: number, by: number): void {
  const { slots, mask } = into;
  for (let i = (key << 1) & mask; ; i = (i + 2) & mask) {
    if (slots[i] === 0) {
      slots[i] = key;
      into.used++;
    } else if (slots[i] !== key) continue;
    slots[i + 1] = (slots[i + 1] as number) + by;
    return;
  }
}

/** Makes room itself. */
export function addGrowing(into: Counts, key: number, by: number): void {
  addCount(into, key, by);
  if (into.used * 4 <= into.slots.length) return;
  const { slots } = into;
  Object.assign(into, makeCounts(slots.length / 2));
  for (let i = 0; i < slots.length; i += 2)
    if (slots[i] !== 0) addCount(into, slots[i] as number, slots[i + 1] as number);
}

export function countOf({ slots, mask }: Counts, key: number): number {
  for (let i = (key << 1) & mask; ; i = (i + 2) & mask) {
    if (slots[i] === key) return slots[i + 1] as number;
    if (slots[i] === 0) return 0;
  }
}
