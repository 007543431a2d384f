/** Verdicts by rule, register and tier: what the next run is shown with. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import type { PrecisionTable } from "../contract.ts";
import { BORNE_OUT, computePrecision } from "../core/clues/precision.ts";
import type { Precision } from "../core/clues/precision.ts";
import type { RuleBook } from "./rule-book.ts";

type Counted = { key: string; judged: number; borneOut: number };
export type KnownPrecision = Record<"rules" | "registers" | "tiers", ReadonlyMap<string, Precision>>;

/**
 * Only verdicts that the county has reviewed: the last one before the clue left the review. 需再核 is no verdict yet.
 */
const reviewed = sql`SELECT s.county, s.id, s.rule, v.detail ->> 'verdict' AS verdict
  FROM relief.clue_states s
  JOIN LATERAL (SELECT a.detail FROM relief.clue_actions a WHERE a.county = s.county AND a.clue = s.id
    AND a.verb IN ('judge', 'rejudge') ORDER BY a.step DESC LIMIT 1) v ON true
  WHERE s.queue IN ('publish', 'notice', 'closed') AND s.verb <> 'withdraw' AND v.detail ->> 'verdict' <> 'again'`;

export async function readPrecision(tx: Tx): Promise<KnownPrecision> {
  const borneOut = [...BORNE_OUT];
  const count = async (from: Sql): Promise<Map<string, Precision>> => {
    const { rows } = await tx.query<Counted>(sql`SELECT key, count(*)::int AS judged,
        count(*) FILTER (WHERE verdict = ANY (${borneOut}))::int AS "borneOut"
      FROM (${from}) counted GROUP BY key`);
    return new Map(rows.map((row) => [row.key, computePrecision(row.judged, row.borneOut)]));
  };
  const evidence = sql`(${reviewed}) r JOIN relief.matches m ON m.county = r.county AND m.clue = r.id`;
  const [rules, registers, tiers] = await Promise.all([
    count(sql`SELECT rule AS key, verdict FROM (${reviewed}) r`),
    count(sql`SELECT DISTINCT g.kind AS key, r.id, r.verdict FROM ${evidence}
      JOIN relief.registers g ON g.county = m.county AND g.id = m.register`),
    count(sql`SELECT DISTINCT m.tier AS key, r.id, r.verdict FROM ${evidence}`),
  ]);
  return { rules, registers, tiers };
}

/** Every rule of the book, judged or not; registers and tiers that occurred. */
export function toPrecisionTable(
  { rules, registers, tiers }: KnownPrecision,
  book: RuleBook,
): PrecisionTable {
  const none = computePrecision(0, 0);
  return {
    rules: book.rules.map(({ code, nameZh, nameEn }) => ({
      rule: code,
      nameZh,
      nameEn,
      precision: rules.get(code) ?? none,
    })),
    registers: [...registers].map(([kind, precision]) => ({ kind, precision })),
    tiers: [...tiers].map(([tier, precision]) => ({
      tier: tier as PrecisionTable["tiers"][number]["tier"],
      precision,
    })),
  };
}
