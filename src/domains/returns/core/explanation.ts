/** An explanation goes with the numbers that it was given for: why 1,100 is so many is no reason for 11,000. */
import type { Finding } from "./check-return.ts";

export type Explanation = {
  /** of the rule */
  code: string;
  /** empty: about the form as a whole */
  subject: string;
  text: string;
  /** what the rule read then; null: not known, of a version that changes no more */
  numbers: string | null;
};

export type ExplainedFinding = Finding & {
  explanation: string | null;
  /** it was given for other numbers, and does not count for these */
  isOutdated: boolean;
};

export function withExplanations(
  findings: readonly Finding[],
  explanations: readonly Explanation[],
): ExplainedFinding[] {
  const given = new Map(explanations.map((one) => [`${one.code} ${one.subject}`, one]));
  return findings.map((finding) => {
    const found =
      finding.severity === "soft" ? given.get(`${finding.code} ${finding.subject ?? ""}`) : undefined;
    const isOutdated = found !== undefined && (found.numbers ?? finding.numbers) !== finding.numbers;
    return { ...finding, explanation: found?.text ?? null, isOutdated };
  });
}

/** What keeps a return from being submitted: all that is hard, and what is soft without an explanation that counts. */
export function isOpenPoint({
  severity,
  explanation,
  isOutdated,
}: Pick<ExplainedFinding, "severity" | "explanation" | "isOutdated">): boolean {
  return severity === "hard" || explanation === null || isOutdated;
}
