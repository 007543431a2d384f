import { describe, expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

describe("value, change and rate", () => {
  test.each([
    // right
    ["完成产值86.40亿元，比上年同期增加6.40亿元，增长8.0%。", "growth fits 8.0% 86.40亿元 6.40亿元"],
    ["完成产值86.40亿元，同比增长8.0%，增加6.40亿元。", "growth fits 8.0% 86.40亿元 6.40亿元"],
    ["水泥产量45.0万吨，比去年减少5.0万吨，下降10.0%。", "growth fits 10.0% 45.0万吨 5.0万吨"],
    ["在校学生1320人，比上年增加120人，增长10%。", "growth fits 10% 1320人 120人"],
    ["完成投资36亿元，比上年增加24亿元，增长2倍。", "growth fits 2倍 36亿元 24亿元"],
    ["完成税收6500万元，比上年增加1500万元，增长三成。", "growth fits 三成 6500万元 1500万元"],
    // other units of one dimension
    ["完成投资1.20亿元，比上年增加2000万元，增长20.0%。", "growth fits 20.0% 1.20亿元 2000万元"],
    // rounding: 6.4 ÷ 80.0 may be 7.9 to 8.1
    ["完成产值86.4亿元，比上年同期增加6.4亿元，增长8.1%。", "growth fits 8.1% 86.4亿元 6.4亿元"],
    ["完成产值86.40亿元，比上年同期增加6.40亿元，增长8.01%。", "growth fits 8.01% 86.40亿元 6.40亿元"],
    // last digit: two decimals more than the parts allow would be another matter
    ["完成产值864000万元，比上年增加64000万元，增长8.1%。", "growth last-digit 8.1% 864000万元 64000万元"],
    ["完成产值864000万元，比上年增加64000万元，增长7.9%。", "growth last-digit 7.9% 864000万元 64000万元"],
    // wrong
    ["完成产值86.40亿元，比上年同期增加6.40亿元，增长9.0%。", "growth wrong 9.0% 86.40亿元 6.40亿元"],
    ["水泥产量45.0万吨，比去年减少5.0万吨，下降12.5%。", "growth wrong 12.5% 45.0万吨 5.0万吨"],
    ["在校学生1320人，比上年增加120人，增长12%。", "growth wrong 12% 1320人 120人"],
    ["完成投资1.20亿元，比上年增加2000万元，增长25.0%。", "growth wrong 25.0% 1.20亿元 2000万元"],
    // one says up, the other down
    ["完成产值86.40亿元，比上年增加6.40亿元，下降8.0%。", "growth wrong 8.0% 86.40亿元 6.40亿元"],
    ["完成产值86.40亿元，比上年减少6.40亿元，增长6.9%。", "growth wrong 6.9% 86.40亿元 6.40亿元"],
  ])("%s %s", (text, expected) => expect(tell(text, "growth")).toEqual([expected]));

  test.each([
    // a hedge leaves more open
    ["完成产值近86亿元，比上年增加6.4亿元，增长8.3%。", "growth fits"],
    ["完成产值86.4亿元，比上年增加约6亿元，增长8.1%。", "growth fits"],
    ["完成产值86.4亿元，比上年增加6亿多元，增长8.1%。", "growth fits"],
    ["完成产值86.4亿元，比上年增加6.4亿元，增长8%左右。", "growth fits"],
    ["完成产值86.4亿元，比上年增加6.4亿元，增长超过7%。", "growth fits"],
    ["完成产值86.4亿元，比上年增加6.4亿元，增长超过12%。", "growth wrong"],
    ["完成产值86.4亿元，比上年增加约6亿元，增长18.1%。", "growth wrong"],
  ])("hedged: %s %s", (text, expected) => {
    expect(tell(text, "growth").map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual([expected]);
  });
});

describe("from one level to another", () => {
  test.each([
    ["原煤产量由去年的120万吨下降到96万吨，下降20.0%。", ["growth fits 20.0% 96万吨 120万吨"]],
    ["原煤产量由去年的120.0万吨下降到96.0万吨，下降25.0%。", ["growth wrong 25.0% 96.0万吨 120.0万吨"]],
    ["就业人数由上年的4000人增加到4600人，增长15%。", ["growth fits 15% 4600人 4000人"]],
    ["就业人数由上年的4000人增加到4600人，增长16%。", ["growth last-digit 16% 4600人 4000人"]],
    ["就业人数由上年的4000人增加到4600人，增长51%。", ["growth wrong 51% 4600人 4000人"]],
    ["就业人数由上年的4000人增加到4600人，增加600人。", ["difference fits 600人 4600人 4000人"]],
    ["就业人数由上年的4000人增加到4600人，增加700人。", ["difference wrong 700人 4600人 4000人"]],
    ["事故由上年的50起减少到38起，减少12起。", ["difference fits 12起 38起 50起"]],
    ["事故由上年的50起减少到38起，减少22起。", ["difference wrong 22起 38起 50起"]],
  ])("%s %j", (text, expected) => expect(tell(text, "growth", "difference")).toEqual(expected));

  test("over a base that stands beside the change", () => {
    const text = (rate: string) => `与2010年的72548人相比，增加2591人，增长${rate}。`;
    expect(tell(text("3.57%"))).toEqual(["growth fits 3.57% 2591人 72548人"]);
    expect(tell(text("5.37%"))).toEqual(["growth wrong 5.37% 2591人 72548人"]);
  });

  test("of a value given before under the same name", () => {
    const text = (rate: string) =>
      `全县汉族人口569000人，其他民族人口3100人。汉族人口减少10134人，下降${rate}。`;
    expect(tell(text("1.75%"), "growth")).toEqual(["growth fits 1.75% 569000人 10134人"]);
    expect(tell(text("7.15%"), "growth")).toEqual(["growth wrong 7.15% 569000人 10134人"]);
  });
});

describe("what is never recomputed", () => {
  test.each([
    "地区生产总值85.3亿元，比上年增加3.1亿元，增长9.9%。",
    "工业增加值32.1亿元，比上年增加1.0亿元，增长7.4%。",
    "完成产值85.3亿元，比上年增加3.1亿元，按可比价计算增长9.9%。",
    "完成产值85.3亿元，比上年增加3.1亿元，扣除价格因素实际增长9.9%。",
    "税收85.3亿元，比上年增加3.1亿元，同口径增长9.9%。",
    // another period
    "完成产值85.3亿元，比上月增加3.1亿元，同比增长9.9%。",
    "完成产值85.3亿元，比上年增加3.1亿元，年均增长9.9%。",
    // another measure
    "完成产值85.3亿元，比上年增加3.1亿元，销售收入增长9.9%。",
    // another sentence
    "完成产值85.3亿元，比上年增加3.1亿元。销售收入增长9.9%。",
    // points are no percent
    "完成产值85.3亿元，比上年增加3.1亿元，增速提高9.9个百分点。",
    // other units
    "发生事故12起，比上年减少3人，下降50%。",
  ])("%s", (text) => expect(findWrong(text)).toEqual([]));
});

describe("the likely slip", () => {
  test.each([
    ["完成产值86.40亿元，比上年增加6.40亿元，增长7.4%。", "divided-by-current", "增长8.0%。"],
    ["水泥产量161万吨，同比减少8万吨，下降5.1%。", "divided-by-current", "下降4.7%。"],
    ["在校学生13200人，比上年增加1200人，增长1.0%。", "decimal-point", "增长10%。"],
    ["在校学生13980人，比上年增加1980人，增长61.5%。", "transposed-digits", "增长16.5%。"],
  ])("%s is %s", (text, slip, mended) => {
    const [claim, ...others] = findWrong(text);
    expect(others).toEqual([]);
    expect(claim?.slip).toBe(slip);
    const corrected = correctOnce(text);
    expect(corrected.endsWith(mended) || slip === "decimal-point", corrected).toBe(true);
    expect(findWrong(corrected)).toEqual([]);
  });

  test("of a contradiction of directions is the direction, and no digits would mend it", () => {
    const [claim] = findWrong("完成产值86.40亿元，比上年减少6.40亿元，增长6.9%。");
    expect(claim).toMatchObject({ slip: "direction", computed: "-6.9%" });
    expect(claim?.correction).toBeUndefined();
  });

  test("the calculation is told in both languages", () => {
    const [claim] = findWrong("完成产值86.40亿元，比上年同期增加6.40亿元，增长9.0%。");
    expect(claim?.computed).toBe("8.0%");
    expect(claim?.message.zh).toContain("6.40亿元÷（86.40亿元－6.40亿元）");
    expect(claim?.message.en).toContain("6.40亿元 ÷ (86.40亿元 − 6.40亿元)");
    expect(claim?.text).toBe("完成产值86.40亿元，比上年同期增加6.40亿元，增长9.0%");
  });
});
