/** Non-matches against matches by how place and phone agree, fitted to what sound numbers show. */
import { alikes, alikeWeight, cellOf, chanceBins, chanceOfBin, conflictWeight, cells } from "./find-pairs.ts";
import { nameLevel } from "./compare-names.ts";
import { placeLevel, placeLevels } from "./places.ts";
import { add } from "./shared-columns.ts";
import type { Counted } from "./count-pairs.ts";
import type { Weights } from "./weights.ts";
import { phoneLevel, phoneLevels } from "./pair-code.ts";

/** `others` were counted, each of which stands for `weight` of them */
type Point = { x: number; matches: number; others: number; weight: number };

/** How common an agreement of phones is among strangers, against matches, before it is measured. */
const phoneOdds = [1, 0.001, 0.02, 2] as const;

type Seen = Pick<
  Counted,
  "matches" | "conflicts" | "conflictBirths" | "same" | "alikeMatches" | "alikeConflicts"
>;

/** Where few are seen, as many namesakes for a match are supposed as in its village, where most are: for so many matches. */
const likeVillage = 10;
const villageFirst = [
  placeLevel.village,
  ...Object.values(placeLevel).filter((place) => place !== placeLevel.village),
];

export function fitCells(
  { matches, conflicts, conflictBirths, same, alikeMatches, alikeConflicts }: Seen,
  linkRates: Float64Array,
  names: Float64Array,
): Pick<Weights, "chance" | "namesakes" | "asOld" | "alike"> {
  const sameName = names[nameLevel.same] as number;
  const chance = new Float64Array(cells);
  const namesakes = new Float64Array(cells);
  const namesakesAt = new Float64Array(placeLevels);
  const othersAt = new Float64Array(placeLevels);
  const total = same.reduce((sum, count) => sum + count, 0);
  for (const place of villageFirst) {
    const ofPlace = sumOver(matches, place);
    const share = (ofPlace + 1) / (total + 10);
    for (let phone = 0; phone < phoneLevels; phone++) {
      const cell = cellOf(place, phone);
      const supposed = (phoneOdds[phone] as number) / share / sameName;
      const points = pointsOf(
        { matches, others: conflicts, weight: conflictWeight(place, phone) },
        linkRates,
        cell,
      );
      const isVillage = place === placeLevel.village;
      const ofVillage = namesakes[cellOf(placeLevel.village, phone)] as number;
      const b = isVillage ? (phone === phoneLevel.different ? 0.1 : 0.03) : ofVillage;
      const fitted = fitCell(points, { a: supposed, b }, isVillage ? 2 : likeVillage);
      chance[cell] = fitted.a;
      namesakes[cell] = fitted.b;
      for (const { x, others, weight } of points) {
        add(othersAt, place, others * weight);
        add(namesakesAt, place, (others * weight * fitted.b) / (fitted.a * x + fitted.b));
      }
    }
  }
  const asOld = shareAsOld(conflictBirths, othersAt, namesakesAt);
  // Names that are alike, in the same village: as the others are, until more is seen.
  const alike = Array.from({ length: alikes }, (_, i) => {
    const [phone, level] = [i % phoneLevels, nameLevel.homophone + Math.floor(i / phoneLevels)];
    const cell = cellOf(placeLevel.village, phone);
    const share = (names[level] as number) / sameName;
    const weight = alikeWeight(level, phone);
    const points = pointsOf({ matches: alikeMatches, others: alikeConflicts, weight }, linkRates, i);
    return fitCell(points, { a: (chance[cell] as number) / share, b: namesakes[cell] as number }, 2);
  });
  return { chance, namesakes, asOld, alike };
}

/** Part of all pairs born within a year of one another by chance, before it is counted. */
const usuallyAsOld = 0.06;

/**
 * Part of the namesakes who are as old as the person for no chance; one in two is supposed to be before they are counted.
 * How many are by chance is told by the places where nearly all who share a name do so by chance.
 */
function shareAsOld(bornAlike: Float64Array, others: Float64Array, namesakes: Float64Array): Float64Array {
  let [alike, all] = [usuallyAsOld * 100, 100];
  others.forEach((count, place) => {
    if (count === 0 || (namesakes[place] as number) > count / 20) return;
    alike += bornAlike[place] as number;
    all += count;
  });
  const byChance = Math.min(0.5, alike / all);
  return others.map((count, place) => {
    const beyond = ((bornAlike[place] as number) - byChance * count) / (1 - byChance);
    return Math.max(0, Math.min(1, (beyond + 5) / ((namesakes[place] as number) + 10)));
  });
}

