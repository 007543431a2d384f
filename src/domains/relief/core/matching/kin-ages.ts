/**
 * How much likelier a row's year of birth is for a person whose own is not known, by that of his kin.
 *
 * The registry tells how many years apart spouses, parents and children are. Not all of them can be on a register: a child
 * of ten drives no car. So the years of the kin are weighed with how common each year is on the registers against the
 * registry: those who are found there are of the registers' ages.
 */
import type { BlockFields } from "./blocks.ts";
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

/** By kin, then year of the kin's birth, then bin: odds. */
export type KinAges = Float32Array[];

/** Part of the rows whose year is a slip, and may be any. */
const slips = 0.02;
/** Persons supposed in each bin before any is seen. */
const supposed = 0.2;

type Persons = Pick<Registry, "rows" | "head" | "relation" | "birth" | "packed" | "marks">;

/** @param rowYears rows by year of birth since `firstYear` */
export function weighKinAges(registry: Persons, rowYears: Float64Array): KinAges {
  const differences = countDifferences(registry);
  const rows = shareBins(rowYears);
  const persons = shareBins(countYears(registry));
  return differences.map((counts) => {
    const odds = float32s(yearsOfBirth * bins);
    for (let year = 0; year < yearsOfBirth; year++) {
      let total = 0;
      const seen = (bin: number, of: Float64Array): number =>
        of[Math.max(0, Math.min(yearsOfBirth - 1, year + (bin - (bins >> 1)) * binYears))] as number;
      const found = (bin: number): number => ((counts[bin] as number) * seen(bin, rows)) / seen(bin, persons);
      for (let bin = 0; bin < bins; bin++) total += found(bin);
      for (let bin = 0; bin < bins; bin++)
        odds[year * bins + bin] = (found(bin) / total + slips / bins) / (seen(bin, rows) + slips / bins);
    }
    return odds;
  });
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
  return years.map((_, year) => {
    let sum = 0;
    for (let y = year - 1; y <= year + 1; y++) sum += (years[y] ?? 0) + supposed;
    return sum / total;
  });
}

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
  return (ages[whose] as Float32Array)[(year - firstYear) * bins + bin] ?? 1;
}
