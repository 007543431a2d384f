/**
 * Year-to-date history of one county unit in one measure, built backwards from July 2016, the month that the speech
 * states: growth paths first, then the values that they imply for 2015 and 2014.
 */
import { randomFor } from "./random.ts";
import type { Random } from "./random.ts";
import { HABITS } from "./sizes.ts";
import type { Habit, Measure } from "./sizes.ts";
import { baseOf, grown, growthTenths, ratio } from "./whole-numbers.ts";

export const YEARS = [2014, 2015, 2016] as const;
export type Year = (typeof YEARS)[number];
const JULY = 6;
const JUNE = 5;
/** the last month of the history, by index */
export const lastMonth = (year: Year): number => (year === 2016 ? JULY : 11);

/** [month index] → value in 万元 or 元, growth in tenths of a percent */
export type Point = { value: number; growth: number };
export type Series = Record<Year, Point[]>;

export type Anchor = {
  region: number;
  measure: Measure;
  /** January–July 2016 */
  value: number;
  /** reported growth of January–July 2016, tenths */
  growth: number;
  /** growth of other months of 2016 that is stated, by month index */
  stated?: ReadonlyMap<number, number>;
  /** growth in July of the earlier years, like for like */
  july?: Record<2014 | 2015, number>;
  /** contained in June 2015; the base is inflated by it, the path of the values is not */
  oneOff?: number;
};

/** Growth wanders from a known month outwards, one small step a month, and is drawn back when it strays. */
function wander(random: Random, step: number, fixed: ReadonlyMap<number, number>): number[] {
  const months = [...fixed.keys()].sort((a, b) => a - b);
  const first = months[0] ?? JULY;
  const path: number[] = [];
  path[first] = fixed.get(first) ?? 0;
  const move = (from: number, home: number) => {
    const strayed = from - home;
    const pull = Math.abs(strayed) > 4 * step ? -Math.sign(strayed) : 0;
    return from + random.int(-step, step) + pull * step;
  };
  for (let month = first - 1; month >= 0; month--) path[month] = move(path[month + 1] ?? 0, path[first] ?? 0);
  let home = path[first] ?? 0;
  for (let month = first + 1; month < 12; month++) {
    path[month] = fixed.get(month) ?? move(path[month - 1] ?? 0, home);
    home = fixed.get(month) ?? home;
  }
  return path;
}

/** Cumulative weight of each month in the region's year. */
function seasonOf(random: Random, habit: Habit): number[] {
  let cumulative = 0;
  return habit.months.map((month) => {
    cumulative += month * (1000 + random.int(-habit.monthNoise, habit.monthNoise));
    return cumulative;
  });
}

/** Reported minus nominal growth: keeps its sign and never comes near zero, as prices do within a year. */
function offsetsOf(random: Random, range: NonNullable<Habit["offset"]>, sign: number): number[] {
  const [low, high] = range;
  let offset = random.int(low, high);
  return Array.from({ length: 12 }, () => {
    offset = Math.min(high, Math.max(low, offset + random.int(-1, 1)));
    return sign * offset;
  });
}

export function generateCountySeries(seed: number, anchor: Anchor): Series {
  const habit = HABITS[anchor.measure];
  const random = randomFor(seed, anchor.region, anchor.measure);
  const paths = pathsOf(random, habit, anchor);
  const sign = anchor.measure === "fixed_asset_investment" && random.int(0, 1) === 0 ? -1 : 1;
  const zeros = () => Array.from({ length: 12 }, () => 0);
  const offsets = {
    2015: habit.offset ? offsetsOf(random, habit.offset, sign) : zeros(),
    2016: habit.offset ? offsetsOf(random, habit.offset, sign) : zeros(),
  };
  const oneOff = anchor.oneOff ?? 0;
  // In 2016 the path of a measure with a one-off runs like for like, so its July is not the stated growth.
  const base = baseOf(anchor.value, anchor.growth - (offsets[2016][JULY] ?? 0)) - oneOff;
  if (oneOff > 0)
    paths[2016] = wander(random, habit.step, new Map([[JULY, growthTenths(anchor.value, base)]]));
  const season = seasonOf(random, habit);
  const plain2015 = season.map((weight) => ratio(base, weight, season[JULY] ?? 1));
  const nominal = (year: 2015 | 2016, month: number) =>
    (paths[year][month] ?? 0) - (offsets[year][month] ?? 0);
  const values: Record<Year, number[]> = {
    2014: plain2015.map((value, month) => baseOf(value, nominal(2015, month))),
    2015: plain2015.map((value, month) => value + (month >= JUNE ? oneOff : 0)),
    2016: plain2015.slice(0, JULY + 1).map((value, month) => grown(value, nominal(2016, month))),
  };
  values[2016][JULY] = anchor.value;
  const growthOf = (year: Year, month: number, value: number): number => {
    const path = paths[year][month] ?? 0;
    if (year === 2014 || habit.offset) return path;
    return growthTenths(value, values[year === 2016 ? 2015 : 2014][month] ?? 1);
  };
  const series = YEARS.map((year) => [
    year,
    values[year].map((value, month): Point => ({ value, growth: growthOf(year, month, value) })),
  ]);
  return Object.fromEntries(series) as Series;
}

function pathsOf(random: Random, habit: Habit, anchor: Anchor): Record<Year, number[]> {
  const july = (year: 2014 | 2015) =>
    new Map([[JULY, anchor.july?.[year] ?? random.int(...habit.july[year])]]);
  return {
    2014: wander(random, habit.step, july(2014)),
    2015: wander(random, habit.step, july(2015)),
    2016: wander(random, habit.step, new Map([[JULY, anchor.growth], ...(anchor.stated ?? [])])),
  };
}