function sumOver(matches: readonly Float64Array[], place: number): number {
  let sum = 0;
  for (const counts of matches)
    for (let phone = 0; phone < phoneLevels; phone++)
      for (let bin = 0; bin < chanceBins; bin++)
        sum += counts[cellOf(place, phone) * chanceBins + bin] as number;
  return sum;
}

type Counts = { matches: readonly Float64Array[]; others: readonly Float64Array[]; weight: number };

function pointsOf({ matches, others, weight }: Counts, linkRates: Float64Array, cell: number): Point[] {
  const points: Point[] = [];
  matches.forEach((counts, r) => {
    for (let bin = 0; bin < chanceBins; bin++) {
      const at = cell * chanceBins + bin;
      const [m, o] = [counts[at] as number, (others[r] as Float64Array)[at] as number];
      if (m + o === 0) continue;
      points.push({ x: chanceOfBin(bin) / (linkRates[r] as number), matches: m, others: o / weight, weight });
    }
  });
  return points;
}

/** Steps after which the fit has long settled: most cells need ten. */
const mostSteps = 100;
const settled = 1e-9;

/**
 * Greatest likelihood of others : matches = a·x + b, with a few supposed pairs so that an empty cell says something too:
 * of namesakes so many as go with `matches`.
 * By scoring in the logarithms of a and b: where strangers outnumber matches by thousands, an iteration that only
 * redistributes them hardly moves.
 */
function fitCell(
  points: readonly Point[],
  supposed: { a: number; b: number },
  matches: number,
): { a: number; b: number } {
  let fit = { a: Math.max(supposed.a, 1e-9), b: Math.max(supposed.b, 1e-9) };
  const all: Point[] = [
    ...points,
    { x: 1 / fit.a, matches: 1, others: 1, weight: 1 },
    { x: 0, matches, others: matches * fit.b, weight: 1 },
  ];
  let likelihood = likelihoodOf(all, fit);
  for (let step = 0; step < mostSteps; step++) {
    const [byA, byB] = scoreStep(all, fit);
    let moved = fit;
    let reached = Number.NEGATIVE_INFINITY;
    for (let part = 1; part > 1e-3 && reached < likelihood; part /= 2) {
      moved = { a: fit.a * Math.exp(part * byA), b: fit.b * Math.exp(part * byB) };
      reached = likelihoodOf(all, moved);
    }
    if (!(reached > likelihood)) break;
    const gain = reached - likelihood;
    [fit, likelihood] = [moved, reached];
    if (gain < settled) break;
  }
  return fit;
}

function likelihoodOf(points: readonly Point[], { a, b }: { a: number; b: number }): number {
  let sum = 0;
  for (const { x, matches, others, weight } of points) {
    const odds = (a * x + b) / weight;
    sum += others * Math.log(odds) - (matches + others) * Math.log1p(odds);
  }
  return sum;
}

/** How far the logarithms of a and b are to go, no further than to one in twenty or twenty times as much. */
function scoreStep(points: readonly Point[], { a, b }: { a: number; b: number }): [byA: number, byB: number] {
  let [scoreA, scoreB, aa, ab, bb] = [0, 0, 1e-9, 0, 1e-9];
  for (const { x, matches, others, weight } of points) {
    const odds = (a * x + b) / weight;
    const partA = (a * x) / (a * x + b);
    const surplus = others - ((matches + others) * odds) / (1 + odds);
    const told = ((matches + others) * odds) / (1 + odds) ** 2;
    scoreA += surplus * partA;
    scoreB += surplus * (1 - partA);
    aa += told * partA * partA;
    ab += told * partA * (1 - partA);
    bb += told * (1 - partA) * (1 - partA);
  }
  const size = aa * bb - ab * ab + 1e-12;
  const bound = (step: number): number => Math.max(-3, Math.min(3, step));
  return [bound((scoreA * bb - scoreB * ab) / size), bound((scoreB * aa - scoreA * ab) / size)];
}
