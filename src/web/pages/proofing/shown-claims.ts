/** Which claims the page shows, in the order of the text; only what is wrong unless the reader asks for more. */
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import type { Severity } from "../../../domains/proofing/core/claim.ts";

export type Shown = { readonly lastDigit: boolean; readonly look: boolean; readonly consistent: boolean };

export const shownAtFirst: Shown = { lastDigit: false, look: false, consistent: false };

/** How a claim is marked: by its severity, or quietly when it holds. */
export type Look = Severity | "consistent";

export function lookOf(claim: ClaimView): Look {
  return claim.verdict === "inconsistent" ? claim.severity : "consistent";
}

export function isShown(claim: ClaimView, shown: Shown): boolean {
  if (claim.verdict === "unclear") return false;
  switch (lookOf(claim)) {
    case "wrong":
      return true;
    case "last-digit":
      return shown.lastDigit;
    case "look":
      return shown.look;
    case "consistent":
      return shown.consistent;
  }
}

const weight: Readonly<Record<Look, number>> = { wrong: 0, "last-digit": 1, look: 2, consistent: 3 };

/** Of several claims about one figure, the gravest gives it its look. */
export function gravest(claims: readonly ClaimView[]): Look {
  return claims.map(lookOf).sort((a, b) => weight[a] - weight[b])[0] ?? "consistent";
}

/** Indices of the shown claims by the place of their first figure. */
export function orderShown(claims: readonly ClaimView[], shown: Shown): number[] {
  const start = (index: number): number => claims[index]?.spans[0]?.[0] ?? 0;
  return claims
    .flatMap((claim, index) => (isShown(claim, shown) ? [index] : []))
    .sort((a, b) => start(a) - start(b) || a - b);
}
