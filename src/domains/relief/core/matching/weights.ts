/**
 * What agreement is worth, drawn from the data at hand. Nothing is known beforehand about how many errors a register has.
 *
 * The ID number is one witness, name and place and phone together the other. Where both sides have sound numbers, the
 * number tells match from non-match almost surely, and such pairs show how often name, place and phone agree in either.
 * With that the pairs without a number are judged: for a pair of the same name, in a given agreement of place and phone,
 *
 *   non-matches : matches  =  a·x + b
 *
 * where x is the number of registered persons expected to agree by chance (rare names little, common ones much), a how often
 * chance does it, and b the namesakes that no chance explains: relatives, neighbours, people named alike on purpose.
 * How much more often the number is missing in matches than in other rows comes from an iteration over the pairs themselves.
 */
import { idLevel, idLevels } from "./compare-ids.ts";
import { nameLevel, nameLevels } from "./compare-names.ts";
import {
  cellOf,
  cells,
  chanceBin,
  chanceBins,
  codeId,
  codeName,
  codePhone,
  codePlace,
  codeSex,
  noPersonNumber,
  noRowNumber,
  phoneLevel,
  phoneLevels,
  sexLevel,
} from "./find-pairs.ts";
import type { FoundPairs, Pairs } from "./find-pairs.ts";
import { placeLevel, placeLevels } from "./places.ts";

/** One register's pairs, in as many parts as its file was read in. */
export type RegisterPairs = { name: string; parts: readonly FoundPairs[] };

export type Weights = {
  /** by cell: non-matches to matches are a·x + b */
  chance: Float64Array;
  namesakes: Float64Array;
  /** by level of name, how often matches have it, as a part of those with the same name */
  names: Float64Array;
  /** odds for and against by sex, where the number does not tell */
  sexes: readonly [none: number, same: number, different: number];
  /** by register: part of its rows that are registered persons */
  linkRates: Float64Array;
  /** by register and `idGroup`: odds of such numbers against sound ones */
  numbers: Float64Array[];
  /** odds of a pair with the same number and another name that nothing explains */
  otherName: number;
};

/** How the two numbers fail to tell, beyond `idLevel`: on whose side. */
export const idGroups = idLevels + 2;
export const rowMissing = idLevel.missing;
export const personMissing = idLevels;
export const bothMissing = idLevels + 1;

/** Odds against chance of one slip between two numbers of different persons: one in so many neighbours of a number is taken. */
const slipOdds: Readonly<Record<number, number>> = {
  [idLevel.same]: 1e9,
  [idLevel.checkSlip]: 1e8,
  [idLevel.oneDigit]: 1e6,
  [idLevel.swapped]: 1e6,
  [idLevel.cut]: 1e5,
  [idLevel.sexDigit]: 1e5,
  [idLevel.lengthSlip]: 1e6,
  [idLevel.unprovedSlip]: 1e5,
};

/**
 * Numbers and names that were copied within a household cannot be told apart by agreement: both persons live in it.
 * A form that shows the head's number or name on a member's row is common, the reverse is not.
 */
const headsNumberOdds = 30;
const membersNumberOdds = 0.02;
const headsNameOdds = 30;
const membersNameOdds = 0.02;

type Counted = {
  /** by register: pairs of the same number and name */
  same: Float64Array;
  /** matches by cell and bin, by register */
  matches: Float64Array[];
  conflicts: Float64Array[];
  names: Float64Array;
  sexes: [number, number];
  conflictSexes: [number, number];
  comparable: Float64Array;
  failed: Float64Array;
  absent: Float64Array;
  /** same number, other name, nothing explains it: all, and those of the same village or phone */
  otherNames: [all: number, close: number];
  close: [all: number, close: number];
};

/** @param registryAbsent part of the registry's persons without a comparable number @param registryFailed with one that fails */
export function estimateWeights(
  registers: readonly RegisterPairs[],
  registry: { absent: number; failed: number },
): Weights {
  const counted = countPairs(registers);
  const names = shareNames(counted.names);
  const linkRates = counted.same.map((same, r) => (same + 1) / ((counted.comparable[r] as number) + 100));
  const { chance, namesakes } = fitCells(counted, linkRates, names[nameLevel.same] as number);
  const ratio = names.map((share) => share / (names[nameLevel.same] as number));
  const weights: Weights = {
    chance,
    namesakes,
    names: ratio,
    sexes: weighSexes(counted),
    linkRates,
    numbers: registers.map(() => new Float64Array(idGroups).fill(1)),
    otherName: weighOtherName(counted),
  };
  weighNumbers(registers, counted, registry, weights);
  return weights;
}

