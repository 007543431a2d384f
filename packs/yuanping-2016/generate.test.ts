import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "../pack-csv.ts";
import type { PackProblem } from "../pack-csv.ts";
import { FigureRow } from "../pack-rows.ts";
import { readPack } from "../pack-schema.ts";
import { LAWS, PERIODS, historyOf, lastYearShapeError, rankOf } from "./generator/laws.ts";
import { MEASURES } from "./generator/sizes.ts";
import { apportion, growthTenths, tenthsText, wholeOf } from "./generator/whole-numbers.ts";
import { figuresToCsv, generateFigures } from "./generate.ts";

const YUANPING = 140981000000;
const XINZHOU = 140900000000;
const pack = await readPack(import.meta.dirname);
const rows = generateFigures(pack);
const history = historyOf(pack, rows);
const counties = pack.comparisonSets[0]?.members ?? [];

describe("the laws of the history", () => {
  it.each(Object.keys(LAWS))("%s", (name) => {
    expect(LAWS[name]?.(history)).toEqual([]);
  });

  it("hold for other seeds", () => {
    for (let seed = 1; seed <= 50; seed++) {
      const other = historyOf(pack, generateFigures(pack, seed));
      for (const [name, law] of Object.entries(LAWS))
        expect({ seed, name, found: law(other) }).toEqual({ seed, name, found: [] });
    }
  }, 60_000);
});

/** Each law must notice the damage that it is there to notice. */
describe("a damaged history breaks its law", () => {
  type Damage = (row: FigureRow) => FigureRow | undefined;
  const at =
    (
      region: number,
      measure: string,
      period: string,
      change: (row: FigureRow) => Partial<FigureRow> | undefined,
    ): Damage =>
    (row) => {
      if (row.region !== region || row.measure !== measure || row.period !== period) return row;
      const changed = change(row);
      return changed && { ...row, ...changed };
    };
  const plus = (amount: number) => (row: FigureRow) => ({ value: String(Number(row.value) + amount) });
  const grew = (growth: string) => () => ({ growth });
  it.each<[keyof typeof LAWS, string, Damage]>([
    ["isCompleteWithoutRepeats", "a row is gone", at(140902000000, "gdp", "2015-03", () => undefined)],
    [
      "isCompleteWithoutRepeats",
      "a stated growth is said again",
      at(YUANPING, "fixed_asset_investment", "2016-05", grew("13.7")),
    ],
    [
      "isCompleteWithoutRepeats",
      "the stated July is said again",
      at(YUANPING, "gdp", "2016-06", () => ({ period: "2016-07" })),
    ],
    ["ranksAsStated", "a neighbour overtakes", at(140926000000, "retail_sales", "2016-07", grew("7.2"))],
    [
      "tiesElsewhereOnly",
      "a neighbour draws level",
      at(140926000000, "retail_sales", "2016-07", grew("7.1")),
    ],
    ["townshipsAddUp", "a township has 1 万元 more", at(140981101000, "gdp", "2014-05", plus(1))],
    [
      "townshipsAddUp",
      "a township has 1 万元 less in the stated month",
      at(140981404000, "retail_sales", "2016-07", plus(-1)),
    ],
    [
      "incomesAverageOut",
      "a township is richer",
      at(140981001000, "urban_disposable_income", "2015-05", plus(40)),
    ],
    ["neverFallsWithinYear", "a month is negative", at(140921000000, "gdp", "2015-06", plus(-40_000))],
    [
      "recomputableGrowthAgrees",
      "growth is a tenth off",
      at(140921000000, "fiscal_revenue_total", "2016-03", (row) => ({
        growth: tenthsText(wholeOf(row.growth ?? "", 10) + 1),
      })),
    ],
    [
      "reportedGrowthIsNearNotEqual",
      "growth is far from the values",
      at(140921000000, "gdp", "2016-03", grew("19.0")),
    ],
    [
      "partsAreWithinWholes",
      "industry exceeds the whole",
      at(140981404000, "industrial_value_added", "2016-03", plus(90_000)),
    ],
    [
      "circularIsCountiesOnly",
      "a township is in the circular",
      at(140981101000, "gdp", "2014-05", () => ({ audience: XINZHOU })),
    ],
    [
      "circularIsCountiesOnly",
      "a county is not",
      at(140902000000, "gdp", "2014-05", () => ({ audience: null })),
    ],
    [
      "seasonsAreBelievable",
      "January is as busy as August",
      at(140902000000, "fixed_asset_investment", "2015-02", plus(400_000)),
    ],
  ])("%s: %s", (name, _, damage) => {
    const damaged = rows.map(damage).filter((row) => row !== undefined);
    expect(LAWS[name]?.(historyOf(pack, damaged))).not.toEqual([]);
  });

  it("reportedGrowthIsNearNotEqual: growth equals the nominal rate", () => {
    const nominal = growthTenths(
      history.value(140921000000, "gdp", "2016-03") ?? 0,
      history.value(140921000000, "gdp", "2015-03") ?? 0,
    );
    const damaged = rows
      .map(at(140921000000, "gdp", "2016-03", grew(tenthsText(nominal))))
      .filter((row) => row !== undefined);
    expect(LAWS.reportedGrowthIsNearNotEqual?.(historyOf(pack, damaged))).toHaveLength(1);
  });
});

