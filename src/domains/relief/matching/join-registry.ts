/** The parts of the registry's file as one. */
import {
  countVillages,
  findHomeRegions,
  makeRegistry,
  markSharedPhones,
  readHouseholds,
} from "../core/matching/registry.ts";
import type { Registry } from "../core/matching/registry.ts";
import { uint16s, uint32s, uint8s } from "../core/matching/shared-columns.ts";
import type { HouseholdColumns, RowColumns } from "../core/matching/shared-columns.ts";
import type { ChunkRows } from "./read-chunk.ts";

/** @param placeHashes by part: see `hashPlaces` */
export function joinRegistry(chunks: readonly ChunkRows[], placeHashes: readonly Uint32Array[]): Registry {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const join32 = (pick: (chunk: ChunkRows) => Uint32Array): Uint32Array =>
    join(uint32s(rows), chunks, (chunk) => pick(chunk).subarray(0, chunk.rows));
  const join8 = (pick: (chunk: ChunkRows) => Uint8Array): Uint8Array =>
    join(uint8s(rows), chunks, (chunk) => pick(chunk).subarray(0, chunk.rows));
  const units = uint16s(chunks.reduce((sum, chunk) => sum + chunk.units.length, 0));
  const keys = uint8s(chunks.reduce((sum, chunk) => sum + chunk.keys.length, 0));
  const columns: RowColumns & HouseholdColumns = {
    rows,
    units: join(units, chunks, (chunk) => chunk.units),
    nameStarts: joinStarts(chunks, rows, (chunk) => chunk.nameStarts),
    place: uint32s(0),
    region: join32((chunk) => chunk.region),
    birth: join32((chunk) => chunk.birth),
    packed: join32((chunk) => chunk.packed),
    phone: join32((chunk) => chunk.phone),
    marks: join8((chunk) => chunk.marks),
    keys: join(keys, chunks, (chunk) => chunk.keys),
    keyStarts: joinStarts(chunks, rows, (chunk) => chunk.keyStarts),
    odd: joinOdd(chunks),
    householdA: join32((chunk) => chunk.householdA),
    householdB: join32((chunk) => chunk.householdB),
    relation: join8((chunk) => chunk.relation),
  };
  const registry = makeRegistry(columns, joinPlaces(chunks, rows, placeHashes));
  readHouseholds(registry);
  findHomeRegions(registry);
  markSharedPhones(registry);
  countVillages(registry);
  return registry;
}

type Column = Uint8Array | Uint16Array | Uint32Array;

function join<T extends Column>(into: T, chunks: readonly ChunkRows[], pick: (chunk: ChunkRows) => T): T {
  let at = 0;
  for (const chunk of chunks) {
    const part = pick(chunk);
    into.set(part, at);
    at += part.length;
  }
  return into;
}

/** Where each row's piece of a joined column begins. */
function joinStarts(
  chunks: readonly ChunkRows[],
  rows: number,
  pick: (chunk: ChunkRows) => Uint32Array,
): Uint32Array {
  const joined = uint32s(rows + 1);
  let [row, used] = [0, 0];
  for (const chunk of chunks) {
    const starts = pick(chunk);
    for (let i = 0; i < chunk.rows; i++) joined[++row] = used + (starts[i + 1] as number);
    used += starts[chunk.rows] as number;
  }
  return joined;
}

function joinOdd(chunks: readonly ChunkRows[]): Map<number, readonly number[]> {
  const odd = new Map<number, readonly number[]>();
  let before = 0;
  for (const chunk of chunks) {
    for (const [row, digits] of chunk.odd) odd.set(before + row, digits);
    before += chunk.rows;
  }
  return odd;
}

function joinPlaces(
  chunks: readonly ChunkRows[],
  rows: number,
  placeHashes: readonly Uint32Array[],
): Pick<Registry, "county" | "town" | "village"> {
  const joined = { county: uint32s(rows), town: uint32s(rows), village: uint32s(rows) };
  let at = 0;
  chunks.forEach((chunk, i) => {
    const hashes = placeHashes[i] as Uint32Array;
    for (let row = 0; row < chunk.rows; row++, at++) {
      const place = (chunk.place[row] as number) * 3;
      joined.county[at] = hashes[place] as number;
      joined.town[at] = hashes[place + 1] as number;
      joined.village[at] = hashes[place + 2] as number;
    }
  });
  return joined;
}
