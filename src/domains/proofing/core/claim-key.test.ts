import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimKey, claimWords } from "./claim-key.ts";
import type { Span } from "./claim.ts";

const claim = {
  relation: "sum" as const,
  spans: [[8, 12] as Span, [20, 23] as Span],
  text: "共有192个。结转61个",
};

describe("the key of a claim", () => {
  test("is its relation and its spans", () => {
    expect(claimKey(claim)).toBe("sum:8-12,20-23");
  });

  test("tells any two claims of a text apart that differ in relation or spans", () => {
    const spans = fc.array(fc.tuple(fc.nat(999), fc.nat(999)), { minLength: 1, maxLength: 4 });
    const relation = fc.constantFrom("sum" as const, "growth" as const, "repeat" as const);
    const any = fc.record({ relation, spans });
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(claimKey(a) === claimKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });
});

describe("the words of a claim", () => {
  test("stay when the passage moves", () => {
    const moved = { ...claim, spans: claim.spans.map(([from, to]) => [from + 100, to + 100] as Span) };
    expect(claimWords(moved)).toBe(claimWords(claim));
    expect(claimKey(moved)).not.toBe(claimKey(claim));
  });

  test("change with the passage and with the figures in it", () => {
    expect(claimWords({ ...claim, text: "共有193个。结转61个" })).not.toBe(claimWords(claim));
    expect(claimWords({ ...claim, spans: [[8, 12]] })).not.toBe(claimWords(claim));
  });
});
