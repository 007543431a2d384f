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
const reviewed = sql`SELECT s.county, s.id, s.rule, s.verdict FROM relief.clues s
  WHERE s.queue IN ('publish', 'notice', 'closed') AND s.verb <> 'withdraw' AND s.verdict IS NOT NULL
    AND s.verdict <> 'again'`;

/** By rule: cheap, since a clue knows its rule. */
export async function readRulePrecision(tx: Tx): Promise<Map<string, Precision>> {
  return count(tx, sql`SELECT rule AS key, verdict FROM (${reviewed}) r`);
}

export async function readPrecision(tx: Tx): Promise<KnownPrecision> {
  const evidence = sql`(${reviewed}) r JOIN relief.matches m ON m.county = r.county AND m.clue = r.id`;
  const [rules, registers, tiers] = await Promise.all([
    readRulePrecision(tx),
    count(
      tx,
      sql`SELECT DISTINCT g.kind AS key, r.id, r.verdict FROM ${evidence}
        JOIN relief.registers g ON g.county = m.county AND g.id = m.register`,
    ),
    count(tx, sql`SELECT DISTINCT m.tier AS key, r.id, r.verdict FROM ${evidence}`),
  ]);
  return { rules, registers, tiers };
}

async function count(tx: Tx, judged: Sql): Promise<Map<string, Precision>> {
  const { rows } = await tx.query<Counted>(sql`SELECT key, count(*)::int AS judged,
      count(*) FILTER (WHERE verdict = ANY (${[...BORNE_OUT]}))::int AS "borneOut"
    FROM (${judged}) counted GROUP BY key`);
  return new Map(rows.map((row) => [row.key, computePrecision(row.judged, row.borneOut)]));
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
