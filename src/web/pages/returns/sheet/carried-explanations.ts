/** What the page finds itself has the server's explanations, as far as it is about the same numbers. */
import type { FindingView } from "../../../../domains/returns/contract.ts";
import type { Finding } from "../../../../domains/returns/core/check-return.ts";

export function carryExplanations(own: readonly Finding[], said: readonly FindingView[]): FindingView[] {
  const known = new Map(said.map((one) => [`${one.code} ${one.subject ?? ""}`, one]));
  return own.map((finding) => {
    const before = known.get(`${finding.code} ${finding.subject ?? ""}`);
    if (before === undefined || before.explanation === null)
      return { ...finding, explanation: null, isOutdated: false };
    const isOutdated = before.isOutdated || before.numbers !== finding.numbers;
    return { ...finding, explanation: before.explanation, isOutdated };
  });
}
