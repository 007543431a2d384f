/** How grave a finding is, by colour and by shape, and in words. */
import { SEVERITY_WORDS, VERDICT_WORDS } from "../../../domains/proofing/core/claim-words.ts";
import { useSpeech } from "../../i18n/language.tsx";
import type { Look } from "./shown-claims.ts";

const shapes: Record<Look, string> = {
  wrong: "M1 1h8v8H1z", // ■
  "last-digit": "M5 1 9.4 9H.6z", // ▲
  look: "M5 .4 9.6 5 5 9.6 .4 5z", // ◆
  consistent: "M1 5.2 2.3 3.8 4.2 5.8 8 1.4 9.4 2.7 4.3 8.6z", // ✓
};

export function lookWords(look: Look): { zh: string; en: string } {
  return look === "consistent" ? VERDICT_WORDS.consistent : SEVERITY_WORDS[look];
}

export function LookMark({ look, wordless = false }: { look: Look; wordless?: boolean }) {
  const { say } = useSpeech();
  return (
    <span className={`status look-${look}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={shapes[look]} fill="currentColor" />
      </svg>
      <span className={wordless ? "unseen" : undefined}>{say(lookWords(look))}</span>
    </span>
  );
}
