import { expect, test } from "vitest";
import { type Decimal, formatFixed } from "../../../shared/decimal.ts";
import { period } from "../../../shared/period.ts";
import { computeAssessment } from "./assess.ts";
import type { Missing, Traced } from "./assessment.ts";
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
import { isMissing } from "./traced.ts";

const JULY = period("2016-07");

/** The number rounded for show, or the reason why there is none. */
function shown(x: Traced | Missing | Decimal | undefined, places = 1): string {
  if (x === undefined) return "absent";
  if ("missing" in x) return x.missing;
  return formatFixed("refs" in x ? x.value : x, places);
}

test("fixed-asset investment as in the speech", () => {
  const a = computeAssessment({
    measure: INVESTMENT,
    region: YUANPING,
    period: JULY,
    figures: [
      aFigure(1, "2016-07", "785000", { stated: "78.5 亿元" }),
      growthFigure(2, "2016-07", "9.3"),
      growthFigure(3, "2016-06", "10.0"),
      growthFigure(4, "2016-05", "13.7"),
      growthFigure(5, "2016-04", "20.2"),
      aFigure(6, "2016-07", "13", { aspect: "rank" }),
      aFigure(7, "2016-07", "41", { aspect: "completion" }),
    ],
    targets: [aTarget(1, "1914000")],
    oneOffs: [],
  });
  expect(shown(a.completion)).toBe("41.0");
  expect(shown(a.gap, 0)).toBe("1129000"); // 112.9 亿元
  expect(shown(a.requiredMonthly, 0)).toBe("225800"); // 22.58 亿元
  expect(shown(a.achievedMonthly, 0)).toBe("112143"); // 11.21 亿元
  expect(!isMissing(a.pace) && shown(a.pace.expected)).toBe("58.3");
  expect(!isMissing(a.pace) && shown(a.pace.distance)).toBe("-17.3");
  expect(!isMissing(a.trend) && a.trend.word).toBe("falling");
  expect(!isMissing(a.trend) && shown(a.trend.change)).toBe("-0.7");
  expect(a.growth).toMatchObject({ origin: "reported", refs: ["f2"] });
  expect(a.stated).toBe("78.5 亿元");
  expect(a.standing).toBe("late");
  expect(a.completion).toMatchObject({ refs: ["f1", "t1"] });
  expect(a.gap).toMatchObject({ refs: ["t1", "f1"] });
  expect(a.month).toEqual({ missing: "NO_PRIOR" });
  expect(a.seasonalPace).toEqual({ missing: "SHORT_HISTORY" });
  expect(a.likeForLike).toEqual({ missing: "NO_ONE_OFFS" });
  expect(a.rank).toEqual({ missing: "NOT_RANKED" });
});

test("general budget revenue as in the speech", () => {
  const a = computeAssessment({
    measure: aMeasure(),
    region: YUANPING,
    period: JULY,
    figures: [aFigure(1, "2016-07", "34000"), growthFigure(2, "2016-07", "-57.3")],
    targets: [aTarget(1, "85800")],
    oneOffs: [anOneOff(1, "2015-06", "36996")],
  });
  expect(shown(a.completion)).toBe("39.6");
  expect(!isMissing(a.pace) && shown(a.pace.distance)).toBe("-18.7");
  expect(shown(a.requiredMonthly, 0)).toBe("10360"); // 1.036 亿元
  expect(shown(a.achievedMonthly, 0)).toBe("4857"); // 0.486 亿元
  if (isMissing(a.likeForLike)) throw new Error(a.likeForLike.missing);
  expect(shown(a.likeForLike.growth)).toBe("-20.2");
  expect(shown(a.likeForLike.explained, 0)).toBe("81");
  expect(shown(a.likeForLike.base, 0)).toBe("79625");
  expect(shown(a.likeForLike.adjustedBase, 0)).toBe("42629");
  expect(a.likeForLike.growth.refs).toEqual(["f1", "f2", "o1"]);
});

test("total revenue as in the speech: no target, like-for-like −36.0", () => {
  const a = computeAssessment({
    measure: aMeasure({ code: "fiscal_revenue_total" }),
    region: YUANPING,
    period: JULY,
    figures: [aFigure(1, "2016-07", "71000"), growthFigure(2, "2016-07", "-52")],
    targets: [],
    oneOffs: [anOneOff(1, "2015-06", "36996")],
  });
  expect(!isMissing(a.likeForLike) && shown(a.likeForLike.growth)).toBe("-36.0");
  expect(shown(a.completion)).toBe("NO_TARGET");
  expect(a.pace).toEqual({ missing: "NO_TARGET" });
  expect(a.standing).toBe("unknown");
});

test("industry: a growth target has a distance and no completion", () => {
  const a = computeAssessment({
    measure: INDUSTRY,
    region: YUANPING,
    period: JULY,
    figures: [
      aFigure(1, "2016-07", "223000"),
      aFigure(2, "2015-07", "300000"),
      growthFigure(3, "2016-07", "5"),
    ],
    targets: [aTarget(4, "2.5", "growth")],
    oneOffs: [],
  });
  expect(shown(a.targetGrowthDistance)).toBe("2.5");
  expect(a.targetGrowthDistance).toMatchObject({ refs: ["f3", "t4"] });
  expect(shown(a.completion)).toBe("NO_TARGET");
  expect(shown(a.growth)).toBe("5.0"); // not −25.7, though both values are there
  expect(a.standing).toBe("ok");
});

