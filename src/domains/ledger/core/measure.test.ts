import { expect, test } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import { figureKeyText, figureUnit } from "./figure.ts";
import { type Measure, measureProblems, toDisplayUnit } from "./measure.ts";
import { period } from "../../../shared/period.ts";

const good: Measure = {
  code: "gdp",
  nameZh: "地区生产总值",
  nameEn: "GDP",
  unit: "万元",
  displayUnit: "亿元",
  decimals: 1,
  kind: "flow",
  priceBasis: "comparable",
  growthPolicy: "reported",
  direction: "up",
  frequency: "monthly",
  additive: true,
  allowsNegative: false,
};

test("a good measure has no problems", () => expect(measureProblems(good)).toEqual([]));

test.each<[Partial<Measure>]>([
  [{ code: "GDP" }],
  [{ displayUnit: "吨" }],
  [{ unit: "两" }],
  [{ decimals: 1.5 }],
  [{ decimals: 7 }],
  [{ growthPolicy: "recomputable" }],
  [{ kind: "average", additive: true }],
])("%j is refused", (change) => expect(measureProblems({ ...good, ...change })).toHaveLength(1));

test("canonical to display unit, exactly", () => {
  expect(toDisplayUnit(good, dec("785000.1")).toFixed()).toBe("78.50001");
  expect(toDisplayUnit({ ...good, displayUnit: "万元" }, dec("3")).toFixed()).toBe("3");
  expect(() => toDisplayUnit({ ...good, displayUnit: "吨" }, dec(1))).toThrow("does not convert");
});

test("unit and key of a figure", () => {
  expect([figureUnit("value", "万元"), figureUnit("growth", "万元"), figureUnit("rank", "万元")]).toEqual([
    "万元",
    "%",
    "位",
  ]);
  const key = {
    region: 1,
    subject: "region",
    measure: "gdp",
    aspect: "value",
    basis: "ytd",
    period: period("2016-07"),
  } as const;
  expect(figureKeyText(key)).not.toBe(figureKeyText({ ...key, basis: "month" }));
});
