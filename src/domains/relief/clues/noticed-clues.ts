/** The clues of a notice with what its paper says of them. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { NoticedClue } from "./notice-documents.ts";
import { listNoticeClues } from "./notices.ts";

export async function readNoticed(tx: Tx, notice: number): Promise<NoticedClue[]> {
  const clues = await listNoticeClues(tx, notice);
  const ids = clues.map(({ id }) => id);
  const { rows } = await tx.query<{ id: number; reason: string; householdNumber: string }>(sql`SELECT c.id,
      h.number AS "householdNumber",
      coalesce((SELECT a.detail ->> 'reason' FROM relief.clue_actions a WHERE a.county = c.county AND a.clue = c.id
        AND a.verb IN ('judge', 'rejudge') ORDER BY a.step DESC LIMIT 1), '') AS reason
    FROM relief.clues c JOIN relief.households h ON h.county = c.county AND h.id = c.household
    WHERE c.id = ANY (${ids}::bigint[])`);
  const by = new Map(rows.map((row) => [row.id, row]));
  return clues
    .map((clue) => ({
      ...clue,
      reason: by.get(clue.id)?.reason ?? "",
      householdNumber: by.get(clue.id)?.householdNumber ?? "",
    }))
    .sort((a, b) => a.region - b.region || a.id - b.id);
}
