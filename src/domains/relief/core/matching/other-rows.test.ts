import { describe, expect, it } from "vitest";
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import { codeOtherRow, noPersonNumber, noRowNumber, otherRow, packCode } from "./find-pairs.ts";
import { markOtherRows, weighOtherRows } from "./other-rows.ts";

const sure = packCode(idLevel.same, nameLevel.same, 0, 0, 0);
const unnumbered = packCode(idLevel.missing, nameLevel.same, 0, 0, 0) | noRowNumber;
const untold = packCode(idLevel.missing, nameLevel.same, 0, 0, 0) | noPersonNumber;
const otherName = packCode(idLevel.same, nameLevel.surname, 0, 0, 0);

type Case = { person: number; code: number; birth?: number };

/** One register a list; each pair has a row of its own. */
function mark(registers: readonly (readonly Case[])[], persons = 1000) {
  const found = registers.map((cases) => ({
    parts: [
      {
        pairs: {
          person: Uint32Array.from(cases, ({ person }) => person),
          row: Uint32Array.from(cases, (_, row) => row),
          code: Uint32Array.from(cases, ({ code }) => code),
          chance: new Float64Array(cases.length),
          age: new Float32Array(cases.length),
        },
      },
    ],
  }));
  const columns = registers.map((cases) => [
    {
      region: new Uint32Array(cases.length),
      birth: Uint32Array.from(cases, ({ birth }) => birth ?? 0),
      packed: new Uint32Array(cases.length),
    },
  ]);
  const shares = markOtherRows(persons, found, columns);
  return { shares, levels: found.map(({ parts }) => Array.from(parts[0]?.pairs.code ?? [], codeOtherRow)) };
}

const { none, sameRegister, otherRegister } = otherRow;

describe("a further row", () => {
  it("is one that is sure to be the person's, on the same register or another", () => {
    const registers = [
      [
        { person: 1, code: sure },
        { person: 1, code: unnumbered },
        { person: 2, code: unnumbered },
      ],
      [
        { person: 1, code: unnumbered },
        { person: 2, code: otherName },
        { person: 2, code: unnumbered },
      ],
    ];
    expect(mark(registers).levels).toEqual([
      [none, sameRegister, none],
      [otherRegister, none, none],
    ]);
  });

  it("is one with the same number, for a person whose own is not known", () => {
    const registers = [
      [
        { person: 1, code: untold, birth: 19_700_101 },
        { person: 1, code: untold, birth: 19_800_101 },
        { person: 2, code: untold, birth: 19_700_101 },
      ],
      [
        { person: 1, code: untold, birth: 19_700_101 },
        { person: 1, code: sure, birth: 19_800_101 },
      ],
    ];
    expect(mark(registers).levels).toEqual([
      [otherRegister, none, none],
      [otherRegister, none],
    ]);
  });

  it("is marked anew when pairs are marked again, and whatever the order of registers", () => {
    const registers = [
      [{ person: 1, code: sure }],
      [
        { person: 1, code: sure },
        { person: 1, code: sure },
      ],
    ];
    expect(mark(registers).levels).toEqual([[otherRegister], [otherRegister, otherRegister]]);
    expect(mark(registers.toReversed()).levels).toEqual([[otherRegister, otherRegister], [otherRegister]]);
  });
});

describe("what a further row says", () => {
  const oneEach = Array.from({ length: 200 }, (_, person) => ({ person, code: sure }));

  it("is much where matches have one ten times oftener than persons at random", () => {
    const { ofMatches, ofPersons } = mark([oneEach, oneEach.slice(0, 100)], 10_000).shares;
    const [without, , elsewhere] = weighOtherRows(ofMatches, ofPersons);
    expect(elsewhere).toBeGreaterThan(20);
    expect(without).toBe(0.5);
  });

  it("is nothing where registers share no more people than chance brings", () => {
    const half = oneEach.slice(0, 100);
    const others = Array.from({ length: 100 }, (_, i) => ({ person: 50 + i, code: sure }));
    const { ofMatches, ofPersons } = mark([half, others], 200).shares;
    const [, same, elsewhere] = weighOtherRows(ofMatches, ofPersons);
    expect(elsewhere).toBeCloseTo(1, 0);
    // Each of these registers names nobody twice.
    expect(same).toBeLessThan(0.1);
  });

  it("is nothing where none was found", () => {
    const { ofMatches, ofPersons } = mark([[], []], 200).shares;
    weighOtherRows(ofMatches, ofPersons).forEach((odds) => {
      expect(odds).toBeCloseTo(1, 9);
    });
  });
});
