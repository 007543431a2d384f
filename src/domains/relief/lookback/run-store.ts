/** SQL of runs, their course, and their matches. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { RunState, Tier } from "../contract.ts";
import type { Rule } from "../core/clues/rules.ts";

export type StoredRun = {
  county: number;
  id: number;
  region: number;
  title: string;
  registers: number[];
  rules: readonly Rule[];
  ruleVersion: string;
  recordedAt: string;
  recordedBy: number;
  /** 0 before anything happened */
  step: number;
  kind: "begin" | "done" | "fail" | "cancel" | "send" | null;
  detail: RunDetail | null;
};
export type RunDetail = {
  persons?: number;
  seconds?: number;
  silent?: { rule: string; column: string }[];
  failure?: { zh: string; en: string };
};

const STATES: Readonly<Record<NonNullable<StoredRun["kind"]>, RunState>> = {
  begin: "running",
  done: "done",
  fail: "failed",
  cancel: "cancelled",
  send: "sent",
};
export const stateOf = ({ kind }: Pick<StoredRun, "kind">): RunState =>
  kind === null ? "waiting" : STATES[kind];

const columns = sql`r.county, r.id, r.region, r.title, r.registers, r.rules, r.rule_version AS "ruleVersion",
  r.recorded_at AS "recordedAt", r.recorded_by AS "recordedBy", coalesce(a.step, 0) AS step, a.kind,
  (SELECT d.detail FROM relief.run_actions d WHERE d.county = r.county AND d.run = r.id AND d.kind IN ('done', 'fail')
    ORDER BY d.step DESC LIMIT 1) AS detail`;
const last = sql`LEFT JOIN LATERAL (SELECT step, kind FROM relief.run_actions a WHERE a.county = r.county AND a.run = r.id
  ORDER BY step DESC LIMIT 1) a ON true`;

export async function listRuns(tx: Tx): Promise<StoredRun[]> {
  const { rows } = await tx.query<StoredRun>(
    sql`SELECT ${columns} FROM relief.runs r ${last} ORDER BY r.id DESC LIMIT 200`,
  );
  return rows;
}

export async function findRun(tx: Tx, id: number): Promise<StoredRun | undefined> {
  const { rows } = await tx.query<StoredRun>(
    sql`SELECT ${columns} FROM relief.runs r ${last} WHERE r.id = ${id}`,
  );
  return rows[0];
}

/** Runs that wait or were broken off. */
export async function listOpenRuns(tx: Tx): Promise<StoredRun[]> {
  const { rows } = await tx.query<StoredRun>(sql`SELECT ${columns} FROM relief.runs r ${last}
    WHERE a.kind IS NULL OR a.kind = 'begin' ORDER BY r.id`);
  return rows;
}

export type NewRun = Pick<
  StoredRun,
  "county" | "region" | "title" | "registers" | "rules" | "ruleVersion"
> & { key: string };

/** @returns the run; the earlier one when the same post sent the same key before */
export async function insertRun(tx: Tx, run: NewRun): Promise<{ id: number; isNew: boolean }> {
  const post = tx.actor.post ?? 0;
  const { rows } = await tx.query<{ id: number }>(sql`INSERT INTO relief.runs
      (county, region, title, registers, rules, rule_version, key, recorded_by)
    VALUES (${run.county}, ${run.region}, ${run.title}, ${run.registers}::bigint[], ${JSON.stringify(run.rules)},
      ${run.ruleVersion}, ${run.key}, ${post})
    ON CONFLICT ON CONSTRAINT runs_once DO NOTHING RETURNING id`);
  if (rows[0] !== undefined) return { id: rows[0].id, isNew: true };
  const earlier = await tx.query<{ id: number }>(
    sql`SELECT id FROM relief.runs WHERE county = ${run.county} AND recorded_by = ${post} AND key = ${run.key}`,
  );
  return { id: (earlier.rows[0] as { id: number }).id, isNew: false };
}

