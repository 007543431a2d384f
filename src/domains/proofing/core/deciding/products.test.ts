import { describe, expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

describe("so much for each, so many, so much in all", () => {
  test.each([
    ["发放补助，每人1200元，共350人，合计42万元。", "product fits 42万元 1200元 350人"],
    ["为2843户发放补助，每户1350元，共计383.805万元。", "product fits 383.805万元 1350元 2843户"],
    ["为2843户发放补助，每户1350元，共计338.805万元。", "product wrong 338.805万元 1350元 2843户"],
    ["为2843人发放津贴，每人每月150元，全年共计511.74万元。", "product fits 511.74万元 150元 2843人"],
    ["全村426户共增收213万元，户均增收5000元。", "product fits 213万元 5000元 426户"],
    // a mean is rounded
    ["全村427户共增收213万元，户均增收4988元。", "product fits 213万元 4988元 427户"],
  ])("%s %s", (text, expected) => expect(tell(text, "product")).toEqual([expected]));

  test("is mended by the figure that it offers", () => {
    const text = "为2843户发放补助，每户1350元，共计338.805万元。";
    expect(correctOnce(text)).toBe("为2843户发放补助，每户1350元，共计383.805万元。");
    expect(findWrong(text)[0]?.slip).toBe("transposed-digits");
  });
});

test.each([
  // too few digits to prove anything
  "发放补助，每人1200元，共350人，合计52万元。",
  // statistics of their own
  "全县32100人，农民人均可支配收入8250元，总收入12.8亿元。",
  "2843户，人均耕地1.5亩，耕地总面积9800亩。",
  // raised from one rate to another
  "为2843户发放补助，每户由1200元提高到1350元，共计338.805万元。",
])("is not doubted: %s", (text) => expect(findWrong(text)).toEqual([]));
