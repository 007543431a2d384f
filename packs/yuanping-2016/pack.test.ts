import { describe, expect, it } from "vitest";
import { readPack } from "../pack-schema.ts";
import { historyOf } from "./generator/laws.ts";
import { HABITS, TOWNSHIPS } from "./generator/sizes.ts";
import { sum, wholeOf } from "./generator/whole-numbers.ts";
import { generateFigures } from "./generate.ts";
import { targetsCsv } from "./generate-targets.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const YUANPING = 140981000000;
const XINZHOU = 140900000000;
const ZONE = 140981404000;
const pack = await readPack(import.meta.dirname);

/** Every number of the speech that the pack must hold, typed from the speech and not from the pack. */
const ECONOMY = `
gdp ytd 2016-07 55 亿元 6.5 rank 3
industrial_value_added ytd 2016-07 22.3 亿元 5 rank 5
fixed_asset_investment ytd 2016-07 78.5 亿元 9.3 rank 13 done 41
retail_sales ytd 2016-07 32.6 亿元 7.1 rank 1
fiscal_revenue_total ytd 2016-07 7.1 亿元 -52 rank 15
fiscal_revenue_general_budget ytd 2016-07 3.4 亿元 -57.3 rank 15 done 39.6
urban_disposable_income ytd 2016-07 13076 元 6.9 rank 4
rural_disposable_income ytd 2016-07 4779 元 7 rank 4
fixed_asset_investment ytd 2016-04 - 亿元 20.2
fixed_asset_investment ytd 2016-05 - 亿元 13.7
fixed_asset_investment ytd 2016-06 - 亿元 10.0`;

const INDUSTRY = `
product:alumina product_output ytd 2016-07 161 万吨 -5.1
product:alumina product_price month 2016-07 1691 元/吨
product:alumina product_price month 2015-07 2530 元/吨
product:alumina product_inventory point 2016-07 20 万吨 near
product:coal product_output ytd 2016-07 385 万吨 -33
product:coal product_price month 2016-07 157 元/吨 about
product:coal product_price month 2016-06 138 元/吨 about
product:coal product_price month 2015-07 200 元/吨
product:coal mines_supervised point 2016-07 9 座
product:coal mines_producing point 2016-07 3 座
product:power power_output ytd 2016-07 36.1 亿度 -24
plant:tonghua power_output ytd 2016-07 29 亿度 -29
plant:tonghua power_quota year 2016 37 亿度
product:power power_price point 2016-07 0.3205 元/千瓦时
product:power power_price year 2015 0.3772 元/千瓦时
product:iron_concentrate product_output ytd 2016-07 15.9 万吨 -14.5
product:iron_concentrate product_output ytd 2015-07 18.6 万吨
product:iron_concentrate product_price month 2016-07 350 元/吨 about
product:iron_concentrate product_price quarter 2015Q1 450 元/吨`;

const PROJECTS_AND_RELIEF = `
library_projects 192 个
library_carried_over 61 个
library_new 132 个
library_planned_investment 325 亿元
library_completed 42 个
library_remaining 150 个
library_remaining_investment 123.2 亿元
library_halted_investment 88.8 亿元
library_reportable_investment 34.4 亿元
key_projects 94 个
major_industrial_starts_reported 11 个
planned_new_starts 25 个
signed_projects 36 个
signed_projects 37 个
signed_projects 73 个
signed_investment 190 亿元
signed_investment 22 亿元
signed_investment 212 亿元
projects_planned_stock 51 个
projects_planned_emerging 28 个
poor_villages 47 个
poor_households 7291 户
poor_persons 18120 人
poor_persons 350000 人
poor_persons_misidentified 10000 人
poor_share_of_population 3.6 %
poor_share_of_rural_population 5 %
clues_under_verification 530 条
relocation_central_households 1000 户
relocation_central_persons 3000 人
poverty_cause_classes 4 个`;

const lines = (table: string): string[][] =>
  table
    .trim()
    .split("\n")
    .map((line) => line.split(" "));

