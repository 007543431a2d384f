import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeMatches } from "./merge-matches.ts";
import type { RuledMatch } from "./merge-matches.ts";

const match = (extra: Partial<RuledMatch>): RuledMatch => ({
  match: 1,
  person: 1,
  matter: "vehicle",
  rule: "vehicle",
  effect: "flag",
  isConfidential: false,
  probability: 0.95,
  rowHash: "aa",
  ...extra,
});

const ascending = (a: number, b: number): number => a - b;

const anyMatch = fc.record({
  match: fc.nat({ max: 1000 }),
  person: fc.integer({ min: 1, max: 3 }),
  matter: fc.constantFrom("vehicle", "house"),
  rule: fc.constantFrom("a", "b"),
  effect: fc.constantFrom("exclude" as const, "flag" as const),
  isConfidential: fc.boolean(),
  probability: fc.double({ min: 0.5, max: 1, noNaN: true }),
  rowHash: fc.constantFrom("aa", "bb", "cc"),
});

describe("matches of a person and a matter", () => {
  test("are one clue, under the rule that excludes, with the highest probability", () => {
    const merged = mergeMatches([
      match({ match: 2, probability: 0.99 }),
      match({ match: 1, rule: "vehicle-price", effect: "exclude", probability: 0.93, rowHash: "bb" }),
      match({ match: 3, person: 2 }),
      match({ match: 4, matter: "house", rule: "house" }),
    ]);
    expect(merged).toMatchObject([
      { person: 1, matter: "house", matches: [4] },
      {
        person: 1,
        matter: "vehicle",
        rule: "vehicle-price",
        probability: 0.99,
        rowHashes: ["aa", "bb"],
        matches: [1, 2],
      },
      { person: 2, matter: "vehicle", matches: [3] },
    ]);
  });

  test("are two where some are confidential: what is asked openly carries nothing of the others", () => {
    const secret = match({ match: 2, isConfidential: true, rule: "told", effect: "exclude", rowHash: "bb" });
    expect(mergeMatches([secret, match({})])).toMatchObject([
      { isConfidential: false, rule: "vehicle", effect: "flag", rowHashes: ["aa"], matches: [1] },
      { isConfidential: true, rule: "told", effect: "exclude", rowHashes: ["bb"], matches: [2] },
    ]);
  });

  test("come out the same whatever their order, each in exactly one clue", () => {
    const matches = fc.uniqueArray(anyMatch, { selector: (each) => each.match, maxLength: 30 });
    fc.assert(
      fc.property(matches, fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = given
          .map((each) => ({ each, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const merged = mergeMatches(given);
        expect(mergeMatches(shuffled)).toEqual(merged);
        expect(merged.flatMap((clue) => clue.matches).sort(ascending)).toEqual(
          given.map((each) => each.match).sort(ascending),
        );
        const keysOf = merged.map((clue) => `${clue.person} ${clue.matter} ${clue.isConfidential}`);
        expect(new Set(keysOf).size).toBe(merged.length);
      }),
    );
  });
});
