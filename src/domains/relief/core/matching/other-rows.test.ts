import { describe, expect, it } from "vitest";
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import { markOtherRows, oddsOfOtherRow } from "./other-rows.ts";
import type { SureShares } from "./other-rows.ts";
import {
  codeOtherNumber,
  codeOtherRow,
  noPersonNumber,
  noRowNumber,
  otherRow,
  packCode,
} from "./pair-code.ts";

const sure = packCode(idLevel.same, nameLevel.same, 0, 0, 0);
const unnumbered = packCode(idLevel.missing, nameLevel.same, 0, 0, 0) | noRowNumber;
const untold = packCode(idLevel.missing, nameLevel.same, 0, 0, 0) | noPersonNumber;
const otherName = packCode(idLevel.same, nameLevel.surname, 0, 0, 0);

type Case = { person: number; code: number; birth?: number };

const conflict = packCode(idLevel.conflict, nameLevel.same, 0, 0, 0);
const isStranger = ({ code }: Case): boolean => code === conflict;

/** One register a list; each pair has a row of its own. */
function mark(registers: readonly (readonly Case[])[], persons = 1000) {
  const found = registers.map((cases) => {
    const pairsOf = (isOne: (each: Case) => boolean) => {
      const rows = cases.map((_, row) => row).filter((row) => isOne(cases[row] as Case));
      return {
        person: Uint32Array.from(rows, (row) => (cases[row] as Case).person),
        row: Uint32Array.from(rows),
        code: Uint32Array.from(rows, (row) => (cases[row] as Case).code),
        chance: new Float64Array(rows.length),
        age: new Float32Array(rows.length),
        rate: new Float32Array(rows.length),
      };
    };
    return { parts: [{ pairs: pairsOf((each) => !isStranger(each)), strangers: pairsOf(isStranger) }] };
  });
  const columns = registers.map((cases) => [
    {
      region: new Uint32Array(cases.length),
      birth: Uint32Array.from(cases, ({ birth }) => birth ?? 0),
      packed: new Uint32Array(cases.length),
    },
  ]);
  const shares = markOtherRows(persons, found, columns);
  const levels = found.map(({ parts }) => Array.from(parts[0]?.pairs.code ?? [], codeOtherRow));
  const strangers = found.map(({ parts }) =>
    Array.from(parts[0]?.strangers.code ?? [], (code) => [codeOtherRow(code), codeOtherNumber(code)]),
  );
  return { shares, levels, strangers };
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

  it("is looked for beside strangers as if the row had no number, and as if the person had none", () => {
    const registers = [
      [
        { person: 1, code: conflict, birth: 19_700_101 },
        { person: 1, code: conflict, birth: 19_700_101 },
        { person: 2, code: conflict, birth: 19_700_101 },
      ],
      [
        { person: 1, code: sure, birth: 19_800_101 },
        { person: 2, code: conflict, birth: 19_700_101 },
        { person: 3, code: conflict, birth: 19_700_101 },
      ],
    ];
    expect(mark(registers).strangers).toEqual([
      [
        [otherRegister, sameRegister],
        [otherRegister, sameRegister],
        [none, otherRegister],
      ],
      [
        [none, otherRegister],
        [none, none],
      ],
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
    const [{ ofMatches, ofPersons }] = mark([oneEach, oneEach.slice(0, 150)], 10_000).shares as [SureShares];
    const shares = { matches: ofMatches, byChance: ofPersons, namesakes: ofPersons };
    expect(oddsOfOtherRow(shares, otherRegister).byChance).toBeLessThan(0.05);
    expect(oddsOfOtherRow(shares, none)).toEqual({ byChance: 2, namesakes: 2 });
  });

  it("is nothing where registers share no more people than chance brings", () => {
    const half = oneEach.slice(0, 100);
    const others = Array.from({ length: 100 }, (_, i) => ({ person: 50 + i, code: sure }));
    const [{ ofMatches, ofPersons }] = mark([half, others], 200).shares as [SureShares];
    const shares = { matches: ofMatches, byChance: ofPersons, namesakes: ofPersons };
    expect(oddsOfOtherRow(shares, otherRegister).byChance).toBeCloseTo(1, 0);
    // Each of these registers names nobody twice.
    expect(oddsOfOtherRow(shares, sameRegister).byChance).toBeGreaterThan(10);
  });

  it("is of each register by itself: where everyone has two rows, and where nobody has", () => {
    const twice = oneEach.slice(0, 100).flatMap((each) => [each, each]);
    const [ofTwice, ofOnce] = mark([twice, oneEach.slice(100)], 1000).shares as [SureShares, SureShares];
    expect(ofTwice.ofMatches[sameRegister]).toBeGreaterThan(0.99);
    expect(ofOnce.ofMatches[sameRegister]).toBeLessThan(0.01);
    // A person at random has one with each row as often as a tenth of all have any on that register.
    expect(ofTwice.ofPersons[sameRegister]).toBeCloseTo(0.1, 2);
    expect(ofTwice.ofPersons[otherRegister]).toBeCloseTo(0.1, 2);
  });

  it("is nothing where none was found", () => {
    const [{ ofMatches, ofPersons }] = mark([[], []], 200).shares as [SureShares];
    ofMatches.forEach((share, level) => {
      expect(share / (ofPersons[level] as number)).toBeCloseTo(1, 9);
    });
  });
});
