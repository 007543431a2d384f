/** Bytes of a CSV file (UTF-8, whole lines) to columns. Nothing of the file is kept but what matching needs. */
import { finish, hashUnits, mix } from "../core/matching/hash.ts";
import { emptyIdNumber, idKind, packSerial, readIdNumber } from "../core/matching/id-number.ts";
import { addName, grown, makeNameBuilder } from "../core/matching/name-table.ts";
import type { ChunkNames, NameBuilder } from "../core/matching/name-table.ts";
import { longestName, readName } from "../core/matching/name-units.ts";
import type { PlaceText } from "../core/matching/places.ts";
import { mark, relation, uint32s, uint8s } from "../core/matching/shared-columns.ts";
import type { HouseholdColumns, RowColumns } from "../core/matching/shared-columns.ts";

/** What a column is to matching; its header in the file. */
export const columnNames = [
  "key",
  "name",
  "sex",
  "id_no",
  "county",
  "town",
  "village",
  "village_code",
  "phone",
  "household_id",
  "relation",
] as const;

/** For each column of the file the number of its role in `columnNames`, −1 for one that matching does not use. */
export type Layout = { roles: readonly number[]; headers: readonly string[]; isRegistry: boolean };

/** What is wrong with a line, the first line of the chunk being 0. */
export type ChunkFault = { kind: "fields" | "empty" | "quote"; line: number; column: number; found: number };

export type ChunkRows = RowColumns &
  HouseholdColumns & {
    names: ChunkNames;
    places: readonly PlaceText[];
    keyHashes: Uint32Array;
    /** rows by year of birth since 1880, of sound numbers */
    years: Uint32Array;
    /** UTF-16 units that occur in names */
    seen: Uint8Array;
  };

const [key, name, sex, idNo, county, town, village, villageCode, phone, householdId, relationOf] =
  columnNames.map((_, index) => index) as [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const [comma, quote, newline, carriageReturn] = [0x2c, 0x22, 0x0a, 0x0d];

export function readChunk(bytes: Uint8Array, layout: Layout): ChunkRows | ChunkFault {
  const into = makeColumns(countLines(bytes), bytes.length, layout.isRegistry);
  // Where each column's cell of the present line begins and ends.
  const cells: Cells = {
    starts: new Int32Array(columnNames.length),
    ends: new Int32Array(columnNames.length),
  };
  let line = 0;
  for (let at = 0; at < bytes.length; line++) {
    const first = bytes[at];
    if (first === newline || (first === carriageReturn && bytes[at + 1] === newline)) {
      at += first === newline ? 1 : 2;
      continue;
    }
    const read = readLine(bytes, at, layout, cells);
    if (read.next < 0) return { kind: "quote", line, column: read.fields, found: 0 };
    if (read.fields !== layout.roles.length)
      return { kind: "fields", line, column: Math.min(read.fields, layout.roles.length), found: read.fields };
    if (cells.starts[key] === cells.ends[key])
      return { kind: "empty", line, column: layout.roles.indexOf(key), found: 0 };
    takeRow(bytes, cells, into);
    at = read.next;
  }
  return closeColumns(into);
}

type Cells = { starts: Int32Array; ends: Int32Array };

function countLines(bytes: Uint8Array): number {
  let count = 1;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}

/** @returns where the next line begins, −1 for a quote that is not closed or stands where it may not; how many fields */
function readLine(
  bytes: Uint8Array,
  from: number,
  { roles }: Layout,
  cells: Cells,
): { next: number; fields: number } {
  const { length } = bytes;
  let fields = 0;
  for (let at = from; ; at++) {
    let start = at;
    let end: number;
    if (bytes[at] === quote) {
      const closed = unquote(bytes, at);
      if (closed.end < 0) return { next: -1, fields };
      start = at + 1;
      end = closed.end;
      at = closed.next;
    } else {
      let byte = 0;
      while (at < length && (byte = bytes[at] as number) !== comma && byte !== newline) at++;
      end = at;
      if ((at >= length || bytes[at] === newline) && end > start && bytes[end - 1] === carriageReturn) end--;
    }
    const role = roles[fields++] ?? -1;
    if (role >= 0) {
      cells.starts[role] = start;
      cells.ends[role] = end;
    }
    if (at >= length || bytes[at] === newline) return { next: at + 1, fields };
  }
}

/** Takes doubled quotes out in place. @returns where the text ends, and where the comma or line end stands; −1 if neither */
function unquote(bytes: Uint8Array, from: number): { end: number; next: number } {
  let write = from + 1;
  for (let at = from + 1; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      if (bytes[at + 1] !== quote) {
        let next = at + 1;
        if (bytes[next] === carriageReturn && (bytes[next + 1] === newline || next + 1 === bytes.length))
          next++;
        const isEnd = next >= bytes.length || bytes[next] === comma || bytes[next] === newline;
        return isEnd ? { end: write, next } : { end: -1, next: -1 };
      }
      at++;
    }
    bytes[write++] = byte;
  }
  return { end: -1, next: -1 };
}

