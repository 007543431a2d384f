/** Messages to units: written once for each occasion, in the transaction that gives it. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { StoredReturn } from "../filing/store.ts";

export type MessageKind = "soon" | "today" | "late" | "sent-back" | "accepted";

/** To the filer. The same occasion sends nothing twice. */
export async function sendMessage(
  tx: Tx,
  one: Pick<StoredReturn, "county" | "id" | "region" | "unit">,
  kind: MessageKind,
  occasion: string,
): Promise<void> {
  await tx.query(sql`
    INSERT INTO returns.messages (county, region, return, unit, kind, occasion)
    VALUES (${one.county}, ${one.region}, ${one.id}, ${one.unit}, ${kind}, ${occasion})
    ON CONFLICT ON CONSTRAINT messages_once DO NOTHING`);
}
