/** How much a contradiction proves. */
import { describe, expect, test } from "vitest";
import { overlap, total } from "../interval.ts";
import type { Quantity } from "../reading/quantity.ts";
import { scanText } from "../reading/scan.ts";
import { productRarity, rarity, UNEXPLAINED } from "./evidence.ts";

const figures = (...texts: string[]): Quantity[] =>
  texts.map((text) => scanText(`共${text}。`).quantities[0] as Quantity);
const sumHolds = ([whole, ...parts]: readonly { lo: bigint; hi: bigint }[]): boolean =>
  whole !== undefined && overlap(whole, total(parts));

describe("rarity", () => {
  test("is UNEXPLAINED where no single slip would do", () => {
    expect(rarity(figures("58个", "21个", "47个"), sumHolds)).toBeLessThan(UNEXPLAINED);
    expect(rarity(figures("90000个", "11个", "12个"), sumHolds)).toBe(UNEXPLAINED);
  });

  test("is the less the longer the figures are", () => {
    const short = rarity(figures("58个", "21个", "47个"), sumHolds);
    const long = rarity(figures("58412个", "21310个", "47102个"), sumHolds);
    expect(long).toBeLessThan(short / 10);
  });

  test("of swapped digits is less than of any digit: there are fewer ways", () => {
    const swapped = rarity(figures("40122个", "20618个", "19054个"), sumHolds);
    const digit = rarity(figures("40122个", "20618个", "19704个"), sumHolds);
    expect(swapped).toBeLessThan(digit);
  });

  test("of rounded figures is more than of exact ones", () => {
    const rounded = rarity(figures("40.1亿元", "20.6亿元", "19.2亿元"), sumHolds);
    const exact = rarity(figures("401个", "206个", "192个"), sumHolds);
    expect(rounded).toBeGreaterThan(exact);
  });
});

test("of products is more the fewer digits they have", () => {
  const holds = (ranges: readonly { lo: bigint; hi: bigint }[]): boolean => {
    const [whole, a, b] = ranges;
    if (!whole || !a || !b) return false;
    const one = 10n ** 10n;
    return whole.lo * one <= a.hi * b.hi && a.lo * b.lo <= whole.hi * one;
  };
  const few = productRarity(figures("52万元", "1200元", "350人"), holds);
  const many = productRarity(figures("338.805万元", "1350元", "2843户"), holds);
  expect(many).toBeLessThan(few / 10);
});
