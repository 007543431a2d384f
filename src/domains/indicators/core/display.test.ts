import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import { period } from "../../../shared/period.ts";
import { computeAssessment } from "./assess.ts";
import {
  growthWords,
  paceWords,
  rankWords,
  showAmount,
  showField,
  showPoints,
  trendWords,
} from "./display.ts";
import {
  aFigure,
  aMeasure,
  anOneOff,
  aTarget,
  growthFigure,
  INCOME,
  INDUSTRY,
  INVESTMENT,
  YUANPING,
  ytdFromMonths,
} from "./example-facts.ts";
import { explain } from "./explain.ts";
import { NUMBER_FIELDS, numberAt } from "./number-field.ts";

const JULY = period("2016-07");

describe("words", () => {
  test.each([
    ["9.3", "增长9.3%", "up 9.3%"],
    ["-57.3", "下降57.3%", "down 57.3%"],
    ["0", "持平", "unchanged"],
    ["-0.04", "持平", "unchanged"],
    ["-0.05", "下降0.1%", "down 0.1%"],
  ])("growth of %s", (rate, zh, en) => {
    expect([growthWords(dec(rate), "zh"), growthWords(dec(rate), "en")]).toEqual([zh, en]);
  });

  test.each([
    ["-17.32", "落后序时进度17.3个百分点", "17.3 pp behind pace"],
    ["1.24", "超过序时进度1.2个百分点", "1.2 pp ahead of pace"],
    ["0.01", "与序时进度持平", "on pace"],
  ])("pace of %s", (points, zh, en) => {
    expect([paceWords(dec(points), "zh"), paceWords(dec(points), "en")]).toEqual([zh, en]);
  });

  test.each([
    [1, "1st"],
    [2, "2nd"],
    [3, "3rd"],
    [11, "11th"],
    [13, "13th"],
    [21, "21st"],
  ])("rank %i", (rank, text) => {
    expect(rankWords({ rank, of: 25, tied: false }, "en")).toBe(`${text} of 25`);
    expect(rankWords({ rank, of: 25, tied: true }, "zh")).toBe(`并列第${rank}位（共25个）`);
  });

  test("amounts in the display unit, points never as percent", () => {
    expect(showAmount(INVESTMENT, dec("785000"), "zh")).toBe("78.5 亿元");
    expect(showAmount(INVESTMENT, dec("785000"), "en")).toBe("78.5 100m yuan");
    expect(showAmount(INCOME, dec("13076"), "zh")).toBe("13,076 元");
    expect(showPoints(dec("-17.35"), "zh")).toBe("−17.4 个百分点");
    expect(showPoints(dec("-17.35"), "en")).toBe("−17.4 pp");
    expect(trendWords("narrowing-fall", "zh")).toBe("降幅收窄");
  });
});

const investment = computeAssessment({
  measure: INVESTMENT,
  region: YUANPING,
  period: JULY,
  figures: [
    aFigure(1, "2016-07", "785000"),
    aFigure(2, "2016-06", "671500"),
    growthFigure(3, "2016-07", "9.3"),
  ],
  targets: [aTarget(1, "1914000")],
  oneOffs: [],
});
const budget = computeAssessment({
  measure: aMeasure(),
  region: YUANPING,
  period: JULY,
  figures: [aFigure(1, "2016-07", "34000"), growthFigure(2, "2016-07", "-57.3")],
  targets: [aTarget(1, "85800")],
  oneOffs: [anOneOff(1, "2015-06", "36996")],
});

