/** Messages to units: written once for each occasion, in the transaction that gives it. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { StoredReturn } from "../filing/store.ts";

export type MessageKind = "soon" | "today" | "late" | "sent-back" | "accepted";

/** To the filer, with what goes out of the house for it. The same occasion sends nothing twice. */
export async function sendMessage(
  tx: Tx,
  one: Pick<StoredReturn, "county" | "id" | "region" | "unit">,
  kind: MessageKind,
  occasion: string,
): Promise<void> {
  await tx.query(sql`
    WITH sent AS (
      INSERT INTO returns.messages (county, region, return, unit, kind, occasion)
      VALUES (${one.county}, ${one.region}, ${one.id}, ${one.unit}, ${kind}, ${occasion})
      ON CONFLICT ON CONSTRAINT messages_once DO NOTHING RETURNING county, id, region, unit)
    INSERT INTO returns.deliveries (county, message, channel, region, address)
    SELECT s.county, s.id, 'email', s.region, c.email FROM sent s
    JOIN returns.contacts c ON c.county = s.county AND c.unit = s.unit`);
}
