import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dec } from "../../../shared/decimal.ts";
import { period } from "../../../shared/period.ts";
import { aFigure, aMeasure, aSeries, growthFigure, INVESTMENT } from "./example-facts.ts";
import {
  type ComparisonSet,
  computeRank,
  computeRankHistory,
  makeRankingBook,
  rankContenders,
  rankPeriod,
} from "./ranking.ts";

const contender = (region: number, value: string) => ({
  region,
  value: dec(value),
  refs: [`f${region}` as const],
});

test("best first; equals share the better place and the next is skipped: 1, 1, 3", () => {
  const placed = rankContenders(
    [contender(1, "5"), contender(2, "7.0"), contender(3, "7"), contender(4, "-2")],
    "up",
  );
  expect(placed.map((x) => [x.region, x.rank, x.tied])).toEqual([
    [2, 1, true],
    [3, 1, true],
    [1, 3, false],
    [4, 4, false],
  ]);
});

test("where less is better, the least is first", () => {
  const placed = rankContenders([contender(1, "5"), contender(2, "7"), contender(3, "-2")], "down");
  expect(placed.map((x) => x.region)).toEqual([3, 1, 2]);
});

describe("laws", () => {
  // few different values, so that ties are common
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 15 });
  const direction = fc.constantFrom("up" as const, "down" as const, "neutral" as const);
  const all = (xs: readonly number[]) => xs.map((x, i) => contender(i + 1, String(x / 10)));

  test("a rank is one more than the number of strictly better ones", () => {
    fc.assert(
      fc.property(values, direction, (xs, way) => {
        for (const place of rankContenders(all(xs), way)) {
          const own = place.value.toNumber();
          const better = xs.filter((x) => (way === "down" ? x / 10 < own : x / 10 > own)).length;
          expect(place.rank).toBe(better + 1);
          expect(place.tied).toBe(xs.filter((x) => x / 10 === own).length > 1);
        }
      }),
    );
  });

  test("the order in which members come makes no difference", () => {
    fc.assert(
      fc.property(values, direction, fc.infiniteStream(fc.nat()), (xs, way, random) => {
        const shuffled = all(xs)
          .map((c) => ({ c, key: random.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ c }) => c);
        expect(rankContenders(shuffled, way)).toEqual(rankContenders(all(xs), way));
      }),
    );
  });

  test("a better value never lowers the rank", () => {
    fc.assert(
      fc.property(values, fc.nat(), fc.integer({ min: 0, max: 40 }), direction, (xs, pick, gain, way) => {
        const i = pick % xs.length;
        const rankOf = (ys: readonly number[]) =>
          rankContenders(all(ys), way).find((x) => x.region === i + 1)?.rank ?? 0;
        const improved = xs.map((x, j) => (j === i ? x + (way === "down" ? -gain : gain) : x));
        expect(rankOf(improved)).toBeLessThanOrEqual(rankOf(xs));
      }),
    );
  });

  test("the place asked for alone is the place in the list", () => {
    fc.assert(
      fc.property(values, direction, fc.boolean(), (xs, way, countMissing) => {
        const measure = aMeasure({ direction: way });
        const peers = xs.map((x, i) => ({
          ...growthFigure(i + 1, "2016-07", String(x / 10)),
          region: i + 1,
        }));
        const members = [...peers.map((x) => x.region), 99];
        const book = makeRankingBook(measure, "ytd", { code: "s", members, countMissing }, peers);
        for (const { region, rank, tied } of rankPeriod(book, period("2016-07")).placed) {
          const of = xs.length + (countMissing ? 1 : 0);
          const alone = computeRank(book, period("2016-07"), region, aSeries([], { measure }));
          if (xs.length === 1) expect(alone).toEqual({ missing: "NOT_RANKED" });
          else expect(alone).toMatchObject({ rank, tied, of, missing: [99] });
        }
      }),
    );
  });

  test("places run from 1 to n and skip only after equals", () => {
    fc.assert(
      fc.property(values, direction, (xs, way) => {
        const ranks = rankContenders(all(xs), way).map((x) => x.rank);
        expect(ranks.every((r, i) => r === i + 1 || r === ranks[i - 1])).toBe(true);
      }),
    );
  });
});

