/**
 * Rows of the registry by key. Made in steps that several threads can share, and in pieces that fit the processor's cache:
 * first the keys of a range of rows, sorted roughly into parts by their first bits, then each part by itself.
 */
import { mostKeys } from "./blocks.ts";
import { uint32s } from "./shared-columns.ts";

/** Parts by the first bits of a key. */
const partBits = 6;
export const indexParts = 1 << partBits;

/** Keys of a range of rows in order of parts, and the rows that they are of; part p stands at starts[p]…starts[p + 1]. */
export type KeyedRows = { keys: Uint32Array; rows: Uint32Array; starts: Uint32Array };

type KeysOf = (row: number, into: Uint32Array) => number;

export function keyRows({ from, to }: { from: number; to: number }, keysOf: KeysOf): KeyedRows {
  const own = new Uint32Array(mostKeys);
  let keys = new Uint32Array((to - from) * 12 + mostKeys);
  let rows = new Uint32Array(keys.length);
  const starts = uint32s(indexParts + 1);
  let used = 0;
  for (let row = from; row < to; row++) {
    const count = keysOf(row, own);
    if (used + count > keys.length) [keys, rows] = [enlarged(keys), enlarged(rows)];
    for (let i = 0; i < count; i++) {
      const key = own[i] as number;
      keys[used] = key;
      rows[used++] = row;
      const next = (key >>> (32 - partBits)) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
  }
  for (let p = 0; p < indexParts; p++) starts[p + 1] = (starts[p + 1] as number) + (starts[p] as number);
  const sorted: KeyedRows = { keys: uint32s(used), rows: uint32s(used), starts };
  const next = starts.slice(0, indexParts);
  for (let i = 0; i < used; i++) {
    const key = keys[i] as number;
    const part = key >>> (32 - partBits);
    const at = next[part] as number;
    next[part] = at + 1;
    sorted.keys[at] = key;
    sorted.rows[at] = rows[i] as number;
  }
  return sorted;
}

function enlarged(old: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(old.length * 2);
  larger.set(old);
  return larger;
}

/**
 * Bucket b, the first bits of a key, stands at starts[b]…starts[b + 1]. `filter` has a bit for each key: most keys that rows
 * look for are in no block, and a bit is sooner looked at.
 */
export type BlockIndex = {
  shift: number;
  starts: Uint32Array;
  keys: Uint32Array;
  rows: Uint32Array;
  filter: Uint32Array;
  filterShift: number;
};

/** A block of more is passed over: a placeholder that somebody entered for everybody. */
export const mostInBlock = 400;

/** An index with room for these, each part still to be filled. */
export function makeIndex(ranges: readonly KeyedRows[]): BlockIndex {
  const used = ranges.reduce((sum, { keys }) => sum + keys.length, 0);
  let bits = partBits + 2;
  while (1 << (bits + 1) <= used && bits < 27) bits++;
  return {
    shift: 32 - bits,
    starts: uint32s((1 << bits) + 1),
    keys: uint32s(used),
    rows: uint32s(used),
    filter: uint32s(1 << (bits - 1)),
    filterShift: 32 - (bits + 4),
  };
}

/** Parts touch no place in common, so that threads may fill them at once. */
export function fillPart(
  { shift, starts, keys, rows, filter, filterShift }: BlockIndex,
  ranges: readonly KeyedRows[],
  part: number,
): void {
  const buckets = 1 << (32 - shift - partBits);
  const first = part * buckets;
  const counts = new Uint32Array(buckets + 1);
  eachOf(ranges, part, (key) => {
    const bucket = (key >>> shift) - first + 1;
    counts[bucket] = (counts[bucket] as number) + 1;
    const bit = key >>> filterShift;
    filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
  });
  counts[0] = ranges.reduce((sum, range) => sum + (range.starts[part] as number), 0);
  for (let b = 0; b < buckets; b++) counts[b + 1] = (counts[b + 1] as number) + (counts[b] as number);
  // The first start belongs to the part before, whose end it is: both know it.
  starts.set(counts.subarray(1), first + 1);
  eachOf(ranges, part, (key, row) => {
    const bucket = (key >>> shift) - first;
    const at = counts[bucket] as number;
    counts[bucket] = at + 1;
    keys[at] = key;
    rows[at] = row;
  });
}

function eachOf(ranges: readonly KeyedRows[], part: number, call: (key: number, row: number) => void): void {
  for (const { keys, rows, starts } of ranges)
    for (let i = starts[part] as number; i < (starts[part + 1] as number); i++)
      call(keys[i] as number, rows[i] as number);
}

/** Keys that may have a block: whose each is, and the bucket to look in. */
export type Sifted = {
  count: number;
  keys: Uint32Array;
  owners: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
};

export const makeSifted = (most: number): Sifted => ({
  count: 0,
  keys: new Uint32Array(most),
  owners: new Uint32Array(most),
  starts: new Uint32Array(most),
  ends: new Uint32Array(most),
});

/**
 * Most keys are in no block. Many are looked at in one go and without a branch, so that the processor fetches for several at
 * once: what it waits for here is memory.
 */
export function siftKeys(index: BlockIndex, keys: Uint32Array, owners: Uint32Array, into: Sifted): void {
  const { filter, filterShift, shift, starts } = index;
  let count = 0;
  for (let i = 0; i < into.count; i++) {
    const key = keys[i] as number;
    const bit = key >>> filterShift;
    into.keys[count] = key;
    into.owners[count] = owners[i] as number;
    count += ((filter[bit >>> 5] as number) >>> (bit & 31)) & 1;
  }
  for (let i = 0; i < count; i++) {
    const bucket = (into.keys[i] as number) >>> shift;
    into.starts[i] = starts[bucket] as number;
    into.ends[i] = starts[bucket + 1] as number;
  }
  into.count = count;
}

/** Adds the rows of one block that are not there yet. @param at number of a sifted key */
export function gather({ keys, rows }: BlockIndex, sifted: Sifted, at: number, into: number[]): void {
  const key = sifted.keys[at] as number;
  const end = sifted.ends[at] as number;
  const before = into.length;
  for (let i = sifted.starts[at] as number; i < end; i++) {
    if (keys[i] !== key) continue;
    const row = rows[i] as number;
    if (into.includes(row)) continue;
    into.push(row);
    if (into.length - before <= mostInBlock) continue;
    into.length = before;
    return;
  }
}
