/** The clues of a notice as its paper told of them when it was posted, whatever an objection made of one since. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Verdict } from "../core/clues/clue-loop.ts";

export type NoticedClue = {
  name: string;
  idMask: string | null;
  regionZh: string;
  townshipZh: string | null;
  householdNumber: string;
  verdict: Verdict;
  reason: string;
};

/** Village by village. */
export async function readNoticed(tx: Tx, notice: number): Promise<NoticedClue[]> {
  const { rows } =
    await tx.query<NoticedClue>(sql`SELECT p.name, p.id_mask AS "idMask", v.name_zh AS "regionZh",
      t.name_zh AS "townshipZh", h.number AS "householdNumber",
      j.detail ->> 'verdict' AS verdict, j.detail ->> 'reason' AS reason
    FROM relief.clue_actions a
    JOIN relief.clues c ON c.county = a.county AND c.id = a.clue
    JOIN relief.persons p ON p.county = c.county AND p.id = c.person
    JOIN relief.households h ON h.county = c.county AND h.id = c.household
    JOIN org.regions v ON v.code = c.region
    LEFT JOIN org.regions t ON t.code = c.region - c.region % 1000
    CROSS JOIN LATERAL (SELECT detail FROM relief.clue_actions j WHERE j.county = a.county AND j.clue = a.clue
      AND j.step < a.step AND j.verb IN ('judge', 'rejudge') ORDER BY j.step DESC LIMIT 1) j
    WHERE a.verb = 'post' AND (a.detail ->> 'notice')::bigint = ${notice} ORDER BY c.region, c.id`);
  return rows;
}
