import { expect, it } from "vitest";
import { plainWeights } from "../../../../../fixtures/plain-weights.ts";
import { idLevel } from "./compare-ids.ts";
import { nameLevel, nameLevels } from "./compare-names.ts";
import { oddsOfAll, usualNumbers, weighSlips } from "./weigh-numbers.ts";
import { bothMissing, idGroups, personBorrowed, personMissing, rowMissing } from "./pair-code.ts";

// Of a million rows and of all persons, by kind of number.
const rows = { sound: 0.7, failed: 0.1, absent: 0.2 };
const persons = { sound: 0.75, failed: 0.05, absent: 0.17, borrowed: 0.03, old: 0 };
const sound = rows.sound * persons.sound;
const pairs: Readonly<Record<number, number>> = {
  [rowMissing]: rows.absent * (persons.sound + persons.failed),
  [personMissing]: (rows.sound + rows.failed) * persons.absent,
  [personBorrowed]: (rows.sound + rows.failed) * persons.borrowed,
  [bothMissing]: rows.absent * (persons.absent + persons.borrowed),
  [idLevel.farFailed]: rows.failed * (persons.sound + persons.failed) + rows.sound * persons.failed,
};

/** @param far by register, how many pairs of strangers of one name were met */
const usualOf = (far: readonly Float64Array[]): Float64Array[] =>
  usualNumbers(
    {
      comparable: Float64Array.from(far, () => 1e6 * (rows.sound + rows.failed)),
      failed: Float64Array.from(far, () => 1e6 * rows.failed),
      absent: Float64Array.from(far, () => 1e6 * rows.absent),
      farNamesakes: [...far],
    },
    persons,
  );

/** So many pairs of two sound numbers, and of the others as often as any meet, times `ofRows` and `ofPersons`. */
function metFar(conflicts: number, ofRows: number, ofPersons: number): Float64Array {
  const far = new Float64Array(idGroups);
  far[idLevel.conflict] = conflicts;
  far[rowMissing] = (conflicts * ofRows * (pairs[rowMissing] ?? 0)) / sound;
  far[personMissing] = (conflicts * ofPersons * (pairs[personMissing] ?? 0)) / sound;
  return far;
}

it("counts strangers' numbers against pairs of two sound ones, as any row meets any person", () => {
  const [usual] = usualOf([new Float64Array(idGroups)]);
  for (const [group, share] of Object.entries(pairs))
    expect((usual?.[Number(group)] ?? 0) / (share / sound)).toBeCloseTo(1, 2);
});

it("learns from strangers of one name how much more seldom those lack numbers", () => {
  const [usual] = usualOf([metFar(1e7, 0.9, 0.8)]);
  const times = (group: number): number => (usual?.[group] ?? 0) / ((pairs[group] ?? 0) / sound);
  expect(times(rowMissing)).toBeCloseTo(0.9, 2);
  expect(times(personMissing)).toBeCloseTo(0.8, 2);
  expect(times(bothMissing)).toBeCloseTo(0.9 * 0.8, 2);
  expect(times(personBorrowed)).toBeCloseTo(1, 2);
});

it("supposes of a register with few of them what the others show", () => {
  const [many, few, none] = usualOf([metFar(1e7, 0.9, 1), metFar(100, 2, 1), new Float64Array(idGroups)]);
  const times = (usual: Float64Array | undefined): number =>
    (usual?.[rowMissing] ?? 0) / ((pairs[rowMissing] ?? 0) / sound);
  expect(times(many)).toBeCloseTo(0.9, 2);
  expect(times(none)).toBeCloseTo(0.9, 2);
  // Some fifty pairs, twice as many as usual, count little beside the three hundred supposed.
  expect(times(few)).toBeGreaterThan(0.95);
  expect(times(few)).toBeLessThan(1.1);
});

it("learns from all registers how much oftener matches lack the number in the registry", () => {
  const usual = [new Float64Array(idGroups).fill(0.01), new Float64Array(idGroups).fill(0.02)];
  const seen = (same: number, lacking: number): Float64Array => {
    const counts = new Float64Array(idGroups);
    [counts[idLevel.same], counts[personMissing]] = [same, lacking];
    return counts;
  };
  // Twenty are usual among the matches of the first, forty among those of the second.
  expect(oddsOfAll(personMissing, [seen(2000, 30), seen(2000, 150)], usual)).toBeCloseTo(3, 1);
  expect(oddsOfAll(personMissing, [seen(20, 2), seen(2000, 80)], usual)).toBeCloseTo(2, 1);
  expect(oddsOfAll(personMissing, [seen(0, 0), seen(0, 0)], usual)).toBeCloseTo(1, 9);
});

it.each([
  ["oftener", 5],
  ["as often", 1],
  ["more seldom", 0.2],
])("counts how often who leaves out a number slips in the name: %s", (_, times) => {
  // One match in ten sounds alike where numbers are there; a million matches have none.
  const names = plainWeights().names.fill(0);
  names[nameLevel.homophone] = 0.1;
  const weights = { ...plainWeights(), names };
  const millionths = new Float64Array(nameLevels);
  millionths[nameLevel.same] = 1e12;
  millionths[nameLevel.homophone] = 1e11 * times;
  weighSlips(millionths, weights);
  expect(weights.slipsUntold[nameLevel.homophone]).toBeCloseTo(times, 2);
  expect(weights.slipsUntold[nameLevel.same]).toBe(1);
});

it("supposes of slips without a number that they are as frequent as with one, until some are seen", () => {
  const weights = plainWeights();
  weighSlips(new Float64Array(nameLevels), weights);
  expect(Array.from(weights.slipsUntold, (odds) => odds)).toEqual(
    Array.from({ length: nameLevels }, () => 1),
  );
});
