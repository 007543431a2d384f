/**
 * What a reader has decided about the findings of one checked text. Pure; nothing of it leaves the page.
 *
 * Words:
 * - accepted: the figure is replaced by its correction; noted: there is no single correction, the reader will see to it
 * - ignored: left as it is, here and in the marked Word copy
 */
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import { claimKey, claimWords } from "../../../domains/proofing/core/claim-key.ts";

export type Decision = "accepted" | "noted" | "ignored";
/** by claim key */
export type Decisions = ReadonlyMap<string, Decision>;

/** The text with the corrections of the accepted claims in it. */
export function correctText(text: string, claims: readonly ClaimView[], decisions: Decisions): string {
  const corrections = claims
    .flatMap((claim) => (decisions.get(claimKey(claim)) === "accepted" && claim.correction) || [])
    .sort((a, b) => a.span[0] - b.span[0]);
  let [corrected, at] = ["", 0];
  for (const { span, replacement } of corrections) {
    if (span[0] < at) continue; // the same figure, corrected already
    corrected += text.slice(at, span[0]) + replacement;
    at = span[1];
  }
  return corrected + text.slice(at);
}

/** Claims whose figure another accepted correction changes, by their key: they can only be judged by checking again. */
export function takenClaims(claims: readonly ClaimView[], decisions: Decisions): ReadonlySet<string> {
  const accepted = claims.filter(
    (claim) => claim.correction !== undefined && decisions.get(claimKey(claim)) === "accepted",
  );
  if (accepted.length === 0) return new Set();
  const isTaken = (claim: ClaimView): boolean => {
    const own = claim.correction?.span;
    if (own === undefined) return false;
    return accepted.some(({ correction }) => {
      const [from, to] = correction?.span ?? [0, 0];
      return from < own[1] && own[0] < to;
    });
  };
  const open = claims.filter((claim) => !accepted.includes(claim));
  return new Set(open.filter(isTaken).map((claim) => claimKey(claim)));
}

type Checked = { readonly claims: readonly ClaimView[]; readonly decisions: Decisions };

/** What was ignored or noted stays so when the text is checked again, as long as its passage has not changed. */
export function carryOver(before: Checked, claims: readonly ClaimView[]): Decisions {
  const kept = new Map<string, Decision>();
  for (const claim of before.claims) {
    const decision = before.decisions.get(claimKey(claim));
    if (decision === "ignored" || decision === "noted") kept.set(claimWords(claim), decision);
  }
  return new Map(
    claims.flatMap((claim): [string, Decision][] => {
      const decision = kept.get(claimWords(claim));
      return decision === undefined ? [] : [[claimKey(claim), decision]];
    }),
  );
}

/** Keys, in the file as it was dropped, of the claims that the reader ignores in the text as it is now. */
export function ignoredInFile(inFile: readonly ClaimView[], now: Checked): string[] {
  const ignored = new Set(
    now.claims
      .filter((claim) => now.decisions.get(claimKey(claim)) === "ignored")
      .map((claim) => claimWords(claim)),
  );
  return inFile.filter((claim) => ignored.has(claimWords(claim))).map((claim) => claimKey(claim));
}
