import { describe, expect, test } from "vitest";
import { formatMonthTick, formatPeriod } from "./period.ts";

describe("formatPeriod", () => {
  test.each([
    ["2016-07", "ytd", "2016年1—7月", "Jan–Jul 2016"],
    ["2016-01", "ytd", "2016年1月", "Jan 2016"],
    ["2016-07", "month", "2016年7月", "Jul 2016"],
    ["2016-12", "point", "2016年12月末", "end of Dec 2016"],
    ["2016Q3", "quarter", "2016年三季度", "Q3 2016"],
    ["2016", "year", "2016年", "2016"],
    ["上半年", null, "上半年", "上半年"],
  ])("%s on basis %s reads %s and %s", (period, basis, zh, en) => {
    expect([formatPeriod(period, basis, "zh"), formatPeriod(period, basis, "en")]).toEqual([zh, en]);
  });
});

test("ticks name the month only", () => {
  expect([formatMonthTick("2016-07", "zh"), formatMonthTick("2016-07", "en")]).toEqual(["7月", "Jul"]);
});
