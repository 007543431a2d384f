import { expect, it } from "vitest";
import { plainWeights } from "../../../../../fixtures/plain-weights.ts";
import { idLevel } from "./compare-ids.ts";
import { nameLevel, nameLevels } from "./compare-names.ts";
import { usualNumbers, weighSlips } from "./weigh-numbers.ts";
import { bothMissing, personBorrowed, personMissing, rowMissing } from "./pair-code.ts";

it("counts strangers' numbers against pairs of two sound ones, as any row meets any person", () => {
  // Of a million rows and of all persons, by kind of number.
  const rows = { sound: 0.7, failed: 0.1, absent: 0.2 };
  const persons = { sound: 0.75, failed: 0.05, absent: 0.17, borrowed: 0.03, old: 0 };
  const counted = {
    comparable: Float64Array.of(1e6 * (rows.sound + rows.failed)),
    failed: Float64Array.of(1e6 * rows.failed),
    absent: Float64Array.of(1e6 * rows.absent),
  };
  const usual = usualNumbers(counted, 0, persons);
  const sound = rows.sound * persons.sound;
  const pairs = {
    [rowMissing]: rows.absent * (persons.sound + persons.failed),
    [personMissing]: (rows.sound + rows.failed) * persons.absent,
    [personBorrowed]: (rows.sound + rows.failed) * persons.borrowed,
    [bothMissing]: rows.absent * (persons.absent + persons.borrowed),
    [idLevel.farFailed]: rows.failed * (persons.sound + persons.failed) + rows.sound * persons.failed,
  };
  for (const [group, share] of Object.entries(pairs))
    expect((usual[Number(group)] as number) / (share / sound)).toBeCloseTo(1, 2);
});

it.each([
  ["oftener", 5, 1.1 / 1.5],
  ["as often", 1, 1],
  ["more seldom, which says nothing of strangers", 0.2, 1],
])("counts how often who leaves out a number slips in the name: %s", (_, times, intact) => {
  // One match in ten sounds alike where numbers are there; a million matches have none.
  const names = plainWeights().names.fill(0);
  names[nameLevel.homophone] = 0.1;
  const weights = { ...plainWeights(), names };
  const millionths = new Float64Array(nameLevels);
  millionths[nameLevel.same] = 1e12;
  millionths[nameLevel.homophone] = 1e11 * times;
  weighSlips(millionths, weights);
  expect(weights.slipsUntold[nameLevel.homophone]).toBeCloseTo(times, 2);
  expect(weights.intactUntold).toBeCloseTo(intact, 2);
  expect(weights.slipsUntold[nameLevel.same]).toBe(1);
});

it("supposes of slips without a number that they are as frequent as with one, until some are seen", () => {
  const weights = plainWeights();
  weighSlips(new Float64Array(nameLevels), weights);
  expect(Array.from(weights.slipsUntold, (odds) => odds)).toEqual(
    Array.from({ length: nameLevels }, () => 1),
  );
  expect(weights.intactUntold).toBe(1);
});
