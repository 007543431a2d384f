import { describe, expect, it } from "vitest";
import { nameLevel, nameLevels } from "./compare-names.ts";
import { alikes, cellOf, cells, chanceBins, chanceOfBin } from "./find-pairs.ts";
import { fitCells } from "./fit-cells.ts";
import { placeLevel, placeLevels } from "./places.ts";
import { phoneLevel } from "./pair-code.ts";

function usualNames(): Float64Array {
  const names = new Float64Array(nameLevels).fill(0.01);
  names[nameLevel.same] = 0.9;
  return names;
}

function countedOf(matches: Float64Array, conflicts: Float64Array, births = new Float64Array(placeLevels)) {
  const none = new Float64Array(alikes * chanceBins);
  return {
    matches: [matches],
    conflicts: [conflicts],
    conflictBirths: births,
    same: Float64Array.of(matches.reduce((sum, count) => sum + count, 0)),
    alikeMatches: [none],
    alikeConflicts: [none],
  };
}

type Law = { place: number; a: number; b: number; matches: (bin: number) => number };

/** Pairs of unknown phones in one place, just as many strangers to the matches of each bin as the law says. */
function fit({ place, a, b, matches: matchesOf }: Law): { a: number; b: number } {
  const [matches, conflicts] = [new Float64Array(cells * chanceBins), new Float64Array(cells * chanceBins)];
  const cell = cellOf(place, phoneLevel.none);
  for (let bin = 0; bin < chanceBins; bin++) {
    matches[cell * chanceBins + bin] = matchesOf(bin);
    conflicts[cell * chanceBins + bin] = matchesOf(bin) * (a * chanceOfBin(bin) + b);
  }
  const { chance, namesakes } = fitCells(countedOf(matches, conflicts), Float64Array.of(1), usualNames());
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

  it("are as old as the person by more than chance where they are", () => {
    const [births, counts] = [new Float64Array(placeLevels), new Float64Array(cells * chanceBins)];
    const at = (place: number): number => cellOf(place, phoneLevel.none) * chanceBins + chanceBins / 2;
    // Strangers of the county by chance, one in twenty of one age; in the village and the township namesakes beside them.
    const matches = new Float64Array(cells * chanceBins);
    for (const place of [placeLevel.village, placeLevel.town]) {
      matches[cellOf(place, phoneLevel.none) * chanceBins] = 1000;
      counts[cellOf(place, phoneLevel.none) * chanceBins] = 1000;
    }
    matches[at(placeLevel.county)] = 100;
    counts[at(placeLevel.county)] = 200_000;
    births[placeLevel.county] = 10_000;
    births[placeLevel.village] = 50;
    births[placeLevel.town] = 525;
    const { asOld } = fitCells(countedOf(matches, counts, births), Float64Array.of(1), usualNames());
    expect(asOld[placeLevel.village]).toBeLessThan(0.05);
    expect(asOld[placeLevel.town]).toBeGreaterThan(0.45);
    expect(asOld[placeLevel.town]).toBeLessThan(0.55);
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
