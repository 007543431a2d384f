/** All distinct names of registry and registers, with what comparing and weighing them needs. */
import { surnameLength } from "./character-tables.ts";
import { addCount, finish, hashUnits, makeCounts, mix } from "./hash.ts";
import type { NameUnits } from "./compare-names.ts";
import { foldLetters, isCapital, soundOf } from "./name-sounds.ts";
import type { Sounds } from "./name-sounds.ts";
import { float32s, uint16s, uint32s, uint8s } from "./shared-columns.ts";

/** Distinct names of one chunk and how many rows have each. */
export type ChunkNames = NameUnits & { counts: Uint32Array; hashes: Uint32Array };

/** By name: hashes of contents, and how common its parts are among all rows read, 0–1. */
export type NameTable = NameUnits & {
  size: number;
  /** units of surname */
  givenAt: Uint8Array;
  hash: Uint32Array;
  /** hash of its syllables */
  sound: Uint32Array;
  surname: Uint32Array;
  surnameSound: Uint32Array;
  surnameShare: Float32Array;
  surnameSoundShare: Float32Array;
  givenShare: Float32Array;
  givenSoundShare: Float32Array;
  /** names whose given name differs in one character at most */
  givenNearShare: Float32Array;
};

export type NameBuilder = {
  units: number[] | Uint16Array;
  used: number;
  starts: Uint32Array;
  counts: Uint32Array;
  hashes: Uint32Array;
  size: number;
  table: Int32Array;
};

export function makeNameBuilder(atMost = 1 << 13): NameBuilder {
  let size = 1 << 14;
  while (size < atMost) size *= 2;
  return {
    units: new Uint16Array(size * 4),
    used: 0,
    starts: new Uint32Array(size),
    counts: new Uint32Array(size),
    hashes: new Uint32Array(size),
    size: 0,
    table: new Int32Array(size * 2).fill(-1),
  };
}

/** @returns the number of the name, new or known */
export function addName(
  names: NameBuilder,
  from: ArrayLike<number>,
  span: { start: number; end: number },
  { count, hash }: { count: number; hash: number },
): number {
  const { start, end } = span;
  const length = end - start;
  const mask = names.table.length - 1;
  let slot = hash & mask;
  for (; ; slot = (slot + 1) & mask) {
    const known = names.table[slot] as number;
    if (known < 0) break;
    if (names.hashes[known] !== hash || !isSame(names, known, from, span)) continue;
    names.counts[known] = (names.counts[known] as number) + count;
    return known;
  }
  if (names.used + length > names.units.length) names.units = grown(names.units as Uint16Array, Uint16Array);
  if (names.size + 2 > names.starts.length) {
    names.starts = grown(names.starts, Uint32Array);
    names.counts = grown(names.counts, Uint32Array);
    names.hashes = grown(names.hashes, Uint32Array);
  }
  for (let i = 0; i < length; i++) names.units[names.used + i] = from[start + i] as number;
  names.used += length;
  names.table[slot] = names.size;
  names.counts[names.size] = count;
  names.hashes[names.size] = hash;
  names.starts[++names.size] = names.used;
  if (names.size * 2 > names.table.length) rehash(names);
  return names.size - 1;
}

function isSame(
  names: NameBuilder,
  known: number,
  from: ArrayLike<number>,
  { start, end }: { start: number; end: number },
): boolean {
  const at = names.starts[known] as number;
  if ((names.starts[known + 1] as number) - at !== end - start) return false;
  for (let i = start; i < end; i++) if (names.units[at + i - start] !== from[i]) return false;
  return true;
}

/** The same in twice the room. */
export function grown<T extends Uint8Array | Uint16Array | Uint32Array>(
  old: T,
  Kind: new (length: number) => T,
): T {
  const larger = new Kind(old.length * 2);
  larger.set(old);
  return larger;
}

function rehash(names: NameBuilder): void {
  const table = new Int32Array(names.table.length * 2).fill(-1);
  const mask = table.length - 1;
  for (let name = 0; name < names.size; name++) {
    let slot = (names.hashes[name] as number) & mask;
    while ((table[slot] as number) >= 0) slot = (slot + 1) & mask;
    table[slot] = name;
  }
  names.table = table;
}

