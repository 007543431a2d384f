import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ENDLESS } from "../interval.ts";
import { hedgeAfter, hedgeBefore, intervalOf } from "./hedges.ts";

describe("the words before a figure", () => {
  test.each([
    ["约", "about"],
    ["大约", "about"],
    ["近", "near"],
    ["将近", "near"],
    ["接近", "near"],
    ["超过", "over"],
    ["突破", "over"],
    ["逾", "over"],
    ["不足", "under"],
    ["不到", "under"],
    ["不超过", "under"],
    ["控制在", "under"],
    ["不低于", "over"],
    ["不少于", "over"],
    ["至少", "over"],
    ["达到", "none"],
    ["最近", "none"],
    ["附近", "none"],
    ["节约", "none"],
    ["契约", "none"],
    ["", "none"],
  ])("%j say %s", (words, hedge) => {
    const text = `全县${words}12户`;
    expect(hedgeBefore(text, text.indexOf("1"))).toBe(hedge);
  });
});

describe("the words behind a figure", () => {
  test.each([
    ["左右", "about", 2],
    ["上下", "about", 2],
    ["以上", "over", 2],
    ["以下", "under", 2],
    ["以内", "under", 2],
    ["多", "some", 1],
    ["余", "some", 1],
    ["，增长", "none", 0],
    ["", "none", 0],
  ])("%j say %s", (words, hedge, length) => expect(hedgeAfter(words, 0)).toEqual({ hedge, length }));
});

describe("what a printed figure stands for", () => {
  const printed = { center: 4200n, lastDigit: 10n, lastSaid: 100n, isExact: false };

  test("is ± half of its last digit, and itself for a count", () => {
    expect(intervalOf("none", printed)).toEqual({ lo: 4195n, hi: 4205n });
    expect(intervalOf("none", { ...printed, isExact: true })).toEqual({ lo: 4200n, hi: 4200n });
  });

  test("follows its hedge", () => {
    expect(intervalOf("over", printed)).toEqual({ lo: 4195n, hi: ENDLESS });
    expect(intervalOf("under", printed)).toEqual({ lo: 0n, hi: 4205n });
    expect(intervalOf("some", printed)).toEqual({ lo: 4195n, hi: 4300n });
    // 近: from a tenth below
    expect(intervalOf("near", printed)).toEqual({ lo: 3780n, hi: 4205n });
    // 约: a twentieth, or half of the last digit that is not zero
    expect(intervalOf("about", printed)).toEqual({ lo: 3990n, hi: 4410n });
  });

  test("always holds what is printed", () => {
    const hedges = ["none", "about", "near", "over", "under", "some"] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...hedges),
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.constantFrom(1n, 10n, 1000n),
        fc.boolean(),
        (hedge, digits, lastDigit, isExact) => {
          const center = digits * lastDigit;
          const { lo, hi } = intervalOf(hedge, { center, lastDigit, lastSaid: lastDigit, isExact });
          expect(lo <= center && center <= hi).toBe(true);
        },
      ),
    );
  });
});
