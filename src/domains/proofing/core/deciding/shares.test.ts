/** Shares, completions and named rates; share-candidates.ts finds wholes, implied-wholes.ts works without. */
import { describe, expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

describe("a share whose whole is stated", () => {
  test.each([
    ["全村共有贫困户62户，占全村310户的20%。", "ratio fits 20% 62户 310户"],
    ["全村共有贫困户62户，占全村310户的26%。", "ratio wrong 26% 62户 310户"],
    ["达标企业48家，占全部120家的40.0%。", "ratio fits 40.0% 48家 120家"],
    ["达标企业48家，占全部120家的40.1%。", "ratio last-digit 40.1% 48家 120家"],
    ["达标企业48家，占全部120家的45.0%。", "ratio wrong 45.0% 48家 120家"],
    ["达标企业48家，占全部120家的四成。", "ratio fits 四成 48家 120家"],
    ["达标企业48家，占全部120家的四成以上。", ""],
    ["达标企业48家，占全部120家的近半。", ""],
  ])("%s %s", (text, expected) => {
    expect(tell(text).join()).toBe(expected);
  });
});

describe("a completion", () => {
  test.each([
    ["完成投资3280万元，占年度任务8200万元的40.0%。", "completion fits 40.0% 3280万元 8200万元"],
    ["完成投资3280万元，占年度任务8200万元的42.5%。", "completion wrong 42.5% 3280万元 8200万元"],
    ["完成投资3280万元，占年度任务8200万元的39.9%。", "completion last-digit 39.9% 3280万元 8200万元"],
    ["完成投资3280万元，完成年度计划0.82亿元的40.0%。", "completion fits 40.0% 3280万元 0.82亿元"],
    ["全年计划造林12500亩，已完成8125亩，完成计划的65.0%。", "completion fits 65.0% 8125亩 12500亩"],
    ["全年计划造林12500亩，已完成8125亩，完成计划的56.0%。", "completion wrong 56.0% 8125亩 12500亩"],
  ])("%s %s", (text, expected) => {
    expect(tell(text).join()).toBe(expected);
  });

  test("of a task whose value is not told is not worked out", () => {
    expect(tell("完成投资3280万元，占年度任务的42.5%。")).toEqual([]);
  });
});

describe("a whole named by the text", () => {
  test.each([
    ["62户贫困户中有45户实现脱贫，占72.6%。", "fits"],
    ["62户贫困户中有45户实现脱贫，占76.2%。", "wrong"],
    ["应开工项目120个，已开工96个，开工率80%。", "fits"],
    ["应开工项目120个，已开工96个，开工率85%。", "wrong"],
    ["受理信访案件250件，办结235件，办结率94%。", "fits"],
    ["受理信访案件250件，办结235件，办结率49%。", "wrong"],
  ])("%s %s", (text, verdict) => {
    expect(tell(text, "ratio", "completion").map((one) => one.split(" ")[1])).toEqual([verdict]);
  });
});

describe("shares of one whole that stands nowhere", () => {
  const text = (third: string) =>
    `其中，第一类企业120家，占24.0%；第二类企业185家，占37.0%；第三类企业95家，占${third}%；第四类企业100家，占20.0%。`;
  test("imply it together", () => {
    expect(findWrong(text("19.0"))).toEqual([]);
    const [claim, ...others] = findWrong(text("91.0"));
    expect(others).toEqual([]);
    expect(claim).toMatchObject({ relation: "ratio", stated: "91.0%", computed: "19.0%" });
    expect(findWrong(correctOnce(text("91.0")))).toEqual([]);
  });
});

describe("what is not doubted", () => {
  test.each([
    // the whole is not told, or another than the one near by
    "工业投资12.1亿元，占全省的8.4%。",
    "全县完成投资32.5亿元。财政收入12.1亿元，占全市的8.4%。",
    "达标企业48家，占比明显提高。",
    // more or less than a share
    "达标企业48家，占全部120家的比重提高2.5个百分点。",
    // rates with a definition of their own
    "城镇化率52.5%。",
    "全县常住人口32.1万人，城镇登记失业率3.2%。",
    "森林面积32万亩，森林覆盖率21.5%。",
  ])("%s", (text) => expect(findWrong(text)).toEqual([]));
});
