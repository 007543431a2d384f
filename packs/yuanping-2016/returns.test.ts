/** The history of returns: what the pack says is what the units filed, and the mix is what a county has. */
import { beforeAll, describe, expect, test } from "vitest";
import { generateReturnsOf, readPack } from "../pack-schema.ts";
import type { FigureRow, Pack, SyntheticPeriod, SyntheticStep } from "../pack-schema.ts";
import { generateFigures } from "./generate.ts";
import { wholeOf } from "./generator/whole-numbers.ts";

let pack: Pack;
let figures: FigureRow[];
let periods: SyntheticPeriod[];

beforeAll(async () => {
  pack = await readPack(import.meta.dirname);
  figures = [...pack.figures, ...generateFigures(pack)];
  periods = await generateReturnsOf(pack, figures);
});

/** What stands in the ledger in the end. */
const lastRows = (course: readonly SyntheticStep[]) =>
  course.flatMap((step) => (step.verb === "submit" ? [step.rows] : [])).at(-1) ?? {};
const returnsOf = (form: string, period: string) =>
  periods.find((one) => one.form === form && one.period === period)?.returns ?? [];
const rowOf = (form: string, period: string, unit: string, subject = "region") =>
  lastRows(returnsOf(form, period).find((one) => one.unit === unit)?.course ?? [])[subject] ?? {};
const inWan = (region: number, measure: string, period: string): number => {
  const row = figures.find(
    (one) =>
      one.region === region &&
      one.measure === measure &&
      one.period === period &&
      one.basis === "ytd" &&
      one.value !== null,
  );
  return wholeOf(row?.value ?? "", row?.unit === "亿元" ? 10_000 : 1);
};

test("the same pack makes the same returns, another seed other days", async () => {
  expect(await generateReturnsOf(pack, figures)).toEqual(periods);
  const other = await generateReturnsOf(pack, figures, 7);
  expect(other.map(({ form, period }) => `${form} ${period}`)).toEqual(
    periods.map(({ form, period }) => `${form} ${period}`),
  );
  expect(other).not.toEqual(periods);
});

test("sums to date are the pack's, and a month is what they differ by", () => {
  const units = pack.units.filter(({ kind }) => kind === "township" || kind === "zone");
  expect(units).toHaveLength(22);
  for (const { unit, region } of units)
    for (const [before, period] of [
      ["2016-04", "2016-05"],
      ["2016-05", "2016-06"],
      ["2016-06", "2016-07"],
    ] as const) {
      const row = rowOf("township-economy", period, unit);
      const [was, is] = [before, period].map((one) => inWan(region, "retail_sales", one));
      expect(row, `${unit} ${period}`).toMatchObject({
        retail_ytd: String(is),
        retail_month: String((is ?? 0) - (was ?? 0)),
        fai_ytd: String(inWan(region, "fixed_asset_investment", period)),
      });
    }
});

test("the county's July is the speech's", () => {
  expect(rowOf("fai-monthly", "2016-07", "drc")).toMatchObject({ ytd: "785000", planned: "3250000" });
  expect(rowOf("fiscal-monthly", "2016-07", "finance")).toMatchObject({
    total_ytd: "71000",
    budget_ytd: "34000",
  });
  expect(rowOf("enterprise-monthly", "2016-07", "industry-it", "spic-alumina")).toMatchObject({
    output_ytd: "161.00",
    price: "1691",
    inventory: "20.00",
  });
  expect(rowOf("enterprise-monthly", "2016-06", "industry-it", "xuangang-coal")).toMatchObject({
    price: "138",
  });
});

test("the clues of the townships stay below the 530 that the speech counts in August", () => {
  const open = returnsOf("relief-ten-days", "2016-07T3").map(({ course }) =>
    Number(lastRows(course)["region"]?.["clues_open"]),
  );
  const sum = open.reduce((total, one) => total + one, 0);
  expect(sum).toBe(469);
  expect(sum).toBeLessThan(530);
});

describe("courses", () => {
  const courses = () => periods.flatMap(({ returns }) => returns.map(({ course }) => course));
  const firstDays = () => courses().map((course) => course[0]?.after ?? 0);

  test("most come in time, some late, none by weeks", () => {
    const late = firstDays().filter((after) => after > 0);
    expect(late.length / firstDays().length).toBeGreaterThan(0.04);
    expect(late.length / firstDays().length).toBeLessThan(0.25);
    expect(Math.max(...late)).toBeLessThanOrEqual(4);
  });

  test("one is sent back and mended, one amended, two wait for review; no day runs backwards", () => {
    const having = (verb: string) => courses().filter((course) => course.some((step) => step.verb === verb));
    expect([having("sendBack").length, having("amend").length]).toEqual([1, 1]);
    expect(courses().filter((course) => course.at(-1)?.verb !== "accept")).toHaveLength(2);
    for (const course of courses()) {
      const days = course.map(({ after }) => after);
      expect(days).toEqual(days.toSorted((a, b) => a - b));
    }
  });
});
