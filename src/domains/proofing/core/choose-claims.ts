/** Which claims are told. Only what is wrong is told unasked: a false alarm costs the trust in all others. */
import type { Claim } from "./claim.ts";

/** What is marked in a draft: the wrong ones, with `all` also the last digits and what is worth a look. */
export function chooseFindings(claims: readonly Claim[], all: boolean): Claim[] {
  return claims.filter((claim) => claim.verdict === "inconsistent" && (all || claim.severity === "wrong"));
}

/** What a program is told: also what was found consistent or unclear, since that says what was looked at. */
export function chooseReported(claims: readonly Claim[], all: boolean): Claim[] {
  return claims.filter((claim) => claim.verdict !== "inconsistent" || all || claim.severity === "wrong");
}
