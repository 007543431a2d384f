import { describe, expect, it } from "vitest";
import { nameLevel, nameLevels } from "./compare-names.ts";
import { alikes, cellOf, cells, chanceBins, chanceOfBin, phoneLevel } from "./find-pairs.ts";
import { fitCells } from "./fit-cells.ts";
import { placeLevel, placeLevels } from "./places.ts";

type Law = { place: number; a: number; b: number; matches: (bin: number) => number };

/** Pairs of unknown phones in one place, just as many strangers to the matches of each bin as the law says. */
function fit({ place, a, b, matches: matchesOf }: Law): { a: number; b: number } {
  const [matches, conflicts] = [new Float64Array(cells * chanceBins), new Float64Array(cells * chanceBins)];
  const cell = cellOf(place, phoneLevel.none);
  let same = 0;
  for (let bin = 0; bin < chanceBins; bin++) {
    matches[cell * chanceBins + bin] = matchesOf(bin);
    conflicts[cell * chanceBins + bin] = matchesOf(bin) * (a * chanceOfBin(bin) + b);
    same += matchesOf(bin);
  }
  const names = new Float64Array(nameLevels).fill(0.01);
  names[nameLevel.same] = 0.9;
  const none = new Float64Array(alikes * chanceBins);
  const counted = {
    matches: [matches],
    conflicts: [conflicts],
    conflictBirths: new Float64Array(placeLevels),
    same: Float64Array.of(same),
    alikeMatches: [none],
    alikeConflicts: [none],
  };
  const { chance, namesakes } = fitCells(counted, Float64Array.of(1), names);
  return { a: chance[cell] as number, b: namesakes[cell] as number };
}

const few = (bin: number): number => (bin % 8 === 0 ? 40 : 0);

describe("non-matches to matches", () => {
  it.each<[string, Law]>([
    ["village", { place: placeLevel.village, a: 1.4, b: 0.45, matches: () => 50 }],
    ["township", { place: placeLevel.town, a: 0.3, b: 2, matches: () => 50 }],
    // Common names: thousands of strangers to each of few matches, of whom one row in sixteen was looked at.
    ["county", { place: placeLevel.county, a: 40, b: 0.5, matches: few }],
    ["home region", { place: placeLevel.homeRegion, a: 0.25, b: 0.6, matches: few }],
  ])("are found as they are in the %s", (_, law) => {
    const found = fit(law);
    expect(found.a / law.a).toBeGreaterThan(0.9);
    expect(found.a / law.a).toBeLessThan(1.1);
    expect(found.b / law.b).toBeGreaterThan(0.8);
    expect(found.b / law.b).toBeLessThan(1.25);
  });

  it("are supposed where no pair was seen", () => {
    const { a, b } = fit({ place: placeLevel.village, a: 0, b: 0, matches: () => 0 });
    expect(a).toBeGreaterThan(0);
    expect(b).toBeCloseTo(0.03, 2);
  });

  it("become few where matches have none beside them", () => {
    const { b } = fit({ place: placeLevel.village, a: 0, b: 0, matches: () => 50 });
    expect(b).toBeLessThan(0.001);
  });
});
