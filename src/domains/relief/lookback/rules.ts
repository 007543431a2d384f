/** Rules as data: read with their precision so far, and changed by recording a new version. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { PlaceProblem } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import { readRulePrecision } from "../clues/precision-store.ts";
import { insertRuleSet, readRuleBook } from "../clues/rule-book.ts";
import type { RuleSet, RulesView } from "../contract.ts";
import { findRuleFaults } from "../core/clues/check-rules.ts";
import { RULES_REFUSED } from "./problems.ts";
import { requireCounty } from "./registers.ts";

export async function readRules(tx: Tx): Promise<RulesView> {
  const { version, rules, recordedAt } = await readRuleBook(tx);
  const precision = Object.fromEntries(await readRulePrecision(tx));
  return { version, rules: rules as RulesView["rules"], recordedAt, precision };
}

/** @throws RULES_REFUSED naming rule and field; ONE_COUNTY */
export async function recordRules(tx: Tx, set: RuleSet): Promise<void> {
  requireCounty(tx.actor);
  const places = findProblems(set);
  if (places.length > 0) throw RULES_REFUSED({ places });
  const before = await readRuleBook(tx);
  if (!(await insertRuleSet(tx, set))) {
    const [zh, en] = [
      `版本“${set.version}”已经有了，请换一个版本号`,
      `There is a version "${set.version}"; choose another`,
    ];
    throw RULES_REFUSED({ places: [{ code: "VERSION_TAKEN", field: "version", zh, en }] });
  }
  await recordAudit(tx, {
    action: "relief.recordRules",
    object: `rules:${set.version}`,
    before: { version: before.version },
    after: { version: set.version, rules: set.rules.map(({ code }) => code) },
  });
}

function findProblems({ rules }: RuleSet): PlaceProblem[] {
  return findRuleFaults(rules).map(({ path, ...fault }) => ({
    ...fault,
    field: path.join("."),
  }));
}