type Filling = {
  rows: number;
  columns: Omit<RowColumns, "rows" | "odd" | "keys"> & HouseholdColumns;
  keys: Uint8Array;
  keysUsed: number;
  keyHashes: Uint32Array;
  odd: Map<number, readonly number[]>;
  names: NameBuilder;
  places: PlaceTable;
  years: Uint32Array;
  isRegistry: boolean;
  id: ReturnType<typeof emptyIdNumber>;
  units: Uint16Array;
  amount: { count: number; hash: number };
  /** of the cell being read */
  span: { start: number; end: number };
  decoder: TextDecoder;
};

function makeColumns(rows: number, bytes: number, isRegistry: boolean): Filling {
  const registryRows = isRegistry ? rows : 0;
  return {
    rows: 0,
    columns: {
      name: uint32s(rows),
      place: uint32s(rows),
      region: uint32s(rows),
      birth: uint32s(rows),
      packed: uint32s(rows),
      phone: uint32s(rows),
      marks: uint8s(rows),
      keyStarts: uint32s(rows + 1),
      householdA: uint32s(registryRows),
      householdB: uint32s(registryRows),
      relation: uint8s(registryRows),
    },
    keys: new Uint8Array(Math.min(bytes, rows * 12 + 64)),
    keysUsed: 0,
    keyHashes: uint32s(rows),
    odd: new Map(),
    names: makeNameBuilder(),
    places: makePlaceTable(),
    years: new Uint32Array(240),
    isRegistry,
    id: emptyIdNumber(),
    units: new Uint16Array(longestName),
    amount: { count: 1, hash: 0 },
    span: { start: 0, end: 0 },
    decoder: new TextDecoder(),
  };
}

function takeRow(bytes: Uint8Array, cells: Cells, into: Filling): void {
  const { columns, rows: row } = into;
  takeKey(bytes, cells, into);
  const { length, isTidied } = readName(bytes, spanOf(cells, name, into.span), into.units);
  into.span.start = 0;
  into.span.end = length;
  into.amount.hash = hashUnits(1, into.units, 0, length);
  columns.name[row] = addName(into.names, into.units, into.span, into.amount);
  const { id } = into;
  readIdNumber(bytes, spanOf(cells, idNo, into.span), id);
  columns.region[row] = id.region;
  columns.birth[row] = id.birth;
  columns.packed[row] = packSerial(id);
  if (id.kind === idKind.odd) into.odd.set(row, id.odd);
  if (id.kind === idKind.valid) {
    const year = Math.floor(id.birth / 10_000) - 1880;
    into.years[year] = (into.years[year] as number) + 1;
  }
  columns.place[row] = placeOf(bytes, cells, into);
  columns.phone[row] = hashPhone(bytes, cells.starts[phone], cells.ends[phone]);
  columns.marks[row] =
    readSex(bytes, cells) | (isTidied ? mark.nameTidied : 0) | (id.isTidied ? mark.idTidied : 0);
  if (into.isRegistry) takeHousehold(bytes, cells, into);
  into.rows = row + 1;
}

