/** SQL of notices. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { ClueState } from "./store.ts";

export type StoredNotice = {
  county: number;
  id: number;
  region: number;
  title: string;
  postedOn: string;
  endsOn: string;
  contact: string;
  /** of the clues that the reader may see */
  clues: number;
  waiting: number;
  objected: number;
  closed: number;
};

const columns = sql`n.county, n.id, n.region, n.title, n.posted_on::text AS "postedOn", n.ends_on::text AS "endsOn", n.contact`;

/**
 * Counted through the steps that posted clues, whose policy decides who may know of which: the notice holds no count, and
 * where a clue waits now may be another notice. One of which the reader may know no clue is not there for him.
 */
const counts = sql`SELECT p.county, (p.detail ->> 'notice')::bigint AS notice, count(*)::int AS clues,
    count(*) FILTER (WHERE s.queue = 'notice' AND s.notice = (p.detail ->> 'notice')::bigint)::int AS waiting,
    count(*) FILTER (WHERE e.clue IS NOT NULL)::int AS closed
  FROM relief.clue_actions p
  JOIN relief.clues s ON s.county = p.county AND s.id = p.clue
  LEFT JOIN relief.clue_actions e ON e.county = p.county AND e.clue = p.clue AND e.step = p.step + 1 AND e.verb = 'takeEffect'
  WHERE p.verb = 'post' GROUP BY 1, 2`;

/** Those of the scope, and of what lies above it. */
export async function listNotices(tx: Tx, id?: number): Promise<StoredNotice[]> {
  const wanted = id === undefined ? sql`true` : sql`n.id = ${id}`;
  const { rows } = await tx.query<
    Omit<StoredNotice, "objected">
  >(sql`SELECT ${columns}, c.clues, c.waiting, c.closed
    FROM relief.notices n JOIN (${counts}) c ON c.county = n.county AND c.notice = n.id
    WHERE ${wanted} ORDER BY n.posted_on DESC, n.id DESC LIMIT 500`);
  return rows.map((row) => ({ ...row, objected: row.clues - row.waiting - row.closed }));
}

export type NewNotice = Pick<
  StoredNotice,
  "county" | "region" | "title" | "postedOn" | "endsOn" | "contact"
> & {
  key: string;
};

/** @returns undefined when the same post sent the same key before */
export async function insertNotice(tx: Tx, notice: NewNotice): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(sql`INSERT INTO relief.notices
      (county, region, title, posted_on, ends_on, contact, key, recorded_by)
    VALUES (${notice.county}, ${notice.region}, ${notice.title}, ${notice.postedOn}, ${notice.endsOn},
      ${notice.contact}, ${notice.key}, ${tx.actor.post ?? 0})
    ON CONFLICT ON CONSTRAINT notices_once DO NOTHING RETURNING id`);
  return rows[0]?.id;
}

export async function findNoticeByKey(tx: Tx, county: number, key: string): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(sql`SELECT id FROM relief.notices
    WHERE county = ${county} AND recorded_by = ${tx.actor.post ?? 0} AND key = ${key}`);
  return rows[0]?.id;
}

/** The notice that a clue was on last. */
export async function findNoticeOf(
  tx: Tx,
  clue: Pick<ClueState, "county" | "id">,
): Promise<{ id: number; title: string; endsOn: string } | null> {
  const { rows } = await tx.query<{ id: number; title: string; endsOn: string }>(sql`SELECT n.id, n.title,
      n.ends_on::text AS "endsOn"
    FROM relief.clues s JOIN relief.notices n ON n.county = s.county AND n.id = s.notice
    WHERE s.county = ${clue.county} AND s.id = ${clue.id}`);
  return rows[0] ?? null;
}
