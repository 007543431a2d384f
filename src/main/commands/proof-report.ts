/** The findings of a draft as a person at a terminal reads them. */
import type { ProofView } from "../../domains/proofing/contract.ts";
import { chooseFindings } from "../../domains/proofing/core/choose-claims.ts";
import { countClaims } from "../../domains/proofing/core/claim.ts";
import type { Claim } from "../../domains/proofing/core/claim.ts";
import { RELATION_WORDS, SEVERITY_WORDS } from "../../domains/proofing/core/claim-words.ts";

export type ReportLanguage = "zh" | "en";

export type Report = {
  /** of the draft, to stand before line and column */
  name: string;
  text: string;
  claims: readonly Claim[];
  all: boolean;
  lang: ReportLanguage;
  /** what it was compared with */
  ledger?: ProofView["ledger"];
};

/** Characters shown on each side of the figure. */
const around = 48;

export function reportFindings({ name, text, claims, all, lang, ledger }: Report): string {
  const placeOf = makePlaces(text);
  const findings = chooseFindings(claims, all).map((claim) => {
    const [start, end] = claim.spans[0] ?? [0, 0];
    const head = `${name}:${placeOf(start)}  ${SEVERITY_WORDS[claim.severity][lang]} · ${RELATION_WORDS[claim.relation][lang]}`;
    const lines = [passage(text, start, end), ...explain(claim, lang)];
    return [head, ...lines.map((line) => `    ${line}`)].join("\n");
  });
  const compared = ledger ? `\n${against(ledger, lang)}` : "";
  return `${[...findings, summary(text, claims, lang) + compared].join("\n\n")}\n`;
}

function explain({ stated, computed, message }: Claim, lang: ReportLanguage): string[] {
  if (computed === "" || computed === stated) return [message[lang]];
  const change = lang === "zh" ? `原文 ${stated}，应为 ${computed}` : `says ${stated}, should be ${computed}`;
  return [change, message[lang]];
}

/** The line around a figure, the figure in 【】, cut where it is long. */
function passage(text: string, start: number, end: number): string {
  const from = Math.max(text.lastIndexOf("\n", start - 1) + 1, start - around);
  const lineEnd = text.indexOf("\n", end);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, end + around);
  const before = (from > 0 && text[from - 1] !== "\n" ? "…" : "") + text.slice(from, start).trimStart();
  const after = text.slice(end, to).trimEnd() + (to < text.length && text[to] !== "\n" ? "…" : "");
  return `${before}【${text.slice(start, end)}】${after}`;
}

function summary(text: string, claims: readonly Claim[], lang: ReportLanguage): string {
  const { wrong, lastDigit, look, consistent } = countClaims(claims);
  const length = text.length.toLocaleString("en-US");
  return lang === "zh"
    ? `${length} 字：有误 ${wrong}，末位之差 ${lastDigit}，可留意 ${look}，相符 ${consistent}`
    : `${length} characters: ${wrong} wrong, ${lastDigit} last digit, ${look} worth a look, ${consistent} consistent`;
}

function against(
  { region, period, compared }: NonNullable<ProofView["ledger"]>,
  lang: ReportLanguage,
): string {
  if (lang === "zh") return `与台账比对：${region.nameZh}，${period ?? "没有数据"}，${compared} 个数`;
  const name = region.nameEn ?? region.nameZh;
  return `compared with the ledger: ${name}, ${period ?? "no figures"}, ${compared} figures`;
}

/** "3:12": line and character in it, both from 1. Offsets may come in any order. */
function makePlaces(text: string): (offset: number) => string {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return `${low + 1}:${Array.from(text.slice(starts[low], offset)).length + 1}`;
  };
}
