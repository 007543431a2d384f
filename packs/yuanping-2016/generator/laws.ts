/**
 * What the generated history has to obey, for any seed. Each law gives its violations as sentences, so that a test can
 * show both that a history has none and that a damaged one has some.
 */
import type { FigureRow, Pack } from "../../pack-schema.ts";
import { MEASURES, TOWNSHIPS } from "./sizes.ts";
import type { Measure } from "./sizes.ts";
import { growthTenths, sum, tenthsText, wholeOf } from "./whole-numbers.ts";

const FACTOR: Record<string, number> = { 亿元: 10_000, 万元: 1, 元: 1 };
const JULY_2016 = "2016-07";

/** Speech and generated rows together, the way the ledger sees them: values in 万元 or 元, growth in tenths. */
export type History = {
  pack: Pack;
  rows: readonly FigureRow[];
  value: (region: number, measure: string, period: string) => number | undefined;
  growth: (region: number, measure: string, period: string) => number | undefined;
};

export function historyOf(pack: Pack, rows: readonly FigureRow[]): History {
  const values = new Map<string, number>();
  const growths = new Map<string, number>();
  for (const row of [...pack.figures, ...rows]) {
    if (row.subject !== "region" || row.basis !== "ytd" || !MEASURES.includes(row.measure as Measure))
      continue;
    const key = `${row.region} ${row.measure} ${row.period}`;
    if (row.value !== null) values.set(key, wholeOf(row.value, FACTOR[row.unit] ?? 1));
    if (row.growth !== null) growths.set(key, wholeOf(row.growth, 10));
  }
  return {
    pack,
    rows,
    value: (region, measure, period) => values.get(`${region} ${measure} ${period}`),
    growth: (region, measure, period) => growths.get(`${region} ${measure} ${period}`),
  };
}

