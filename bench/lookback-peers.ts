/**
 * What the engine is measured against, on the same files: an exact join on the tidied ID number (the limit in time), and a
 * cascade of exact keys, as an office would write it in an afternoon (the peer in recall). One thread, from CSV to pairs.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { mix } from "../src/domains/relief/core/matching/hash.ts";
import { emptyIdNumber, idKind, readIdNumber } from "../src/domains/relief/core/matching/id-number.ts";
import { makeCells, readRecord } from "../src/domains/relief/matching/read-record.ts";
import { registers } from "./lookback-data.ts";
import { keyOf } from "./lookback-evaluation.ts";
import type { Scored } from "./lookback-evaluation.ts";

const newline = 0x0a;

/** Calls for each record after the head with where the wanted columns stand. */
function eachRecord(
  path: string,
  wanted: readonly string[],
  call: (bytes: Uint8Array, cells: { starts: Int32Array; ends: Int32Array }) => void,
): void {
  const bytes = readFileSync(path);
  const head = bytes.indexOf(newline);
  const roles = bytes
    .toString("utf8", 0, head)
    .split(",")
    .map((name) => wanted.indexOf(name));
  const cells = makeCells(wanted.length);
  const record = { next: 0, fields: 0 };
  for (let at = head + 1; at < bytes.length; at = record.next) {
    readRecord(bytes, at, roles, cells, record);
    call(bytes, cells);
  }
}

/** Persons by number: open addressing, so that nothing but the reading of files takes time. */
export function joinExactly(folder: string, persons: number): number {
  let size = 16;
  while (size < persons * 2) size *= 2;
  const [regions, births, serials] = [new Uint32Array(size), new Uint32Array(size), new Uint16Array(size)];
  const id = emptyIdNumber();
  const placeOf = (): number => {
    let at = (mix(mix(mix(1, id.region), id.birth), id.serial) >>> 0) & (size - 1);
    while (
      regions[at] !== 0 &&
      (regions[at] !== id.region || births[at] !== id.birth || serials[at] !== id.serial)
    )
      at = (at + 1) & (size - 1);
    return at;
  };
  const span = { start: 0, end: 0 };
  const read = (bytes: Uint8Array, { starts, ends }: { starts: Int32Array; ends: Int32Array }): boolean => {
    span.start = starts[0] as number;
    span.end = ends[0] as number;
    readIdNumber(bytes, span, id);
    return id.kind !== idKind.none && id.kind !== idKind.odd;
  };
  eachRecord(join(folder, "registry.csv"), ["id_no"], (bytes, cells) => {
    if (!read(bytes, cells)) return;
    const at = placeOf();
    regions[at] = id.region;
    births[at] = id.birth;
    serials[at] = id.serial;
  });
  let pairs = 0;
  for (const name of registers)
    eachRecord(join(folder, `${name}.csv`), ["id_no"], (bytes, cells) => {
      if (read(bytes, cells) && regions[placeOf()] !== 0) pairs++;
    });
  return pairs;
}

type Row = {
  key: string;
  /** region, birth and serial of the number, "" without one */
  region: string;
  birth: string;
  serial: string;
  name: string;
  village: string;
  phone: string;
};
const columns = ["id_no", "name", "village_code", "phone"];

type Step = { probability: number; keyOf: (row: Row) => string; isFor?: (row: Row) => boolean };

/** Exact keys one after the other; each step takes only rows that none before took, and only one person. */
const steps: readonly Step[] = [
  { probability: 0.99, keyOf: ({ region, birth, serial, name }) => all(region, birth, serial, name) },
  { probability: 0.98, keyOf: ({ birth, serial, name }) => all(birth, serial, name) },
  { probability: 0.97, keyOf: ({ name, phone }) => all(name, phone) },
  {
    probability: 0.96,
    keyOf: ({ region, birth, serial, name }) => all(region, birth.slice(0, 4), serial, name),
  },
  {
    probability: 0.95,
    keyOf: ({ region, birth, serial, name }) => all(region, birth.slice(4), serial, name),
  },
  {
    probability: 0.94,
    keyOf: ({ region, birth, serial, name }) => all(region, birth, serial, name.slice(0, 1)),
  },
  { probability: 0.9, keyOf: ({ region, birth, serial }) => all(region, birth, serial) },
  { probability: 0.7, keyOf: ({ name, village }) => all(name, village), isFor: ({ birth }) => birth === "" },
  { probability: 0.6, keyOf: ({ name, birth, village }) => all(name, birth, village) },
  { probability: 0.5, keyOf: ({ name, birth }) => all(name, birth) },
];

const all = (...parts: readonly string[]): string => (parts.includes("") ? "" : parts.join("|"));

export function matchByCascade(folder: string): Scored[] {
  const persons = readRows(join(folder, "registry.csv"), "person_id");
  const found: Scored[] = [];
  const indices = steps.map((step) => indexOf(persons, step.keyOf));
  for (const register of registers)
    for (const row of readRows(join(folder, `${register}.csv`), "row_id"))
      steps.some(({ probability, keyOf: stepKey, isFor }, i) => {
        if (isFor?.(row) === false) return false;
        const person = indices[i]?.get(stepKey(row));
        if (person === undefined || person === null) return false;
        found.push({ key: keyOf(person, register, row.key), probability });
        return true;
      });
  return found;
}

/** null where several have the key */
function indexOf(persons: readonly Row[], keyOfRow: (row: Row) => string): Map<string, string | null> {
  const index = new Map<string, string | null>();
  for (const person of persons) {
    const key = keyOfRow(person);
    if (key !== "") index.set(key, index.has(key) ? null : person.key);
  }
  return index;
}

function readRows(path: string, key: string): Row[] {
  const rows: Row[] = [];
  const id = emptyIdNumber();
  eachRecord(path, [key, ...columns], (bytes, { starts, ends }) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const cell = (i: number): string => text.toString("utf8", starts[i], ends[i]);
    readIdNumber(bytes, { start: starts[1] as number, end: ends[1] as number }, id);
    const isNumber = id.kind !== idKind.none && id.kind !== idKind.odd;
    rows.push({
      key: cell(0),
      region: isNumber ? String(id.region) : "",
      birth: isNumber ? String(id.birth) : "",
      serial: isNumber ? String(id.serial) : "",
      name: cell(2).replaceAll(/\s/g, ""),
      village: cell(3),
      phone: cell(4),
    });
  });
  return rows;
}