const isNamedLike = (level: number): boolean => level >= nameLevel.same && level <= nameLevel.different;

export const isClose = (code: number): boolean =>
  codePlace(code) === placeLevel.village || codePhone(code) === phoneLevel.same;

function countPairs(registers: readonly RegisterPairs[]): Counted {
  const size = cells * chanceBins;
  const counted: Counted = {
    same: new Float64Array(registers.length),
    matches: registers.map(() => new Float64Array(size)),
    conflicts: registers.map(() => new Float64Array(size)),
    names: new Float64Array(nameLevels),
    sexes: [0, 0],
    conflictSexes: [0, 0],
    comparable: new Float64Array(registers.length),
    failed: new Float64Array(registers.length),
    absent: new Float64Array(registers.length),
    otherNames: [0, 0],
    close: [0, 0],
  };
  registers.forEach(({ parts }, r) => {
    for (const { pairs, conflicts, conflictSexes, rowKinds } of parts) {
      add(counted.comparable, r, rowKinds[0] + rowKinds[1]);
      add(counted.failed, r, rowKinds[1]);
      add(counted.absent, r, rowKinds[2]);
      counted.conflictSexes[0] += conflictSexes[0];
      counted.conflictSexes[1] += conflictSexes[1];
      const into = counted.conflicts[r] as Float64Array;
      for (let i = 0; i < size; i++) add(into, i, conflicts[i] as number);
      for (let i = 0; i < pairs.code.length; i++) countSame(counted, r, pairs, i);
    }
    foldCells(counted.matches[r] as Float64Array);
    foldCells(counted.conflicts[r] as Float64Array);
  });
  return counted;
}

function add(into: Float64Array, at: number, by: number): void {
  into[at] = (into[at] as number) + by;
}

function countSame(counted: Counted, register: number, pairs: Pairs, i: number): void {
  const code = pairs.code[i] as number;
  if (codeId(code) !== idLevel.same) return;
  const name = codeName(code);
  if (!isNamedLike(name)) return;
  if (name >= nameLevel.surname) {
    counted.otherNames[0]++;
    if (isClose(code)) counted.otherNames[1]++;
    return;
  }
  add(counted.names, name, 1);
  if (name !== nameLevel.same) return;
  add(counted.same, register, 1);
  counted.close[0]++;
  if (isClose(code)) counted.close[1]++;
  if (codeSex(code) !== sexLevel.none) counted.sexes[codeSex(code) === sexLevel.same ? 0 : 1]++;
  const cell = cellOf(codePlace(code), codePhone(code));
  add(counted.matches[register] as Float64Array, cell * chanceBins + chanceBin(pairs.chance[i] as number), 1);
}

/** Rows without a number do not tell a region: their levels hold what the two told apart hold together. */
function foldCells(counts: Float64Array): void {
  const parts = [
    [placeLevel.none, placeLevel.homeRegion, placeLevel.otherRegion],
    [placeLevel.elsewhereUnknown, placeLevel.elsewhere, placeLevel.elsewhereHome],
  ] as const;
  for (const [whole, ...halves] of parts)
    for (let phone = 0; phone < phoneLevels; phone++)
      for (let bin = 0; bin < chanceBins; bin++)
        for (const half of halves)
          add(
            counts,
            cellOf(whole, phone) * chanceBins + bin,
            counts[cellOf(half, phone) * chanceBins + bin] as number,
          );
}

/** Part of the matches with each level of name; a few of each kind are supposed before any is seen. */
function shareNames(counts: Float64Array): Float64Array {
  const supposed: Readonly<Record<number, number>> = {
    [nameLevel.same]: 50,
    [nameLevel.homophone]: 2,
    [nameLevel.lookAlike]: 1,
    [nameLevel.unreadable]: 0.5,
    [nameLevel.oneCharacter]: 0.5,
    [nameLevel.surname]: 0.05,
    [nameLevel.different]: 0.01,
  };
  const shares = counts.map((count, level) => count + (supposed[level] ?? 0));
  const total = shares.reduce((sum, count) => sum + count, 0);
  return shares.map((count) => Math.max(count, 0.001) / total);
}

