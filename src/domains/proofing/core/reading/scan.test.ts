import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixedText } from "../interval.ts";
import { makeExample, textOf } from "../example-sentences.ts";
import { drawsFrom } from "../example-draws.ts";
import { proofText } from "../proof-text.ts";
import { scanText } from "./scan.ts";

/** Each figure as printed and what it is in the base of its unit: "12.5亿元 1250000000". */
const figures = (text: string): string[] =>
  scanText(text).quantities.map(
    ({ start, end, center }) => `${text.slice(start, end)} ${fixedText(center, 4).replace(/\.?0+$/, "")}`,
  );
const printed = (text: string): string[] => figures(text).map((one) => one.split(" ")[0] ?? "");

describe("a figure is read with its unit", () => {
  test.each([
    ["完成投资12.5亿元", "12.5亿元 1250000000"],
    ["完成投资１２．５亿元", "１２．５亿元 1250000000"],
    ["完成投资1,234.5万元", "1,234.5万元 12345000"],
    ["支出12,345,678元", "12,345,678元 12345678"],
    ["产量3万吨", "3万吨 30000000000"],
    ["增长８.３％", "８.３％ 8.3"],
    ["增长百分之十二点五", "百分之十二点五 12.5"],
    ["占全县的三成", "三成 3"],
    ["是上年的2.5倍", "2.5倍 2.5"],
    ["两万三千户", "两万三千户 23000"],
    ["三百二十人", "三百二十人 320"],
    ["投入五点五亿元", "五点五亿元 550000000"],
    ["下降0.4个百分点", "0.4个百分点 0.4"],
    ["提高1.2百分点", "1.2百分点 1.2"],
    ["均价每吨1691元", "1691元 1691"],
    ["单价240元/吨", "240元/吨 240"],
    ["为-3.5%", "3.5% -3.5"],
  ])("%s: %s", (text, figure) => expect(figures(text)).toEqual([figure]));
});

describe("figures that stand together", () => {
  test.each([
    ["搬迁743户3171人", ["743户", "3171人"]],
    ["发生事故5起4人受伤", ["5起", "4人"]],
    ["增长3.5%、4.6%和5.7%", ["3.5%", "4.6%", "5.7%"]],
    ["分别提高2.16和1.66个百分点", ["2.16", "1.66个百分点"]],
    ["完成12个、34个", ["12个", "34个"]],
    ["共有12户(45人)", ["12户", "45人"]],
  ])("%s", (text, expected) => expect(printed(text)).toEqual(expected));

  test("of which one has no unit: it takes the other's", () => {
    const [first] = scanText("分别提高2.16和1.66个百分点").quantities;
    expect(first?.unit.dimension).toBe("points");
  });
});

describe("a range is one figure that may be anything between", () => {
  test.each(["5到3户12人", "8-0户3人"])(
    "%s: printed the wrong way round, and read without an error",
    (text) => {
      const [range] = scanText(text).quantities;
      expect(range?.isRange).toBe(true);
      expect(range && range.range.lo < range.range.hi).toBe(true);
      expect(proofText(text).filter(({ verdict }) => verdict === "inconsistent")).toEqual([]);
    },
  );

  test.each(["300—400元", "300-400元", "300到400元", "300元至400元", "300~400元", "300元-400元"])(
    "%s",
    (text) => {
      const { quantities } = scanText(`每户补助${text}。`);
      expect(quantities).toHaveLength(1);
      const [range] = quantities;
      expect(range?.isRange).toBe(true);
      expect(range && range.range.lo <= 300n * 10n ** 10n && range.range.hi >= 400n * 10n ** 10n).toBe(true);
      expect(range?.isExact).toBe(false);
    },
  );

  test("is none behind 由: that is a change", () => {
    expect(printed("由300元到400元")).toEqual(["300元", "400元"]);
  });
});

test.each([
  ["增长-3.5%", "3.5% -3.5"],
  ["增长－3.5%", "3.5% -3.5"],
  ["甲，-3.5%", "3.5% -3.5"],
])("a sign before the digits is one: %s", (text, figure) => expect(figures(text)).toEqual([figure]));

describe("hedges", () => {
  test.each([
    ["近112亿元", "near"],
    ["约3000人", "about"],
    ["3000人左右", "about"],
    ["3000多人", "some"],
    ["300余户", "some"],
    ["5万多亩", "some"],
    ["超过20%", "over"],
    ["20%以上", "over"],
    ["不足15户", "under"],
    ["不超过3.5%", "under"],
    ["20亿元", "none"],
  ] as const)("%s: %s", (text, hedge) => {
    const [figure] = scanText(`共有${text}。`).quantities;
    expect(figure?.hedge).toBe(hedge);
    expect(hedge === "none" || figure?.isExact === false).toBe(true);
  });

  test("5000万元以上项目 is a size of projects, not a hedge", () => {
    expect(
      scanText("5000万元以上项目21个").quantities.map(({ isThreshold, hedge }) => [isThreshold, hedge]),
    ).toEqual([
      [true, "none"],
      [false, "none"],
    ]);
  });
});

