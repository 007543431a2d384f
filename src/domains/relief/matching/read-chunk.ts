/** Bytes of a CSV file (UTF-8, whole lines) to columns. Nothing of the file is kept but what matching needs. */
import { finish, mix } from "../core/matching/hash.ts";
import { emptyIdNumber, idKind, packSerial, readIdNumber } from "../core/matching/id-number.ts";
import { longestName, readName } from "../core/matching/name-units.ts";
import { mark, relation, uint16s, uint32s, uint8s } from "../core/matching/shared-columns.ts";
import type { HouseholdColumns, RowColumns } from "../core/matching/shared-columns.ts";
import { closePlaces, makePlaceTable, placeOf } from "./place-table.ts";
import type { PlaceBytes, PlaceTable } from "./place-table.ts";
import { countLines, emptyLine, makeCells, readRecord } from "./read-record.ts";
import type { Cells } from "./read-record.ts";

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
    places: PlaceBytes;
    keyHashes: Uint32Array;
    /** rows by year of birth since 1880, of sound numbers */
    years: Uint32Array;
  };

const [key, name, sex, idNo, county, town, village, villageCode, phone, householdId, relationOf] =
  columnNames.map((_, index) => index) as [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const placeColumns = [county, town, village, villageCode] as const;

export function readChunk(bytes: Uint8Array, layout: Layout): ChunkRows | ChunkFault {
  const into = makeColumns(countLines(bytes) + 1, layout.isRegistry);
  const cells = makeCells(columnNames.length);
  const record = { next: 0, fields: 0 };
  let line = 0;
  for (let at = 0; at < bytes.length; line++) {
    const empty = emptyLine(bytes, at);
    if (empty > 0) {
      at += empty;
      continue;
    }
    readRecord(bytes, at, layout.roles, cells, record);
    if (record.next < 0) return { kind: "quote", line, column: record.fields, found: 0 };
    if (record.fields !== layout.roles.length)
      return {
        kind: "fields",
        line,
        column: Math.min(record.fields, layout.roles.length),
        found: record.fields,
      };
    if (cells.starts[key] === cells.ends[key])
      return { kind: "empty", line, column: layout.roles.indexOf(key), found: 0 };
    takeRow(bytes, cells, into);
    at = record.next;
  }
  return closeColumns(into);
}

type Filling = {
  rows: number;
  columns: Omit<RowColumns, "rows" | "odd" | "keys" | "units"> & HouseholdColumns;
  keys: Uint8Array;
  keysUsed: number;
  keyHashes: Uint32Array;
  units: Uint16Array;
  odd: Map<number, readonly number[]>;
  places: PlaceTable;
  years: Uint32Array;
  isRegistry: boolean;
  relations: Map<number, number>;
  id: ReturnType<typeof emptyIdNumber>;
  foundName: { length: number; isTidied: boolean };
  /** of the cell being read */
  span: { start: number; end: number };
  decoder: TextDecoder;
};

function makeColumns(rows: number, isRegistry: boolean): Filling {
  const registryRows = isRegistry ? rows : 0;
  return {
    rows: 0,
    columns: {
      nameStarts: uint32s(rows + 1),
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
    keys: new Uint8Array(rows * 12 + 64),
    keysUsed: 0,
    keyHashes: uint32s(rows),
    units: new Uint16Array(rows * 4 + longestName),
    odd: new Map(),
    places: makePlaceTable(),
    years: new Uint32Array(240),
    isRegistry,
    relations: new Map(),
    id: emptyIdNumber(),
    foundName: { length: 0, isTidied: false },
    span: { start: 0, end: 0 },
    decoder: new TextDecoder(),
  };
}

function takeRow(bytes: Uint8Array, cells: Cells, into: Filling): void {
  const { columns, rows: row, id, foundName } = into;
  takeKey(bytes, cells, into);
  takeNameUnits(bytes, cells, into);
  readIdNumber(bytes, spanOf(cells, idNo, into.span), id);
  columns.region[row] = id.region;
  columns.birth[row] = id.birth;
  columns.packed[row] = packSerial(id);
  if (id.kind === idKind.odd) into.odd.set(row, id.odd);
  if (id.kind === idKind.valid) {
    const year = Math.floor(id.birth / 10_000) - 1880;
    into.years[year] = (into.years[year] as number) + 1;
  }
  columns.place[row] = placeOf(into.places, bytes, cells, placeColumns);
  columns.phone[row] = hashPhone(bytes, cells.starts[phone], cells.ends[phone]);
  columns.marks[row] =
    readSex(bytes, cells) | (foundName.isTidied ? mark.nameTidied : 0) | (id.isTidied ? mark.idTidied : 0);
  if (into.isRegistry) takeHousehold(bytes, cells, into);
  into.rows = row + 1;
}

function takeNameUnits(bytes: Uint8Array, cells: Cells, into: Filling): void {
  const { nameStarts } = into.columns;
  const start = nameStarts[into.rows] as number;
  if (start + longestName > into.units.length) {
    const larger = new Uint16Array(into.units.length * 2);
    larger.set(into.units);
    into.units = larger;
  }
  readName(bytes, spanOf(cells, name, into.span), into.units, start, into.foundName);
  nameStarts[into.rows + 1] = start + into.foundName.length;
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
  columns.relation[row] = relationIn(bytes, cells, into);
}

/** Few words, on every row. */
function relationIn(bytes: Uint8Array, cells: Cells, { relations, decoder }: Filling): number {
  const hash = hashCell(64, bytes, cells, relationOf);
  const known = relations.get(hash);
  if (known !== undefined) return known;
  const word = decoder.decode(bytes.slice(cells.starts[relationOf], cells.ends[relationOf])).trim();
  const read = readRelation(word);
  relations.set(hash, read);
  return read;
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
  const { rows, columns, keyHashes, odd, years } = filled;
  const keys = uint8s(filled.keysUsed);
  keys.set(filled.keys.subarray(0, filled.keysUsed));
  const units = uint16s(columns.nameStarts[rows] as number);
  units.set(filled.units.subarray(0, units.length));
  return { ...columns, rows, keys, units, keyHashes, odd, years, places: closePlaces(filled.places) };
}
