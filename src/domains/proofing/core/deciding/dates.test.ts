import { describe, expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

describe("days that do not exist", () => {
  test.each([
    ["2月30日", "2月30日", "2月1—29日"],
    ["2015年2月29日", "2015年2月29日", "2月1—28日"],
    ["1900年2月29日", "1900年2月29日", "2月1—28日"],
    ["6月31日", "6月31日", "6月1—30日"],
    ["13月1日", "13月1日", "1—12月"],
    ["4月0日", "4月0日", "4月1—30日"],
  ])("%s is none", (text, stated, computed) => {
    expect(findWrong(`会议于${text}召开。`)).toMatchObject([{ relation: "date", stated, computed }]);
  });

  test.each(["2月29日", "2016年2月29日", "2000年2月29日", "12月31日", "1月31日", "2016 年 8 月 31 日"])(
    "%s is one",
    (text) => expect(tell(`会议于${text}召开。`)).toEqual([]),
  );
});

describe("weekdays", () => {
  test.each([
    ["2016年7月18日（星期二）", "星期一"],
    ["2016年7月17日（星期天）", ""],
    ["2016年7月17日(周日)", ""],
    ["2016年8月31日星期三", ""],
    ["2016年8月31日星期四", "星期三"],
    ["2000年1月1日（星期六）", ""],
    ["2100年3月1日（星期一）", ""],
    // without a year there is none to check
    ["7月18日（星期二）", ""],
  ])("%s %s", (text, computed) => {
    expect(findWrong(`会议于${text}召开。`).map((claim) => claim.computed)).toEqual(
      computed ? [computed] : [],
    );
  });
});

describe("days between two dates", () => {
  test.each([
    ["从3月1日至6月8日，历时100天。", "fits"], // both ends counted
    ["从3月1日至6月8日，历时99天。", "fits"],
    ["从3月1日至6月8日，历时98天。", "wrong"],
    ["从3月1日至6月8日，历时120天。", "wrong"],
    ["从2016年2月1日至2016年3月1日，历时29天。", "fits"],
    ["从2015年2月1日至2015年3月1日，历时28天。", "fits"],
    ["从2015年2月1日至2015年3月1日，历时31天。", "wrong"],
    // without a year either February will do
    ["从2月1日至3月1日，共29天。", "fits"],
    ["从2月1日至3月1日，共28天。", "fits"],
    // over the end of the year
    ["从12月20日至1月8日，为期20天。", "fits"],
    ["从12月20日至1月8日，为期50天。", "wrong"],
  ])("%s %s", (text, verdict) => {
    expect(tell(text, "date").map((one) => one.split(" ")[1])).toEqual([verdict]);
  });

  test("are mended by the figure that is offered", () => {
    expect(correctOnce("从3月1日至6月8日，历时120天。")).toBe("从3月1日至6月8日，历时100天。");
  });

  test.each([
    "从3月1日至6月8日，历时60个工作日。",
    "从3月1日至6月8日，每人轮训5天。",
    "从3月1日至6月8日，历时约120天。",
    "3月1日，6月8日，历时120天。",
    "从3月1日至6月8日。历时120天。",
  ])("are not counted: %s", (text) => expect(findWrong(text)).toEqual([]));
});
