/** What stands in the margin of the marked Word copy. */
import type { Claim } from "./claim.ts";
import { SEVERITY_WORDS } from "./claim-words.ts";

/**
 * "【材料校核·有误】61个＋132个＝193个，文中为192个，二者不符。原文192个，应为193个。" The message names the likely slip itself.
 * In Chinese only, as the drafts are.
 */
export function commentText(claim: Pick<Claim, "severity" | "message" | "stated" | "computed">): string {
  const { stated, computed } = claim;
  const sentences = [
    claim.message.zh.trim(),
    computed === "" || computed === stated ? "" : `原文${stated}，应为${computed}`,
  ];
  const text = sentences.filter(Boolean).map(endSentence).join("");
  return `【材料校核·${SEVERITY_WORDS[claim.severity].zh}】${text}`;
}

function endSentence(text: string): string {
  return /[。！？.!?]$/.test(text) ? text : `${text}。`;
}
