/** How much oftener numbers are missing, or fail, in matches than in other pairs: an iteration over the pairs themselves. */
import { idLevel } from "./compare-ids.ts";
import { nameLevel, nameLevels } from "./compare-names.ts";
import { add } from "./shared-columns.ts";
import type { Counted, RegistryKinds } from "./count-pairs.ts";
import { isUntold, shareOf } from "./other-rows.ts";
import type { SureShares } from "./other-rows.ts";
import type { Pairs } from "./find-pairs.ts";
import { eachRow, isClose, rowOdds, sumSorted } from "./weights.ts";
import type { RegisterPairs, Weights } from "./weights.ts";
import {
  bothMissing,
  codeName,
  codeOtherRow,
  groupOf,
  idGroups,
  personBorrowed,
  personMissing,
  rowMissing,
} from "./pair-code.ts";

/**
 * Odds against chance of one slip between two numbers of different persons: one in so many neighbours of a number is taken,
 * and where the check character proves which of the two is wrong, one in eleven of these has just that character.
 */
const slipOdds: Readonly<Record<number, number>> = {
  [idLevel.same]: 1e9,
  [idLevel.checkSlip]: 1e8,
  [idLevel.oneDigit]: 1e7,
  [idLevel.swapped]: 1e7,
  [idLevel.cut]: 1e6,
  [idLevel.sexDigit]: 1e6,
  [idLevel.lengthSlip]: 1e6,
  [idLevel.unprovedSlip]: 1e5,
};

/** After which what is further found no longer moves. */
const rounds = 40;

/** How much oftener numbers are missing, or fail and are far apart, in matches than in other pairs; and who has a further row. */
export function weighNumbers(
  registers: readonly RegisterPairs[],
  {
    counted,
    registry,
    otherRows,
  }: { counted: Counted; registry: RegistryKinds; otherRows: readonly SureShares[] },
  weights: Weights,
): void {
  const telling = registers.map(({ parts }) =>
    parts.map(({ pairs }) => ({ pairs, runs: findTelling(pairs) })),
  );
  const usual = usualNumbers(counted, registry);
  for (let round = 0; round < rounds; round++) {
    const names = new Float64Array(nameLevels);
    const seen = telling.map((parts, r) => {
      const untold: Untold = { told: [0, 0, 0], untold: [0, 0, 0], names };
      const ofRegister = countNumbers(parts, weights, r, untold);
      const { ofMatches } = otherRows[r] as SureShares;
      const shares = weights.otherRow[r] as Weights["otherRow"][number];
      for (const kind of ["told", "untold"] as const) {
        const seenRows = untold[kind].map((millionths) => millionths / 1e6);
        shares[kind].matches = shareOf(seenRows, ofMatches, supposed);
      }
      return ofRegister;
    });
    seen.forEach((ofRegister, r) => {
      const strangers = usual[r] as Float64Array;
      const numbers = weights.numbers[r] as Float64Array;
      const same = ofRegister[idLevel.same] as number;
      for (let group = 0; group < idGroups; group++) {
        const of = { seen: ofRegister[group] as number, same, usual: strangers[group] as number };
        numbers[group] =
          group === idLevel.same ? (slipOdds[idLevel.same] as number) : partOf(group, of) / of.usual;
      }
    });
    for (const group of [personMissing, personBorrowed]) {
      const odds = oddsOfAll(group, seen, usual);
      for (const numbers of weights.numbers) numbers[group] = odds;
    }
    weighSlips(names, weights);
  }
}

/**
 * How much oftener matches have such numbers than strangers, of all registers: what the registry lacks it lacks whatever
 * register a person is on.
 *
 * @param seen by register and group, matches
 */
export function oddsOfAll(
  group: number,
  seen: readonly Float64Array[],
  usual: readonly Float64Array[],
): number {
  let [lacking, expected, same] = [0, 0, 0];
  seen.forEach((ofRegister, r) => {
    const sameHere = ofRegister[idLevel.same] as number;
    lacking += ofRegister[group] as number;
    same += sameHere;
    expected += sameHere * ((usual[r] as Float64Array)[group] as number);
  });
  const share = (expected + ((usual[0] as Float64Array)[group] as number)) / (same + 1);
  return (lacking + supposed * share) / (expected + supposed * share);
}

const missing: readonly number[] = [rowMissing, personMissing, personBorrowed, bothMissing];
/** Matches supposed before any is seen. */
const supposed = 20;

/** Matches with such numbers, for each that has two sound ones that are the same. */
function partOf(group: number, { seen, same, usual }: { seen: number; same: number; usual: number }): number {
  // That a slip is in one match of a thousand, and that numbers are missing as often as among strangers: a register without
  // any then says nothing by that.
  const [with_, without] = missing.includes(group) ? [usual / (1 + usual), 1 / (1 + usual)] : [0.001, 1];
  return (seen + supposed * with_) / (same + supposed * without);
}

/** Pairs supposed of each register before its own are seen, who lack numbers as those of all registers do; and of all. */
const [supposedOwn, supposedFar] = [300, 50];

/**
 * By register and group, how many pairs of strangers have such numbers, for each that has two sound ones: of those the
 * strangers were counted.
 */
