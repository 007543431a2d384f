/** The reporting calendar: opening a period makes a return for each filer; moving the due day and locking say why. */
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import type { Bilingual } from "../../../platform/problem.ts";
import { addPeriods, daysOf, formOf, isFuture, period as readPeriod } from "../../../shared/period.ts";
import type { Period } from "../../../shared/period.ts";
import { addWorkingDays } from "../../../shared/working-days.ts";
import { recordAudit } from "../../audit/index.ts";
import type { Origin } from "../contract.ts";
import { dueDayOf } from "../core/due-day.ts";
import { FORM_NOT_FOUND, OPENING_NOT_FOUND, OPENING_REFUSED } from "../problems.ts";
import { mayDesign } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { clashAtOpening } from "./clash-of-forms.ts";
import {
  changeOpening,
  findForm,
  findOpening,
  holdReturns,
  insertOpening,
  insertReturns,
  listForms,
  listOpened,
  recordOpeningAction,
} from "./store.ts";
import type { StoredForm, StoredOpening } from "./store.ts";

/** @throws FORM_NOT_FOUND, FORBIDDEN */
async function ownForm(tx: Tx, code: string, viewer: Viewer): Promise<StoredForm> {
  const form = await findForm(tx, tx.actor.county, code);
  if (form === undefined) throw FORM_NOT_FOUND();
  if (!mayDesign(viewer, form.definition.owner)) throw FORBIDDEN();
  return form;
}

const refusal = (zh: string, en: string) => OPENING_REFUSED({ detail: { zh, en } });

/** @throws FORM_NOT_FOUND, FORBIDDEN, OPENING_REFUSED */
export async function openPeriod(
  tx: Tx,
  code: string,
  asked: { period: string; dueDay?: string | undefined },
  { viewer, today, origin = "filed" }: { viewer: Viewer; today: string; origin?: Origin },
): Promise<void> {
  const form = await ownForm(tx, code, viewer);
  const period = readPeriod(asked.period);
  if (formOf(period) !== form.definition.periodForm)
    throw refusal("时期与报表的报告期别不符", "The period is not of the form's kind");
  if (isFuture(period, today)) throw refusal("这一期还没有开始", "This period has not begun");
  const clash = await clashAtOpening(tx, form, period);
  if (clash !== undefined) throw refusal(clash.zh, clash.en);
  if (!(await open(tx, form, period, { dueDay: asked.dueDay ?? dueDayFrom(form, period, today), origin })))
    throw refusal("这一期已经布置", "This period is open already");
}

/** Working days that a period gets which is opened after the day its rule names. */
const GRACE_DAYS = 5;

/** Nobody is late with what had not been asked of him. */
function dueDayFrom({ definition }: StoredForm, period: Period, today: string): string {
  const byRule = dueDayOf(definition.due, period);
  return byRule < today ? addWorkingDays(today, GRACE_DAYS) : byRule;
}

/** @returns false when it is open already */
async function open(
  tx: Tx,
  form: StoredForm,
  period: Period,
  { dueDay, origin }: { dueDay: string; origin: Origin },
): Promise<boolean> {
  const opening = {
    county: form.county,
    region: form.region,
    form: form.code,
    formVersion: form.version,
    period,
    dueDay,
  };
  if (!(await insertOpening(tx, opening))) return false;
  const units = await insertReturns(tx, { ...opening, origin }, form.definition);
  await recordOpeningAction(tx, opening, "open", null);
  await recordAudit(tx, {
    action: "returns.openPeriod",
    object: `form:${form.code}`,
    after: { period, dueDay: opening.dueDay, units, ...(origin === "filed" ? {} : { origin }) },
  });
  return true;
}

/** @throws FORM_NOT_FOUND, FORBIDDEN, OPENING_NOT_FOUND, OPENING_REFUSED */
export async function changePeriod(
  tx: Tx,
  { code, period }: { code: string; period: string },
  change: { dueDay?: string | undefined; isLocked?: boolean | undefined; reason: string },
  viewer: Viewer,
): Promise<void> {
  const form = await ownForm(tx, code, viewer);
  const opening = await findOpening(tx, form.county, code, period);
  if (opening === undefined) throw OPENING_NOT_FOUND();
  const { dueDay = opening.dueDay, isLocked = opening.isLocked, reason } = change;
  if (dueDay < daysOf(readPeriod(period)).first)
    throw refusal("截止日不能早于报告期", "The last day cannot lie before the period");
  if (dueDay === opening.dueDay && isLocked === opening.isLocked)
    throw refusal("没有变化", "Nothing would change");
  await holdReturns(tx, opening);
  await changeOpening(tx, opening, { dueDay, isLocked });
  await tell(tx, opening, { dueDay, isLocked, reason });
}

type Told = { dueDay: string; isLocked: boolean; reason: string };

async function tell(tx: Tx, opening: StoredOpening, { dueDay, isLocked, reason }: Told): Promise<void> {
  const after = { ...opening, dueDay };
  if (dueDay !== opening.dueDay) await recordOpeningAction(tx, after, "due", reason);
  if (isLocked !== opening.isLocked)
    await recordOpeningAction(tx, after, isLocked ? "lock" : "unlock", reason);
  await recordAudit(tx, {
    action: "returns.changePeriod",
    object: `form:${opening.form}`,
    before: { period: opening.period, dueDay: opening.dueDay, isLocked: opening.isLocked },
    after: { dueDay, isLocked, reason },
  });
}

/** At most so many periods of a form are opened at once: a wrong year in a schedule must not fill the board. */
const MOST_AT_ONCE = 60;

/** Periods that a form's schedule calls for, that are over and not open yet. */
async function listMissing(tx: Tx, form: StoredForm, today: string): Promise<Period[]> {
  const { schedule, periodForm } = form.definition;
  const missing: Period[] = [];
  if (schedule === null) return missing;
  let period = readPeriod(schedule.from);
  if (formOf(period) !== periodForm) return missing;
  const there = new Set(await listOpened(tx, form));
  for (; daysOf(period).last < today && missing.length < MOST_AT_ONCE; period = addPeriods(period, 1)) {
    if (schedule.to !== null && period > schedule.to) break;
    if (!there.has(period)) missing.push(period);
  }
  return missing;
}

/**
 * Opens what the schedules of the forms call for and is over by today; run every morning. A period that would post what
 * another source posts stays closed as a whole, for its owner to see (`listBlocked`), and is tried again the next morning.
 * @returns periods opened
 */
export async function openScheduled(tx: Tx, today: string): Promise<number> {
  let opened = 0;
  for (const form of await listForms(tx))
    for (const period of await listMissing(tx, form, today)) {
      if ((await clashAtOpening(tx, form, period)) !== undefined) continue;
      if (await open(tx, form, period, { dueDay: dueDayFrom(form, period, today), origin: "filed" }))
        opened++;
    }
  return opened;
}

/** Periods that the schedule calls for and that cannot be opened, with the reason; asked anew each time, so gone once it is mended. */
export async function listBlocked(
  tx: Tx,
  form: StoredForm,
  today: string,
): Promise<({ period: string } & Bilingual)[]> {
  const blocked: ({ period: string } & Bilingual)[] = [];
  for (const period of await listMissing(tx, form, today)) {
    const clash = await clashAtOpening(tx, form, period);
    if (clash !== undefined) blocked.push({ period, zh: clash.zh, en: clash.en });
  }
  return blocked;
}
