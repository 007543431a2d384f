/** SQL of the audit trail. */
import type { Tx } from "../../platform/db/actor.ts";
import { joinSql, sql } from "../../platform/db/sql.ts";
import type { Algorithm, Entry, Seal } from "./core/chain.ts";

export type NewEntry = { action: string; object: string; before?: unknown; after?: unknown };

export async function insertEntry(tx: Tx, entry: NewEntry): Promise<void> {
  const actor = tx.actor;
  await tx.query(sql`INSERT INTO audit.entries
    (county, region, account, username, post, post_title, action, object, before, after, address, request)
    VALUES (${actor.county}, ${actor.region}, ${actor.account}, ${actor.username}, ${actor.post}, ${actor.postTitle},
      ${entry.action}, ${entry.object}, ${json(entry.before)}, ${json(entry.after)}, ${actor.address}, ${actor.request})`);
}

function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

const at = sql`to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;
const columns = sql`county, id, region, ${at}, account, username, post, post_title, action, object,
  before::text AS before, after::text AS after, address, request`;

export type EntryFilter = {
  action?: string | undefined;
  username?: string | undefined;
  before?: number | undefined;
  limit: number;
};

export async function listEntries(tx: Tx, filter: EntryFilter): Promise<Entry[]> {
  const conditions = [sql`region >= ${tx.actor.regionFrom} AND region < ${tx.actor.regionTo}`];
  if (filter.action !== undefined) conditions.push(sql`action = ${filter.action}`);
  if (filter.username !== undefined) conditions.push(sql`username = ${filter.username}`);
  if (filter.before !== undefined) conditions.push(sql`id < ${filter.before}`);
  const { rows } = await tx.query<Entry>(
    sql`SELECT ${columns} FROM audit.entries WHERE ${joinSql(conditions, " AND ")} ORDER BY id DESC LIMIT ${filter.limit}`,
  );
  return rows;
}

/** Any number that no other advisory lock uses. */
const SEALING_LOCK = 7_216;

/**
 * Highest id that is surely final. Sealers go one after the other: two at once would make the same seal, and the second
 * fail. Waits at most a second for writers, so that they are never held up for long.
 */
export async function findLastFinishedEntry(tx: Tx): Promise<number> {
  await tx.query(sql`SELECT pg_advisory_xact_lock(${SEALING_LOCK})`);
  await tx.query(sql`SET LOCAL lock_timeout = '1s'`);
  const { rows } = await tx.query<{ id: number | null }>(sql`SELECT audit.last_finished_entry() AS id`);
  return rows[0]?.id ?? 0;
}

/** Entries in order of id, in pages, so that memory stays bounded however long the trail is. */
export async function* readEntries(tx: Tx, fromId: number, toId: number): AsyncGenerator<Entry[]> {
  let next = fromId;
  while (next <= toId) {
    const { rows } = await tx.query<Entry>(
      sql`SELECT ${columns} FROM audit.entries WHERE id >= ${next} AND id <= ${toId} ORDER BY id LIMIT 5000`,
    );
    if (rows.length === 0) return;
    yield rows;
    next = (rows.at(-1) as Entry).id + 1;
  }
}

type SealRow = {
  number: number;
  from_id: number;
  to_id: number;
  entries: number;
  algorithm: Algorithm;
  previous: string;
  hash: string;
  at: string;
};
export type StoredSeal = Seal & { at: string };

export async function listSeals(tx: Tx): Promise<StoredSeal[]> {
  const { rows } = await tx.query<SealRow>(sql`SELECT * FROM audit.seals ORDER BY number`);
  return rows.map(toSeal);
}

export async function findHead(tx: Tx): Promise<StoredSeal | undefined> {
  const { rows } = await tx.query<SealRow>(sql`SELECT * FROM audit.seals ORDER BY number DESC LIMIT 1`);
  return rows[0] && toSeal(rows[0]);
}

export async function insertSeal(tx: Tx, seal: Seal): Promise<void> {
  await tx.query(sql`INSERT INTO audit.seals (number, from_id, to_id, entries, algorithm, previous, hash)
    VALUES (${seal.number}, ${seal.fromId}, ${seal.toId}, ${seal.entries}, ${seal.algorithm}, ${seal.previous}, ${seal.hash})`);
}

function toSeal(row: SealRow): StoredSeal {
  const { from_id, to_id, ...rest } = row;
  return { ...rest, fromId: from_id, toId: to_id };
}