function weighSexes({ sexes, conflictSexes }: Counted): Weights["sexes"] {
  const wrong = (sexes[1] + 1) / (sexes[0] + sexes[1] + 100);
  const usual = (conflictSexes[1] + 5) / (conflictSexes[0] + conflictSexes[1] + 20);
  return [1, (1 - wrong) / (1 - usual), wrong / usual];
}

/** Judged by how often such pairs live in the same village or have the same phone, as matches do. */
function weighOtherName({ otherNames, close }: Counted): number {
  const usual = (close[1] + 1) / (close[0] + 2);
  const likely = Math.min(1, otherNames[1] / Math.max(1, otherNames[0]) / usual);
  const part = (likely * otherNames[0] + 0.5 * 10) / (otherNames[0] + 10);
  return Math.min(50, part / Math.max(0.02, 1 - part));
}

type Point = { x: number; matches: number; others: number };

/** How common an agreement of phones is among strangers, against matches, before it is measured. */
const phoneOdds = [1, 0.001, 0.02, 2] as const;

function fitCells(
  { matches, conflicts, same }: Counted,
  linkRates: Float64Array,
  sameName: number,
): Pick<Weights, "chance" | "namesakes"> {
  const chance = new Float64Array(cells);
  const namesakes = new Float64Array(cells);
  const total = same.reduce((sum, count) => sum + count, 0);
  for (let place = 0; place < placeLevels; place++) {
    const ofPlace = sumOver(matches, place);
    const share = (ofPlace + 1) / (total + 10);
    for (let phone = 0; phone < phoneLevels; phone++) {
      const cell = cellOf(place, phone);
      const supposed = (phoneOdds[phone] as number) / share / sameName;
      const points = pointsOf(matches, conflicts, linkRates, cell);
      const fitted = fitCell(points, supposed, phone === phoneLevel.different ? 0.1 : 0.03);
      chance[cell] = fitted.a;
      namesakes[cell] = fitted.b;
    }
  }
  return { chance, namesakes };
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
      points.push({ x: 2 ** ((bin + 0.5) / 2 - 14) / (linkRates[r] as number), matches: m, others: o });
    }
  });
  return points;
}

