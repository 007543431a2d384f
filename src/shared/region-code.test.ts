import fc from "fast-check";
import { expect, test } from "vitest";
import {
  contains,
  countyOf,
  countyRegion,
  isRegionCode,
  levelOf,
  lineage,
  parentOf,
  parseRegionCode,
  subtree,
} from "./region-code.ts";

test.each([
  [140000000000, "province"],
  [140900000000, "prefecture"],
  [140981000000, "county"],
  [140971000000, "county"], // 五台山风景名胜区, no civil county but a county code
  [140981101000, "township"],
  [140981101203, "village"],
] as const)("%i is a %s", (code, level) => expect(levelOf(code)).toBe(level));

test.each([
  ["140981", 140981000000],
  ["140981101", 140981101000],
  [" 140981101203 ", 140981101203],
  ["14", 140000000000],
] as const)("reads %j", (text, code) => expect(parseRegionCode(text)).toEqual({ ok: true, value: code }));
test.each(["", "1409811", "990000", "abc", "14098110120３", "-140981", "1.4e11", "000000"])(
  "refuses %j",
  (text) => expect(parseRegionCode(text).ok).toBe(false),
);

test("the subtree of Yuanping is the range of its county code", () => {
  expect(subtree(140981000000)).toEqual({ from: 140981000000, to: 140982000000 });
  expect(subtree(140900000000)).toEqual({ from: 140900000000, to: 141000000000 });
  expect(subtree(140981101203)).toEqual({ from: 140981101203, to: 140981101204 });
  expect(contains(140981000000, 140982000000)).toBe(false);
});

test("lineage and parent", () => {
  expect(lineage(140981101203)).toEqual([
    140981101203, 140981101000, 140981000000, 140900000000, 140000000000,
  ]);
  expect(parentOf(140981000000)).toBe(140900000000);
  expect(parentOf(140000000000)).toBeUndefined();
  expect(parentOf(441900003000)).toBe(441900000000); // Dongguan has no counties
  expect(countyOf(140981101203)).toBe(140981);
  expect(countyRegion(140981)).toBe(140981000000);
});

/** Codes that often share prefixes and zeros. */
const pair = fc.oneof(fc.constant(0), fc.constantFrom(1, 9, 14, 81), fc.integer({ min: 0, max: 99 }));
const triple = fc.oneof(fc.constant(0), fc.constantFrom(1, 100, 101), fc.integer({ min: 0, max: 999 }));
const code = fc
  .tuple(fc.constantFrom(11, 14, 44, 82), pair, pair, triple, triple)
  .map(([p, c, d, t, v]) => p * 1e10 + c * 1e8 + d * 1e6 + t * 1e3 + v);

test("a subtree contains exactly the codes whose lineage passes through its root", () => {
  fc.assert(
    fc.property(code, code, (a, b) => contains(a, b) === lineage(b).includes(a)),
    { numRuns: 1000 },
  );
  fc.assert(fc.property(code, (c) => lineage(c).every((a) => contains(a, c) && isRegionCode(a))));
});

test("two subtrees are nested or apart, never crossed", () => {
  fc.assert(
    fc.property(code, code, (a, b) => {
      const x = subtree(a);
      const y = subtree(b);
      const apart = x.to <= y.from || y.to <= x.from;
      expect(apart || contains(a, b) || contains(b, a)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
