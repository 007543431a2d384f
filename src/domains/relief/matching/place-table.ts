/** The places of one part of a file: they repeat, and each is kept once. */
import { finish } from "../core/matching/hash.ts";
import { uint8s, uint32s } from "../core/matching/shared-columns.ts";

const comma = 0x2c;
const longest = 4000;

export type PlaceTable = {
  slots: Int32Array;
  hashes: Uint32Array;
  /** the cells of each, commas between them */
  bytes: Uint8Array;
  starts: Uint32Array;
  size: number;
  scratch: Uint8Array;
};

export const makePlaceTable = (): PlaceTable => ({
  slots: new Int32Array(1 << 12).fill(-1),
  hashes: new Uint32Array(1 << 11),
  bytes: new Uint8Array(1 << 16),
  starts: new Uint32Array((1 << 11) + 1),
  size: 0,
  scratch: new Uint8Array(longest),
});

type Cells = { starts: Int32Array; ends: Int32Array };

/** @param columns their roles, in order @returns the number of the place, new or known */
export function placeOf(
  places: PlaceTable,
  bytes: Uint8Array,
  cells: Cells,
  columns: readonly number[],
): number {
  // In most files the cells lie side by side as they are kept.
  let end = cells.ends[columns[0] as number] as number;
  for (let i = 1; i < columns.length; i++) {
    if (cells.starts[columns[i] as number] !== end + 1 || bytes[end] !== comma)
      return placeOfParts(places, bytes, cells, columns);
    end = cells.ends[columns[i] as number] as number;
  }
  return findPlace(places, bytes, cells.starts[columns[0] as number] as number, end);
}

function placeOfParts(
  places: PlaceTable,
  bytes: Uint8Array,
  cells: Cells,
  columns: readonly number[],
): number {
  const { scratch } = places;
  let length = 0;
  for (let i = 0; i < columns.length; i++) {
    if (i > 0) scratch[length++] = comma;
    const end = cells.ends[columns[i] as number] as number;
    for (let at = cells.starts[columns[i] as number] as number; at < end && length < longest - 8; at++)
      scratch[length++] = bytes[at] === comma ? 0x20 : (bytes[at] as number);
  }
  return findPlace(places, scratch, 0, length);
}

function findPlace(places: PlaceTable, bytes: Uint8Array, start: number, end: number): number {
  let h = 5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ (bytes[i] as number), 0x01000193);
  const hash = finish(h);
  const mask = places.slots.length - 1;
  let slot = hash & mask;
  for (; (places.slots[slot] as number) >= 0; slot = (slot + 1) & mask) {
    const known = places.slots[slot] as number;
    if (places.hashes[known] === hash && isPlace(places, known, bytes, start, end)) return known;
  }
  places.slots[slot] = places.size;
  return addPlace(places, hash, bytes.subarray(start, end));
}

// oxlint-disable-next-line eslint/max-params -- called for every row: no object is made
function isPlace(places: PlaceTable, place: number, bytes: Uint8Array, start: number, end: number): boolean {
  const first = places.starts[place] as number;
  if ((places.starts[place + 1] as number) - first !== end - start) return false;
  for (let i = start; i < end; i++) if (places.bytes[first + i - start] !== bytes[i]) return false;
  return true;
}

function addPlace(places: PlaceTable, hash: number, text: Uint8Array): number {
  const place = places.size++;
  const start = places.starts[place] as number;
  while (start + text.length > places.bytes.length) {
    const larger = new Uint8Array(places.bytes.length * 2);
    larger.set(places.bytes);
    places.bytes = larger;
  }
  places.bytes.set(text, start);
  places.starts[place + 1] = start + text.length;
  places.hashes[place] = hash;
  if (places.size * 2 >= places.slots.length) enlarge(places);
  return place;
}

function enlarge(places: PlaceTable): void {
  const slots = new Int32Array(places.slots.length * 2).fill(-1);
  const mask = slots.length - 1;
  for (let place = 0; place < places.size; place++) {
    let slot = (places.hashes[place] as number) & mask;
    while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
    slots[slot] = place;
  }
  const hashes = new Uint32Array(places.hashes.length * 2);
  hashes.set(places.hashes);
  const starts = new Uint32Array(hashes.length + 1);
  starts.set(places.starts);
  Object.assign(places, { slots, hashes, starts });
}

/** What other threads are given: bytes, and where each place begins. */
export type PlaceBytes = { bytes: Uint8Array; starts: Uint32Array };

export function closePlaces({ bytes, starts, size }: PlaceTable): PlaceBytes {
  const closed = { bytes: uint8s(starts[size] as number), starts: uint32s(size + 1) };
  closed.bytes.set(bytes.subarray(0, starts[size]));
  closed.starts.set(starts.subarray(0, size + 1));
  return closed;
}