/** @returns false when another step came first */
export async function insertRunAction(
  tx: Tx,
  run: Pick<StoredRun, "county" | "region" | "id" | "step">,
  kind: NonNullable<StoredRun["kind"]>,
  detail: object = {},
): Promise<boolean> {
  const { count } =
    await tx.query(sql`INSERT INTO relief.run_actions (county, region, run, step, kind, detail)
    VALUES (${run.county}, ${run.region}, ${run.id}, ${run.step + 1}, ${kind}, ${JSON.stringify(detail)})
    ON CONFLICT (county, run, step) DO NOTHING`);
  return count === 1;
}

export type NewMatch = {
  region: number;
  register: number;
  person: number;
  relative: number | null;
  rowKey: string;
  tier: Tier;
  probability: number;
  evidence: object;
  row: Buffer;
  rowHash: Buffer;
  rule: string | null;
  matter: string | null;
};

export async function insertMatches(
  tx: Tx,
  run: Pick<StoredRun, "county" | "id">,
  matches: readonly NewMatch[],
): Promise<void> {
  const column = <K extends keyof NewMatch>(key: K): NewMatch[K][] => matches.map((match) => match[key]);
  await tx.query(sql`INSERT INTO relief.matches (county, region, run, register, person, relative, row_key, tier,
      probability, evidence, row, row_hash, rule, matter)
    SELECT ${run.county}, region, ${run.id}, register, person, relative, row_key, tier, probability, evidence, row,
      row_hash, rule, matter
    FROM unnest(${column("region")}::bigint[], ${column("register")}::bigint[], ${column("person")}::bigint[],
      ${column("relative")}::bigint[], ${column("rowKey")}::text[], ${column("tier")}::text[],
      ${column("probability")}::float8[], ${column("evidence").map((each) => JSON.stringify(each))}::jsonb[],
      ${column("row")}::bytea[], ${column("rowHash")}::bytea[], ${column("rule")}::text[], ${column("matter")}::text[])
      AS m (region, register, person, relative, row_key, tier, probability, evidence, row, row_hash, rule, matter)`);
}

/** Of a run that was broken off: what it had found is found again. */
export async function deleteMatches(tx: Tx, run: number): Promise<void> {
  await tx.query(sql`DELETE FROM relief.matches WHERE run = ${run} AND clue IS NULL`);
}

export type MatchTally = {
  register: number;
  tier: Tier;
  rule: string | null;
  matches: number;
  persons: number;
  probability: number;
};

export async function tallyMatches(tx: Tx, run: number): Promise<MatchTally[]> {
  const { rows } = await tx.query<MatchTally>(sql`SELECT register, tier, rule, count(*)::int AS matches,
      count(DISTINCT person)::int AS persons, avg(probability) AS probability
    FROM relief.matches WHERE run = ${run} GROUP BY register, tier, rule ORDER BY register, tier, rule`);
  return rows;
}

export type RuledRow = {
  match: number;
  register: number;
  tier: Tier;
  person: number;
  region: number;
  household: number;
  rule: string;
  matter: string;
  probability: number;
  rowHash: string;
};

/** Matches that a rule takes, with the household that the person is in now. */
export async function listRuledMatches(tx: Tx, run: number): Promise<RuledRow[]> {
  const { rows } = await tx.query<RuledRow>(sql`SELECT m.id AS match, m.register, m.tier, m.person, p.region,
      h.household, m.rule, m.matter, m.probability, encode(m.row_hash, 'hex') AS "rowHash"
    FROM relief.matches m
    JOIN relief.persons p ON p.county = m.county AND p.id = m.person
    JOIN relief.memberships h ON h.county = m.county AND h.person = m.person AND h.to_day IS NULL
    WHERE m.run = ${run} AND m.rule IS NOT NULL ORDER BY m.id`);
  return rows;
}

export async function countSent(tx: Tx, run: number): Promise<number> {
  const { rows } = await tx.query<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM relief.clues WHERE run = ${run}`,
  );
  return rows[0]?.n ?? 0;
}