describe("the facts of the speech", () => {
  it.each(lines(ECONOMY))("%s %s %s %s %s %s", (...cells) => {
    const [measure, basis, period, value, unit, growth, ...rest] = cells;
    const row = pack.figures.find(
      (figure) => figure.measure === measure && figure.basis === basis && figure.period === period,
    );
    const rank = rest.includes("rank") ? Number(rest[1]) : null;
    expect(row).toMatchObject({
      region: YUANPING,
      subject: "region",
      value: value === "-" ? null : value,
      unit,
      growth,
      audience: XINZHOU,
      statedRank: rank,
      statedOf: rank === null ? null : 15,
      statedCompletion: rest.includes("done") ? rest[3] : null,
      source: "speech",
      locator: "一（一）",
    });
  });

  it.each(lines(INDUSTRY))("%s %s %s %s %s %s", (...cells) => {
    const [subject, measure, basis, period, value, unit, last = ""] = cells;
    const row = pack.figures.find(
      (figure) =>
        figure.subject === subject &&
        figure.measure === measure &&
        figure.basis === basis &&
        figure.period === period,
    );
    const isRate = /^-?\d/.test(last);
    expect(row).toMatchObject({
      value,
      unit,
      growth: isRate ? last : null,
      qualifier: isRate || last === "" ? null : last,
      source: "speech",
    });
  });

  it.each(lines(PROJECTS_AND_RELIEF))("%s %s %s", (measure, value, unit) => {
    const rows = pack.figures.filter(
      (row) => row.measure === measure && row.value === value && row.unit === unit,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.source).toBe("speech");
  });

  it("are all of figures.csv, and nothing else is", () => {
    const stated = lines(ECONOMY).length + lines(INDUSTRY).length + lines(PROJECTS_AND_RELIEF).length;
    expect(pack.figures).toHaveLength(stated);
    expect(pack.figures.every((row) => row.source === "speech" && row.locator && row.quote)).toBe(true);
  });

  it("keep the three figures for alumina, which disagree", () => {
    const row = pack.figures.find(
      ({ subject, measure }) => subject === "product:alumina" && measure === "product_output",
    );
    expect(row).toMatchObject({ value: "161", growth: "-5.1" });
    expect(row?.note).toContain("减少8万吨");
  });

  it("hold the tasks", () => {
    const stated = pack.targets.filter((row) => row.source === "speech");
    const task = (measure: string, region = YUANPING, subject = "region") =>
      stated
        .filter((row) => row.measure === measure && row.region === region && row.subject === subject)
        .map((row) => `${row.year} ${row.kind} ${row.value} ${row.unit}`);
    expect(task("fixed_asset_investment")).toEqual(["2016 value 191.4 亿元"]);
    expect(task("fiscal_revenue_general_budget")).toEqual(["2016 value 8.58 亿元"]);
    expect(task("industrial_value_added")).toEqual(["2016 growth 2.5 %"]);
    expect(task("signed_projects_qualifying")).toEqual(["2016 value 60 个"]);
    for (const sector of ["primary", "secondary", "tertiary"])
      expect(task("signed_projects_qualifying", YUANPING, `sector:${sector}`)).toEqual(["2016 value 20 个"]);
    expect(task("projects_planned_new")).toEqual(["2016 value 100 个"]);
    expect(["taken_on", "landed", "started"].map((stage) => task(`projects_${stage}`, ZONE))).toEqual([
      ["2016 value 7 个"],
      ["2016 value 5 个"],
      ["2016 value 3 个"],
    ]);
    expect(stated.filter((row) => row.measure === "projects_landed" && row.region !== ZONE)).toHaveLength(18);
    expect(task("villages_lifted")).toEqual(["2016 value 13 个"]);
    expect(task("persons_lifted")).toEqual(["2016 value 3500 人"]);
  });

  it("hold the one-off of June 2015 in both revenues, shared by townships without rest", () => {
    for (const measure of ["fiscal_revenue_total", "fiscal_revenue_general_budget"]) {
      const rows = pack.oneOffs.filter((row) => row.measure === measure);
      const [county, ...townships] = rows;
      expect(county).toMatchObject({
        region: YUANPING,
        period: "2015-06",
        amount: "36996",
        unit: "万元",
        source: "speech",
      });
      expect(sum(townships.map((row) => wholeOf(row.amount, 1)))).toBe(36_996);
      expect(townships.every((row) => row.source === "synthetic")).toBe(true);
    }
  });

  it("hold the projects and the campaign", () => {
    expect(pack.projects).toHaveLength(20);
    expect(sum(pack.projects.map((row) => wholeOf(row.plannedInvestmentYi ?? "0", 10_000)))).toBe(
      252_989 + 4_160_000,
    );
    expect(pack.campaign.map((row) => row.value)).toEqual([
      "2016-09-01",
      "2016-12-10",
      "2016-09-10",
      "monthly",
    ]);
  });
});