describe("what the speech needs of it", () => {
  it("ranks Yuanping 3, 5, 13, 1, 15, 15, 4, 4 of 15 in July 2016", () => {
    expect(MEASURES.map((measure) => rankOf(history, YUANPING, measure, "2016-07"))).toEqual([
      3, 5, 13, 1, 15, 15, 4, 4,
    ]);
  });

  it("has ranks that move from month to month", () => {
    for (const measure of MEASURES) {
      const ranks = new Set(PERIODS.map((period) => rankOf(history, YUANPING, measure, period)));
      expect(ranks.size).toBeGreaterThanOrEqual(4);
    }
  });

  it("has the base that makes −57.3 %, and −20.2 % like for like", () => {
    const base = history.value(YUANPING, "fiscal_revenue_general_budget", "2015-07") ?? 0;
    expect(base).toBe(79_625);
    expect([growthTenths(34_000, base), growthTenths(34_000, base - 36_996)]).toEqual([-573, -202]);
  });

  it("has the base that makes −52 %, and −36.0 % like for like", () => {
    const base = history.value(YUANPING, "fiscal_revenue_total", "2015-07") ?? 0;
    expect(base).toBe(147_917);
    expect([growthTenths(71_000, base), growthTenths(71_000, base - 36_996)]).toEqual([-520, -360]);
  });

  it("has the one-off in June 2015 and in no other month", () => {
    for (const measure of ["fiscal_revenue_total", "fiscal_revenue_general_budget"]) {
      const at = (period: string) => history.value(YUANPING, measure, period) ?? 0;
      const june = at("2015-06") - at("2015-05");
      const july = at("2015-07") - at("2015-06");
      expect(june).toBeGreaterThan(36_996);
      expect(june - 36_996).toBeLessThan(3 * july);
    }
  });

  it("keeps forecasts honest: last year's shape errs by a few percent, by more in investment", () => {
    const mean = (measure: (typeof MEASURES)[number]) =>
      counties.reduce((sum, region) => sum + lastYearShapeError(history, region, measure), 0) /
      counties.length;
    const errors = MEASURES.map(mean);
    for (const error of errors) {
      expect(error).toBeGreaterThan(0.1);
      expect(error).toBeLessThan(8);
    }
    expect(mean("fixed_asset_investment")).toBeGreaterThan(mean("gdp"));
  });
});

describe("determinism", () => {
  const digest = (seed?: number) =>
    createHash("sha256")
      .update(figuresToCsv(generateFigures(pack, seed)))
      .digest("hex");

  it("gives the same bytes for the same seed, on any machine", () => {
    expect(digest()).toBe(digest(pack.seed));
    expect(digest()).toBe("6cf13329cd74cb9767bdf3cbc8ec326959ad970d1ae6229566c5aaf63d76242e");
  });

  it("gives other bytes for another seed", () => {
    expect(digest(1)).not.toBe(digest());
    expect(digest(1)).not.toBe(digest(2));
  });

  it("writes a table that reads back as the same rows", () => {
    const dir = mkdtempSync(join(tmpdir(), "figures-"));
    try {
      writeFileSync(join(dir, "figures.csv"), figuresToCsv(rows));
      const problems: PackProblem[] = [];
      const table = readTable({ dir, file: "figures.csv" }, FigureRow, problems);
      expect(problems).toEqual([]);
      expect(table.rows).toEqual(rows);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe("whole numbers", () => {
  it.each([
    [34_000, 79_625, -573],
    [1000, 1000, 0],
    [10_005, 10_000, 1],
    [9_995, 10_000, -1],
    [10_004, 10_000, 0],
  ])("growth of %d over %d is %d tenths, half away from zero", (now, before, tenths) => {
    expect(growthTenths(now, before)).toBe(tenths);
  });

  it("splits without rest", () => {
    expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(apportion(0, [2, 3])).toEqual([0, 0]);
  });

  it.each([
    ["22.3", 10_000, 223_000],
    ["-57.3", 10, -573],
    ["9.30", 10, 93],
  ])("%s × %d is %d", (text, factor, whole) => {
    expect(wholeOf(text, factor)).toBe(whole);
  });

  it("refuses what is not whole", () => {
    expect(() => wholeOf("9.33", 10)).toThrow("9.33 × 10 is not a whole number");
  });
});