describe("a set", () => {
  const JULY = period("2016-07");
  const set: ComparisonSet = { code: "s", members: [1, 2, 3, 4], countMissing: false };
  const peers = [
    { ...growthFigure(11, "2016-07", "9.3"), region: 1 },
    { ...growthFigure(12, "2016-07", "10.1"), region: 2 },
    { ...growthFigure(13, "2016-07", "9.3"), region: 3 },
    { ...growthFigure(14, "2016-06", "99"), region: 4 },
    { ...growthFigure(15, "2016-06", "98"), region: 1 },
    { ...growthFigure(16, "2016-07", "99"), region: 77 }, // not a member
  ];
  const book = makeRankingBook(INVESTMENT, "ytd", set, peers);

  test("members without the figure are named, not ranked", () => {
    const ranking = rankPeriod(book, JULY);
    expect(ranking.placed.map((x) => [x.region, x.rank])).toEqual([
      [2, 1],
      [1, 2],
      [3, 2],
    ]);
    expect(ranking.missing).toEqual([4]);
  });

  test("of n counts those ranked, or all where the set says so", () => {
    const own = aSeries([aFigure(9, "2016-07", "13", { aspect: "rank" })], { measure: INVESTMENT });
    expect(computeRank(book, JULY, 3, own)).toMatchObject({
      rank: 2,
      of: 3,
      tied: true,
      refs: ["f13", "f11", "f12"],
      stated: { rank: 13, ref: "f9" },
    });
    const counting = makeRankingBook(INVESTMENT, "ytd", { ...set, countMissing: true }, peers);
    expect(computeRank(counting, JULY, 3, own)).toMatchObject({ of: 4 });
    expect(computeRank(book, JULY, 4, own)).toEqual({ missing: "NOT_RANKED" });
    expect(computeRank(book, JULY, 77, own)).toEqual({ missing: "NOT_RANKED" });
  });

  test("history leaves out the periods without a figure of one's own, and the future", () => {
    expect(computeRankHistory(book, JULY, 1)).toEqual([
      { period: "2016-06", rank: 2, of: 2 },
      { period: "2016-07", rank: 2, of: 3 },
    ]);
    expect(computeRankHistory(book, JULY, 4)).toEqual([{ period: "2016-06", rank: 1, of: 2 }]);
    expect(computeRankHistory(book, period("2016-06"), 1)).toHaveLength(1);
  });

  test("on value; and on recomputed growth where none is published", () => {
    const values = [
      { ...aFigure(21, "2016-07", "100"), region: 1 },
      { ...aFigure(22, "2015-07", "50"), region: 1 },
      { ...aFigure(23, "2016-07", "200"), region: 2 },
      { ...aFigure(24, "2015-07", "190"), region: 2 },
    ];
    const onValue = makeRankingBook(aMeasure(), "ytd", { ...set, rankBy: "value" }, values);
    expect(rankPeriod(onValue, JULY).placed.map((x) => x.region)).toEqual([2, 1]);
    const onGrowth = makeRankingBook(aMeasure(), "ytd", set, values);
    expect(rankPeriod(onGrowth, JULY).placed.map((x) => x.region)).toEqual([1, 2]);
    const wrong = aMeasure({ priceBasis: "comparable", growthPolicy: "recomputable" });
    expect(rankPeriod(makeRankingBook(wrong, "ytd", set, values), JULY).placed).toEqual([]);
    const neverRecomputed = makeRankingBook(INVESTMENT, "ytd", set, values);
    expect(rankPeriod(neverRecomputed, JULY).placed).toEqual([]);
  });

  test("a month is never ranked against a year-to-date", () => {
    const mixed = [
      ...peers,
      { ...aFigure(30, "2016-07", "50", { aspect: "growth", basis: "month" }), region: 4 },
    ];
    expect(rankPeriod(makeRankingBook(INVESTMENT, "ytd", set, mixed), JULY).missing).toEqual([4]);
  });
});
