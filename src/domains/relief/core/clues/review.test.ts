import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawSample } from "./draw-sample.ts";
import { computePrecision } from "./precision.ts";
import { findVisitorFault } from "./visitors.ts";

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { maxLength: 200 });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const seed = fc.string({ minLength: 1, maxLength: 20 });

describe("a random sample", () => {
  test("is the same for the same seed whatever the order, within the list, and of the size asked for", () => {
    fc.assert(
      fc.property(ids, share, seed, (list, part, word) => {
        const drawn = drawSample(list, part, word);
        expect(drawSample(list.toReversed(), part, word)).toEqual(drawn);
        expect(drawn.every((id) => list.includes(id))).toBe(true);
        expect(drawn.length).toBe(Math.max(0, Math.min(list.length, Math.ceil(list.length * part - 1e-9))));
      }),
    );
  });

  test("draws everybody about as often as anybody else", () => {
    const list = Array.from({ length: 20 }, (_, i) => i + 1);
    const times = new Map(list.map((id) => [id, 0]));
    for (let i = 0; i < 4000; i++)
      for (const id of drawSample(list, 0.25, `seed ${i}`)) times.set(id, (times.get(id) as number) + 1);
    // 1000 each; five standard deviations of a binomial are 137
    expect(Math.min(...times.values())).toBeGreaterThan(863);
    expect(Math.max(...times.values())).toBeLessThan(1137);
  });
});

describe("precision", () => {
  test.each([
    [0, 0, null, null, null],
    [10, 3, 0.3, 0.108, 0.603],
    [530, 159, 0.3, 0.2626, 0.3403],
    [5, 0, 0, 0, 0.4345],
    [5, 5, 1, 0.5655, 1],
  ])("of %d judged, %d borne out", (judged, borneOut, part, low, high) => {
    const precision = computePrecision(judged, borneOut);
    expect(precision.share).toBe(part);
    expect([precision.low, precision.high].map((each) => each && Number(each.toFixed(3)))).toEqual(
      [low, high].map((each) => each && Number(each.toFixed(3))),
    );
  });

  test("lies within its interval, which narrows as more is judged", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (judged, part) => {
          const few = computePrecision(judged, Math.round(judged * part));
          const many = computePrecision(judged * 4, Math.round(judged * part) * 4);
          const width = ({ low, high }: typeof few): number => (high as number) - (low as number);
          expect(few.share).toBeGreaterThanOrEqual((few.low as number) - 1e-12);
          expect(few.share).toBeLessThanOrEqual((few.high as number) + 1e-12);
          expect(width(many)).toBeLessThan(width(few));
        },
      ),
    );
  });
});

describe("visitors", () => {
  test.each([
    [["张三", "李四"], undefined],
    [["张三", "张 三"], { kind: "same-twice", name: "张三" }],
    [["张三", "王建国"], { kind: "member", name: "王建国" }],
    [["张三", "王　建国"], { kind: "member", name: "王建国" }],
    [["王大同", "李四"], { kind: "relative", name: "王大同" }],
  ])("%j", (visitors, fault) => {
    expect(findVisitorFault(visitors, ["王建国", "李秀英"], ["王大同"])).toEqual(fault);
  });
});
