/**
 * Which pairs are looked at: those that share a block. Each block is a hash of a few fields that survive some kind of error;
 * together they leave no single slip in the number, and none in the name beside village or phone, without a block.
 */
import { isComparable } from "./compare-ids.ts";
import { finish, mix } from "./hash.ts";
import { checkOf, serialOf } from "./id-number.ts";
import type { NameTable } from "./name-table.ts";
import type { Place } from "./places.ts";
import { uint32s } from "./shared-columns.ts";

/** What blocks are made of. */
export type BlockFields = {
  name: number;
  place: Place;
  region: number;
  birth: number;
  packed: number;
  phone: number;
  /** has no ID number that says whose it is */
  isNumberless: boolean;
};

export type BlockNames = Pick<NameTable, "units" | "starts" | "givenAt" | "hash" | "sound" | "surnameSound">;

export const mostKeys = 24;

const seeds = {
  birthSerial: 101,
  regionSurname: 102,
  lateBirth: 103,
  earlyBirth: 104,
  nameBirth: 105,
  soundVillage: 106,
  nearVillage: 107,
  phone: 108,
  nameTown: 109,
  nameCounty: 110,
  numberlessCounty: 111,
} as const;

const key2 = (seed: number, a: number, b: number): number => finish(mix(mix(seed, a), b));

/**
 * @param forRegistry the registry's rows lie in all blocks; a register's row looks into those that could hold its person
 * @returns how many keys were written
 */
// oxlint-disable-next-line eslint/max-params -- called for every row: no object is made
export function writeKeys(
  names: BlockNames,
  row: BlockFields,
  into: Uint32Array,
  forRegistry: boolean,
  isSampled: boolean,
): number {
  let count = isComparable(row.packed) ? writeNumberKeys(names, row, into) : 0;
  const { name, place } = row;
  const hash = names.hash[name] as number;
  if (row.phone !== 0) into[count++] = key2(seeds.phone, row.phone, 0);
  if (hash === 0) return count;
  if (row.birth !== 0) into[count++] = key2(seeds.nameBirth, hash, row.birth);
  if (place.village !== 0) count = writeVillageKeys(names, row, into, count);
  if (place.town !== 0) into[count++] = key2(seeds.nameTown, hash, place.town);
  if (place.county === 0) return count;
  const isNumberless = row.isNumberless;
  if (forRegistry || isNumberless || isSampled) into[count++] = key2(seeds.nameCounty, hash, place.county);
  if (forRegistry ? isNumberless : !isNumberless)
    into[count++] = key2(seeds.numberlessCounty, hash, place.county);
  return count;
}

function writeNumberKeys(names: BlockNames, row: BlockFields, into: Uint32Array): number {
  const { region, birth, packed } = row;
  const [serial, check] = [serialOf(packed), checkOf(packed)];
  const surname = names.surnameSound[row.name] as number;
  let count = 0;
  // The same number, or a wrong region, or its last digit and the first of the birth swapped.
  into[count++] = key2(seeds.birthSerial, birth % 10_000_000, serial);
  // A wrong serial or check character, or the last of the birth and the first of the serial swapped; the same surname.
  if (surname !== 0) into[count++] = key2(mix(seeds.regionSurname, region), Math.floor(birth / 10), surname);
  // A wrong birth: its last five digits, or its first four.
  const end = mix(mix(mix(seeds.lateBirth, region), serial), check);
  into[count++] = key2(end, seeds.lateBirth, Math.floor(birth / 100_000));
  into[count++] = key2(end, seeds.earlyBirth, birth % 10_000);
  return count;
}

function writeVillageKeys(names: BlockNames, row: BlockFields, into: Uint32Array, from: number): number {
  const { name, place } = row;
  const { units, starts } = names;
  const [start, end] = [starts[name] as number, starts[name + 1] as number];
  let count = from;
  into[count++] = key2(seeds.soundVillage, names.sound[name] as number, place.village);
  // A name of two, and longer ones without each character of the given name: two that differ by one share one of these.
  if (end - start === 2) {
    const whole = mix(mix(seeds.nearVillage, place.village), units[start] as number);
    into[count++] = finish(mix(whole, units[start + 1] as number));
  } else if (end - start <= 5) {
    for (let without = start + (names.givenAt[name] as number); without < end; without++) {
      let h = mix(seeds.nearVillage, place.village);
      for (let i = start; i < end; i++) if (i !== without) h = mix(h, units[i] as number);
      into[count++] = finish(h);
    }
  }
  return count;
}