export const PERIODS: readonly string[] = [2014, 2015, 2016].flatMap((year) =>
  Array.from(
    { length: year === 2016 ? 7 : 12 },
    (_, month) => `${year}-${String(month + 1).padStart(2, "0")}`,
  ),
);
const lastYear = (period: string): string => `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;
const isIncome = (measure: string): boolean => measure.endsWith("disposable_income");

const countiesOf = (pack: Pack): readonly number[] =>
  pack.comparisonSets.find((set) => set.code === "xinzhou-15")?.members ?? [];

/** Regions that have a series of the measure: the ranked counties and the townships (incomes only where people live). */
function regionsOf({ pack }: History, measure: string): number[] {
  const townships = TOWNSHIPS.filter(
    (row) =>
      !isIncome(measure) || (measure === "urban_disposable_income" ? row.urbanPersons : row.ruralPersons) > 0,
  );
  return [...countiesOf(pack), ...townships.map((row) => row.region)];
}

type Law = (history: History) => string[];

/** Every series is complete, and what the speech states is not said again. */
export const isCompleteWithoutRepeats: Law = (history) => {
  const { pack, rows } = history;
  const said = new Map<string, FigureRow>();
  const key = (row: FigureRow) => `${row.region} ${row.subject} ${row.measure} ${row.basis} ${row.period}`;
  for (const row of pack.figures) said.set(key(row), row);
  const repeats = rows.flatMap((row) => {
    const before = said.get(key(row));
    said.set(key(row), row);
    if (!before) return [];
    const again =
      (before.value !== null && row.value !== null) || (before.growth !== null && row.growth !== null);
    return again ? [`${key(row)} is said twice`] : [];
  });
  const gaps = MEASURES.flatMap((measure) =>
    regionsOf(history, measure).flatMap((region) =>
      PERIODS.filter(
        (period) =>
          history.value(region, measure, period) === undefined ||
          history.growth(region, measure, period) === undefined,
      ).map((period) => `${region} ${measure} ${period} lacks value or growth`),
    ),
  );
  return [...repeats, ...gaps];
};

/** Rank on growth with tie rule 1,1,3: one more than the number of units that grew faster. */
export function rankOf(history: History, region: number, measure: string, period: string): number {
  const own = history.growth(region, measure, period) ?? Number.NaN;
  const better = countiesOf(history.pack).filter(
    (other) => (history.growth(other, measure, period) ?? -Infinity) > own,
  );
  return better.length + 1;
}

/** Yuanping ranks as the speech says. */
export const ranksAsStated: Law = (history) =>
  history.pack.figures
    .filter((row) => row.statedRank !== null)
    .flatMap((row) => {
      const rank = rankOf(history, row.region, row.measure, row.period);
      return rank === row.statedRank ? [] : [`${row.measure}: rank ${rank}, stated ${row.statedRank}`];
    });

/** Yuanping shares its place with nobody in July 2016, and elsewhere in the table two units share one. */
export const tiesElsewhereOnly: Law = (history) => {
  const { pack } = history;
  let ties = 0;
  const violations = MEASURES.flatMap((measure) => {
    const rates = countiesOf(pack).map((region) => history.growth(region, measure, JULY_2016));
    ties += rates.length - new Set(rates).size;
    const own = history.growth(pack.region, measure, JULY_2016);
    return rates.filter((rate) => rate === own).length === 1 ? [] : [`${measure}: ${pack.region} is tied`];
  });
  return ties === 0 ? [...violations, "no tie in July 2016"] : violations;
};

/** Townships, streets and zone add up to the county exactly, in every month. */
export const townshipsAddUp: Law = (history) =>
  MEASURES.filter((measure) => !isIncome(measure)).flatMap((measure) =>
    PERIODS.flatMap((period) => {
      const total = sum(TOWNSHIPS.map((row) => history.value(row.region, measure, period) ?? Number.NaN));
      const county = history.value(history.pack.region, measure, period);
      return total === county ? [] : [`${measure} ${period}: townships ${total}, county ${county}`];
    }),
  );

/** The mean income of townships, weighted with persons, is the county's to one yuan. */
export const incomesAverageOut: Law = (history) =>
  MEASURES.filter(isIncome).flatMap((measure) =>
    PERIODS.flatMap((period) => {
      const persons = (row: (typeof TOWNSHIPS)[number]) =>
        measure === "urban_disposable_income" ? row.urbanPersons : row.ruralPersons;
      const rows = TOWNSHIPS.filter((row) => persons(row) > 0);
      const total = sum(
        rows.map((row) => persons(row) * (history.value(row.region, measure, period) ?? Number.NaN)),
      );
      const mean = total / sum(rows.map(persons));
      const county = history.value(history.pack.region, measure, period) ?? Number.NaN;
      return Math.abs(mean - county) <= 1 ? [] : [`${measure} ${period}: mean ${mean}, county ${county}`];
    }),
  );

/** Year-to-date values never fall within a year. */
export const neverFallsWithinYear: Law = (history) =>
  MEASURES.flatMap((measure) =>
    regionsOf(history, measure).flatMap((region) =>
      PERIODS.filter((period, at) => {
        if (period.endsWith("-01")) return (history.value(region, measure, period) ?? -1) < 0;
        const before = history.value(region, measure, PERIODS[at - 1] ?? "") ?? Number.NaN;
        return !((history.value(region, measure, period) ?? Number.NaN) >= before);
      }).map((period) => `${region} ${measure} ${period} is below the month before`),
    ),
  );

/** Where growth may be recomputed, the reported one is what recomputing gives, to the printed decimal. */
export const recomputableGrowthAgrees: Law = (history) =>
  overGrowth(history, "recomputable", (reported, nominal) => reported === nominal);

/** most by which reported growth departs from nominal growth: 5 points */
const NEAR = 50;

/** At comparable prices or a changed scope the reported growth is near the nominal one and never the same. */
export const reportedGrowthIsNearNotEqual: Law = (history) =>
  overGrowth(
    history,
    "reported",
    (reported, nominal) => reported !== nominal && Math.abs(reported - nominal) <= NEAR,
  );

function overGrowth(
  history: History,
  policy: string,
  agree: (reported: number, nominal: number) => boolean,
): string[] {
  const measures = history.pack.measures.filter((row) => row.growthPolicy === policy).map((row) => row.code);
  return MEASURES.filter((measure) => measures.includes(measure)).flatMap((measure) =>
    regionsOf(history, measure).flatMap((region) =>
      PERIODS.filter((period) => period >= "2015").flatMap((period) => {
        const now = history.value(region, measure, period) ?? Number.NaN;
        const nominal = growthTenths(now, history.value(region, measure, lastYear(period)) ?? Number.NaN);
        const reported = history.growth(region, measure, period) ?? Number.NaN;
        if (agree(reported, nominal)) return [];
        return [
          `${region} ${measure} ${period}: ${tenthsText(reported)} reported, ${tenthsText(nominal)} nominal`,
        ];
      }),
    ),
  );
}

/** A part is never more than its whole. */
export const partsAreWithinWholes: Law = (history) =>
  (
    [
      ["industrial_value_added", "gdp"],
      ["fiscal_revenue_general_budget", "fiscal_revenue_total"],
    ] as const
  ).flatMap(([part, whole]) =>
    regionsOf(history, whole).flatMap((region) =>
      PERIODS.filter(
        (period) =>
          (history.value(region, part, period) ?? Number.NaN) >
          (history.value(region, whole, period) ?? Number.NaN),
      ).map((period) => `${region} ${period}: ${part} exceeds ${whole}`),
    ),
  );

/** The prefecture's circular carries the county-level rows, and no township's. */
export const circularIsCountiesOnly: Law = ({ pack, rows }) =>
  [...pack.figures.filter((row) => row.statedRank !== null), ...rows].flatMap((row) => {
    const expected = row.region % 1_000_000 === 0 ? pack.prefecture : null;
    return row.audience === expected
      ? []
      : [`${row.region} ${row.measure} ${row.period}: audience ${row.audience}`];
  });

/** The whole-year value is the sum of its months: investment lies in the second half, revenue peaks with the quarter. */
export const seasonsAreBelievable: Law = (history) => {
  const month = (region: number, measure: string, year: number, number: number): number => {
    const at = (n: number) =>
      history.value(region, measure, `${year}-${String(n).padStart(2, "0")}`) ?? Number.NaN;
    const oneOff = year === 2015 && number === 6 ? oneOffOf(history.pack, region, measure) : 0;
    return (number === 1 ? at(1) : at(number) - at(number - 1)) - oneOff;
  };
  const investment = countiesOf(history.pack).flatMap((region) =>
    [2014, 2015].flatMap((year) => {
      const months = Array.from({ length: 12 }, (_, at) =>
        month(region, "fixed_asset_investment", year, at + 1),
      );
      const winter = sum(months.slice(0, 2)) / 2;
      const season = sum(months.slice(7, 10)) / 3;
      return season > 5 * winter ? [] : [`${region} ${year}: investment of autumn is not well above winter`];
    }),
  );
  const revenue = [3, 6, 12].flatMap((number) =>
    (["fiscal_revenue_total", "fiscal_revenue_general_budget"] as const).flatMap((measure) =>
      [2014, 2015].flatMap((year) => {
        const own = month(history.pack.region, measure, year, number);
        const before = month(history.pack.region, measure, year, number - 1);
        return own > before ? [] : [`${measure} ${year}-${number}: the quarter's end is no peak`];
      }),
    ),
  );
  return [...investment, ...revenue];
};

