/** The inbox of the acting post's unit. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { InboxView } from "../contract.ts";
import { toBrief } from "../filing/brief.ts";
import { findReturn } from "../filing/store.ts";
import { MESSAGE_NOT_FOUND } from "../problems.ts";
import type { Viewer } from "../viewer.ts";
import type { MessageKind } from "./messages.ts";

const MOST = 50;

export async function readInbox(
  tx: Tx,
  { viewer, today }: { viewer: Viewer; today: string },
): Promise<{ items: InboxView[]; unread: number }> {
  const { unit } = viewer;
  if (unit === null) return { items: [], unread: 0 };
  const of = sql`county = ${unit.county} AND unit = ${unit.id}`;
  const { rows } = await tx.query<{
    id: number;
    kind: MessageKind;
    return: number;
    at: string;
    readAt: string | null;
  }>(sql`SELECT id, kind, return, created_at AS at, read_at AS "readAt" FROM returns.messages WHERE ${of}
    ORDER BY id DESC LIMIT ${MOST}`);
  const items: InboxView[] = [];
  for (const { id, kind, at, readAt, return: about } of rows) {
    const one = await findReturn(tx, about, viewer);
    if (one !== undefined) items.push({ id, kind, at, isRead: readAt !== null, brief: toBrief(one, today) });
  }
  const { rows: counted } = await tx.query<{ n: number }>(
    sql`SELECT count(*)::int AS n FROM returns.messages WHERE ${of} AND read_at IS NULL`,
  );
  return { items, unread: counted[0]?.n ?? 0 };
}

/** @throws MESSAGE_NOT_FOUND */
export async function markRead(tx: Tx, id: number, viewer: Viewer): Promise<void> {
  const { count } = await tx.query(sql`
    UPDATE returns.messages SET read_at = coalesce(read_at, clock_timestamp())
    WHERE county = ${viewer.unit?.county ?? 0} AND unit = ${viewer.unit?.id ?? 0} AND id = ${id}`);
  if (count !== 1) throw MESSAGE_NOT_FOUND();
}