test("incomes have no month, no pace and no gap", () => {
  const a = computeAssessment({
    measure: INCOME,
    region: YUANPING,
    period: JULY,
    figures: [aFigure(1, "2016-07", "13076"), growthFigure(2, "2016-07", "6.9")],
    targets: [],
    oneOffs: [],
  });
  for (const x of [a.month, a.pace, a.seasonalPace, a.gap, a.requiredMonthly, a.achievedMonthly]) {
    expect(x).toEqual({ missing: "NOT_A_FLOW" });
  }
  expect(a.targetGrowthDistance).toBeUndefined();
});

test("an empty ledger says so everywhere and throws nowhere", () => {
  const a = computeAssessment({
    measure: aMeasure(),
    region: YUANPING,
    period: JULY,
    figures: [],
    targets: [aTarget(1, "10")],
    oneOffs: [],
  });
  expect(a).toMatchObject({
    value: { missing: "NO_VALUE" },
    month: { missing: "NO_VALUE" },
    completion: { missing: "NO_VALUE" },
    pace: { missing: "NO_VALUE" },
    gap: { missing: "NO_VALUE" },
    standing: "unknown",
    forecasts: [],
  });
});

test("the ranks of the set come with the assessment, from the same figures", () => {
  const others = [140902, 140921, 140922].map((county, i) => ({
    ...growthFigure(10 + i, "2016-07", ["9.3", "12", "9.3"][i] ?? "0"),
    region: county * 1e6,
  }));
  const a = computeAssessment({
    measure: INVESTMENT,
    region: YUANPING,
    period: JULY,
    figures: [
      aFigure(1, "2016-07", "785000"),
      growthFigure(2, "2016-07", "9.3"),
      aFigure(3, "2016-07", "3", { aspect: "rank" }),
    ],
    targets: [],
    oneOffs: [],
    set: {
      code: "xinzhou",
      members: [140902000000, 140921000000, 140922000000, 140923000000, YUANPING],
      countMissing: false,
    },
    // a peer row of the region itself must not outvote its own figures
    peers: [
      ...others,
      { ...growthFigure(99, "2016-07", "50"), region: YUANPING },
      { ...growthFigure(98, "2016-06", "50"), region: YUANPING },
    ],
  });
  expect(a.rank).toMatchObject({
    rank: 2,
    of: 4,
    tied: true,
    missing: [140923000000],
    by: "growth",
    stated: { rank: 3, ref: "f3" },
  });
  expect(a.rankHistory).toEqual([{ period: "2016-07", rank: 2, of: 4 }]);
});

test("a whole year is judged against the whole task", () => {
  const a = computeAssessment({
    measure: aMeasure(),
    region: YUANPING,
    period: period("2015"),
    figures: [
      aFigure(1, "2015", "90", { basis: "year" }),
      aFigure(2, "2014", "100", { basis: "year" }),
      aFigure(3, "2015-12", "91"), // the year-to-date of December is another figure
    ],
    targets: [aTarget(1, "100")],
    oneOffs: [anOneOff(1, "2014-11", "20")],
  });
  expect(shown(a.value)).toBe("90.0");
  expect(shown(a.growth)).toBe("-10.0");
  expect(!isMissing(a.likeForLike) && shown(a.likeForLike.growth)).toBe("12.5");
  expect(!isMissing(a.pace) && shown(a.pace.distance)).toBe("-10.0");
  expect(a.requiredMonthly).toEqual({ missing: "YEAR_ENDED" });
  expect(a.month).toEqual({ missing: "NOT_A_FLOW" });
  expect(a.standing).toBe("watch");
});

test("a quarter is a part that no pace can be read from; a stock is asked at its point in time", () => {
  const input = { region: YUANPING, targets: [aTarget(1, "100")], oneOffs: [] };
  const quarter = computeAssessment({
    ...input,
    measure: aMeasure(),
    period: period("2016Q2"),
    figures: [
      aFigure(1, "2016Q2", "30", { basis: "quarter" }),
      aFigure(2, "2015Q2", "24", { basis: "quarter" }),
    ],
  });
  expect(shown(quarter.growth)).toBe("25.0");
  expect(quarter.completion).toEqual({ missing: "NOT_A_FLOW" });
  expect(quarter.pace).toEqual({ missing: "NOT_A_FLOW" });
  const stock = computeAssessment({
    ...input,
    measure: aMeasure({ kind: "stock" }),
    period: JULY,
    figures: [aFigure(1, "2016-07", "30", { basis: "point" }), aFigure(2, "2016-07", "7", { basis: "ytd" })],
  });
  expect(shown(stock.value)).toBe("30.0");
  expect(shown(stock.completion)).toBe("30.0");
  expect(stock.gap).toEqual({ missing: "NOT_A_FLOW" });
});

test("same facts in any order, same assessment", () => {
  const figures = ytdFromMonths(
    "2014-01",
    [...Array(31).keys()].map((i) => 100 + (i % 12) * 10 + i),
  );
  const input = {
    measure: aMeasure(),
    region: YUANPING,
    period: JULY,
    targets: [aTarget(1, "2500")],
    oneOffs: [anOneOff(1, "2015-06", "30"), anOneOff(2, "2016-02", "5")],
    set: { code: "s", members: [140902000000, YUANPING], countMissing: false },
    peers: figures.map((f) => ({ ...f, id: f.id + 5000, region: 140902000000 })),
  };
  const a = computeAssessment({ ...input, figures });
  const b = computeAssessment({ ...input, figures: figures.toReversed(), peers: input.peers.toReversed() });
  expect(b).toEqual(a);
  expect(a.forecasts).toHaveLength(2);
  expect(a.rankHistory).toHaveLength(19); // growth exists from 2015 on
});
