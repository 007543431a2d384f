/**
 * What years of birth say of pairs whose numbers do not tell. Two things: how much likelier a row's year is for a person
 * whose own is not known, by that of his kin; and how much oftener persons of an age are on the register than others, for a
 * child of ten drives no car.
 *
 * The registry tells how many years apart spouses, parents and children are, and the sure matches of a register of what years
 * its persons are. Until these are seen, its rows tell.
 */
import type { BlockFields } from "./blocks.ts";
import { idKind, kindOf } from "./id-number.ts";
import { isNumberless, kin, kinOf, yearOf } from "./registry.ts";
import type { Registry } from "./registry.ts";
import { float32s } from "./shared-columns.ts";

export const firstYear = 1880;
/** Years of birth that a number can have, from `firstYear`. */
export const yearsOfBirth = 240;
/** Differences of years, in bins of three around 0. */
const bins = 41;
const binYears = 3;
const binOf = (difference: number): number =>
  Math.max(0, Math.min(bins - 1, Math.round(difference / binYears) + (bins >> 1)));

/** For one register. */
export type KinAges = {
  /** by kin, then year of the kin's birth, then bin: how much likelier the row's year is the person's than anyone's */
  years: Float32Array[];
  /** by kin, then year of the kin's birth; and by the person's own year: how much oftener such persons are on a register than any */
  found: Float32Array[];
  own: Float32Array;
};

/** `rateOf` of an age at which hardly anyone is on a register. */
export const rareRate = 0.25;

/** Part of the rows whose year is a slip, and may be any. */
const slips = 0.005;
/** Persons supposed in each bin before any is seen. */
const supposed = 0.05;
/** Rows supposed of persons of any age before any is seen, and matches of the ages of the rows. */
const supposedRows = 100;

type Persons = Pick<Registry, "rows" | "head" | "relation" | "birth" | "packed" | "marks">;

/** Persons by year of birth since `firstYear`, and by kin how many are so many years apart. */
export type RegistryAges = { persons: Float64Array; differences: readonly Float64Array[] };

export const tellAges = (registry: Persons): RegistryAges => ({
  persons: countYears(registry),
  differences: countDifferences(registry),
});

/**
 * @param rowYears the register's rows by year of birth since `firstYear`
 * @param matchYears persons who are certainly on it, likewise
 */
export function weighKinAges(
  { persons, differences }: RegistryAges,
  rowYears: Float64Array,
  matchYears: Float64Array,
): KinAges {
  const rows = shareBins(rowYears);
  const rates = rateYears(persons, rowYears, matchYears);
  const at = (bin: number, year: number, of: Float64Array): number =>
    of[Math.max(0, Math.min(yearsOfBirth - 1, year + (bin - (bins >> 1)) * binYears))] as number;
  const found: Float32Array[] = [];
  const years = differences.map((counts) => {
    const odds = float32s(yearsOfBirth * bins);
    const ofKin = counts.reduce((sum, count) => sum + count, 0);
    const foundOf = float32s(yearsOfBirth);
    for (let year = 0; year < yearsOfBirth; year++) {
      let total = 0;
      for (let bin = 0; bin < bins; bin++) total += (counts[bin] as number) * at(bin, year, rates);
      foundOf[year] = total / ofKin;
      for (let bin = 0; bin < bins; bin++)
        odds[year * bins + bin] =
          (((counts[bin] as number) * at(bin, year, rates)) / total + slips / bins) /
          (at(bin, year, rows) + slips / bins);
    }
    found.push(foundOf);
    return odds;
  });
  const own = float32s(yearsOfBirth);
  own.set(rates);
  return { years, found, own };
}

/** How much oftener persons of each year are on a register than any: as the matches are, and until these are seen, as the rows. */
function rateYears(persons: Float64Array, rowYears: Float64Array, matchYears: Float64Array): Float64Array {
  const shares = shareBins(persons);
  const rates = (years: Float64Array, before: (year: number) => number, ones: number): Float64Array => {
    const all = years.reduce((sum, count) => sum + count, 0);
    return sumBins(years).map((count, year) => {
      const share = shares[year] as number;
      return (count + ones * before(year) * share) / ((all + ones) * share);
    });
  };
  const byRows = rates(rowYears, () => 1, supposedRows);
  const byMatches = rates(matchYears, (year) => byRows[year] as number, supposedRows);
  return byMatches.map((rate) => slips + (1 - slips) * rate);
}

/** How often a member of each kin is so many years younger than the head, or the head than the spouse. */
function countDifferences(registry: Persons): Float64Array[] {
  const counts = Object.values(kin).map(() => new Float64Array(bins).fill(supposed));
  const add = (whose: number, difference: number): void => {
    const into = counts[whose] as Float64Array;
    const bin = binOf(difference);
    into[bin] = (into[bin] as number) + 1;
  };
  for (let row = 0; row < registry.rows; row++) {
    const head = (registry.head[row] as number) - 1;
    if (head < 0 || isNumberless(registry, row) || isNumberless(registry, head)) continue;
    const whose = kinOf(registry.relation[row] as number);
    const difference = yearOf(registry, row) - yearOf(registry, head);
    add(whose, difference);
    if (whose === kin.spouse) add(kin.spousesHead, -difference);
  }
  return counts;
}

function countYears(registry: Persons): Float64Array {
  const years = new Float64Array(yearsOfBirth);
  for (let row = 0; row < registry.rows; row++) {
    if (isNumberless(registry, row)) continue;
    const year = yearOf(registry, row) - firstYear;
    if (year >= 0 && year < yearsOfBirth) years[year] = (years[year] as number) + 1;
  }
  return years;
}

/** For each year, the part of all that are born in the three years around it. */
function shareBins(years: Float64Array): Float64Array {
  const total = years.reduce((sum, count) => sum + count + supposed, 0);
  return sumBins(years.map((count) => count + supposed)).map((count) => count / total);
}

const sumBins = (years: Float64Array): Float64Array =>
  years.map((_, year) => (years[year - 1] ?? 0) + (years[year] as number) + (years[year + 1] ?? 0));

/** Odds that the row is this person's, by its year of birth: 1 where nothing is known. */
export function ageEvidence(
  ages: KinAges,
  registry: Pick<Registry, "kin" | "kinYear">,
  { isNumberless: isRowNumberless, birth }: Pick<BlockFields, "isNumberless" | "birth">,
  person: number,
): number {
  const whose = registry.kin[person] as number;
  if (whose === kin.unknown || isRowNumberless || birth === 0) return 1;
  const year = registry.kinYear[person] as number;
  const bin = binOf(Math.floor(birth / 10_000) - year);
  return (ages.years[whose] as Float32Array)[(year - firstYear) * bins + bin] ?? 1;
}

/** How much oftener persons of this one's age are on a register than any: by his own year or that of his kin. */
export function rateOf(
  ages: KinAges,
  registry: Pick<Registry, "birth" | "packed" | "marks" | "kin" | "kinYear">,
  person: number,
): number {
  if (!isNumberless(registry, person)) {
    // The slip may be just in the year.
    if (kindOf(registry.packed[person] as number) === idKind.failed) return 1;
    return ages.own[yearOf(registry, person) - firstYear] ?? 1;
  }
  const whose = registry.kin[person] as number;
  if (whose === kin.unknown) return 1;
  return (ages.found[whose] as Float32Array)[(registry.kinYear[person] as number) - firstYear] ?? 1;
}
