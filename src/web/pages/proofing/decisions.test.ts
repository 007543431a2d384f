import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import { claimKey } from "../../../domains/proofing/core/claim-key.ts";
import { carryOver, correctText, ignoredInFile, takenClaims } from "./decisions.ts";
import type { Decision } from "./decisions.ts";

const text = "共有192个。其中结转61个，新建132个。";
const claimOf = (change: Partial<ClaimView> = {}): ClaimView => ({
  relation: "sum",
  verdict: "inconsistent",
  severity: "wrong",
  spans: [
    [2, 6],
    [11, 14],
    [17, 21],
  ],
  text,
  stated: "192个",
  computed: "193个",
  message: { zh: "", en: "" },
  correction: { span: [2, 5], replacement: "193" },
  ...change,
});
const decided = (claims: readonly ClaimView[], decision: Decision) =>
  new Map(claims.map((claim) => [claimKey(claim), decision]));

describe("the corrected text", () => {
  test("has the corrections of accepted claims and of no others", () => {
    const claims = [claimOf()];
    expect(correctText(text, claims, decided(claims, "accepted"))).toBe(
      "共有193个。其中结转61个，新建132个。",
    );
    for (const decision of ["ignored", "noted"] as const)
      expect(correctText(text, claims, decided(claims, decision))).toBe(text);
    const without = [claimOf({ correction: undefined })];
    expect(correctText(text, without, decided(without, "accepted"))).toBe(text);
  });

  test("takes one correction for a figure, in whatever order claims come", () => {
    const later = claimOf({ relation: "repeat", correction: { span: [17, 20], replacement: "131" } });
    const same = claimOf({ relation: "ledger", correction: { span: [2, 6], replacement: "200个" } });
    const claims = [later, same, claimOf()];
    const taken = takenClaims(claims, decided([claimOf()], "accepted"));
    expect([...taken]).toEqual([claimKey(same)]);
    expect(takenClaims(claims, new Map()).size).toBe(0);
    expect(takenClaims(claims, decided([claimOf()], "ignored")).size).toBe(0);
    expect(correctText(text, [later, claimOf()], decided([later, claimOf()], "accepted"))).toBe(
      "共有193个。其中结转61个，新建131个。",
    );
  });

  test("changes nothing outside of the corrections", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (draft, a, b) => {
        const from = a % draft.length;
        const to = from + 1 + (b % (draft.length - from));
        const claims = [claimOf({ correction: { span: [from, to], replacement: "◆" } })];
        const corrected = correctText(draft, claims, decided(claims, "accepted"));
        expect(corrected).toBe(`${draft.slice(0, from)}◆${draft.slice(to)}`);
      }),
    );
  });
});

describe("checked again", () => {
  const moved = claimOf({
    spans: [
      [12, 16],
      [21, 24],
      [27, 31],
    ],
  });

  test("what was ignored or noted stays so though it moved; what was accepted is settled", () => {
    const before = (decision: Decision) => ({
      claims: [claimOf()],
      decisions: decided([claimOf()], decision),
    });
    expect([...carryOver(before("ignored"), [moved])]).toEqual([[claimKey(moved), "ignored"]]);
    expect([...carryOver(before("noted"), [moved])]).toEqual([[claimKey(moved), "noted"]]);
    expect(carryOver(before("accepted"), [moved]).size).toBe(0);
  });

  test("another passage is judged anew", () => {
    const before = { claims: [claimOf()], decisions: decided([claimOf()], "ignored") };
    expect(carryOver(before, [claimOf({ text: `${text}又` })]).size).toBe(0);
  });

  test("the marked Word copy leaves out by the keys of the file as it was dropped", () => {
    const now = { claims: [moved], decisions: decided([moved], "ignored") };
    expect(ignoredInFile([claimOf(), claimOf({ text: "另一句" })], now)).toEqual([claimKey(claimOf())]);
  });
});