export function usualNumbers(
  counted: Pick<Counted, "comparable" | "failed" | "absent" | "farNamesakes">,
  registry: RegistryKinds,
): Float64Array[] {
  const usual = Array.from(counted.comparable, (_, register) => metAtRandom(counted, register, registry));
  const rows = rarely(counted.farNamesakes, usual, rowMissing);
  const persons = rarely(counted.farNamesakes, usual, personMissing);
  return usual.map((shares, register) => {
    const [ofRows, ofPersons] = [rows[register] as number, persons[register] as number];
    const own = shares.slice();
    own[rowMissing] = (shares[rowMissing] as number) * ofRows;
    own[personMissing] = (shares[personMissing] as number) * ofPersons;
    own[bothMissing] = (shares[bothMissing] as number) * ofRows * ofPersons;
    return own;
  });
}

/**
 * By register, how much more seldom strangers of one name lack numbers than any row and any person do: who has kept his number
 * has oftener kept his name too, by which they meet.
 */
function rarely(
  far: readonly Float64Array[],
  usual: readonly Float64Array[],
  group: typeof rowMissing | typeof personMissing,
): number[] {
  const seen = far.map((counts, r) => ({
    lacking: counts[group] as number,
    expected: (counts[idLevel.conflict] as number) * ((usual[r] as Float64Array)[group] as number),
  }));
  const [lacking, expected] = [total(seen, "lacking"), total(seen, "expected")];
  const ofAll = (lacking + supposedFar) / (expected + supposedFar);
  return seen.map((own) => (own.lacking + supposedOwn * ofAll) / (own.expected + supposedOwn));
}

const total = <K extends string>(all: readonly Record<K, number>[], key: K): number =>
  all.reduce((sum, each) => sum + each[key], 0);

/** The same if any row meets any person. */
function metAtRandom(
  counted: Pick<Counted, "comparable" | "failed" | "absent">,
  register: number,
  registry: RegistryKinds,
): Float64Array {
  const rows = (counted.comparable[register] as number) + 1;
  const soundRows = rows - (counted.failed[register] as number);
  const absentRows = ((counted.absent[register] as number) + 1) / soundRows;
  const untold = registry.absent + registry.borrowed;
  const soundPersons = Math.max(1e-3, 1 - untold - registry.failed);
  const [anyRow, anyPerson] = [rows / soundRows, (1 - untold) / soundPersons];
  const usual = Float64Array.from({ length: idGroups }, (_, group) => 1 / (slipOdds[group] ?? 1));
  usual[rowMissing] = absentRows * anyPerson;
  usual[personMissing] = anyRow * ((registry.absent + 1e-4) / soundPersons);
  usual[personBorrowed] = anyRow * ((registry.borrowed + 1e-4) / soundPersons);
  usual[bothMissing] = absentRows * ((untold + 1e-4) / soundPersons);
  usual[idLevel.farFailed] = anyRow * anyPerson - 1 + 1e-4;
  return usual;
}

/** Sums are of whole millionths, so that the order of rows changes nothing. */
function countNumbers(
  parts: readonly Telling[],
  weights: Weights,
  register: number,
  untold: Untold,
): Float64Array {
  const seen = new Float64Array(idGroups);
  for (const { pairs, runs } of parts)
    for (const [from, to] of runs) {
      const odds = rowOdds(pairs, { from, to, register }, weights);
      const sum = sumSorted(odds);
      for (let i = from; i < to; i++) {
        const code = pairs.code[i] as number;
        if (!isTelling(code) && !isSlip(code)) continue;
        const millionths = Math.round((1e6 * (odds[i - from] as number)) / (1 + sum));
        const group = groupOf(code);
        if (missing.includes(group)) add(untold.names, codeName(code), millionths);
        if (!isTelling(code)) continue;
        add(seen, group, millionths);
        const kind = isUntold(code) ? "untold" : group === rowMissing ? "told" : undefined;
        if (kind !== undefined) untold[kind][codeOtherRow(code) as 0 | 1 | 2] += millionths;
      }
    }
  return seen.map((millionths) => millionths / 1e6);
}

/**
 * Millionths of matches of which a number is missing: by their further rows, of rows without a number beside persons with one
 * and the reverse; and by level of name.
 */
type Untold = Record<"told" | "untold", [none: number, sameRegister: number, otherRegister: number]> & {
  names: Float64Array;
};

/** Matches of each level supposed before any is seen: as many as among those with numbers. */
const supposedSlips = 3;

/**
 * Who leaves out a number may slip in the name oftener than others, or more seldom.
 *
 * @param millionths of matches of which a number is missing, by level of name
 */
export function weighSlips(millionths: Float64Array, weights: Weights): void {
  const whole = (millionths[nameLevel.same] as number) / 1e6;
  for (const level of slipLevels) {
    const share = weights.names[level] as number;
    const slips = ((millionths[level] as number) / 1e6 + supposedSlips) / (whole * share + supposedSlips);
    weights.slipsUntold[level] = slips;
  }
}

type Telling = { pairs: Pairs; runs: readonly (readonly [from: number, to: number])[] };

/** Of the same name, and close: whether the number agrees or not, most of these would be found. */
const isTelling = (code: number): boolean => isClose(code) && codeName(code) === nameLevel.same;

const slipLevels: readonly number[] = [nameLevel.homophone, nameLevel.lookAlike, nameLevel.unreadable];
const isSlip = (code: number): boolean =>
  isClose(code) && slipLevels.includes(codeName(code)) && missing.includes(groupOf(code));

function findTelling(pairs: Pairs): Telling["runs"] {
  const runs: [number, number][] = [];
  eachRow(pairs, (from, to) => {
    for (let i = from; i < to; i++)
      if (isTelling(pairs.code[i] as number) || isSlip(pairs.code[i] as number)) {
        runs.push([from, to]);
        return;
      }
  });
  return runs;
}
