import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCsvRows } from "./csv-rows.ts";
import type { CsvFault, CsvRow } from "./csv-rows.ts";

/** @param size of the pieces in characters */
function read(text: string, size = text.length || 1): { rows: CsvRow[]; faults: CsvFault[] } {
  const reader = openCsvRows();
  const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
    reader.push(text.slice(i * size, (i + 1) * size)),
  );
  const all = [...pieces, reader.end()];
  return {
    rows: all.flatMap(({ rows }) => rows),
    faults: all.flatMap(({ fault }) => (fault ? [fault] : [])),
  };
}

describe("rows of CSV", () => {
  test.each<[string, string, [number, string[]][]]>([
    [
      "plain",
      "a,b\n1,2\n",
      [
        [1, ["a", "b"]],
        [2, ["1", "2"]],
      ],
    ],
    [
      "without a last line end",
      "a,b\n1,2",
      [
        [1, ["a", "b"]],
        [2, ["1", "2"]],
      ],
    ],
    [
      "of Windows",
      "a,b\r\n1,\r\n",
      [
        [1, ["a", "b"]],
        [2, ["1", ""]],
      ],
    ],
    [
      "with quotes, separators and line ends in a cell",
      'a,b\n"x,""y""\nz",2\n3,4\n',
      [
        [1, ["a", "b"]],
        [2, ['x,"y"\nz', "2"]],
        [4, ["3", "4"]],
      ],
    ],
    [
      "with empty lines",
      "a,b\n\n1,2\n",
      [
        [1, ["a", "b"]],
        [3, ["1", "2"]],
      ],
    ],
    [
      "of tabs",
      "a\tb\tc,d\n1\t2\t3\n",
      [
        [1, ["a", "b", "c,d"]],
        [2, ["1", "2", "3"]],
      ],
    ],
    [
      "of semicolons",
      "a;b\n1;2\n",
      [
        [1, ["a", "b"]],
        [2, ["1", "2"]],
      ],
    ],
    ["with a quote inside", 'a,b"c\n', [[1, ["a", 'b"c']]]],
    ["with quotes at the end", 'a,"b"', [[1, ["a", "b"]]]],
    ["none", "", []],
  ])("%s", (_what, text, wanted) => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const { rows, faults } = read(text, size);
      expect(rows.map(({ line, cells }) => [line, cells])).toEqual(wanted);
      expect(faults).toEqual([]);
    }
  });

  test("any cells come back, whatever the pieces", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "县", '"', ",", "\n", "\r", " ", ";") });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, size) => {
        const head = [
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
          "x",
        ];
        const text = [head, ...rows]
          .map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(","))
          .join("\r\n");
        const found = read(text, size);
        expect(found.faults).toEqual([]);
        expect(found.rows.slice(1).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  test.each<[string, string, number]>([
    ["a quote that is not closed", 'a,b\n1,"2\n3,4\n', 2],
    ["text after a closing quote", 'a,b\n1,"2"3\n', 2],
  ])("%s is told by line", (_what, text, line) => {
    expect(read(text, 3).faults[0]).toEqual({ line, code: "QUOTE" });
  });

  test("a quote that is never closed does not swallow a large file", () => {
    const { faults } = read(`a,b\n"${"x".repeat(3_000_000)}`, 500_000);
    expect(faults[0]).toEqual({ line: 2, code: "LONG" });
  });
});