describe("the county of 2016", () => {
  const townships = pack.regions.filter((row) => row.level === "township");

  it("has 3 streets, 7 towns, 11 townships and the zone, with villages under each", () => {
    const kinds = ["street", "town", "township", "zone", "special"];
    expect(kinds.map((kind) => townships.filter((row) => row.kind === kind).length)).toEqual([
      3, 7, 11, 1, 3,
    ]);
    const villages = pack.regions.filter((row) => row.level === "village");
    expect(villages).toHaveLength(541);
    const without = townships.filter((row) => !villages.some((village) => village.parent === row.code));
    expect(without.map((row) => row.nameZh)).toEqual(["原平经济技术开发区"]);
  });

  it("has a government for each township and street and a committee for the zone", () => {
    for (const row of townships.filter(({ kind }) => kind !== "special"))
      expect(pack.units.filter((unit) => unit.region === row.code)).toHaveLength(1);
  });

  it("ranks 15 units of Xinzhou and 22 of its own, on growth, with tie rule 1,1,3", () => {
    expect(pack.comparisonSets.map((set) => [set.code, set.members.length, set.by, set.tieRule])).toEqual([
      ["xinzhou-15", 15, "growth", "1,1,3"],
      ["yuanping-townships", 22, "growth", "1,1,3"],
    ]);
    expect(pack.comparisonSets[1]?.members).toEqual(TOWNSHIPS.map((row) => row.region));
  });

  it("has someone in every role, and people who switch posts", () => {
    expect(new Set(pack.posts.map((row) => row.role)).size).toBe(10);
    const posts = (username: string) => pack.posts.filter((row) => row.username === username);
    expect(posts("township").map((row) => row.region)).toEqual([140981101000, 140981102000]);
    expect(posts("dispatcher")).toHaveLength(2);
    expect(new Set(pack.posts.filter((row) => row.role === "township").map((row) => row.region)).size).toBe(
      5,
    );
  });

  it("marks all people, posts and units as synthetic", () => {
    for (const row of [...pack.people, ...pack.posts, ...pack.units]) expect(row.source).toBe("synthetic");
  });
});

describe("targets.csv", () => {
  it("is what its script writes", () => {
    expect(readFileSync(join(import.meta.dirname, "targets.csv"), "utf8")).toBe(targetsCsv());
  });

  it("splits each value task over the townships without rest", () => {
    const factor: Record<string, number> = { 亿元: 10_000, 万元: 1 };
    const amount = (row: { value: string; unit: string }) =>
      wholeOf(row.value, factor[row.unit] ?? Number.NaN);
    for (const year of ["2014", "2015", "2016"])
      for (const measure of [
        "fixed_asset_investment",
        "fiscal_revenue_total",
        "fiscal_revenue_general_budget",
      ]) {
        const rows = pack.targets.filter((row) => row.measure === measure && row.year === year);
        const county = rows.filter((row) => row.region === YUANPING);
        const townships = rows.filter((row) => row.region !== YUANPING);
        expect(county).toHaveLength(1);
        expect(townships).toHaveLength(22);
        expect(sum(townships.map(amount))).toBe(sum(county.map(amount)));
      }
  });

  it("is plausible against the years that the history has", () => {
    const history = historyOf(pack, generateFigures(pack));
    for (const row of pack.targets.filter(
      ({ region, kind, year, unit }) =>
        region === YUANPING && kind === "value" && year < "2016" && unit === "万元",
    )) {
      const completion = (history.value(YUANPING, row.measure, `${row.year}-12`) ?? 0) / Number(row.value);
      expect(completion).toBeGreaterThan(0.85);
      expect(completion).toBeLessThan(1.35);
    }
  });
});

it("seasonal plans follow the season that the history is made with", () => {
  for (const measure of [
    "fixed_asset_investment",
    "fiscal_revenue_total",
    "fiscal_revenue_general_budget",
  ] as const) {
    const plan = pack.seasonalPlans.filter((row) => row.measure === measure);
    expect(plan).toHaveLength(12);
    for (const [month, row] of plan.entries())
      expect(wholeOf(row.cumulativePct, 100)).toBe(sum(HABITS[measure].months.slice(0, month + 1)));
  }
});
