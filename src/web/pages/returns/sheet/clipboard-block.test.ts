import fc from "fast-check";
import { expect, test } from "vitest";
import { isBlock, parseBlock, writeBlock } from "./clipboard-block.ts";

test.each([
  ["12", [["12"]]],
  ["12\r\n", [["12"]]],
  [
    "1\t2\r\n3\t4\r\n",
    [
      ["1", "2"],
      ["3", "4"],
    ],
  ],
  ["1\n\n3", [["1"], [""], ["3"]]],
  ["\t2", [["", "2"]]],
  ['"a\nb"\tc', [["a\nb", "c"]]],
  ['"说""好""了"\t2', [['说"好"了', "2"]]],
  ['"unclosed\t2', [['"unclosed', "2"]]],
  ['5"\t6', [['5"', "6"]]],
  ["", [[""]]],
])("%j is read as rows of cells", (text, rows) => {
  expect(parseBlock(text)).toEqual(rows);
});

test.each([
  ["12", false],
  ["12\n", false],
  ["12\t13", true],
  ["12\n13", true],
])("%j is a block: %s", (text, is) => {
  expect(isBlock(text)).toBe(is);
});

test("what is written is read back", () => {
  const cell = fc.string({ unit: fc.constantFrom("1", ".", '"', "\t", "\n", "万") });
  const rows = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
    .chain(([height, width]) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    )
    // A single empty cell at the end is what the last line end of a spreadsheet looks like too.
    .filter((block) => block.length === 1 || (block.at(-1) ?? []).join("") !== "");
  fc.assert(
    fc.property(rows, (block) => {
      expect(parseBlock(writeBlock(block))).toEqual(block);
    }),
  );
});
