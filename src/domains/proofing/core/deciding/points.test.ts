import { describe, expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

describe("the distance of two percentages", () => {
  test.each([
    ["城镇登记失业率由3.5%下降到3.1%，下降0.4个百分点。", "difference fits 0.4个百分点 3.5% 3.1%"],
    ["城镇登记失业率由3.5%下降到3.1%，下降0.6个百分点。", "difference wrong 0.6个百分点 3.5% 3.1%"],
    ["森林覆盖率由21.5%提高到24.0%，提高2.5个百分点。", "difference fits 2.5个百分点 24.0% 21.5%"],
    ["森林覆盖率由21.5%提高到24.0%，提高3.5个百分点。", "difference wrong 3.5个百分点 24.0% 21.5%"],
    // rounded: 24.0 − 21.5 may be 2.4 to 2.6
    ["森林覆盖率由21.5%提高到24.0%，提高2.6个百分点。", "difference fits 2.6个百分点 24.0% 21.5%"],
    ["森林覆盖率由21.50%提高到24.00%，提高2.6个百分点。", "difference last-digit 2.6个百分点 24.00% 21.50%"],
    // it fell, and is said to have risen
    ["森林覆盖率由24.0%提高到21.5%，提高2.5个百分点。", "difference wrong 2.5个百分点 21.5% 24.0%"],
    ["全市增长7.6%，高于全省1.2个百分点（全省增长6.4%）。", "difference fits 1.2个百分点 7.6% 6.4%"],
    ["全市增长7.6%，高于全省2.2个百分点（全省增长6.4%）。", "difference wrong 2.2个百分点 7.6% 6.4%"],
    ["全市增长5.6%，低于全省0.8个百分点（全省增长6.4%）。", "difference fits 0.8个百分点 6.4% 5.6%"],
    // above zero and below it
    ["全市增长2.6%，高于全省4.0个百分点（全省下降1.4%）。", "difference fits 4.0个百分点 2.6% 1.4%"],
    ["全市增长2.6%，高于全省1.2个百分点（全省下降1.4%）。", "difference wrong 1.2个百分点 2.6% 1.4%"],
  ])("%s %s", (text, expected) => expect(tell(text, "difference")).toEqual([expected]));

  test("is mended by the figure that it offers", () => {
    const text = "城镇登记失业率由3.5%下降到3.1%，下降0.6个百分点。";
    expect(findWrong(correctOnce(text))).toEqual([]);
  });
});

test.each([
  // percent are no points
  "城镇登记失业率由3.5%下降到3.1%，下降11.4%。",
  // nothing to compare with
  "全市增长7.6%，高于全省2.2个百分点。",
  "失业率下降0.6个百分点。",
  // another figure in the bracket
  "全市增长7.6%，高于全省2.2个百分点（居全省第3位）。",
])("is not worked out: %s", (text) => expect(findWrong(text)).toEqual([]));