/** Greatest likelihood of others : matches = a·x + b, with a few supposed pairs so that an empty cell says something too. */
function fitCell(points: readonly Point[], supposedA: number, supposedB: number): { a: number; b: number } {
  const x = 1 / supposedA;
  const all: Point[] = [...points, { x, matches: 1, others: 1 }, { x: 0, matches: 2, others: 2 * supposedB }];
  let [a, b] = [supposedA, supposedB];
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

/** How much oftener numbers are missing, or fail and are far apart, in matches than in other pairs. */
function weighNumbers(
  registers: readonly RegisterPairs[],
  counted: Counted,
  registry: { absent: number; failed: number },
  weights: Weights,
): void {
  const telling = registers.map(({ parts }) =>
    parts.map(({ pairs }) => ({ pairs, runs: findTelling(pairs) })),
  );
  for (let round = 0; round < 12; round++)
    telling.forEach((parts, r) => {
      const seen = countNumbers(parts, weights, r);
      const same = (seen[idLevel.same] as number) + 1;
      const rows = (counted.comparable[r] as number) + (counted.absent[r] as number) + 1;
      const rowAbsent = ((counted.absent[r] as number) + 1) / rows;
      const rowFailed = ((counted.failed[r] as number) + 1) / rows;
      const usual = (group: number): number => {
        if (group === rowMissing) return rowAbsent / (1 - rowAbsent);
        if (group === personMissing) return (registry.absent + 1e-4) / (1 - registry.absent);
        if (group === bothMissing) return (rowAbsent * (registry.absent + 1e-4)) / (1 - rowAbsent);
        if (group === idLevel.farFailed) return rowFailed + registry.failed + 1e-4;
        return 1 / (slipOdds[group] ?? 1);
      };
      const numbers = weights.numbers[r] as Float64Array;
      for (let group = 0; group < idGroups; group++) {
        // Few or none seen: an error of this kind in one match of a thousand.
        const part = ((seen[group] as number) + 0.02) / (same + 20);
        numbers[group] = group === idLevel.same ? (slipOdds[idLevel.same] as number) : part / usual(group);
      }
    });
}

/** Sums are of whole millionths, so that the order of rows changes nothing. */
function countNumbers(parts: readonly Telling[], weights: Weights, register: number): Float64Array {
  const seen = new Float64Array(idGroups);
  for (const { pairs, runs } of parts)
    for (const [from, to] of runs) {
      const odds = rowOdds(pairs, { from, to, register }, weights);
      const sum = sumSorted(odds);
      for (let i = from; i < to; i++) {
        const code = pairs.code[i] as number;
        if (isTelling(code))
          add(seen, groupOf(code), Math.round((1e6 * (odds[i - from] as number)) / (1 + sum)));
      }
    }
  return seen.map((millionths) => millionths / 1e6);
}

type Telling = { pairs: Pairs; runs: readonly (readonly [from: number, to: number])[] };

/** Of the same name, and close: whether the number agrees or not, most of these would be found. */
const isTelling = (code: number): boolean => isClose(code) && codeName(code) === nameLevel.same;

function findTelling(pairs: Pairs): Telling["runs"] {
  const runs: [number, number][] = [];
  eachRow(pairs, (from, to) => {
    for (let i = from; i < to; i++)
      if (isTelling(pairs.code[i] as number)) {
        runs.push([from, to]);
        return;
      }
  });
  return runs;
}

/** Calls with each run of pairs of one row. */
export function eachRow({ row }: Pairs, call: (from: number, to: number) => void): void {
  for (let from = 0; from < row.length; ) {
    let to = from + 1;
    while (to < row.length && row[to] === row[from]) to++;
    call(from, to);
    from = to;
  }
}

export function sumSorted(values: Float64Array): number {
  return values.length === 1
    ? (values[0] as number)
    : values.toSorted().reduce((sum, value) => sum + value, 0);
}

type Run = { from: number; to: number; register: number };

export function rowOdds(pairs: Pairs, { from, to, register }: Run, weights: Weights): Float64Array {
  const odds = new Float64Array(to - from);
  for (let i = from; i < to; i++)
    odds[i - from] = pairOdds(
      pairs.code[i] as number,
      { chance: pairs.chance[i] as number, age: pairs.age[i] as number, register },
      weights,
    );
  return odds;
}

export function groupOf(code: number): number {
  const id = codeId(code);
  if (id !== idLevel.missing && id !== idLevel.borrowed) return id;
  if ((code & noRowNumber) === 0) return personMissing;
  return (code & noPersonNumber) === 0 ? rowMissing : bothMissing;
}

type Evidence = { chance: number; age: number; register: number };

/** Odds that row and person are one, the other candidates of the row aside. */
export function pairOdds(code: number, { chance, age, register }: Evidence, weights: Weights): number {
  const [id, name] = [codeId(code), codeName(code)];
  if (id === idLevel.headsNumber) return headsNumberOdds;
  if (id === idLevel.membersNumber) return membersNumberOdds;
  if (id === idLevel.same || id === idLevel.checkSlip) {
    if (name === nameLevel.heads || name === nameLevel.borrowed || name === nameLevel.none)
      return headsNameOdds;
    if (name === nameLevel.members) return membersNameOdds;
    if (name >= nameLevel.surname) return weights.otherName;
  }
  const cell = cellOf(codePlace(code), codePhone(code));
  const x = chance / (weights.linkRates[register] as number);
  const share = weights.names[Math.min(name, nameLevel.different)] as number;
  const others =
    ((weights.chance[cell] as number) * x) / Math.max(share, 1e-6) + (weights.namesakes[cell] as number);
  const number = (weights.numbers[register] as Float64Array)[groupOf(code)] as number;
  const isUntold = id === idLevel.missing || id === idLevel.borrowed;
  const sex = isUntold ? (weights.sexes[codeSex(code)] as number) : 1;
  return (number * sex * age) / others;
}
