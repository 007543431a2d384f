import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWithin, layBlock, moveFrom, moveOfKey, rangeBetween } from "./cell-moves.ts";
import type { CellMode, Move } from "./cell-moves.ts";

const size = { rows: 3, columns: 2 };

test.each<[Move, number, number, [number, number] | undefined]>([
  ["down", 0, 0, [1, 0]],
  ["down", 2, 1, [2, 1]],
  ["up", 0, 1, [0, 1]],
  ["left", 1, 0, [1, 0]],
  ["right", 1, 0, [1, 1]],
  ["pageDown", 0, 1, [2, 1]],
  ["first", 2, 1, [2, 0]],
  ["top", 2, 1, [0, 0]],
  ["bottom", 0, 0, [2, 1]],
  ["next", 0, 0, [0, 1]],
  ["next", 0, 1, [1, 0]],
  ["next", 2, 1, undefined],
  ["previous", 1, 0, [0, 1]],
  ["previous", 0, 0, undefined],
])("%s from %i,%i", (move, row, column, to) => {
  const expected = to === undefined ? undefined : { row: to[0], column: to[1] };
  expect(moveFrom({ row, column }, move, size)).toEqual(expected);
});

test("Tab reaches each cell once and then leaves", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (rows, columns) => {
      const seen = new Set<string>();
      let spot = moveFrom({ row: 0, column: 0 }, "top", { rows, columns });
      while (spot !== undefined) {
        seen.add(`${spot.row},${spot.column}`);
        spot = moveFrom(spot, "next", { rows, columns });
      }
      expect(seen.size).toBe(rows * columns);
    }),
  );
});

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test.each<[string, Partial<typeof plain>, CellMode, Move | undefined]>([
  ["Enter", {}, "typing", "down"],
  ["Enter", { shiftKey: true }, "ready", "up"],
  ["Tab", { shiftKey: true }, "ready", "previous"],
  ["ArrowLeft", {}, "ready", "left"],
  ["ArrowLeft", {}, "typing", "left"],
  ["ArrowLeft", {}, "editing", undefined],
  ["ArrowUp", {}, "editing", "up"],
  ["Home", { ctrlKey: true }, "ready", "top"],
  ["Home", {}, "editing", undefined],
  ["End", { metaKey: true }, "ready", "bottom"],
  ["a", {}, "ready", undefined],
  ["Enter", { altKey: true }, "ready", undefined],
])("%s %j while %s", (key, pressed, mode, move) => {
  expect(moveOfKey({ ...plain, ...pressed, key }, mode)).toBe(move);
});

describe("a pasted block", () => {
  const at = (row: number, column: number) => rangeBetween({ row, column }, { row, column });

  test("fills from the corner; what falls outside and is not blank is counted", () => {
    const { cells, outside } = layBlock(
      [
        ["1", "2", ""],
        ["3", "4", "5"],
      ],
      at(2, 0),
      size,
    );
    expect(cells).toEqual([
      { row: 2, column: 0, text: "1" },
      { row: 2, column: 1, text: "2" },
    ]);
    expect(outside).toBe(3);
  });

  test("of one cell fills the range", () => {
    const { cells } = layBlock([["0"]], rangeBetween({ row: 2, column: 1 }, { row: 1, column: 1 }), size);
    expect(cells.map(({ row, column }) => [row, column])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});

test("a range holds its corners and nothing beyond", () => {
  const range = rangeBetween({ row: 2, column: 0 }, { row: 1, column: 1 });
  expect(isWithin(range, { row: 1, column: 0 })).toBe(true);
  expect(isWithin(range, { row: 0, column: 0 })).toBe(false);
  expect(isWithin(range, { row: 2, column: 2 })).toBe(false);
});
