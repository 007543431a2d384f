/**
 * The townships, streets and the development zone: each month of the county is split among them, so that every
 * cumulative value adds up to the county's exactly and never falls within a year.
 */
import { YEARS, lastMonth } from "./county-series.ts";
import type { Point, Series, Year } from "./county-series.ts";
import { randomFor } from "./random.ts";
import type { Random } from "./random.ts";
import { HABITS, TOWNSHIPS, townshipWeights } from "./sizes.ts";
import type { Measure, Township } from "./sizes.ts";
import { apportion, growthTenths, ratio, sum } from "./whole-numbers.ts";

export type RegionSeries = { region: number; series: Series };

type Splitting = {
  measure: Measure;
  county: Series;
  /** one-offs by township, contained in the county's June 2015 */
  oneOffs: ReadonlyMap<number, number>;
};

const JUNE = 5;

export function generateTownshipSeries(seed: number, splitting: Splitting): RegionSeries[] {
  const { measure, county } = splitting;
  const values = measure.endsWith("disposable_income")
    ? splitIncome(randomFor(seed, "townships", measure), measure, county)
    : splitFlow(randomFor(seed, "townships", measure), splitting);
  return values.map((entry) => ({ region: entry.region, series: withGrowth(seed, measure, county, entry) }));
}

type RegionValues = { region: number; values: Record<Year, number[]> };

function splitFlow(random: Random, { measure, county, oneOffs }: Splitting): RegionValues[] {
  const habit = HABITS[measure];
  const entries = TOWNSHIPS.map(
    (row): RegionValues => ({ region: row.region, values: { 2014: [], 2015: [], 2016: [] } }),
  );
  let weights = townshipWeights(measure);
  for (const year of YEARS) {
    weights = weights.map((weight) =>
      ratio(weight, 1000 + random.int(-habit.shareDrift, habit.shareDrift), 1000),
    );
    const reached = entries.map(() => 0);
    let before = 0;
    for (let month = 0; month <= lastMonth(year); month++) {
      const upToNow = county[year][month]?.value ?? 0;
      const special = entries.map(({ region }) =>
        year === 2015 && month === JUNE ? (oneOffs.get(region) ?? 0) : 0,
      );
      const noisy = weights.map((weight) =>
        ratio(weight, 1000 + random.int(-habit.shareNoise, habit.shareNoise), 1000),
      );
      const parts = apportion(upToNow - before - sum(special), noisy);
      before = upToNow;
      for (const [at, entry] of entries.entries()) {
        reached[at] = (reached[at] ?? 0) + (parts[at] ?? 0) + (special[at] ?? 0);
        entry.values[year].push(reached[at] ?? 0);
      }
    }
  }
  return entries;
}

/** Incomes do not add up; their mean weighted with persons is the county's, to the yuan. */
function splitIncome(random: Random, measure: Measure, county: Series): RegionValues[] {
  const persons = (row: Township) =>
    measure === "urban_disposable_income" ? row.urbanPersons : row.ruralPersons;
  const rows = TOWNSHIPS.filter((row) => persons(row) > 0);
  const drift = HABITS[measure].shareDrift;
  const entries = rows.map(
    (row): RegionValues => ({ region: row.region, values: { 2014: [], 2015: [], 2016: [] } }),
  );
  // hundred-thousandths, so that a drift of a few thousandths a year is not lost in rounding
  let factors = rows.map((row) => row.income * 100);
  for (const year of YEARS) {
    factors = factors.map((factor) => ratio(factor, 1000 + random.int(-drift, drift), 1000));
    const population = sum(rows.map(persons));
    const weighted = sum(rows.map((row, at) => persons(row) * (factors[at] ?? 0)));
    for (const [at, entry] of entries.entries())
      entry.values[year] = county[year].map(({ value }) =>
        ratio(value * (factors[at] ?? 0), population, weighted),
      );
  }
  return entries;
}

function withGrowth(
  seed: number,
  measure: Measure,
  county: Series,
  { region, values }: RegionValues,
): Series {
  const { offset } = HABITS[measure];
  const random = randomFor(seed, "township growth", region, measure);
  const yearly = YEARS.map((year) => {
    const sign = measure === "fixed_asset_investment" && random.int(0, 1) === 0 ? -1 : 1;
    const shift = offset ? sign * random.int(...offset) : 0;
    const ownPace = random.int(-15, 15);
    const points = values[year].map((value, month): Point => {
      // 2013 is not part of the history, so growth of 2014 is the county's with a difference of the township's own.
      if (year === 2014)
        return { value, growth: (county[2014][month]?.growth ?? 0) + ownPace + random.int(-3, 3) };
      const base = values[year === 2016 ? 2015 : 2014][month] ?? 0;
      return { value, growth: growthTenths(value, base) + shift };
    });
    return [year, points];
  });
  return Object.fromEntries(yearly) as Series;
}
