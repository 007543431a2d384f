/**
 * A history that a pack makes up is filed as units file: opened, filled in, explained, submitted, reviewed, by the same functions
 * and under the same rules.
 *
 * Who acts is the loader, and the trail says so, with the time at which it did. Only the day that lateness counts from is the
 * made-up one: it is said as the reason of each step, and the returns are marked for good (`origin`).
 */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { daysOf, period as readPeriod } from "../../../shared/period.ts";
import { addDays, addWorkingDays, lastWorkingDay } from "../../../shared/working-days.ts";
import { dueDayOf } from "../core/due-day.ts";
import type { FormDefinition } from "../core/form.ts";
import { openPeriod } from "../forms/openings.ts";
import { findForm, findOpening } from "../forms/store.ts";
import { FORM_NOT_FOUND } from "../problems.ts";
import type { Viewer } from "../viewer.ts";
import { editCells } from "./edit-cells.ts";
import { explain } from "./explain.ts";
import { isOpenPoint } from "../core/explanation.ts";
import { stepReturn } from "./step-return.ts";

/** subject → column → as typed */
type Rows = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** `after`: working days after the last day, before it when negative. */
export type HistoricStep = { after: number } & (
  | { verb: "submit"; rows: Rows }
  | { verb: "sendBack"; reason: string; cells: { subject: string; column: string; reason: string }[] }
  | { verb: "amend"; reason: string }
  | { verb: "accept" }
);
export type HistoricPeriod = {
  form: string;
  period: string;
  /** unit: code */
  returns: readonly { unit: string; course: readonly HistoricStep[] }[];
};

/** What was opened before is left as it is, so that a load that was broken off goes on where it was. @returns returns filed */
export async function fileHistory(tx: Tx, { form: code, period, returns }: HistoricPeriod): Promise<number> {
  const { county } = tx.actor;
  const form = (await findForm(tx, county, code))?.definition;
  if (form === undefined) throw FORM_NOT_FOUND();
  if ((await findOpening(tx, county, code, period)) !== undefined) return 0;
  const viewers = await readViewers(tx);
  const { last } = daysOf(readPeriod(period));
  // The day after the period is the day on which it would have been opened: so its last day is the one of its rule.
  const opening = {
    viewer: viewers.get(form.owner) as Viewer,
    today: addDays(last, 1),
    origin: "synthetic",
  } as const;
  await openPeriod(tx, code, { period }, opening);
  const ids = await listIds(tx, code, period);
  const dueDay = dueDayOf(form.due, readPeriod(period));
  const reviewer = reviewerOf(form, viewers);
  for (const { unit, course } of returns) {
    const [id, filer] = [ids.get(unit), viewers.get(unit)];
    if (id === undefined || filer === undefined)
      throw new Error(`${unit} does not file ${code} in ${period}`);
    let left: Left = { step: 0, rows: {} };
    for (const step of course)
      left = await take(tx, { id, filer, reviewer, left }, step, dayOf(opening.today, dueDay, step.after));
  }
  return returns.length;
}

/** How the step before has left a return. */
type Left = { step: number; rows: Rows };
type Filing = { id: number; filer: Viewer; reviewer: Viewer; left: Left };

/** The first unit that the form names as its reviewer. */
function reviewerOf(form: FormDefinition, viewers: ReadonlyMap<string, Viewer>): Viewer {
  const reviewer = viewers.get(form.review[0]?.units[0] ?? "");
  if (form.review.length !== 1 || reviewer === undefined)
    throw new Error(`a history of ${form.code} needs one level of review, by a unit that is named`);
  return reviewer;
}

const RIGHTS: ReadonlySet<string> = new Set([
  "returns.file",
  "returns.review",
  "returns.design",
  "returns.read",
  "figures.read",
]);

/** The units as viewers, by code: a post of each would see the same. */
async function readViewers(tx: Tx): Promise<Map<string, Viewer>> {
  const { rows } = await tx.query<{ id: number; code: string; county: number; region: number }>(
    sql`SELECT id, code, county, region FROM org.units WHERE county = ${tx.actor.county}`,
  );
  return new Map(
    rows.map(({ region, ...unit }) => [unit.code, { unit, region, account: null, rights: RIGHTS }]),
  );
}

async function listIds(tx: Tx, form: string, period: string): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ code: string; id: number }>(sql`
    SELECT u.code, r.id FROM returns.returns r JOIN org.units u ON u.county = r.county AND u.id = r.unit
    WHERE r.county = ${tx.actor.county} AND r.form = ${form} AND r.period = ${period}`);
  return new Map(rows.map(({ code, id }) => [code, id]));
}

/** Nobody reports a period before it is over. */
function dayOf(first: string, dueDay: string, after: number): string {
  if (after >= 0) return after === 0 ? dueDay : addWorkingDays(dueDay, after);
  let day = dueDay;
  for (let left = -after; left > 0; left--) day = lastWorkingDay(addDays(day, -1));
  return day < first ? first : day;
}

async function take(tx: Tx, filing: Filing, step: HistoricStep, day: string): Promise<Left> {
  const { id, filer, reviewer } = filing;
  // ten in the morning, China time
  const now = new Date(`${day}T02:00:00Z`);
  const left = step.verb === "submit" ? await fillIn(tx, filing, step.rows, now) : filing.left;
  const viewer = step.verb === "submit" || step.verb === "amend" ? filer : reviewer;
  const said = "reason" in step ? `${step.reason}。` : "";
  const request = {
    verb: step.verb,
    step: left.step,
    reason: `${said}演示数据，按 ${day} 计`,
    cells: step.verb === "sendBack" ? step.cells : [],
  };
  await stepReturn(tx, id, request, { viewer, now, isTold: false });
  return { ...left, step: left.step + 1 };
}

/** Puts in what differs, and explains what a soft rule asks about. */
async function fillIn(tx: Tx, { id, filer, left }: Filing, rows: Rows, now: Date): Promise<Left> {
  const filling = { viewer: filer, now };
  const cells = Object.entries(rows).flatMap(([subject, row]) =>
    Object.entries(row).flatMap(([column, to]) => {
      const from = left.rows[subject]?.[column] ?? null;
      return from === to ? [] : [{ subject, column, from, to }];
    }),
  );
  const { refused, findings, step } = await editCells(tx, id, { cells, add: [], remove: [] }, filling);
  const [first] = refused;
  if (first !== undefined) throw new Error(`return ${id}, ${first.subject}.${first.column}: ${first.en}`);
  for (const { code, subject } of findings?.filter((one) => one.severity === "soft" && isOpenPoint(one)) ??
    [])
    await explain(tx, id, { code, subject, text: "演示数据：已与上年同期和上期核对，变动属实" }, filling);
  return { step, rows };
}
