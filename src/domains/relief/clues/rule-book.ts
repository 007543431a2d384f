/** The rules of every version that was recorded, and the one that holds. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { RuleSet } from "../contract.ts";
import { DEFAULT_RULES, DEFAULT_RULE_VERSION } from "../core/clues/default-rules.ts";
import type { Rule } from "../core/clues/rules.ts";

export type RuleBook = {
  version: string;
  rules: readonly Rule[];
  recordedAt: string | null;
  find(version: string, code: string): Rule | undefined;
};

type StoredSet = { version: string; rules: readonly Rule[]; recordedAt: string | null };

export async function readRuleBook(tx: Tx): Promise<RuleBook> {
  const { rows } = await tx.query<StoredSet>(sql`SELECT version, rules, recorded_at AS "recordedAt"
    FROM relief.rule_sets ORDER BY recorded_at`);
  const first: StoredSet = { version: DEFAULT_RULE_VERSION, rules: DEFAULT_RULES, recordedAt: null };
  const sets = [first, ...rows];
  const newest = sets.at(-1) as StoredSet;
  return {
    ...newest,
    find: (version, code) =>
      sets.find((set) => set.version === version)?.rules.find((rule) => rule.code === code),
  };
}

/** @returns false when the version is there already: versions are not changed */
export async function insertRuleSet(tx: Tx, { version, rules }: RuleSet): Promise<boolean> {
  if (version === DEFAULT_RULE_VERSION) return false;
  const { county, region, post } = tx.actor;
  const { count } =
    await tx.query(sql`INSERT INTO relief.rule_sets (county, region, version, rules, recorded_by)
    VALUES (${county}, ${region}, ${version}, ${JSON.stringify(rules)}, ${post ?? 0}) ON CONFLICT DO NOTHING`);
  return count === 1;
}
