/** Non-matches against matches by how place and phone agree, fitted to what sound numbers show. */
import { alikes, cellOf, chanceBins, chanceOfBin, phoneLevel, phoneLevels, cells } from "./find-pairs.ts";
import { nameLevel } from "./compare-names.ts";
import { placeLevel, placeLevels } from "./places.ts";
import type { Counted } from "./count-pairs.ts";
import type { Weights } from "./weights.ts";

type Point = { x: number; matches: number; others: number };

/** How common an agreement of phones is among strangers, against matches, before it is measured. */
const phoneOdds = [1, 0.001, 0.02, 2] as const;

export function fitCells(
  { matches, conflicts, conflictBirths, same, alikeMatches, alikeConflicts }: Counted,
  linkRates: Float64Array,
  names: Float64Array,
): Pick<Weights, "chance" | "namesakes" | "asOld" | "alike"> {
  const sameName = names[nameLevel.same] as number;
  const chance = new Float64Array(cells);
  const namesakes = new Float64Array(cells);
  const asOld = new Float64Array(placeLevels);
  const total = same.reduce((sum, count) => sum + count, 0);
  for (let place = 0; place < placeLevels; place++) {
    const ofPlace = sumOver(matches, place);
    const share = (ofPlace + 1) / (total + 10);
    let expected = 0;
    for (let phone = 0; phone < phoneLevels; phone++) {
      const cell = cellOf(place, phone);
      const supposed = (phoneOdds[phone] as number) / share / sameName;
      const points = pointsOf(matches, conflicts, linkRates, cell);
      const fitted = fitCell(points, supposed, phone === phoneLevel.different ? 0.1 : 0.03);
      chance[cell] = fitted.a;
      namesakes[cell] = fitted.b;
      for (const { x, others } of points) expected += (others * fitted.b) / (fitted.a * x + fitted.b);
    }
    asOld[place] = shareAsOld(conflictBirths[place] as number, expected);
  }
  // Names that are alike, in the same village: as the others are, until more is seen.
  const alike = Array.from({ length: alikes }, (_, i) => {
    const cell = cellOf(placeLevel.village, i % phoneLevels);
    const share = (names[nameLevel.homophone + Math.floor(i / phoneLevels)] as number) / sameName;
    const points = pointsOf(alikeMatches, alikeConflicts, linkRates, i);
    return fitCell(points, (chance[cell] as number) / share, namesakes[cell] as number);
  });
  return { chance, namesakes, asOld, alike };
}

/** Part of the namesakes born on the same day; one in two is supposed to be before they are counted. */
function shareAsOld(bornAlike: number, expected: number): number {
  return Math.min(1, (bornAlike + 5) / (expected + 10));
}

function sumOver(matches: readonly Float64Array[], place: number): number {
  let sum = 0;
  for (const counts of matches)
    for (let phone = 0; phone < phoneLevels; phone++)
      for (let bin = 0; bin < chanceBins; bin++)
        sum += counts[cellOf(place, phone) * chanceBins + bin] as number;
  return sum;
}

function pointsOf(
  matches: readonly Float64Array[],
  conflicts: readonly Float64Array[],
  linkRates: Float64Array,
  cell: number,
): Point[] {
  const points: Point[] = [];
  matches.forEach((counts, r) => {
    for (let bin = 0; bin < chanceBins; bin++) {
      const at = cell * chanceBins + bin;
      const [m, o] = [counts[at] as number, (conflicts[r] as Float64Array)[at] as number];
      if (m + o === 0) continue;
      points.push({ x: chanceOfBin(bin) / (linkRates[r] as number), matches: m, others: o });
    }
  });
  return points;
}

/** Greatest likelihood of others : matches = a·x + b, with a few supposed pairs so that an empty cell says something too. */
function fitCell(points: readonly Point[], supposedA: number, supposedB: number): { a: number; b: number } {
  const x = 1 / Math.max(supposedA, 1e-9);
  const all: Point[] = [...points, { x, matches: 1, others: 1 }, { x: 0, matches: 2, others: 2 * supposedB }];
  let [a, b] = [Math.max(supposedA, 1e-9), Math.max(supposedB, 1e-9)];
  for (let step = 0; step < 300; step++) {
    let [upA, downA, upB, downB] = [0, 0, 0, 0];
    for (const point of all) {
      const odds = a * point.x + b;
      const seen = point.others / odds;
      const expected = (point.matches + point.others) / (1 + odds);
      upA += seen * point.x;
      downA += expected * point.x;
      upB += seen;
      downB += expected;
    }
    a *= upA / downA;
    b *= upB / downB;
  }
  return { a, b };
}
