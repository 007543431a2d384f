/** One step of a return: checked against its course, recorded, and refused when somebody was faster. */
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import type { PlaceProblem, Problem } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import type { CellReason, FindingView, ReturnStepRequest } from "../contract.ts";
import { compareVersions } from "../core/compare-versions.ts";
import { nextState } from "../core/course.ts";
import type { ReturnState, Verb } from "../core/course.ts";
import { isOpenPoint } from "../core/explanation.ts";
import type { FormDefinition } from "../core/form.ts";
import { sendMessage } from "../inbox/messages.ts";
import {
  PASSED_BEFORE,
  REASON_NEEDED,
  RETURN_LOCKED,
  RETURN_MOVED,
  RETURN_NOT_READY,
  WRONG_STATUS,
} from "../problems.ts";
import { receiptOf } from "./receipt.ts";
import { hasPassed, verbsOf } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { findingsOf, readChecking, readReadyForm } from "./findings.ts";
import { postReturn } from "./post-return.ts";
import { getReturn, readContent, submittedBefore } from "./read-return.ts";
import { contentOf, copyContent, listActions, listRows, lockReturn, saveStep } from "./store.ts";
import type { StateChange, StoredReturn } from "./store.ts";

export type Taking = { verb: Verb; reason: string | null; cells: readonly CellReason[]; receipt?: string };
export type Stepping = {
  viewer: Viewer;
  now: Date;
  /** a history that is loaded is news to nobody: its units get no messages */
  isTold?: boolean;
};

/**
 * @throws RETURN_NOT_FOUND, RETURN_LOCKED, RETURN_MOVED, RETURN_WRONG_STATUS, FORBIDDEN, RETURN_PASSED_BEFORE, RETURN_REASON_NEEDED,
 *   RETURN_NOT_READY with every point that is still open, FIGURES_REFUSED
 */
export async function stepReturn(
  tx: Tx,
  id: number,
  request: ReturnStepRequest,
  { viewer, now, isTold = true }: Stepping,
): Promise<void> {
  await lockReturn(tx, await getReturn(tx, id, viewer));
  const one = await getReturn(tx, id, viewer);
  const { verb, step, cells } = request;
  if (one.isLocked) throw RETURN_LOCKED();
  if (step !== one.step) throw RETURN_MOVED();
  if (nextState(one, verb, one.levels) === undefined) throw WRONG_STATUS();
  const { form } = await readReadyForm(tx, one.county, one.form, one.formVersion);
  if (!verbsOf(viewer, form, one, one).includes(verb)) throw whyNot(viewer, { form, one, verb });
  const reason = request.reason ?? null;
  if ((verb === "sendBack" && reason === null && cells.length === 0) || (verb === "amend" && reason === null))
    throw REASON_NEEDED();
  const { receipt, ...counted } =
    verb === "submit" ? await countSubmission(tx, one, viewer) : { receipt: undefined };
  const taking = { verb, reason, cells, ...(receipt === undefined ? {} : { receipt }) };
  const stepped = await takeStep(tx, { ...one, ...counted }, taking, now);
  await follow(tx, { before: one, after: stepped, taking, form, isTold });
}

/** Somebody who reviews at this level, and only may not because he has at one before, is told so. */
function whyNot(
  viewer: Viewer,
  { form, one, verb }: { form: FormDefinition; one: StoredReturn; verb: Verb },
): Problem {
  const isOnlyThat =
    hasPassed(viewer, one) && verbsOf(viewer, form, { ...one, passedBy: [] }, one).includes(verb);
  return isOnlyThat ? PASSED_BEFORE() : FORBIDDEN();
}

/** Passes it on to the next reviewer, or accepts it at the last one. */
export async function passReturn(tx: Tx, id: number, step: number, stepping: Stepping): Promise<void> {
  const one = await getReturn(tx, id, stepping.viewer);
  const verb = one.level + 1 < one.levels ? "pass" : "accept";
  await stepReturn(tx, id, { verb, step, cells: [] }, stepping);
}

