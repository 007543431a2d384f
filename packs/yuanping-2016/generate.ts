/**
 * The synthetic history of the demonstration: January 2014 – July 2016, cumulative, for the eight indicators, in the
 * 15 ranked units of Xinzhou and in Yuanping's townships, streets and development zone.
 *
 *   node packs/yuanping-2016/generate.ts --out FILE.csv [--seed N]
 *
 * Everything leads to July 2016, the month of the speech: its values, growth and ranks are read from the pack, never
 * emitted again, and the history is built so that they follow from it. See README.md for the laws that tests hold.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { FigureRow, Pack } from "../pack-schema.ts";
import { readPack } from "../pack-schema.ts";
import { YEARS, generateCountySeries, lastMonth } from "./generator/county-series.ts";
import type { Anchor, Series } from "./generator/county-series.ts";
import { randomFor } from "./generator/random.ts";
import { COUNTY_JULY, COUNTY_SIZES, HABITS, MEASURES } from "./generator/sizes.ts";
import type { Measure } from "./generator/sizes.ts";
import { generateTownshipSeries } from "./generator/township-series.ts";
import type { RegionSeries } from "./generator/township-series.ts";
import { tenthsText, wholeOf } from "./generator/whole-numbers.ts";

const MONTH = "2016-07";
const FACTOR: Record<string, number> = { 亿元: 10_000, 万元: 1, 元: 1 };

type Stated = { value: number; growth: number; rank: number; others: Map<number, number> };

/** What the speech says of a measure: July's value (万元 or 元), growth and rank, and growth of other months. */
function statedOf(pack: Pack, measure: Measure): Stated {
  const rows = pack.figures.filter(
    (row) =>
      row.region === pack.region &&
      row.subject === "region" &&
      row.measure === measure &&
      row.basis === "ytd",
  );
  const july = rows.find((row) => row.period === MONTH);
  if (!july?.value || !july.growth || !july.statedRank)
    throw new Error(`figures.csv must state value, growth and rank of ${measure} in ${MONTH}`);
  const others = rows
    .filter((row) => row !== july && row.growth !== null)
    .map((row): [number, number] => [Number(row.period.slice(5)) - 1, wholeOf(row.growth ?? "", 10)]);
  return {
    value: wholeOf(july.value, FACTOR[july.unit] ?? 1),
    growth: wholeOf(july.growth, 10),
    rank: july.statedRank,
    others: new Map(others),
  };
}

/** Growth of the other units in July 2016, such that Yuanping's rank is the stated one and two of them are equal. */
function growthOfOthers(
  seed: number,
  measure: Measure,
  stated: Stated,
  regions: readonly number[],
): Map<number, number> {
  const random = randomFor(seed, "ranks", measure);
  const { above, below } = HABITS[measure];
  const rates = regions.map((_, at) =>
    at < stated.rank - 1 ? stated.growth + random.int(...above) : stated.growth - random.int(...below),
  );
  const [last, beforeLast] = [rates.length - 1, rates.length - 2];
  if (measure === "gdp") rates[last] = rates[beforeLast] ?? 0;
  return new Map(random.shuffle(regions).map((region, at) => [region, rates[at] ?? 0]));
}

/** One-offs of June 2015 by region, 万元. */
function oneOffsOf(pack: Pack, measure: Measure): Map<number, number> {
  const rows = pack.oneOffs.filter((row) => row.measure === measure && row.period === "2015-06");
  return new Map(rows.map((row) => [row.region, wholeOf(row.amount, FACTOR[row.unit] ?? 1)]));
}

function generateMeasure(pack: Pack, seed: number, measure: Measure): RegionSeries[] {
  const stated = statedOf(pack, measure);
  const oneOffs = oneOffsOf(pack, measure);
  const members = pack.comparisonSets.find((set) => set.code === "xinzhou-15")?.members ?? [];
  const others = members.filter((region) => region !== pack.region);
  const growth = growthOfOthers(seed, measure, stated, others);
  const anchors: Anchor[] = others.map((region) => {
    const size = COUNTY_SIZES[region]?.[MEASURES.indexOf(measure)];
    if (size === undefined) throw new Error(`no size for ${region} in generator/sizes.ts`);
    const jitter = randomFor(seed, "size", region, measure).int(-20, 20);
    const value = size + Math.trunc((size * jitter) / 1000);
    return { region, measure, value, growth: growth.get(region) ?? 0 };
  });
  anchors.push({
    region: pack.region,
    measure,
    value: stated.value,
    growth: stated.growth,
    stated: stated.others,
    july: COUNTY_JULY[measure],
    oneOff: oneOffs.get(pack.region) ?? 0,
  });
  const counties = anchors.map((anchor) => ({
    region: anchor.region,
    series: generateCountySeries(seed, anchor),
  }));
  const county = counties.find(({ region }) => region === pack.region)?.series as Series;
  return [...counties, ...generateTownshipSeries(seed, { measure, county, oneOffs })];
}

/** Rows of one series; what the speech already states is left out of them. */
function rowsOf(pack: Pack, measure: Measure, { region, series }: RegionSeries): FigureRow[] {
  const isCounty = region % 1_000_000 === 0;
  const stated = new Set(
    pack.figures.filter((row) => row.region === region && row.measure === measure).map((row) => row.period),
  );
  return YEARS.flatMap((year) =>
    series[year].slice(0, lastMonth(year) + 1).flatMap(({ value, growth }, month): FigureRow[] => {
      const period = `${year}-${String(month + 1).padStart(2, "0")}`;
      if (region === pack.region && period === MONTH) return [];
      return [
        {
          region,
          subject: "region",
          measure,
          basis: "ytd",
          period,
          value: String(value),
          unit: measure.endsWith("disposable_income") ? "元" : "万元",
          growth: region === pack.region && stated.has(period) ? null : tenthsText(growth),
          qualifier: null,
          audience: isCounty ? pack.prefecture : null,
          note: null,
          statedRank: null,
          statedOf: null,
          statedCompletion: null,
          source: "synthetic",
          locator: null,
          quote: null,
        },
      ];
    }),
  );
}

/** All rows, by measure, then region, then month. Same pack and seed, same rows. */
export function generateFigures(pack: Pack, seed: number = pack.seed ?? 1): FigureRow[] {
  return MEASURES.flatMap((measure) =>
    generateMeasure(pack, seed, measure)
      .sort((a, b) => a.region - b.region)
      .flatMap((entry) => rowsOf(pack, measure, entry)),
  );
}

const COLUMNS: readonly (keyof FigureRow)[] = [
  "region",
  "subject",
  "measure",
  "basis",
  "period",
  "value",
  "unit",
  "growth",
  "qualifier",
  "audience",
  "note",
  "statedRank",
  "statedOf",
  "statedCompletion",
  "source",
  "locator",
  "quote",
];

/** The rows as a figures.csv; no cell of generated rows needs quoting. */
export function figuresToCsv(rows: readonly FigureRow[]): string {
  const header = COLUMNS.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const lines = rows.map((row) => COLUMNS.map((name) => row[name] ?? "").join(","));
  return `${[header.join(","), ...lines].join("\n")}\n`;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: "string" }, seed: { type: "string" } } });
  if (!values.out) throw new Error("usage: node packs/yuanping-2016/generate.ts --out FILE.csv [--seed N]");
  const pack = await readPack(import.meta.dirname);
  const rows = generateFigures(pack, values.seed === undefined ? undefined : Number(values.seed));
  writeFileSync(values.out, figuresToCsv(rows));
  process.stdout.write(`${rows.length} rows written to ${values.out}\n`);
}
