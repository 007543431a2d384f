/** Whether what stands greyed beside a return, of the period and the year before, was made up for the demonstration. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { addPeriods, period as readPeriod, sameLastYear } from "../../../shared/period.ts";
import type { Origin } from "../contract.ts";
import type { FormDefinition } from "../core/form.ts";
import type { StoredReturn } from "./store.ts";

/** One made-up number among many is enough: a mark that is too wide misleads nobody. */
export async function originOfPast(tx: Tx, one: StoredReturn, form: FormDefinition): Promise<Origin> {
  const period = readPeriod(one.period);
  const periods = [addPeriods(period, -1), sameLastYear(period)];
  const measures = form.columns.flatMap(({ posts }) => posts?.measure ?? []);
  const { rows } = await tx.query<{ isSynthetic: boolean }>(sql`
    SELECT EXISTS (SELECT FROM returns.returns r
      WHERE r.county = ${one.county} AND r.form = ${one.form} AND r.unit = ${one.unit} AND r.period = ANY (${periods}::text[])
        AND r.accepted IS NOT NULL AND r.origin = 'synthetic')
    OR EXISTS (SELECT FROM ledger.figures f
      JOIN ledger.measures m ON m.id = f.measure
      JOIN ledger.sources s ON s.county = f.county AND s.id = f.source
      WHERE f.county = ${one.county} AND f.region = ${one.region} AND f.period = ANY (${periods}::text[])
        AND m.code = ANY (${measures}::text[]) AND s.kind = 'synthetic') AS "isSynthetic"`);
  return rows[0]?.isSynthetic === true ? "synthetic" : "filed";
}