function spanOf(cells: Cells, column: number, span: { start: number; end: number }): typeof span {
  span.start = cells.starts[column] as number;
  span.end = cells.ends[column] as number;
  return span;
}

function takeKey(bytes: Uint8Array, cells: Cells, into: Filling): void {
  const [start, end] = [cells.starts[key], cells.ends[key]] as [number, number];
  if (into.keysUsed + end - start > into.keys.length) {
    const larger = new Uint8Array(into.keys.length * 2 + end - start);
    larger.set(into.keys);
    into.keys = larger;
  }
  let hash = 6;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    into.keys[into.keysUsed++] = byte;
    hash = mix(hash, byte);
  }
  into.keyHashes[into.rows] = finish(hash);
  into.columns.keyStarts[into.rows + 1] = into.keysUsed;
}

function hashCell(seed: number, bytes: Uint8Array, cells: Cells, column: number): number {
  let hash = seed;
  for (let i = cells.starts[column] as number; i < (cells.ends[column] as number); i++)
    hash = mix(hash, bytes[i] as number);
  return mix(hash, 0xff);
}

/** Places repeat: each is kept and decoded once. */
type PlaceTable = {
  slots: Int32Array;
  hashes: Uint32Array;
  /** the four cells of each, each closed by 0xff */
  bytes: Uint8Array;
  starts: Uint32Array;
  texts: PlaceText[];
};

function makePlaceTable(): PlaceTable {
  return {
    slots: new Int32Array(1 << 12).fill(-1),
    hashes: new Uint32Array(1 << 11),
    bytes: new Uint8Array(1 << 16),
    starts: new Uint32Array((1 << 11) + 1),
    texts: [],
  };
}

const placeColumns = [county, town, village, villageCode] as const;
const placeBytes = new Uint8Array(1 << 12);

function placeOf(bytes: Uint8Array, cells: Cells, { places, decoder }: Filling): number {
  let length = 0;
  let h = 5;
  for (let c = 0; c < placeColumns.length; c++) {
    const column = placeColumns[c] as number;
    const end = cells.ends[column] as number;
    for (let i = cells.starts[column] as number; i < end && length < 4000; i++) {
      const byte = bytes[i] as number;
      placeBytes[length++] = byte;
      h = Math.imul(h ^ byte, 0x01000193);
    }
    placeBytes[length++] = 0xff;
  }
  const hash = finish(h);
  const mask = places.slots.length - 1;
  let slot = hash & mask;
  for (; (places.slots[slot] as number) >= 0; slot = (slot + 1) & mask) {
    const known = places.slots[slot] as number;
    if (places.hashes[known] === hash && isPlace(places, known, length)) return known;
  }
  return addPlace(places, { slot, hash, length }, decoder);
}

function isPlace({ bytes, starts }: PlaceTable, place: number, length: number): boolean {
  const start = starts[place] as number;
  if ((starts[place + 1] as number) - start !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== placeBytes[i]) return false;
  return true;
}

type NewPlace = { slot: number; hash: number; length: number };

function addPlace(places: PlaceTable, { slot, hash, length }: NewPlace, decoder: TextDecoder): number {
  const place = places.texts.length;
  const start = places.starts[place] as number;
  while (start + length > places.bytes.length) places.bytes = grown(places.bytes, Uint8Array);
  places.bytes.set(placeBytes.subarray(0, length), start);
  places.starts[place + 1] = start + length;
  places.hashes[place] = hash;
  places.slots[slot] = place;
  const text: string[] = [];
  for (let i = 0, from = 0; i < length; i++)
    if (placeBytes[i] === 0xff) {
      text.push(decoder.decode(placeBytes.subarray(from, i)));
      from = i + 1;
    }
  places.texts.push(text as unknown as PlaceText);
  if ((place + 2) * 2 > places.slots.length) {
    places.slots = new Int32Array(places.slots.length * 2).fill(-1);
    const mask = places.slots.length - 1;
    for (let known = 0; known <= place; known++) {
      let at = (places.hashes[known] as number) & mask;
      while ((places.slots[at] as number) >= 0) at = (at + 1) & mask;
      places.slots[at] = known;
    }
    places.hashes = grown(places.hashes, Uint32Array);
    places.starts = grown(places.starts, Uint32Array);
  }
  return place;
}

