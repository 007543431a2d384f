/** Reminders of what is due: two working days before, on the day, and when late. Each once for each due day. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import type { Sql } from "../../../platform/db/sql.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import { addWorkingDays } from "../../../shared/working-days.ts";
import { findForm } from "../forms/store.ts";
import { mayRemind } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";

/** Run every morning, and as often as one likes. @returns new reminders */
export async function remindOfReturns(tx: Tx, today: string): Promise<number> {
  return send(tx, today, sql`o.due_day <= ${addWorkingDays(today, 2)}`);
}

/** By hand: those who have not submitted a form's period. Whoever was reminded by hand today is not again. @throws FORBIDDEN */
export async function remindNow(
  tx: Tx,
  asked: { form: string; period: string },
  { viewer, today }: { viewer: Viewer; today: string },
): Promise<number> {
  const form = await findForm(tx, tx.actor.county, asked.form);
  if (form === undefined || !mayRemind(viewer, form.definition)) throw FORBIDDEN();
  const which = sql`r.county = ${tx.actor.county} AND r.form = ${asked.form} AND r.period = ${asked.period}`;
  const reminded = await send(tx, today, which, sql`' by hand ' || ${today}::text`);
  await recordAudit(tx, {
    action: "returns.remind",
    object: `form:${asked.form}`,
    after: { ...asked, reminded },
  });
  return reminded;
}

const NOT_IN = ["due", "draft", "sent-back"];

async function send(tx: Tx, today: string, which: Sql, again: Sql = sql`''`): Promise<number> {
  const { count } = await tx.query(sql`
    INSERT INTO returns.messages (county, region, return, unit, kind, occasion)
    SELECT r.county, r.region, r.id, r.unit,
      CASE WHEN o.due_day < ${today} THEN 'late' WHEN o.due_day = ${today} THEN 'today' ELSE 'soon' END,
      'due ' || o.due_day || ${again}
    FROM returns.returns r
    JOIN returns.openings o ON o.county = r.county AND o.form = r.form AND o.period = r.period
    WHERE r.status = ANY (${NOT_IN}::text[]) AND NOT o.is_locked AND ${which}
    ON CONFLICT ON CONSTRAINT messages_once DO NOTHING`);
  return count;
}
