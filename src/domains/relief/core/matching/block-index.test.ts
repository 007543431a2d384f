import { expect, it } from "vitest";
import {
  fillPart,
  gather,
  indexParts,
  keyRows,
  makeIndex,
  makeSifted,
  mostInBlock,
  siftKeys,
} from "./block-index.ts";
import type { BlockIndex } from "./block-index.ts";
import { finish } from "./hash.ts";

const rows = 10_000;
const keysOf = (row: number): number[] => [
  finish(row),
  finish(row + 1),
  finish(Math.floor(row / 7) + 1_000_000),
];

/** In ranges of unlike lengths, parts filled from last to first. */
function build(keysOfRow: (row: number) => readonly number[]): BlockIndex {
  const write = (row: number, into: Uint32Array): number => {
    into.set(keysOfRow(row));
    return keysOfRow(row).length;
  };
  const ranges = [
    { from: 0, to: 1 },
    { from: 1, to: 6000 },
    { from: 6000, to: rows },
  ].map((range) => keyRows(range, write));
  const index = makeIndex(ranges);
  for (let part = indexParts - 1; part >= 0; part--) fillPart(index, ranges, part);
  return index;
}

function find(index: BlockIndex, keys: readonly number[]): number[] {
  const found: number[] = [];
  const sifted = makeSifted(keys.length);
  sifted.count = keys.length;
  siftKeys(index, Uint32Array.from(keys), new Uint32Array(keys.length), sifted);
  for (let at = 0; at < sifted.count; at++) gather(index, sifted, at, found);
  return found.toSorted((a, b) => a - b);
}

it("finds all rows that share a key, each once, and no other", () => {
  const index = build(keysOf);
  for (const row of [0, 1, 6, 7, 5999, 6000, 9998]) {
    const first = Math.floor(row / 7) * 7;
    const expected = new Set([row - 1, row, row + 1, ...Array.from({ length: 7 }, (_, i) => first + i)]);
    expect(find(index, keysOf(row))).toEqual(
      [...expected].filter((each) => each >= 0 && each < rows).toSorted((a, b) => a - b),
    );
  }
  expect(find(index, [finish(9_999_999)])).toEqual([]);
});

it("passes over a block of everybody", () => {
  const index = build((row) => [finish(row), finish(row < mostInBlock ? 2_000_000 : 3_000_000)]);
  expect(find(index, [finish(2_000_000)])).toHaveLength(mostInBlock);
  expect(find(index, [finish(3_000_000), finish(77)])).toEqual([77]);
});
