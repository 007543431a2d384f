/** What is wrong with a return now, with the explanations that were given. */
import { setImmediate } from "node:timers/promises";
import type { Tx } from "../../../platform/db/actor.ts";
import type { FindingView } from "../contract.ts";
import { openCheck, readyRules } from "../core/check-return.ts";
import type { ReadyRule, Surroundings } from "../core/check-return.ts";
import type { FormDefinition, ReturnRow } from "../core/form.ts";
import type { Viewer } from "../viewer.ts";
import { findForm, findFormTime } from "../forms/store.ts";
import type { StoredForm } from "../forms/store.ts";
import { FORM_NOT_FOUND } from "../problems.ts";
import { listExplanations } from "./store.ts";
import type { Explanation, StoredReturn } from "./store.ts";
import { readSurroundings } from "./surroundings.ts";

/** A form with its expressions read. */
export type ReadyForm = { form: FormDefinition; rules: readonly ReadyRule[] };

/** A version never changes, so it is read once; the oldest goes when there are many. */
const ready = new Map<string, ReadyForm>();
const MOST_READY = 200;

/** @throws FORM_NOT_FOUND */
export async function readReadyForm(
  tx: Tx,
  county: number,
  code: string,
  version: number,
): Promise<ReadyForm> {
  const recordedAt = await findFormTime(tx, county, code, version);
  if (recordedAt === undefined) throw FORM_NOT_FOUND();
  const key = `${county} ${code} ${version} ${recordedAt}`;
  const known = ready.get(key);
  if (known !== undefined) return known;
  const { definition } = (await findForm(tx, county, code, version)) as StoredForm;
  const made = { form: definition, rules: readyRules(definition) };
  if (ready.size >= MOST_READY) ready.delete(ready.keys().next().value as string);
  ready.set(key, made);
  return made;
}

/** What the findings of a return depend on besides its rows. */
export type Checking = ReadyForm & { surroundings: Surroundings; explanations: readonly Explanation[] };

/** To a viewer who may not read figures the ledger is blank: neither a rule nor a comparison tells him of it. */
export async function readChecking(tx: Tx, one: StoredReturn, viewer: Viewer): Promise<Checking> {
  const readyForm = await readReadyForm(tx, one.county, one.form, one.formVersion);
  const asked = { about: one, seesLedger: viewer.rights.has("figures.read") };
  const [surroundings, explanations] = await Promise.all([
    readSurroundings(tx, asked, readyForm.form, readyForm.rules),
    listExplanations(tx, one),
  ]);
  return { ...readyForm, surroundings, explanations };
}

/** Rows checked in one go: a long return leaves the server to others in between. */
const AT_ONCE = 2000;

export async function findingsOf(checking: Checking, rows: readonly ReturnRow[]): Promise<FindingView[]> {
  const { form, rules, surroundings } = checking;
  const check = openCheck(form, rules, surroundings);
  for (const [at, row] of rows.entries()) {
    check.row(row);
    if (at % AT_ONCE === AT_ONCE - 1) await setImmediate();
  }
  const told = new Map(checking.explanations.map(({ code, subject, text }) => [`${code} ${subject}`, text]));
  return check.end().map((finding) => ({
    ...finding,
    explanation:
      finding.severity === "soft" ? (told.get(`${finding.code} ${finding.subject ?? ""}`) ?? null) : null,
  }));
}

/** Whether it may be submitted: nothing hard, every soft finding explained. */
export function isOpenPoint(finding: FindingView): boolean {
  return finding.severity === "hard" || finding.explanation === null;
}
