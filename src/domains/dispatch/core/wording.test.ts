import { describe, expect, it } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import { period } from "../../../shared/period.ts";
import type { Rank } from "../../indicators/core/assessment.ts";
import { measures } from "./july-2016.sample.ts";
import { type Clause, plainText } from "./sentence.ts";
import {
  amountText,
  chineseNumber,
  dateWords,
  growthClause,
  known,
  paceClause,
  periodSeenFrom,
  targetDecimals,
} from "./wording.ts";

const [gdp, , , , , budget, urban] = measures as [...typeof measures] & { 0: (typeof measures)[0] };
const words = (runs: Clause) => (runs ? plainText(runs) : null);
const traced = (value: string) => ({ value: dec(value), refs: ["f1"] as const });

describe("official words", () => {
  it.each([
    ["6.5", "同比增长6.5%"],
    ["-57.3", "同比下降57.3%"],
    ["0", "与上年同期持平"],
    ["-0.04", "与上年同期持平"],
    ["0.05", "同比增长0.1%"],
    ["-0.05", "同比下降0.1%"],
  ])("growth %s", (value, expected) =>
    expect(words(growthClause(gdp as never, traced(value)))).toBe(expected),
  );

  it.each([
    ["-17.32", "落后序时进度17.3个百分点"],
    ["3", "超前序时进度3.0个百分点"],
    ["0.02", "与序时进度持平"],
  ])("pace %s", (value, expected) => expect(words(paceClause(traced(value), "x"))).toBe(expected));

  it("shows a task with the digits it was set in, a value with the measure's", () => {
    expect(amountText(budget as never, dec(85800), targetDecimals(budget as never, dec(85800)))).toBe(
      "8.58亿元",
    );
    expect(amountText(budget as never, dec(34000))).toBe("3.4亿元");
    expect(amountText(urban as never, dec("13076.4"))).toBe("13076元");
  });

  it("says nothing where there is nothing to say", () => {
    expect(growthClause(gdp as never, { missing: "NO_GROWTH" })).toBeNull();
    expect(known({ missing: "NO_VALUE" })).toBeNull();
  });

  it("does not take a rank for missing because it lists units that did not report", () => {
    const rank: Rank = {
      rank: 3,
      of: 14,
      set: "s",
      tied: false,
      missing: [140971000000],
      by: "growth",
      refs: ["f1"],
    };
    expect(known<Rank>(rank)).toBe(rank);
  });

  it("counts headings and tells periods", () => {
    expect([1, 10, 11, 20, 21].map(chineseNumber)).toEqual(["一", "十", "十一", "二十", "二十一"]);
    expect(periodSeenFrom(period("2015-06"), period("2016-07"))).toBe("上年6月");
    expect(periodSeenFrom(period("2016-03"), period("2016-07"))).toBe("3月");
    expect(periodSeenFrom(period("2014-06"), period("2016-07"))).toBe("2014年6月");
    expect(dateWords("2016-08-05")).toBe("2016年8月5日");
    expect(dateWords("soon")).toBe("");
  });
});