/** Records the step and who took it. @throws RETURN_WRONG_STATUS, RETURN_MOVED */
export async function takeStep(tx: Tx, one: StoredReturn, taking: Taking, now: Date): Promise<StoredReturn> {
  const next = nextState(one, taking.verb, one.levels);
  if (next === undefined) throw WRONG_STATUS();
  const change: StateChange = {
    ...one,
    ...next,
    ...marksOf(one, next, taking.verb, { now, by: tx.actor.account }),
  };
  if (!(await saveStep(tx, one, change, taking))) throw RETURN_MOVED();
  await recordAudit(tx, {
    action: `returns.${taking.verb}Return`,
    object: `return:${one.id}`,
    before: { status: one.status, step: one.step, version: contentOf(one) },
    after: { status: next.status, step: one.step + 1, version: contentOf(next), reason: taking.reason },
  });
  return { ...one, ...change, step: one.step + 1 };
}

function marksOf(
  one: StoredReturn,
  next: ReturnState,
  verb: Verb,
  { now, by }: { now: Date; by: number | null },
): Partial<StateChange> {
  if (verb === "submit")
    return { submittedAt: one.submittedAt ?? now.toISOString(), submittedBy: by, passedBy: [] };
  if (verb === "pass") return { passedBy: by === null ? one.passedBy : [...one.passedBy, by] };
  if (verb === "sendBack") return { sentBack: one.sentBack + 1 };
  if (verb === "accept")
    return { acceptedAt: now.toISOString(), amended: one.amended + (one.accepted === null ? 0 : 1) };
  return next.status === "accepted" ? { changed: 0 } : {};
}

/** What a submission must be: nothing left open. @returns its receipt, and how much of it is new to the reviewer */
async function countSubmission(
  tx: Tx,
  one: StoredReturn,
  viewer: Viewer,
): Promise<{ changed: number; explained: number; receipt: string }> {
  const checking = await readChecking(tx, one, viewer);
  const rows = await readContent(tx, one, checking.form);
  const findings = await findingsOf(checking, rows);
  const open = findings.filter(isOpenPoint);
  if (open.length > 0)
    throw RETURN_NOT_READY({
      places: open.slice(0, 200).map(toPlace),
      detail: { zh: `共 ${open.length} 处`, en: `${open.length} points` },
    });
  const from = submittedBefore(await listActions(tx, one), one.version);
  const changed =
    from === undefined ? 0 : compareVersions(checking.form, await listRows(tx, one, from), rows).length;
  return { changed, explained: findings.length, receipt: receiptOf(one, rows) };
}

function toPlace({ code, subject, column, zh, en }: FindingView): PlaceProblem {
  const field = [subject, column].filter((part) => part !== null).join(".");
  return { code, zh, en, ...(field === "" ? {} : { field }) };
}

type Following = {
  before: StoredReturn;
  after: StoredReturn;
  taking: Taking;
  form: FormDefinition;
  isTold: boolean;
};

/** What a step brings with it, in the same transaction. */
async function follow(tx: Tx, { before, after, taking, form, isTold }: Following): Promise<void> {
  const { verb } = taking;
  if (verb === "recall" || verb === "sendBack" || verb === "amend")
    await copyContent(tx, { ...before, version: contentOf(before) }, after.version);
  if (verb === "accept") await postReturn(tx, after, form, await reasonOf(tx, after));
  if (isTold && (verb === "accept" || verb === "sendBack"))
    await sendMessage(tx, after, verb === "accept" ? "accepted" : "sent-back", `step ${after.step}`);
}

/** Why the ledger changes: what the filer said when the amendment began. */
async function reasonOf(tx: Tx, one: StoredReturn): Promise<string> {
  const amending = (await listActions(tx, one)).findLast(({ verb }) => verb === "amend");
  return amending?.reason ?? `报表审核通过：${one.formZh}`;
}