/** Adds a chunk's names. @returns the number in the whole table of each of the chunk's */
export function addChunkNames(
  names: NameBuilder,
  chunk: ChunkNames,
  numberOf: (letters: string) => number | undefined,
): Uint32Array {
  const numbers = uint32s(chunk.counts.length);
  const span = { start: 0, end: 0 };
  const amount = { count: 0, hash: 0 };
  for (let i = 0; i < numbers.length; i++) {
    const [start, end] = [chunk.starts[i] as number, chunk.starts[i + 1] as number];
    const count = chunk.counts[i] as number;
    let hasLetters = false;
    for (let j = start; j < end; j++) if (isCapital(chunk.units[j] as number)) hasLetters = true;
    if (hasLetters) {
      const folded = foldLetters(Array.from(chunk.units.subarray(start, end)), numberOf);
      const hash = hashUnits(1, folded, 0, folded.length);
      numbers[i] = addName(names, folded, { start: 0, end: folded.length }, { count, hash });
    } else {
      span.start = start;
      span.end = end;
      amount.count = count;
      amount.hash = chunk.hashes[i] as number;
      numbers[i] = addName(names, chunk.units, span, amount);
    }
  }
  return numbers;
}

const [wholeGiven, soundGiven, firstGiven, lastGiven] = [21, 22, 23, 24] as [number, number, number, number];

/** Closes the table: hashes and shares of all names. */
export function finishNames(names: NameBuilder, sounds: Sounds): NameTable {
  const { size } = names;
  const units = uint16s(names.used);
  units.set((names.units as Uint16Array).subarray(0, names.used));
  const starts = uint32s(size + 1);
  starts.set(names.starts.subarray(0, size + 1));
  const table: NameTable = {
    units,
    starts,
    size,
    givenAt: uint8s(size),
    hash: uint32s(size),
    sound: uint32s(size),
    surname: uint32s(size),
    surnameSound: uint32s(size),
    surnameShare: float32s(size),
    surnameSoundShare: float32s(size),
    givenShare: float32s(size),
    givenSoundShare: float32s(size),
    givenNearShare: float32s(size),
  };
  for (let name = 0; name < size; name++) hashName(table, sounds, name);
  share(table, names.counts, sounds);
  return table;
}

function hashName(table: NameTable, sounds: Sounds, name: number): void {
  const { units, starts } = table;
  const [start, end] = [starts[name] as number, starts[name + 1] as number];
  if (start === end) return;
  const surname = surnameLength(units, start, end - start);
  table.givenAt[name] = surname;
  const given = start + surname;
  table.hash[name] = hashUnits(2, units, start, end);
  table.surname[name] = hashUnits(3, units, start, given);
  let sound = 4;
  for (let i = start; i < end; i++) {
    sound = mix(sound, soundOf(sounds, units[i] as number, i === start));
    if (i === given - 1) table.surnameSound[name] = finish(sound);
  }
  table.sound[name] = finish(sound);
}

/** Counts the parts of all names, and writes to each name the shares of its own. */
function share(table: NameTable, counts: Uint32Array, sounds: Sounds): void {
  const total = Math.max(
    1,
    counts
      .subarray(0, table.size)
      .reduce((sum, count, name) => sum + (table.hash[name] === 0 ? 0 : count), 0),
  );
  const first = shareOne(table, counts, (name) => table.surname[name] as number);
  const sound = shareOne(table, counts, (name) => table.surnameSound[name] as number);
  const { units, starts, givenAt } = table;
  const given = (name: number): [number, number] => [
    (starts[name] as number) + (givenAt[name] as number),
    starts[name + 1] as number,
  ];
  const whole = shareOne(table, counts, (name) => {
    const [start, end] = given(name);
    return hashUnits(wholeGiven, units, start, end);
  });
  const alike = shareOne(table, counts, (name) => {
    const [start, end] = given(name);
    let h = soundGiven;
    for (let i = start; i < end; i++) h = mix(h, soundOf(sounds, units[i] as number, false));
    return finish(h);
  });
  const near = [firstGiven, lastGiven].map((seed) =>
    shareOne(table, counts, (name) => {
      const [start, end] = given(name);
      const unit = end - start > 1 ? (units[seed === firstGiven ? start : end - 1] as number) : 0;
      return finish(mix(mix(seed, end - start), unit));
    }),
  ) as [Uint32Array, Uint32Array];
  for (let name = 0; name < table.size; name++) {
    table.surnameShare[name] = (first[name] as number) / total;
    table.surnameSoundShare[name] = (sound[name] as number) / total;
    table.givenShare[name] = (whole[name] as number) / total;
    table.givenSoundShare[name] = (alike[name] as number) / total;
    table.givenNearShare[name] = ((near[0][name] as number) + (near[1][name] as number)) / 2 / total;
  }
}

/** @returns for each name how many rows have the same key */
function shareOne(table: NameTable, counts: Uint32Array, keyOf: (name: number) => number): Uint32Array {
  const all = makeCounts(table.size);
  const slots = new Uint32Array(table.size);
  for (let name = 0; name < table.size; name++)
    if (table.hash[name] !== 0) slots[name] = addCount(all, keyOf(name), counts[name] as number);
  return slots.map((slot, name) => (table.hash[name] === 0 ? 0 : (all.counts[slot] as number)));
}
