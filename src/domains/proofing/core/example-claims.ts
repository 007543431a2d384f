/** Claims in one line each, for tables of sentences: "growth wrong 9.0% 86.4亿元 6.4亿元". */
import type { Claim, Relation } from "./claim.ts";
import { proofText } from "./proof-text.ts";

/** "fits", else how loud: "wrong", "last-digit", "look"; or "unclear". */
function verdictOf({ verdict, severity }: Claim): string {
  if (verdict === "consistent") return "fits";
  return verdict === "unclear" ? "unclear" : severity;
}

/** What is said of a text, of these relations or of all. */
export function tell(text: string, ...relations: readonly Relation[]): string[] {
  return proofText(text)
    .filter(({ relation }) => relations.length === 0 || relations.includes(relation))
    .map((claim) => {
      const figures = claim.spans.map(([from, to]) => text.slice(from, to));
      return [claim.relation, verdictOf(claim), ...figures].join(" ");
    });
}

/** What is reported of a text unasked. */
export function findWrong(text: string): Claim[] {
  return proofText(text).filter(
    ({ verdict, severity }) => verdict === "inconsistent" && severity === "wrong",
  );
}

/** The text with the one correction that it offers. */
export function correctOnce(text: string): string {
  const { span, replacement } = findWrong(text).find(({ correction }) => correction)?.correction ?? {
    span: [0, 0] as const,
    replacement: "",
  };
  return text.slice(0, span[0]) + replacement + text.slice(span[1]);
}
