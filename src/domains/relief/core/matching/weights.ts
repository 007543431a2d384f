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
import { idLevel } from "./compare-ids.ts";
import { nameLevel } from "./compare-names.ts";
import { alikeOf, cellOf, isAlike } from "./find-pairs.ts";
import type { FoundPairs, Pairs } from "./find-pairs.ts";
import { oddsOfOtherRow } from "./other-rows.ts";
import type { OtherRowShares } from "./other-rows.ts";
import { placeLevel } from "./places.ts";
import {
  codeId,
  codeName,
  codeOtherRow,
  codePhone,
  codePlace,
  codeSex,
  groupOf,
  noPersonNumber,
  noRowNumber,
  otherRow,
  phoneLevel,
} from "./pair-code.ts";

/** One register's pairs, in as many parts as its file was read in. */
export type RegisterPairs = { name: string; parts: readonly FoundPairs[] };

export type Weights = {
  /** by cell: non-matches to matches are a·x + b */
  chance: Float64Array;
  namesakes: Float64Array;
  /** by place: part of the namesakes who are as old as the person */
  asOld: Float64Array;
  /** part of the namesakes who are of the ages of those on the registers */
  ofAge: number;
  /** by level of name, how often matches have it, as a part of those with the same name */
  names: Float64Array;
  /** by level of name, how much oftener matches have it when a number is missing */
  slipsUntold: Float64Array;
  /** odds for and against by sex, where the number does not tell */
  sexes: readonly [none: number, same: number, different: number];
  /** by register: part of its rows that are registered persons */
  linkRates: Float64Array;
  /** by register and `idGroup`: odds of such numbers against sound ones */
  numbers: Float64Array[];
  /** likewise for names that are alike, in the same village, by `alikeOf` */
  alike: readonly { a: number; b: number }[];
  /** odds of a pair with the same number and another name that nothing explains, surname alike and not; by `isClose` */
  sameSurname: CloseOdds;
  otherName: CloseOdds;
  /** odds of a pair whose numbers are one slip apart and nothing proves it */
  unproved: CloseOdds;
  /** by register, who has a further row: of persons with a number, and of numbers beside persons without */
  otherRow: readonly { told: OtherRowShares; untold: OtherRowShares }[];
};

export type CloseOdds = { far: number; close: number };

/**
 * Numbers and names that were copied within a household cannot be told apart by agreement: both persons live in it.
 * A form that shows the head's number or name on a member's row is common, the reverse is not.
 */
const headsNumberOdds = 100;
const membersNumberOdds = 0.01;
const headsNameOdds = 100;
const membersNameOdds = 0.01;

export const isClose = (code: number): boolean =>
  codePlace(code) === placeLevel.village || codePhone(code) === phoneLevel.same;

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
    odds[i - from] = pairOdds(pairs.code[i] as number, evidenceOf(pairs, i, register), weights);
  return odds;
}

type Evidence = { chance: number; age: number; rate: number; register: number };

export const evidenceOf = ({ chance, age, rate }: Pairs, i: number, register: number): Evidence => ({
  chance: chance[i] as number,
  age: age[i] as number,
  rate: rate[i] as number,
  register,
});

/** Odds that row and person are one, the other candidates of the row aside. */
export const pairOdds = (code: number, evidence: Evidence, weights: Weights): number => {
  const { match, byChance, namesakes } = weighPair(code, evidence, weights);
  return match / (byChance + namesakes);
};

/** Match against strangers, and these by whether chance explains them. */
export type WeighedPair = { match: number; byChance: number; namesakes: number };

export function weighPair(
  code: number,
  { chance, age, rate, register }: Evidence,
  weights: Weights,
): WeighedPair {
  const [id, name] = [codeId(code), codeName(code)];
  if (id === idLevel.headsNumber) return against(headsNumberOdds);
  if (id === idLevel.membersNumber) return against(membersNumberOdds);
  const isWhole = id === idLevel.same || id === idLevel.checkSlip;
  if (isWhole || id === idLevel.oneDigit || id === idLevel.swapped) {
    if (name === nameLevel.heads || name === nameLevel.borrowed) return against(headsNameOdds);
    if (name === nameLevel.members) return against(membersNameOdds);
  }
  if (isWhole && name === nameLevel.none) return against(headsNameOdds);
  if (isWhole && name >= nameLevel.surname) {
    const other = name === nameLevel.surname ? weights.sameSurname : weights.otherName;
    return against(isClose(code) ? other.close : other.far);
  }
  if (id === idLevel.unprovedSlip)
    return against(isClose(code) ? weights.unproved.close : weights.unproved.far);
  const cell = cellOf(codePlace(code), codePhone(code));
  const x = chance / (weights.linkRates[register] as number);
  const share = weights.names[Math.min(name, nameLevel.different)] as number;
  const alike =
    isAlike(name) && codePlace(code) === placeLevel.village
      ? weights.alike[alikeOf(name, codePhone(code))]
      : undefined;
  const byChance = alike ? alike.a : (weights.chance[cell] as number) / Math.max(share, 1e-6);
  const namesakes = alike
    ? alike.b
    : (weights.namesakes[cell] as number) / (name >= nameLevel.oneCharacter ? Math.max(share, 1e-6) : 1);
  const number = (weights.numbers[register] as Float64Array)[groupOf(code)] as number;
  const isUntold = id === idLevel.missing || id === idLevel.borrowed;
  // Who slips in a name slips elsewhere: a namesake's row with a slip in it lacks its number as often as a match's.
  const slips = isUntold ? (weights.slipsUntold[name] as number) : 1;
  const careless = alike && isUntold ? Math.max(1, number * slips) : 1;
  // Whom chance brings is of any age; some of the other namesakes are as old as the person.
  const asOld = weights.asOld[codePlace(code)] as number;
  const ofAge = Math.max(asOld, weights.ofAge);
  const sex = isUntold ? (weights.sexes[codeSex(code)] as number) : 1;
  const further = otherRowOdds(code, { register, rate }, weights);
  return {
    match: number * sex * slips,
    byChance: ((byChance * x) / (age * rate)) * further.byChance,
    namesakes:
      careless * namesakes * (asOld + (ofAge - asOld) / age + (1 - ofAge) / (age * rate)) * further.namesakes,
  };
}

const against = (odds: number): WeighedPair => ({ match: odds, byChance: 1, namesakes: 0 });

const silent = { byChance: 1, namesakes: 1 };

function otherRowOdds(
  code: number,
  { register, rate }: { register: number; rate: number },
  { otherRow: ofRegister }: Weights,
): { byChance: number; namesakes: number } {
  const isPersonUntold = (code & noPersonNumber) !== 0;
  if (codeId(code) === idLevel.same || (isPersonUntold && (code & noRowNumber) !== 0)) return silent;
  const { told, untold } = ofRegister[register] as Weights["otherRow"][number];
  const level = codeOtherRow(code);
  if (isPersonUntold) return oddsOfOtherRow(untold, level);
  const { byChance, namesakes } = oddsOfOtherRow(told, level);
  // Whom chance brings is on registers as often as persons of his age are.
  return { byChance: level === otherRow.none ? byChance : byChance * rate, namesakes };
}
