import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Decimal, dec, formatFixed } from "../../../shared/decimal.ts";
import {
  around,
  ceilDiv,
  dividedBy,
  exactly,
  fixedText,
  floorDiv,
  type Interval,
  minus,
  negated,
  ONE,
  overlap,
  plus,
  roundDiv,
  times,
  total,
  widthOf,
} from "./interval.ts";

test.each([
  [7n, 2n, 3n, 4n, 4n],
  [-7n, 2n, -4n, -3n, -4n],
  [6n, 2n, 3n, 3n, 3n],
  [-6n, 2n, -3n, -3n, -3n],
  [1n, 3n, 0n, 1n, 0n],
  [-1n, 3n, -1n, 0n, 0n],
  [0n, 5n, 0n, 0n, 0n],
])("%d ÷ %d is %d down, %d up, %d to the nearest", (a, b, down, up, nearest) => {
  expect([floorDiv(a, b), ceilDiv(a, b), roundDiv(a, b)]).toEqual([down, up, nearest]);
});

test.each([
  [1_935_000_000_000n, 1, "193.5"],
  [19_350_000_000n, 0, "2"],
  [500_000_000n, 1, "0.1"],
  [499_999_999n, 1, "0.0"],
  [-500_000_000n, 1, "-0.1"],
  [-499_999_999n, 1, "0.0"],
  [0n, 2, "0.00"],
  [50_000_000n, 2, "0.01"],
])("%d with %i decimals is %s", (value, decimals, text) => {
  expect(fixedText(value, decimals)).toBe(text);
});

test("touching intervals overlap, neighbours do not", () => {
  expect(overlap({ lo: 1n, hi: 3n }, { lo: 3n, hi: 5n })).toBe(true);
  expect(overlap({ lo: 1n, hi: 3n }, { lo: 4n, hi: 5n })).toBe(false);
  expect(overlap({ lo: 4n, hi: 5n }, { lo: 1n, hi: 3n })).toBe(false);
  expect(overlap({ lo: 1n, hi: 9n }, exactly(5n))).toBe(true);
});

test("nothing is divided by what may be zero or less", () => {
  expect(dividedBy(exactly(ONE), { lo: 0n, hi: ONE })).toBeUndefined();
  expect(dividedBy(exactly(ONE), { lo: -ONE, hi: ONE })).toBeUndefined();
  expect(dividedBy(exactly(ONE), { lo: -ONE, hi: -1n })).toBeUndefined();
  expect(dividedBy(exactly(ONE), { lo: ONE, hi: 0n })).toBeUndefined();
  expect(dividedBy(exactly(ONE), exactly(2n * ONE))).toEqual(exactly(ONE / 2n));
});

describe("laws", () => {
  // so small that the 40 digits of Decimal hold a product to its last
  const value = fc.bigInt({ min: -(10n ** 19n), max: 10n ** 19n });
  const width = fc.bigInt({ min: 0n, max: 10n ** 15n });
  const interval = fc.tuple(value, width).map(([lo, wide]): Interval => ({ lo, hi: lo + wide }));
  const positive = fc
    .tuple(fc.bigInt({ min: 1n, max: 10n ** 20n }), width)
    .map(([lo, wide]): Interval => ({ lo, hi: lo + wide }));
  /** an interval, and a place in it */
  const inside = (of: fc.Arbitrary<Interval>) =>
    fc.tuple(of, fc.integer({ min: 0, max: 100 })).map(([range, percent]) => {
      const at = range.lo + (widthOf(range) * BigInt(percent)) / 100n;
      return { range, at, exact: dec(at.toString()).div(ONE.toString()) };
    });
  const contains = ({ lo, hi }: Interval, exact: Decimal): boolean => {
    const scaled = exact.times(ONE.toString());
    return scaled.gte(lo.toString()) && scaled.lte(hi.toString());
  };

  test("sums and differences are exact: their bounds are those of the bounds", () => {
    fc.assert(
      fc.property(interval, interval, (a, b) => {
        expect(plus(a, b)).toEqual({ lo: a.lo + b.lo, hi: a.hi + b.hi });
        expect(minus(a, b)).toEqual(plus(a, negated(b)));
        expect(total([a, b, a])).toEqual(plus(plus(a, b), a));
        expect(widthOf(minus(a, b))).toBe(widthOf(a) + widthOf(b));
        expect(negated(negated(a))).toEqual(a);
      }),
    );
  });

  test("a product holds the product of any two values inside, and is no wider than outward rounding makes it", () => {
    fc.assert(
      fc.property(inside(interval), inside(interval), (a, b) => {
        const product = times(a.range, b.range);
        expect(contains(product, a.exact.times(b.exact))).toBe(true);
        const one = times(exactly(a.at), exactly(b.at));
        expect(widthOf(one)).toBeLessThanOrEqual(1n);
      }),
    );
  });

  test("a quotient holds the quotient of any two values inside, and is no wider than outward rounding makes it", () => {
    fc.assert(
      fc.property(inside(interval), inside(positive), (a, b) => {
        const quotient = dividedBy(a.range, b.range) as Interval;
        expect(contains(quotient, a.exact.div(b.exact))).toBe(true);
        expect(widthOf(dividedBy(exactly(a.at), exactly(b.at)) as Interval)).toBeLessThanOrEqual(1n);
      }),
    );
  });

  test("overlap is symmetric, and is that the difference may be nothing", () => {
    const small = fc
      .tuple(fc.bigInt({ min: -30n, max: 30n }), fc.bigInt({ min: 0n, max: 20n }))
      .map(([lo, wide]): Interval => ({ lo, hi: lo + wide }));
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(overlap(a, b)).toBe(overlap(b, a));
        const { lo, hi } = minus(a, b);
        expect(overlap(a, b)).toBe(lo <= 0n && 0n <= hi);
        expect(overlap(a, a)).toBe(true);
      }),
    );
  });

  test("around is symmetric about its center", () => {
    fc.assert(
      fc.property(value, width, (center, half) => {
        const range = around(center, half);
        expect(range.lo + range.hi).toBe(2n * center);
        expect(widthOf(range)).toBe(2n * half);
      }),
    );
  });

  test("text is what the exact Decimal prints", () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 9 }), (n, places) => {
        expect(fixedText(n, places)).toBe(formatFixed(dec(n.toString()).div(ONE.toString()), places));
      }),
    );
  });

  test("rounding to the nearest lies between down and up", () => {
    fc.assert(
      fc.property(value, fc.bigInt({ min: 1n, max: 10n ** 12n }), (a, b) => {
        const [down, up, nearest] = [floorDiv(a, b), ceilDiv(a, b), roundDiv(a, b)];
        expect(down * b <= a && a <= up * b && up - down <= 1n).toBe(true);
        expect(nearest === down || nearest === up).toBe(true);
        const off = nearest * b > a ? nearest * b - a : a - nearest * b;
        expect(2n * off <= b).toBe(true);
      }),
    );
  });
});
