/** SQL of clues, their steps, files, reminders and notices. */
import type { Tx } from "../../../platform/db/actor.ts";
import { joinSql, sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import type { Queue, Verb } from "../core/clues/clue-loop.ts";
import type { Range } from "../region-range.ts";
import { lastActionOf } from "../registry/registry-sql.ts";

export type ClueState = {
  county: number;
  id: number;
  region: number;
  person: number;
  household: number;
  matter: string;
  rule: string;
  ruleVersion: string;
  effect: "exclude" | "flag";
  confidential: boolean;
  run: number;
  probability: number;
  dueDay: string;
  step: number;
  verb: Verb;
  queue: Queue;
  since: string;
};

export type ListedClue = ClueState & {
  name: string;
  idMask: string | null;
  regionZh: string;
  regionEn: string | null;
  townshipZh: string | null;
  townshipEn: string | null;
  /** of the last step that named any */
  visitors: string[] | null;
  verdict: string | null;
};

export type ClueFilter = Range & {
  queue?: string | undefined;
  rule?: string | undefined;
  run?: number | undefined;
  notice?: number | undefined;
  /** due before this day and not closed */
  lateOn?: string | undefined;
};

const stateColumns = sql`s.county, s.id, s.region, s.person, s.household, s.matter, s.rule, s.rule_version AS "ruleVersion",
  s.effect, s.confidential, s.run, s.probability, s.due_day::text AS "dueDay", s.step, s.verb, s.queue, s.since`;

function conditionsOf(filter: ClueFilter): Sql {
  const conditions = [sql`s.region >= ${filter.from} AND s.region < ${filter.to}`];
  if (filter.queue !== undefined) conditions.push(sql`s.queue = ${filter.queue}`);
  if (filter.rule !== undefined) conditions.push(sql`s.rule = ${filter.rule}`);
  if (filter.run !== undefined) conditions.push(sql`s.run = ${filter.run}`);
  if (filter.notice !== undefined) conditions.push(sql`s.notice = ${filter.notice}`);
  if (filter.lateOn !== undefined)
    conditions.push(sql`s.due_day < ${filter.lateOn} AND s.queue IN ('township', 'visit', 'signoff')`);
  return joinSql(conditions, " AND ");
}

/** What is due first comes first. The page is cut before names are looked up. */
export async function listClues(
  tx: Tx,
  filter: ClueFilter,
  page: { offset: number; limit: number },
): Promise<ListedClue[]> {
  return withNames(
    tx,
    sql`SELECT s.* FROM relief.clues s WHERE ${conditionsOf(filter)}
      ORDER BY s.due_day, s.id LIMIT ${page.limit} OFFSET ${page.offset}`,
  );
}

export async function findClue(tx: Tx, id: number): Promise<ListedClue | undefined> {
  const [clue] = await withNames(tx, sql`SELECT s.* FROM relief.clues s WHERE s.id = ${id}`);
  return clue;
}

async function withNames(tx: Tx, clues: Sql): Promise<ListedClue[]> {
  const { rows } = await tx.query<ListedClue>(sql`SELECT ${stateColumns}, p.name, p.id_mask AS "idMask",
      v.name_zh AS "regionZh", v.name_en AS "regionEn", t.name_zh AS "townshipZh", t.name_en AS "townshipEn",
      s.visitors, s.verdict
    FROM (${clues}) s
    JOIN relief.persons p ON p.county = s.county AND p.id = s.person
    JOIN org.regions v ON v.code = s.region
    LEFT JOIN org.regions t ON t.code = s.region - s.region % 1000
    ORDER BY s.due_day, s.id`);
  return rows;
}

export type TownshipCount = {
  township: number;
  queue: Queue;
  verdict: string | null;
  late: boolean;
  n: number;
};

export async function countClues(tx: Tx, { from, to }: Range, today: string): Promise<TownshipCount[]> {
  const { rows } = await tx.query<TownshipCount>(sql`SELECT township, queue, verdict, late, count(*)::int AS n
    FROM (SELECT s.region - s.region % 1000 AS township, s.queue, s.verdict,
        s.due_day < ${today} AND s.queue IN ('township', 'visit', 'signoff') AS late
      FROM relief.clues s WHERE s.region >= ${from} AND s.region < ${to}) counted
    GROUP BY township, queue, verdict, late`);
  return rows;
}

export type NewStep = {
  clue: Pick<ClueState, "county" | "id" | "region" | "confidential">;
  /** one more than the last */
  step: number;
  verb: Verb;
  queue: Queue;
  detail: object;
};

/** @returns false when somebody else took this step first */
export async function insertStep(tx: Tx, { clue, step, verb, queue, detail }: NewStep): Promise<boolean> {
  const { visitors, verdict, notice } = detail as { visitors?: string[]; verdict?: string; notice?: number };
  const { count } =
    await tx.query(sql`UPDATE relief.clues SET step = ${step}, verb = ${verb}, queue = ${queue},
      since = clock_timestamp(), visitors = coalesce(${visitors ?? null}::text[], visitors),
      verdict = coalesce(${verdict ?? null}, verdict), notice = coalesce(${notice ?? null}, notice)
    WHERE county = ${clue.county} AND id = ${clue.id} AND step = ${step - 1}`);
  if (count !== 1) return false;
  await recordStep(tx, { clue, step, verb, queue, detail });
  return true;
}

/** The record alone: for the first step, which comes with the clue. */
export async function recordStep(tx: Tx, { clue, step, verb, queue, detail }: NewStep): Promise<void> {
  const { actor } = tx;
  await tx.query(sql`INSERT INTO relief.clue_actions
      (county, region, confidential, clue, step, verb, queue, detail, recorded_by, recorded_by_title)
    VALUES (${clue.county}, ${clue.region}, ${clue.confidential}, ${clue.id}, ${step}, ${verb}, ${queue},
      ${JSON.stringify(detail)}, ${actor.post ?? 0}, ${actor.postTitle ?? ""})`);
}

export type StoredStep = {
  step: number;
  verb: Verb;
  queue: Queue;
  by: string;
  recordedAt: string;
  detail: Record<string, unknown>;
};

export async function listSteps(tx: Tx, county: number, clue: number): Promise<StoredStep[]> {
  const { rows } = await tx.query<StoredStep>(sql`SELECT step, verb, queue, recorded_by_title AS "by",
      recorded_at AS "recordedAt", detail
    FROM relief.clue_actions WHERE county = ${county} AND clue = ${clue} ORDER BY step`);
  return rows;
}

export async function changeDueDay(tx: Tx, county: number, clue: number, day: string): Promise<void> {
  await tx.query(sql`UPDATE relief.clues SET due_day = ${day} WHERE county = ${county} AND id = ${clue}`);
}

export type HouseholdMember = {
  id: number;
  name: string;
  relation: string;
  idMask: string | null;
  birthYear: number | null;
  /** kind of the last registry action on the person or the whole household; amendments aside */
  lastAction: string | null;
};

export async function listMembers(tx: Tx, county: number, household: number): Promise<HouseholdMember[]> {
  const { rows } = await tx.query<HouseholdMember>(sql`SELECT p.id, p.name, m.relation, p.id_mask AS "idMask",
      p.birth_year AS "birthYear",
      ${lastActionOf(sql`m.county`, sql`m.household`, sql`m.person`)} AS "lastAction"
    FROM relief.memberships m JOIN relief.persons p ON p.county = m.county AND p.id = m.person
    WHERE m.county = ${county} AND m.household = ${household} AND m.to_day IS NULL ORDER BY m.id`);
  return rows;
}

export async function findHouseholdNumber(tx: Tx, county: number, household: number): Promise<string> {
  const { rows } = await tx.query<{ number: string }>(
    sql`SELECT number FROM relief.households WHERE county = ${county} AND id = ${household}`,
  );
  return rows[0]?.number ?? "";
}

export async function listRecused(tx: Tx, county: number, household: number): Promise<string[]> {
  const { rows } = await tx.query<{ official: string }>(
    sql`SELECT official FROM relief.recusals WHERE county = ${county} AND household = ${household}`,
  );
  return rows.map(({ official }) => official);
}

/** Of whoever holds the acting post. @returns undefined where the program itself acts, or a token of a narrower scope */
export async function findOwnName(tx: Tx): Promise<string | undefined> {
  const { rows } = await tx.query<{ name: string }>(sql`SELECT p.name FROM org.posts o
    JOIN org.people p ON p.county = o.county AND p.id = o.person WHERE o.id = ${tx.actor.post ?? 0}`);
  return rows[0]?.name;
}