/**
 * Rows of the registry by key, in parts by the key's first bits; rows of bucket b stand at starts[b]…starts[b + 1].
 * `filter` has a bit for each key: most keys that rows look for are in no block, and a bit is sooner looked at.
 */
export type BlockIndex = {
  shift: number;
  starts: Uint32Array;
  keys: Uint32Array;
  rows: Uint32Array;
  filter: Uint32Array;
  filterShift: number;
};

/** Parts, a power of two: each can be made in a thread of its own. */
export const indexParts = 4;
const partShift = 30;
export const partOf = (key: number): number => key >>> partShift;

/** A block of more is passed over: a placeholder that somebody entered for everybody. */
export const mostInBlock = 400;

type KeysOf = (row: number, into: Uint32Array) => number;

export function makeIndex(rows: number, part: number, keysOf: KeysOf): BlockIndex {
  const own = collectKeys(rows, part, keysOf);
  let bits = 8;
  while (1 << bits < own.used && bits < 27) bits++;
  // The part's own two bits go, the next ones are the bucket.
  const shift = 32 - bits;
  const bucketOf = (key: number): number => (key << 2) >>> shift;
  const index: BlockIndex = {
    shift,
    starts: uint32s((1 << bits) + 1),
    keys: uint32s(own.used),
    rows: uint32s(own.used),
    filter: uint32s(1 << Math.max(0, bits - 2)),
    filterShift: 32 - (bits + 3),
  };
  const { starts, filter } = index;
  for (let i = 0; i < own.used; i++) {
    const bucket = bucketOf(own.keys[i] as number);
    starts[bucket + 1] = (starts[bucket + 1] as number) + 1;
    const bit = ((own.keys[i] as number) << 2) >>> index.filterShift;
    filter[bit >>> 5] = (filter[bit >>> 5] as number) | (1 << (bit & 31));
  }
  for (let b = 0; b < 1 << bits; b++) starts[b + 1] = (starts[b + 1] as number) + (starts[b] as number);
  const next = starts.slice(0, 1 << bits);
  for (let i = 0; i < own.used; i++) {
    const bucket = bucketOf(own.keys[i] as number);
    const at = next[bucket] as number;
    next[bucket] = at + 1;
    index.keys[at] = own.keys[i] as number;
    index.rows[at] = own.rows[i] as number;
  }
  return index;
}

/** Keys of one part and the rows that they are of. */
function collectKeys(
  rows: number,
  part: number,
  keysOf: KeysOf,
): { keys: Uint32Array; rows: Uint32Array; used: number } {
  const keys = new Uint32Array(mostKeys);
  let own = { keys: new Uint32Array(rows * 3 + 64), rows: new Uint32Array(rows * 3 + 64), used: 0 };
  for (let row = 0; row < rows; row++) {
    const count = keysOf(row, keys);
    if (own.used + count > own.keys.length) own = enlarge(own);
    for (let i = 0; i < count; i++) {
      if (partOf(keys[i] as number) !== part) continue;
      own.keys[own.used] = keys[i] as number;
      own.rows[own.used++] = row;
    }
  }
  return own;
}

function enlarge({
  keys,
  rows,
  used,
}: {
  keys: Uint32Array<ArrayBuffer>;
  rows: Uint32Array<ArrayBuffer>;
  used: number;
}) {
  const larger = {
    keys: new Uint32Array(keys.length * 2),
    rows: new Uint32Array(rows.length * 2),
    used,
  };
  larger.keys.set(keys);
  larger.rows.set(rows);
  return larger;
}

export function mayHold({ filter, filterShift }: BlockIndex, key: number): boolean {
  const bit = (key << 2) >>> filterShift;
  return ((filter[bit >>> 5] as number) & (1 << (bit & 31))) !== 0;
}
