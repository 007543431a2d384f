import { describe, expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

describe("shares of a hundred", () => {
  test.each([
    ["三次产业结构比为12.5:47.3:40.2。", "sum fits 12.5 47.3 40.2"],
    ["三次产业结构比为12.5：47.3：40.2。", "sum fits 12.5 47.3 40.2"],
    // rounded ones may be a tenth off
    ["三次产业结构比为12.5:47.3:40.3。", "sum fits 12.5 47.3 40.3"],
    ["三次产业结构比为12.5:47.3:42.2。", "sum wrong 12.5 47.3 42.2"],
    ["三次产业结构比为12.5:47.3:4.02。", "sum wrong 12.5 47.3 4.02"],
    ["轻、重工业占比分别为30.6%和69.4%。", "sum fits 30.6% 69.4%"],
    ["轻、重工业占比分别为30.6%和64.9%。", "sum wrong 30.6% 64.9%"],
  ])("%s %s", (text, expected) => expect(tell(text)).toEqual([expected]));

  test("are mended by the figure that is offered", () => {
    expect(findWrong(correctOnce("三次产业结构比为12.5:47.3:42.2。"))).toEqual([]);
  });
});

test.each([
  "氮磷钾配比为15:15:15。",
  "三次产业结构比为1:5:4。",
  "会议时间8:30:00。",
  "比例尺1:10000。",
  "煤炭、电力占比分别为30.6%和24.9%。",
])("is no division of a hundred: %s", (text) => expect(findWrong(text)).toEqual([]));
