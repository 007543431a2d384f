/** From a worked-out relation to what is said of it: severity, slip, correction, passage, words. */
import { describe, expect, test } from "vitest";
import { proofText } from "../proof-text.ts";

const claims = (text: string) => proofText(text).filter(({ relation }) => relation !== "subset");
const only = (text: string) => {
  const [claim, ...others] = claims(text);
  expect(others).toEqual([]);
  return claim;
};

describe("how loud", () => {
  test.each([
    // one of the last printed digit, and half of one: as after rounding twice
    ["完成产值8640.00万元，比上年增加640.00万元，增长8.1%。", "last-digit"],
    ["完成产值8640.00万元，比上年增加640.00万元，增长8.2%。", "wrong"],
    ["完成产值8640.00万元，比上年增加640.00万元，增长9%。", "last-digit"],
    ["完成产值8640.00万元，比上年增加640.00万元，增长10%。", "wrong"],
    // a bare count has no such excuse
    ["全县共有在建项目5800个，其中新建2100个，续建3701个。", "wrong"],
    ["粮食产量12.45万吨，其中夏粮3.20万吨，秋粮9.28万吨。", "wrong"],
  ])("%s %s", (text, severity) => {
    expect(only(text)).toMatchObject({ verdict: "inconsistent", severity });
  });

  test("what holds is never louder than a look", () => {
    expect(only("完成产值86.40亿元，比上年增加6.40亿元，增长8.0%。")).toMatchObject({
      verdict: "consistent",
      severity: "look",
    });
  });

  test("a figure cut off is told so", () => {
    const claim = only("完成投资3280.00万元，占年度任务8250.00万元的39.7%。");
    expect(claim).toMatchObject({ severity: "last-digit", slip: "cut-off", computed: "39.8%" });
  });
});

describe("what is stated and what it should be", () => {
  test.each([
    ["全县共有在建项目58个，其中新建21个，续建36个。", "58个", "57个"],
    ["完成投资3280万元，占年度任务8200万元的42.5%。", "42.5%", "40.0%"],
    ["城镇登记失业率由3.5%下降到3.1%，下降0.6个百分点。", "0.6个百分点", "0.4个百分点"],
    ["治理面积2.4万公顷（38万亩）。", "38万亩", "36万亩"],
    ["治理面积２．４万公顷（３８万亩）。", "３８万亩", "36万亩"],
  ])("%s %s → %s", (text, stated, computed) => {
    const claim = only(text);
    // as printed, whatever the width of its digits
    expect([stated, stated.normalize("NFKC")]).toContain(claim?.stated);
    expect(claim?.computed).toBe(computed);
    expect(claim?.message.zh).toContain(computed);
    expect(claim?.message.en).toContain(computed);
  });
});

describe("a correction", () => {
  test("replaces the digits alone, unit and hedge stay", () => {
    const text = "全年完成投资3280万元，占年度任务8200万元的42.5%。";
    expect(only(text)?.correction).toEqual({
      span: [text.indexOf("42.5"), text.indexOf("42.5") + 4],
      replacement: "40.0",
    });
  });

  test.each([
    ["a Chinese numeral", "达标企业48家，占全部120家的六成。"],
    ["one direction said against the other", "完成产值86.40亿元，比上年减少6.40亿元，增长6.9%。"],
    ["a limit", "现有企业120家，其中规模以上企业999家。"],
  ])("is not offered for %s", (_what, text) => {
    const wrong = proofText(text).filter(({ verdict }) => verdict === "inconsistent");
    expect(wrong).toHaveLength(1);
    expect(wrong[0]?.correction).toBeUndefined();
  });
});

describe("the passage", () => {
  test("is the clauses from the first figure to the last", () => {
    const text =
      "会议指出，上半年，全县完成投资3280万元，占年度任务8200万元的42.5%，排名靠后。下一步要加快。";
    expect(only(text)?.text).toBe("全县完成投资3280万元，占年度任务8200万元的42.5%");
  });

  test("of figures far apart is cut short", () => {
    const filler = "会议要求抓紧抓实各项工作，".repeat(60);
    const text = `全县汉族人口569000人。${filler}汉族人口减少10134人，下降7.15%。`;
    for (const claim of proofText(text)) expect(claim.text.length).toBeLessThanOrEqual(400);
  });
});
