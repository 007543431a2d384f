/** The name of a claim within one text: what the page and programs call it by when they say "leave this one out". */
import type { Claim } from "./claim.ts";

/** "sum:8-12,21-24,30-34": relation and spans. The same text gives the same keys; an edited text moves the spans. */
export function claimKey(claim: Pick<Claim, "relation" | "spans">): string {
  return `${claim.relation}:${claim.spans.map(([from, to]) => `${from}-${to}`).join(",")}`;
}

/**
 * The name of a claim by its words: passage, and figures within it. It outlives edits elsewhere in the text, so that
 * what was set aside stays so when the text is checked again.
 */
export function claimWords(claim: Pick<Claim, "relation" | "spans" | "text">): string {
  const first = Math.min(...claim.spans.map(([from]) => from));
  const places = claim.spans.map(([from, to]) => `${from - first}-${to - first}`).join(",");
  return `${claim.relation}:${places}:${claim.text}`;
}
