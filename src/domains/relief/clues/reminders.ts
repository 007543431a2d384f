/** Reminders of clues: two working days before, on the day, and when late. Each once for each deadline. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { addWorkingDays } from "../../../shared/working-days.ts";
import type { ReminderView } from "../contract.ts";
import { readRuleBook } from "./rule-book.ts";
import { findClue } from "./store.ts";
import { toRow } from "./view-clues.ts";

const WAITING = ["township", "visit", "signoff"];

/** Run every morning, and as often as one likes: what was reminded of is not reminded of again. @returns new reminders */
export async function remind(tx: Tx, today: string): Promise<number> {
  const soon = addWorkingDays(today, 2);
  const { count } =
    await tx.query(sql`INSERT INTO relief.reminders (county, region, confidential, clue, kind, due_day, step)
    SELECT s.county, s.region, s.confidential, s.id,
      CASE WHEN s.due_day < ${today} THEN 'late' WHEN s.due_day = ${today} THEN 'today' ELSE 'soon' END, s.due_day, s.step
    FROM relief.clues s WHERE s.queue = ANY (${WAITING}) AND s.due_day <= ${soon}
    ON CONFLICT DO NOTHING`);
  return count;
}

/** Of clues that still wait, the newest reminder of each. */
export async function readReminders(tx: Tx, today: string): Promise<ReminderView[]> {
  const { rows } = await tx.query<{ clue: number; kind: "soon" | "today" | "late"; recordedAt: string }>(
    sql`SELECT DISTINCT ON (s.due_day, s.id) s.id AS clue, r.kind, r.recorded_at AS "recordedAt"
      FROM relief.clues s
      JOIN relief.reminders r ON r.county = s.county AND r.clue = s.id AND r.due_day = s.due_day
      WHERE s.queue = ANY (${WAITING}) ORDER BY s.due_day, s.id, r.recorded_at DESC LIMIT 200`,
  );
  const book = await readRuleBook(tx);
  const items = [];
  for (const { clue: id, ...reminder } of rows) {
    const clue = await findClue(tx, id);
    if (clue !== undefined) items.push({ clue: toRow(clue, book, today), ...reminder });
  }
  return items;
}
