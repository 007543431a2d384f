import { describe, expect, it } from "vitest";
import { plainWeights } from "../../../../../fixtures/plain-weights.ts";
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import { alikes } from "./find-pairs.ts";
import type { OtherRowShares } from "./other-rows.ts";
import { placeLevel } from "./places.ts";
import { pairOdds } from "./weights.ts";
import { noPersonNumber, noRowNumber, otherRow, packCode, phoneLevel, withOtherRow } from "./pair-code.ts";

/** A row without a number in the person's township. */
const untold = packCode(idLevel.missing, nameLevel.same, placeLevel.town, phoneLevel.none, 0) | noRowNumber;
const plain = { chance: 1, age: 1, rate: 1, register: 0 };

describe("odds of a pair", () => {
  it("are one match to the strangers whom chance brings and the other namesakes", () => {
    expect(pairOdds(untold, plain, plainWeights())).toBeCloseTo(1 / 2, 9);
    expect(pairOdds(untold, { ...plain, chance: 0.1 }, plainWeights())).toBeCloseTo(1 / 1.1, 9);
  });

  it("rise by a further row as strangers of either kind have one more seldom than matches", () => {
    const told: OtherRowShares = {
      matches: [0.8, 0.1, 0.1],
      byChance: [0.9, 0.05, 0.05],
      namesakes: [0.96, 0.02, 0.02],
    };
    const plainOnes = plainWeights();
    const weights = { ...plainOnes, otherRow: plainOnes.otherRow.map((each) => ({ ...each, told })) };
    const further = withOtherRow(untold, otherRow.otherRegister);
    expect(pairOdds(further, plain, weights)).toBeCloseTo(1 / (0.5 + 0.2), 9);
    expect(pairOdds(untold, plain, weights)).toBeCloseTo(1 / (0.9 / 0.8 + 0.96 / 0.8), 9);
    // A person of an age that is twice as often on registers is by chance half as rare, and has further rows twice as often.
    expect(pairOdds(further, { ...plain, rate: 2 }, weights)).toBeCloseTo(1 / (0.5 + 0.1), 9);
    expect(pairOdds(untold, { ...plain, rate: 2 }, weights)).toBeCloseTo(1 / (1.125 / 2 + 1.2 / 2), 9);
    // Where the person has no number either, nothing is further.
    expect(pairOdds(further | noPersonNumber, plain, weights)).toBeCloseTo(1 / 2, 9);
  });

  it("fall for whom hardly any register has by his age, but beside namesakes who are all of the registers' ages", () => {
    const child = { ...plain, rate: 0.01 };
    expect(pairOdds(untold, child, plainWeights())).toBeCloseTo(1 / 200, 9);
    expect(pairOdds(untold, child, { ...plainWeights(), ofAge: 1 })).toBeCloseTo(1 / 101, 9);
    const asOld = plainWeights().asOld.fill(0.5);
    expect(pairOdds(untold, child, { ...plainWeights(), asOld })).toBeCloseTo(1 / (100 + 0.5 + 50), 9);
  });

  it("count who shares all but one character as another person, and not as a slip", () => {
    const names = plainWeights().names.fill(0.01);
    names[nameLevel.same] = 1;
    const of = (name: number) =>
      pairOdds(
        packCode(idLevel.missing, name, placeLevel.town, phoneLevel.same, 0),
        { ...plain, chance: 0 },
        { ...plainWeights(), names },
      );
    expect(of(nameLevel.homophone)).toBeCloseTo(1, 9);
    expect(of(nameLevel.oneCharacter)).toBeCloseTo(0.01, 9);
  });

  it("are of slips in the name as often as these come without a number, for a match and for a namesake who slips", () => {
    const slips = plainWeights().slipsUntold.fill(4, nameLevel.homophone);
    const weights = { ...plainWeights(), slipsUntold: slips };
    const of = (name: number, place: number): number =>
      pairOdds(packCode(idLevel.missing, name, place, phoneLevel.none, 0) | noRowNumber, plain, weights);
    expect(of(nameLevel.same, placeLevel.town)).toBeCloseTo(1 / 2, 9);
    expect(of(nameLevel.homophone, placeLevel.town)).toBeCloseTo(4 / 2, 9);
    const alike = Array.from({ length: alikes }, () => ({ a: 1, b: 1 }));
    const near =
      packCode(idLevel.missing, nameLevel.homophone, placeLevel.village, phoneLevel.none, 0) | noRowNumber;
    expect(pairOdds(near, plain, { ...weights, alike })).toBeCloseTo(4 / (1 + 4), 9);
    // With numbers nothing of this counts.
    const far = packCode(idLevel.farFailed, nameLevel.same, placeLevel.town, phoneLevel.none, 0);
    expect(pairOdds(far, plain, weights)).toBeCloseTo(1 / 2, 9);
  });
});
