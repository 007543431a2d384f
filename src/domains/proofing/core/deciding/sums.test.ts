/** Wholes and parts: lists.ts finds them, list-choices.ts and sum-doubts.ts say which must add up. */
import { describe, expect, test } from "vitest";
import { correctOnce, findWrong, tell } from "../example-claims.ts";

describe("parts whose names are all the kinds there are", () => {
  test.each([
    ["全县共有在建项目58个，其中新建21个，续建37个。", "sum fits 58个 21个 37个"],
    ["全县共有在建项目58个，其中新建21个，续建36个。", "sum wrong 58个 21个 36个"],
    [
      "一般公共预算收入9500万元，其中：税收收入6200万元、非税收入3300万元。",
      "sum fits 9500万元 6200万元 3300万元",
    ],
    [
      "一般公共预算收入9500万元，其中：税收收入6200万元、非税收入3500万元。",
      "sum wrong 9500万元 6200万元 3500万元",
    ],
    ["户籍人口40122人，其中男性20618人，女性19504人。", "sum fits 40122人 20618人 19504人"],
    ["户籍人口40122人，其中男性20618人，女性19054人。", "sum wrong 40122人 20618人 19054人"],
    ["粮食产量12.45万吨，其中夏粮3.20万吨，秋粮9.25万吨。", "sum fits 12.45万吨 3.20万吨 9.25万吨"],
    ["粮食产量12.45万吨，其中夏粮3.20万吨，秋粮9.52万吨。", "sum wrong 12.45万吨 3.20万吨 9.52万吨"],
    // units of one dimension
    [
      "进出口总额1.25亿美元，其中出口8300万美元，进口4200万美元。",
      "sum fits 1.25亿美元 8300万美元 4200万美元",
    ],
    // rounding: each printed figure is ± half of its last digit
    [
      "生产性投入12.5亿元，其中第一产业2.1亿元，第二产业5.2亿元，第三产业5.3亿元。",
      "sum fits 12.5亿元 2.1亿元 5.2亿元 5.3亿元",
    ],
    // counts stand for themselves
    ["全县共有在建项目580个，其中新建210个，续建371个。", "sum wrong 580个 210个 371个"],
    // a hedge leaves more open
    ["全县共有在建项目近60个，其中新建21个，续建37个。", "sum fits 60个 21个 37个"],
    // behind a whole in brackets
    ["实施项目58个（新建21个，续建37个）。", "sum fits 58个 21个 37个"],
    // the whole comes last
    ["新建项目21个，续建项目37个，合计58个。", "sum fits 58个 21个 37个"],
  ])("%s %s", (text, expected) => {
    expect(tell(text, "sum")).toEqual([expected]);
  });
});

describe("lists that say that they are whole", () => {
  test.each([
    ["建成冷库192个，其中柳溪镇84个，石桥乡66个，其余乡镇42个。", "fits"],
    ["建成冷库192个，其中柳溪镇84个，石桥乡66个，其余乡镇24个。", "wrong"],
    ["柳溪镇、石桥乡、白沙镇共建成冷库192个，分别为84个、66个、42个。", "fits"],
    ["柳溪镇、石桥乡、白沙镇共建成冷库192个，分别为84个、66个、24个。", "wrong"],
    ["柳溪镇84个，石桥乡66个，加上白沙镇42个，合计192个。", "fits"],
    ["到位资金4500万元（中央资金2200万元，省级资金1300万元，市县配套750万元，群众自筹250万元）。", "fits"],
    ["到位资金4500万元（中央资金2200万元，省级资金1300万元，市县配套750万元，群众自筹520万元）。", "wrong"],
  ])("%s %s", (text, verdict) => {
    expect(tell(text, "sum").map((one) => one.split(" ")[1])).toEqual([verdict]);
  });
});