describe("exact and rounded", () => {
  test.each([
    ["743户", true],
    ["3171人", true],
    ["12个", true],
    ["3.2万人", false],
    ["12亿元", false],
    ["120万吨", false],
    ["12%", false],
    ["约12户", false],
  ])("%s stands for itself: %s", (text, isExact) => {
    expect(scanText(`共${text}。`).quantities[0]?.isExact).toBe(isExact);
  });
});

describe("what looks like a figure and is none", () => {
  test.each([
    "2016年8月31日",
    "7月1日至8月15日",
    "2016—2020年",
    "1—6月",
    "20世纪90年代",
    "青政发〔2016〕60号",
    "沿G108线和S310线",
    "108国道",
    "S7-200型",
    "见附表[3]",
    "第七次会议",
    "第3季度",
    "第十三个五年",
    "上午8:30",
    "比例为1:2",
    "220千伏变电站",
    "1.2.3版",
    "12×34",
    "数十人",
    "几个",
    "123456789012345678901234567890元",
  ])("%s", (text) => expect(printed(`${text}。`)).toEqual([]));

  test.each([
    ["1.开工12个", ["12个"]],
    ["2、完成3.5亿元", ["3.5亿元"]],
    ["(3)建成4座", ["4座"]],
    ["（4）建成5座", ["5座"]],
    ["甲。5、建成6座", ["6座"]],
    ["2016年完成12个", ["12个"]],
    ["8月份增长3.5%", ["3.5%"]],
    ["近3年培训500人", ["3年", "500人"]],
    ["文件[3]要求建成7座", ["7座"]],
    ["第4位", ["4位"]],
    ["排名第15", ["15"]],
  ])("but beside it: %s", (text, expected) => expect(printed(text)).toEqual(expected));
});

describe("proportions", () => {
  test("of three and more are kept for themselves", () => {
    const { proportions, quantities } = scanText("三次产业结构为12.5:47.3:40.2。");
    expect(proportions).toHaveLength(1);
    expect(proportions[0]?.map(({ center }) => fixedText(center, 1))).toEqual(["12.5", "47.3", "40.2"]);
    expect(quantities.filter(({ unit }) => unit.dimension === "percent")).toEqual([]);
  });
});

describe("where a figure stands", () => {
  test("sentence, paragraph and bracket are counted", () => {
    const { quantities } = scanText("有1个，另有2个（含3个）。有4个；有5个\n有6个");
    expect(quantities.map(({ sentence, paragraph, bracket }) => [sentence, paragraph, bracket])).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 1],
      [1, 0, 0],
      [1, 0, 0],
      [2, 1, 0],
    ]);
    expect(quantities[3]?.segment).not.toBe(quantities[4]?.segment);
  });

  test("its words are those of its clause, up to the figure before", () => {
    const [first, second] = scanText("全县开工12个，竣工8个项目。").quantities;
    expect([first?.lead, first?.tail, second?.lead, second?.tail]).toEqual(["全县开工", "", "竣工", "项目"]);
  });

  test("the words before a bracket go on behind it", () => {
    const [, second] = scanText("贷款（不含3万元贴息）余额12亿元。").quantities;
    expect(second?.lead).toContain("贷款");
  });

  test("a bracket never closed ends with its paragraph", () => {
    const { quantities } = scanText("有（1个\n有2个");
    expect(quantities.map(({ bracket }) => bracket)).toEqual([1, 0]);
  });
});

test("figures come in order, do not overlap, and their digits are where they say", () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const draws = drawsFrom(seed);
      const text = textOf(makeExample(draws)) + textOf(makeExample(draws));
      const { plain, quantities } = scanText(text);
      expect(plain).toHaveLength(text.length);
      let before = 0;
      for (const { start, digitsEnd, end } of quantities) {
        expect(start).toBeGreaterThanOrEqual(before);
        expect(digitsEnd).toBeGreaterThan(start);
        expect(end).toBeGreaterThanOrEqual(digitsEnd);
        expect(plain.slice(start, digitsEnd)).toMatch(
          /^(?:[\d.,]+|百?分?之?[零一二两三四五六七八九十百千]+)$/,
        );
        before = end;
      }
    }),
    { numRuns: 200 },
  );
});