function oneOffOf(pack: Pack, region: number, measure: string): number {
  const rows = pack.oneOffs.filter((row) => row.region === region && row.measure === measure);
  return sum(rows.map((row) => wholeOf(row.amount, FACTOR[row.unit] ?? 1)));
}

/**
 * Error in percent of forecasting 2015 from its July with the shape of 2014 (like for like), the yardstick of what
 * the back-test of a forecast can reach on this history.
 */
export function lastYearShapeError(history: History, region: number, measure: Measure): number {
  const oneOff = oneOffOf(history.pack, region, measure);
  const at = (period: string) => history.value(region, measure, period) ?? Number.NaN;
  const forecast = ((at("2015-07") - oneOff) * at("2014-12")) / at("2014-07");
  return (100 * Math.abs(forecast - (at("2015-12") - oneOff))) / (at("2015-12") - oneOff);
}

export const LAWS: Record<string, Law> = {
  isCompleteWithoutRepeats,
  ranksAsStated,
  tiesElsewhereOnly,
  townshipsAddUp,
  incomesAverageOut,
  neverFallsWithinYear,
  recomputableGrowthAgrees,
  reportedGrowthIsNearNotEqual,
  partsAreWithinWholes,
  circularIsCountiesOnly,
  seasonsAreBelievable,
};
