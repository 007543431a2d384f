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

type Law = { place: number; a: number; b: number; matches: (bin: number) => number; ofVillage?: number };

/** Pairs of unknown phones in one place, just as many strangers to the matches of each bin as the law says; in the village `ofVillage`. */
function fit({ place, a, b, matches: matchesOf, ofVillage = 0 }: Law): { a: number; b: number } {
  const [matches, conflicts] = [new Float64Array(cells * chanceBins), new Float64Array(cells * chanceBins)];
  const see = (where: number, count: (bin: number) => number, odds: (bin: number) => number): void => {
    for (let bin = 0; bin < chanceBins; bin++) {
      matches[where * chanceBins + bin] = count(bin);
      conflicts[where * chanceBins + bin] = count(bin) * odds(bin);
    }
  };
  if (ofVillage > 0)
    see(
      cellOf(placeLevel.village, phoneLevel.none),
      () => 50,
      () => ofVillage,
    );
  const cell = cellOf(place, phoneLevel.none);
  see(cell, matchesOf, (bin) => a * chanceOfBin(bin) + b);
  const { chance, namesakes } = fitCells(countedOf(matches, conflicts), Float64Array.of(1), usualNames());
  return { a: chance[cell] as number, b: namesakes[cell] as number };
}

const few = (bin: number): number => (bin % 8 === 0 ? 40 : 0);
const more = (bin: number): number => (bin % 8 === 0 ? 400 : 0);

describe("non-matches to matches", () => {
  it.each<[string, Law]>([
    ["village", { place: placeLevel.village, a: 1.4, b: 0.45, matches: () => 50 }],
    ["township", { place: placeLevel.town, a: 0.3, b: 2, matches: () => 50 }],
    // Common names: thousands of strangers to each of few matches, of whom one row in sixteen was looked at.
    ["county", { place: placeLevel.county, a: 40, b: 0.5, matches: few, ofVillage: 0.45 }],
    ["home region", { place: placeLevel.homeRegion, a: 0.25, b: 0.6, matches: few, ofVillage: 0.45 }],
    [
      "county, otherwise than in the village",
      { place: placeLevel.county, a: 40, b: 0.5, matches: more, ofVillage: 2 },
    ],
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

  it("are as many as in the village where the names are rare and few pairs were seen", () => {
    const [matches, conflicts] = [new Float64Array(cells * chanceBins), new Float64Array(cells * chanceBins)];
    const at = (place: number): number => cellOf(place, phoneLevel.none) * chanceBins;
    [matches[at(placeLevel.village)], conflicts[at(placeLevel.village)]] = [1000, 500];
    [matches[at(placeLevel.town)], conflicts[at(placeLevel.town)]] = [5, 0];
    const { namesakes } = fitCells(countedOf(matches, conflicts), Float64Array.of(1), usualNames());
    const of = (place: number): number => namesakes[cellOf(place, phoneLevel.none)] as number;
    expect(of(placeLevel.village)).toBeCloseTo(0.5, 2);
    expect(of(placeLevel.county)).toBeCloseTo(0.5, 2);
    // Five matches with none beside them, against ten supposed.
    expect(of(placeLevel.town)).toBeCloseTo((10 / 15) * 0.5, 1);
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
