import { expect, it } from "vitest";
import { hashPlaces } from "./join-places.ts";
import { closePlaces, makePlaceTable, placeOf } from "./place-table.ts";

const columns = [0, 1, 2, 3];

/** Cells of one line, side by side or each beside something else. */
function cellsOf(cells: readonly string[], between: string) {
  const encoder = new TextEncoder();
  const parts = cells.map((cell) => encoder.encode(cell));
  const gap = encoder.encode(between).length;
  const starts = Int32Array.from(parts, (_, i) =>
    parts.slice(0, i).reduce((sum, part) => sum + part.length + gap, 0),
  );
  const ends = starts.map((start, i) => start + (parts[i] as Uint8Array).length);
  return { bytes: encoder.encode(cells.join(between)), cells: { starts, ends } };
}

const villages = Array.from({ length: 10_000 }, (_, i) => ["原平市", "崞阳镇", `${i}村`, ""]);

it("gives each place one number, however many there are", () => {
  const places = makePlaceTable();
  const add = (cells: readonly string[], between: string): number => {
    const line = cellsOf(cells, between);
    return placeOf(places, line.bytes, line.cells, columns);
  };
  const numbers = villages.map((village) => add(village, ","));
  expect(numbers).toEqual(villages.map((_, i) => i));
  expect(villages.map((village) => add(village, ","))).toEqual(numbers);
  // Not side by side, and with a comma that is no comma between cells.
  expect(villages.slice(0, 9).map((village) => add(village, ",x,"))).toEqual(numbers.slice(0, 9));
  expect(add(["原平,市", "崞阳镇", "0村", ""], ",x,")).toBe(villages.length);
});

it("hashes a place the same in every part", () => {
  const [all, some] = [makePlaceTable(), makePlaceTable()];
  for (const village of villages) {
    const line = cellsOf(village, ",");
    placeOf(all, line.bytes, line.cells, columns);
  }
  const line = cellsOf(villages[4321] as string[], ",");
  placeOf(some, line.bytes, line.cells, columns);
  const [ofAll, ofSome] = hashPlaces([closePlaces(all), closePlaces(some)]) as [Uint32Array, Uint32Array];
  expect(ofSome).toEqual(ofAll.slice(4321 * 3, 4322 * 3));
  expect(new Set(Array.from({ length: 10_000 }, (_, i) => ofAll[i * 3 + 2])).size).toBe(10_000);
});