describe("the speech's numbers, shown and explained", () => {
  test.each([
    ["value", "78.5 亿元", undefined],
    ["month", "11.4 亿元", "1—7月 78.5 − 1—6月 67.15 ≈ 11.4 亿元"],
    ["growth", "9.3%", "按公布的增速，未重算"],
    ["completion", "41.0%", "78.5 ÷ 191.4 ≈ 41.0%"],
    ["pace.expected", "58.3%", "7 ÷ 12 ≈ 58.3%"],
    ["pace.distance", "−17.3 个百分点", "41.01% − 58.33% ≈ −17.3 个百分点"],
    ["gap", "112.9 亿元", "191.4 − 78.5 = 112.9 亿元"],
    ["requiredMonthly", "22.58 亿元", "112.9 ÷ 5 = 22.58 亿元"],
    ["achievedMonthly", "11.21 亿元", "78.5 ÷ 7 ≈ 11.21 亿元"],
    ["likeForLike.growth", undefined, undefined],
    ["targetGrowthDistance", undefined, undefined],
  ] as const)("investment %s", (field, text, how) => {
    expect(showField(investment, INVESTMENT, field, "zh")).toBe(text);
    expect(explain(investment, INVESTMENT, field, "zh")).toBe(how);
  });

  test.each([
    ["gap", "5.18 亿元", "8.58 − 3.4 = 5.18 亿元"],
    ["requiredMonthly", "1.04 亿元", "5.18 ÷ 5 ≈ 1.04 亿元"],
    ["completion", "39.6%", "3.4 ÷ 8.58 ≈ 39.6%"],
    ["likeForLike.base", "7.96 亿元", "3.4 ÷ (1 − 57.3%) ≈ 7.96 亿元"],
    ["likeForLike.adjustedBase", "4.26 亿元", "7.9625 − 3.6996 ≈ 4.26 亿元"],
    ["likeForLike.growth", "−20.2%", "3.4 ÷ 4.2629 − 1 ≈ −20.2%"],
    ["likeForLike.explained", "81%", "(−3.6996) ÷ (−4.5625) ≈ 81%"],
  ] as const)("budget %s", (field, text, how) => {
    expect(showField(budget, aMeasure(), field, "zh")).toBe(text);
    expect(explain(budget, aMeasure(), field, "zh")).toBe(how);
  });

  test("industry: the distance to a growth target, in English", () => {
    const a = computeAssessment({
      measure: INDUSTRY,
      region: YUANPING,
      period: JULY,
      figures: [aFigure(1, "2016-07", "223000"), growthFigure(2, "2016-07", "5")],
      targets: [aTarget(1, "2.5", "growth")],
      oneOffs: [],
    });
    expect(explain(a, INDUSTRY, "targetGrowthDistance", "en")).toBe("5% − 2.5% = 2.5 pp");
    expect(explain(a, INDUSTRY, "growth", "en")).toBe("as published, not recomputed");
  });
});

test("recomputed growth shows its two values; a published one shows the disagreement", () => {
  const figures = [aFigure(1, "2016-07", "34000"), aFigure(2, "2015-07", "80000")];
  const input = {
    measure: aMeasure(),
    region: YUANPING,
    period: JULY,
    targets: [],
    oneOffs: [anOneOff(1, "2015-06", "36996")],
  };
  const a = computeAssessment({ ...input, figures });
  expect(explain(a, aMeasure(), "growth", "zh")).toBe("3.4 ÷ 8 − 1 = −57.5%");
  expect(explain(a, aMeasure(), "likeForLike.base", "zh")).toBe("台账中2015年1—7月的数值");
  const published = (rate: string) => {
    const b = computeAssessment({ ...input, figures: [...figures, growthFigure(3, "2016-07", rate)] });
    return explain(b, aMeasure(), "growth", "zh");
  };
  expect(published("-57.3")).toBe("按公布的增速，未重算，但台账两年数值计算为−57.5%");
  expect(published("-57.5")).toBe("按公布的增速，未重算，与台账两年数值一致");
});

test("seasonal pace names its years", () => {
  const months = [...Array(12).keys()].map((i) => (i < 7 ? 5 : 13)); // 35 of 100 by July
  const a = computeAssessment({
    measure: INVESTMENT,
    region: YUANPING,
    period: JULY,
    figures: ytdFromMonths("2014-01", [...months, ...months, ...months.slice(0, 7)]),
    targets: [aTarget(1, "100")],
    oneOffs: [],
  });
  expect(explain(a, INVESTMENT, "seasonalPace.expected", "zh")).toBe("2014、2015年1—7月平均完成全年的 35.0%");
  expect(explain(a, INVESTMENT, "seasonalPace.distance", "zh")).toBe("35% − 35% = 0.0 个百分点");
});

test("whatever the facts, each number has a text in both languages and every text a number", () => {
  const amount = fc.integer({ min: 0, max: 9_999_999 }).map(String);
  const rate = fc.integer({ min: -999, max: 999 }).map((n) => dec(n).div(10).toFixed());
  fc.assert(
    fc.property(amount, amount, rate, fc.integer({ min: 1, max: 12 }), (now, before, growth, month) => {
      const at = `2016-${String(month).padStart(2, "0")}`;
      const a = computeAssessment({
        measure: aMeasure(),
        region: YUANPING,
        period: period(at),
        figures: [
          aFigure(1, at, now),
          aFigure(2, at.replace("2016", "2015"), before),
          growthFigure(3, at, growth),
        ],
        targets: [aTarget(1, "500000"), aTarget(2, "3", "growth")],
        oneOffs: [anOneOff(1, "2015-01", "1000")],
      });
      for (const field of NUMBER_FIELDS) {
        for (const lang of ["zh", "en"] as const) {
          const text = showField(a, aMeasure(), field, lang);
          expect(text === undefined).toBe("missing" in numberAt(a, field));
          expect(`${text} ${explain(a, aMeasure(), field, lang)}`).not.toMatch(/NaN|Infinity|-\d|e\+/);
        }
      }
    }),
  );
});
