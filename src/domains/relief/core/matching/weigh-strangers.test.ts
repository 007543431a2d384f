import { describe, expect, it } from "vitest";
import { idLevel } from "./compare-ids.ts";
import { plainWeights } from "../../../../../fixtures/plain-weights.ts";
import { nameLevel } from "./compare-names.ts";
import type { FoundPairs, Pairs } from "./find-pairs.ts";
import type { SureShares } from "./other-rows.ts";
import { placeLevel } from "./places.ts";
import { weighStrangers } from "./weigh-strangers.ts";
import type { Weights } from "./weights.ts";
import { otherRow, packCode, withOtherNumber, withOtherRow } from "./pair-code.ts";

const { none, sameRegister, otherRegister } = otherRow;
const conflict = packCode(idLevel.conflict, nameLevel.same, placeLevel.village, 0, 0);
type Stranger = { chance: number; rate?: number; told?: number; untold?: number };
/** By chance and in matches, as often as it is supposed of each register. */
const before: SureShares = { ofMatches: [0.8, 0.05, 0.15], ofPersons: [0.97, 0.01, 0.02] };

const times = (count: number, each: Stranger): Stranger[] => Array.from({ length: count }, () => each);

function pairsOf(strangers: readonly Stranger[]): Pairs {
  return {
    person: new Uint32Array(strangers.length),
    row: new Uint32Array(strangers.length),
    code: Uint32Array.from(strangers, ({ told, untold }) =>
      withOtherNumber(withOtherRow(conflict, told ?? none), untold ?? none),
    ),
    chance: Float64Array.from(strangers, ({ chance }) => chance),
    age: new Float32Array(strangers.length).fill(1),
    rate: Float32Array.from(strangers, ({ rate }) => rate ?? 1),
  };
}

/** Strangers of one register, and of others. */
function weigh(...registers: readonly Stranger[][]): Weights {
  const found = registers.map((strangers, r) => ({
    name: `register${r}`,
    parts: [{ strangers: pairsOf(strangers) } as FoundPairs],
  }));
  const weights = plainWeights(registers.length);
  weighStrangers(
    found,
    registers.map(() => before),
    weights,
  );
  return weights;
}

type Shares = Weights["otherRow"][number];
const otherRowsOf = (...registers: readonly Stranger[][]): Shares =>
  weigh(...registers).otherRow[0] as Shares;

/** Chance and the others bring as many strangers where chance is one: rare names, which chance brings to nobody, and common ones. */
const rareName = 1e-9;
const commonName = 1e9;

describe("strangers", () => {
  it("are told apart by how common the name is: whom chance brings has further rows as anyone has", () => {
    const { told } = otherRowsOf([
      ...times(950, { chance: commonName }),
      ...times(50, { chance: commonName, told: otherRegister }),
      ...times(1000, { chance: rareName }),
    ]);
    // A twentieth was seen, and two hundred are supposed of whom a fiftieth has one.
    expect(told.byChance[otherRegister]).toBeCloseTo((50 + 200 * 0.02) / 1200, 4);
    expect(told.namesakes[otherRegister]).toBeLessThan(0.001);
  });

  it("are dealt out to either where the name does not tell, until what they have agrees with both", () => {
    const { untold } = otherRowsOf([
      ...times(400, { chance: commonName, untold: sameRegister }),
      ...times(600, { chance: commonName }),
      ...times(1000, { chance: rareName }),
      // As many of chance as of the others: a fifth has one.
      ...times(200, { chance: 1, untold: sameRegister }),
      ...times(800, { chance: 1 }),
    ]);
    expect(untold.byChance[sameRegister]).toBeCloseTo(0.4, 1);
    expect(untold.namesakes[sameRegister]).toBeLessThan(0.01);
  });

  it("have further rows on each register as often as that shows, and the other namesakes as often as all", () => {
    const [first, second] = weigh(
      [
        ...times(900, { chance: commonName }),
        ...times(100, { chance: commonName, untold: sameRegister }),
        ...times(500, { chance: rareName }),
      ],
      [
        ...times(1000, { chance: commonName }),
        ...times(450, { chance: rareName }),
        ...times(50, { chance: rareName, untold: sameRegister }),
      ],
    ).otherRow as [Shares, Shares];
    expect(first.untold.byChance[sameRegister]).toBeCloseTo(0.1, 2);
    expect(second.untold.byChance[sameRegister]).toBeLessThan(0.001);
    expect(first.untold.namesakes[sameRegister]).toBeCloseTo(0.05, 2);
    expect(second.untold.namesakes).toEqual(first.untold.namesakes);
  });

  it("say nothing of matches, and nothing at all before any is seen", () => {
    const { told, untold } = otherRowsOf([]);
    expect(told).toEqual({
      matches: [0.8, 0.05, 0.15],
      byChance: [0.97, 0.01, 0.02],
      namesakes: [0.97, 0.01, 0.02],
    });
    expect(untold.byChance).toEqual(untold.matches);
  });

  it.each([
    ["none, when they are of any age as those whom chance brings", 0.3, 0],
    ["half, when half as many are of an age that is on no register", 0.15, 0.5],
    ["all, when none is", 0, 1],
  ])("are of the registers' ages: %s", (_, share, ofAge) => {
    const aged = (chance: number, part: number): Stranger[] => [
      ...times(1000 * part, { chance, rate: 0.01 }),
      ...times(1000 * (1 - part), { chance, rate: 1.2 }),
    ];
    expect(weigh([...aged(commonName, 0.3), ...aged(rareName, share)]).ofAge).toBeCloseTo(ofAge, 1);
  });
});