/** The last eleven digits, hashed; 0 for none, or for fewer than seven. */
function hashPhone(bytes: Uint8Array, start = 0, end = 0): number {
  let hash = 8;
  let digits = 0;
  let isRepeated = true;
  let last = -1;
  for (let i = end - 1; i >= start && digits < 11; i--) {
    let byte = bytes[i] as number;
    // Full-width digits: the last of three bytes, EF BC 90–99.
    if (byte >= 0x90 && byte <= 0x99 && i - 2 >= start && bytes[i - 1] === 0xbc) byte -= 0x60;
    if (byte < 0x30 || byte > 0x39) continue;
    if (digits > 0 && byte !== last) isRepeated = false;
    last = byte;
    digits++;
    hash = mix(hash, byte);
  }
  return digits < 7 || isRepeated ? 0 : finish(hash);
}

/** 男, 1, M: 1; 女, 2, F: 2; otherwise 0 */
function readSex(bytes: Uint8Array, cells: Cells): number {
  const [start, end] = [cells.starts[sex], cells.ends[sex]] as [number, number];
  if (start === end) return 0;
  const first = bytes[start];
  if (first === 0xe7 && bytes[start + 1] === 0x94 && bytes[start + 2] === 0xb7) return 1;
  if (first === 0xe5 && bytes[start + 1] === 0xa5 && bytes[start + 2] === 0xb3) return 2;
  if (end - start > 6) return 0;
  if (first === 0x31 || first === 0x4d || first === 0x6d) return 1;
  return first === 0x32 || first === 0x46 || first === 0x66 ? 2 : 0;
}

function takeHousehold(bytes: Uint8Array, cells: Cells, into: Filling): void {
  const { columns, rows: row } = into;
  columns.householdA[row] = finish(hashCell(61, bytes, cells, householdId));
  columns.householdB[row] = finish(hashCell(62, bytes, cells, householdId));
  // A household without a number is each member's own.
  if (cells.starts[householdId] === cells.ends[householdId]) {
    columns.householdA[row] = into.keyHashes[row] as number;
    columns.householdB[row] = finish(hashCell(63, bytes, cells, key));
  }
  const word = into.decoder.decode(bytes.slice(cells.starts[relationOf], cells.ends[relationOf])).trim();
  columns.relation[row] = readRelation(word);
}

/** 与户主关系 as forms word it. */
export function readRelation(word: string): number {
  if (/^(户主|本人)$/.test(word)) return relation.head;
  if (/^(配偶|妻|妻子|夫|丈夫|爱人)$/.test(word)) return relation.spouse;
  if (/^(父母|父亲|母亲|父|母|之?父亲?|之?母亲?|岳父|岳母|公公|婆婆|公婆|父母亲)$/.test(word))
    return relation.parent;
  if (/^(子女|子|女|之?子|之?女|儿子|女儿|长子|长女|次子|次女|三子|三女|独生子|独生女|养子|养女)$/.test(word))
    return relation.child;
  return relation.other;
}

function closeColumns(filled: Filling): ChunkRows {
  const seen = new Uint8Array(1 << 16);
  for (let i = 0; i < filled.names.used; i++) seen[filled.names.units[i] as number] = 1;
  const { rows, columns, names } = filled;
  const keys = uint8s(filled.keysUsed);
  keys.set(filled.keys.subarray(0, filled.keysUsed));
  return {
    ...columns,
    rows,
    keys,
    keyHashes: filled.keyHashes,
    odd: filled.odd,
    places: filled.places.texts,
    years: filled.years,
    seen,
    names: {
      units: (names.units as Uint16Array).slice(0, names.used),
      starts: names.starts.slice(0, names.size + 1),
      counts: names.counts.slice(0, names.size),
      hashes: names.hashes.slice(0, names.size),
    },
  };
}
