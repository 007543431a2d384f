/** What did not leave the house: told to the department whose form it is about, which can have it sent again. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import type { UndeliveredList, UndeliveredView } from "../contract.ts";
import { toBrief } from "../filing/brief.ts";
import { findReturn } from "../filing/store.ts";
import { mayDesign } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { MOST_REFUSALS } from "./deliver.ts";
import type { Channel } from "./deliver.ts";
import type { MessageKind } from "./messages.ts";

const MOST = 100;

type Row = {
  message: number;
  channel: Channel;
  kind: MessageKind;
  return: number;
  refusals: number;
  reason: string | null;
  at: string;
};

/** Of forms that the viewer's unit owns, the newest first. */
export async function listUndelivered(
  tx: Tx,
  { viewer, today }: { viewer: Viewer; today: string },
): Promise<UndeliveredList> {
  const owned = await listOwnedForms(tx, viewer);
  const { rows } = await tx.query<Row>(sql`
    SELECT d.message, d.channel, m.kind, m.return, d.refusals, d.last_error AS reason, d.changed_at AS at
    FROM returns.deliveries d
    JOIN returns.messages m ON m.county = d.county AND m.id = d.message
    JOIN returns.returns r ON r.county = m.county AND r.id = m.return
    WHERE d.county = ${tx.actor.county} AND d.state = 'failed' AND r.form = ANY (${owned}::text[])
    ORDER BY d.message DESC, d.channel LIMIT ${MOST}`);
  const items: UndeliveredView[] = [];
  for (const { return: about, refusals, ...row } of rows) {
    const one = await findReturn(tx, about, viewer);
    if (one === undefined) continue;
    const isGivenUp = refusals >= MOST_REFUSALS;
    items.push({ ...row, refusals, isGivenUp, brief: toBrief(one, today) });
  }
  return { items };
}

/** Goes out with the next round, ten minutes after its last refusal at the earliest. @throws FORBIDDEN, and then none of them is sent */
export async function sendAgain(
  tx: Tx,
  items: readonly { message: number; channel: Channel }[],
  viewer: Viewer,
): Promise<number> {
  const { county } = tx.actor;
  const owned = await listOwnedForms(tx, viewer);
  const messages = items.map(({ message }) => message);
  const { rows } = await tx.query<{ id: number }>(sql`
    SELECT m.id FROM returns.messages m JOIN returns.returns r ON r.county = m.county AND r.id = m.return
    WHERE m.county = ${county} AND m.id = ANY (${messages}::bigint[]) AND r.form = ANY (${owned}::text[])`);
  const found = new Set(rows.map(({ id }) => id));
  if (messages.some((id) => !found.has(id))) throw FORBIDDEN();
  const { count } = await tx.query(sql`
    UPDATE returns.deliveries d SET refusals = 0
    FROM unnest(${messages}::bigint[], ${items.map(({ channel }) => channel)}::text[]) AS k(message, channel)
    WHERE d.county = ${county} AND d.message = k.message AND d.channel = k.channel AND d.state = 'failed'`);
  await recordAudit(tx, {
    action: "returns.sendAgain",
    object: `county:${county}`,
    after: { items, again: count },
  });
  return count;
}

async function listOwnedForms(tx: Tx, viewer: Viewer): Promise<string[]> {
  const { rows } = await tx.query<{ code: string; owner: string }>(
    sql`SELECT DISTINCT code, owner FROM returns.forms WHERE county = ${tx.actor.county}`,
  );
  return rows.filter(({ owner }) => mayDesign(viewer, owner)).map(({ code }) => code);
}
