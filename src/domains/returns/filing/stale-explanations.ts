/** An explanation goes with the numbers that it was given for: why 1,100 is so many is no reason for 11,000. */
import type { Tx } from "../../../platform/db/actor.ts";
import { recordAudit } from "../../audit/index.ts";
import { compareVersions } from "../core/compare-versions.ts";
import type { ReturnRow } from "../core/form.ts";
import type { Checking } from "./findings.ts";
import { deleteExplanation } from "./store.ts";
import type { Explanation, StoredReturn } from "./store.ts";

/** What was said of rules that read a number which is another now. */
export function staleExplanations(
  { form, rules, explanations }: Checking,
  before: readonly ReturnRow[],
  after: readonly ReturnRow[],
): Explanation[] {
  if (explanations.length === 0) return [];
  const changes = compareVersions(form, before, after);
  return explanations.filter(({ code, subject }) => {
    const names = rules.find(({ rule }) => rule.code === code)?.expression.names;
    return changes.some(
      (change) =>
        (subject === "" || subject === change.subject) &&
        ["now", "total"].some((record) => names?.get(record)?.has(change.column) === true),
    );
  });
}

export function withoutExplanations(checking: Checking, stale: readonly Explanation[]): Checking {
  return { ...checking, explanations: checking.explanations.filter((given) => !stale.includes(given)) };
}

export async function forgetExplanations(
  tx: Tx,
  one: StoredReturn,
  stale: readonly Explanation[],
): Promise<void> {
  for (const { code, subject, text } of stale) {
    await deleteExplanation(tx, one, { code, subject });
    await recordAudit(tx, {
      action: "returns.explain",
      object: `return:${one.id}`,
      before: { code, subject, text },
      after: { code, subject, text: null },
    });
  }
}