describe("households add up beside persons that do not", () => {
  const text = (persons: string) =>
    `搬迁安置412户1387人，其中云岭片区265户892人，白沙片区147户${persons}人。`;
  test("is wrong", () => {
    expect(findWrong(text("495"))).toEqual([]);
    expect(tell(text("485"), "sum")).toEqual(["sum fits 412户 265户 147户", "sum wrong 1387人 892人 485人"]);
  });
});

describe("changes beside parts that add up", () => {
  const text = (net: string) =>
    `一般公共预算收入9500万元，同比减收${net}万元。其中：税收收入6200万元，同比增收280万元；非税收入3300万元，同比减收630万元。`;
  test("are added with their signs", () => {
    expect(tell(text("350"), "sum")).toContain("sum fits 350万元 280万元 630万元");
    expect(tell(text("910"), "sum")).toContain("sum wrong 910万元 280万元 630万元");
  });
});

describe("what is not doubted", () => {
  test.each([
    // not all of it
    "财政支出12.50亿元，其中教育支出3.20亿元，卫生支出1.80亿元。",
    "建成冷库192个，主要是柳溪镇84个，石桥乡66个。",
    "建成冷库192个，其中柳溪镇84个，石桥乡66个，白沙镇12个等。",
    "建成冷库192个，重点建设柳溪镇84个、石桥乡66个。",
    // kinds of which one thing is several
    "现有干部58人，其中女性21人，35岁以下30人，大学以上学历44人。",
    "共有企业420家，其中国有控股企业35家，股份制企业210家，民营企业380家。",
    // another scope, another dimension, another paragraph
    "进口4200万美元，出口8300万美元。",
    "发放贷款12亿元，惠及农户3400户，其中贫困户1200户、带动就业4100人。",
    "投资12亿元。\n\n\n去年，税收3亿元，非税4亿元。",
    // limits say too little
    "每乡镇不少于5个，其中新建3个以上，续建1个以上。",
    // rates and means are not added
    "全县增长8.2%，其中新建增长4.1%，续建增长3.9%。",
    "人均收入8200元，其中城镇居民人均12100元，农村居民人均5400元。",
    // one after the other in time
    "全县现有律师57人。近四年受理案件当事人分别为12人、13人、15人、16人。",
  ])("%s", (text) => expect(findWrong(text)).toEqual([]));
});

describe("an inner list", () => {
  test("is not counted into the outer one", () => {
    const text = "实施项目58个，其中新建21个（其中亿元以上6个），续建37个。";
    expect(findWrong(text)).toEqual([]);
    expect(tell(text, "sum")).toContain("sum fits 58个 21个 37个");
  });

  test("does not stand for the end of a list that goes on to the rest", () => {
    expect(findWrong("建成冷库332个，其中柳溪镇130个，石桥乡202个，其余乡镇45个。")).toHaveLength(1);
    expect(findWrong("建成冷库377个，其中柳溪镇130个，石桥乡202个，其余乡镇45个。")).toEqual([]);
  });
});

describe("the likely slip", () => {
  test.each([
    ["建成冷库192个，其中柳溪镇84个，石桥乡66个，其余乡镇24个。", "transposed-digits", "24个→42个"],
    ["户籍人口40122人，其中男性20618人，女性19054人。", "transposed-digits", "19054人→19504人"],
    ["粮食产量12.45万吨，其中夏粮32.0万吨，秋粮9.25万吨。", "decimal-point", "32.0万吨→3.20万吨"],
  ])("%s is %s", (text, slip, change) => {
    const [claim, ...others] = findWrong(text).filter(({ relation }) => relation === "sum");
    expect(others).toEqual([]);
    expect(claim?.slip).toBe(slip);
    const [from = "", to = ""] = change.split("→");
    expect(correctOnce(text)).toBe(text.replace(from, to));
    expect(findWrong(correctOnce(text))).toEqual([]);
  });

  test("is not named where several would do", () => {
    expect(findWrong("全县共有在建项目58个，其中新建21个，续建36个。")[0]?.slip).toBeUndefined();
  });
});
