import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convertText, formatDecimal, formatSigned, formatUnit, splitNumber } from "./number.ts";

describe("formatDecimal", () => {
  test.each([
    ["785000", undefined, "785,000"],
    ["785000.40", undefined, "785,000.40"],
    ["-57.25", 1, "−57.3"],
    ["-0.04", 1, "0.0"],
    ["0.05", 1, "0.1"],
    ["999.95", 1, "1,000.0"],
    ["12", 2, "12.00"],
    ["1234567.5", 0, "1,234,568"],
    ["不详", 1, "不详"],
  ])("%s with %s decimals is %s", (value, decimals, shown) => {
    expect(formatDecimal(value, decimals)).toBe(shown);
  });

  test("no digit of an integer beyond a float's reach is lost", () => {
    expect(formatDecimal("12345678901234567890.5", 1)).toBe("12,345,678,901,234,567,890.5");
  });

  test("rounding is never off by more than half a last digit", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (thousandths) => {
        const sign = thousandths < 0 ? "-" : "";
        const digits = String(Math.abs(thousandths)).padStart(4, "0");
        const shown = formatDecimal(`${sign}${digits.slice(0, -3)}.${digits.slice(-3)}`, 1);
        const back = Number(shown.replace("−", "-").replaceAll(",", "")) * 1000;
        expect(Math.abs(Math.round(back) - thousandths)).toBeLessThanOrEqual(50);
      }),
    );
  });
});

test("a difference shows its direction, and none shows none", () => {
  expect([formatSigned("3.7", 1), formatSigned("-3.7", 1), formatSigned("0", 1)]).toEqual([
    "+3.7",
    "−3.7",
    "0.0",
  ]);
});

test.each([
  ["785000", "万元", "亿元", "78.5"],
  ["-36996", "万元", "亿元", "-3.6996"],
  ["13076", "元", "元", "13076"],
  ["785000", "万元", "吨", undefined],
])("%s %s in %s is %s", (value, from, to, converted) => {
  expect(convertText(value, from, to)).toBe(converted);
});

test("a shown number splits at the decimal point and the unit", () => {
  expect(splitNumber("−17.3 个百分点")).toEqual({ whole: "−17", fraction: ".3", rest: "个百分点" });
  expect(splitNumber("13,076 元")).toEqual({ whole: "13,076", fraction: "", rest: "元" });
  expect(splitNumber("约 3")).toEqual({ whole: "约 3", fraction: "", rest: "" });
});

test("units are told in the reader's language; an unknown one stays as the ledger writes it", () => {
  expect([
    formatUnit("亿元", "zh"),
    formatUnit("亿元", "en"),
    formatUnit("条", "en"),
    formatUnit("趟", "en"),
  ]).toEqual(["亿元", "100m yuan", "", "趟"]);
});
