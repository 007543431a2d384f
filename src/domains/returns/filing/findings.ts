/** What is wrong with a return now, with the explanations that were given. */
import { setImmediate } from "node:timers/promises";
import type { Tx } from "../../../platform/db/actor.ts";
import type { FindingView } from "../contract.ts";
import { isAmount, openCheck, readyRules } from "../core/check-return.ts";
import type { Finding, ReadyRule, Surroundings } from "../core/check-return.ts";
import { withExplanations } from "../core/explanation.ts";
import type { Explanation } from "../core/explanation.ts";
import type { Column, FormDefinition, ReturnRow } from "../core/form.ts";
import type { Viewer } from "../viewer.ts";
import { findForm, findFormTime } from "../forms/store.ts";
import type { StoredForm } from "../forms/store.ts";
import { FORM_NOT_FOUND } from "../problems.ts";
import { contentOf, listExplanations, listRows } from "./store.ts";
import type { StoredReturn, StoredRow } from "./store.ts";
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
export type Checking = ReadyForm & {
  surroundings: Surroundings;
  explanations: readonly Explanation[];
  /** rows of the version in the ledger, while it is being amended */
  accepted: readonly StoredRow[];
};

/** To a viewer who may not read figures the ledger is blank: neither a rule nor a comparison tells him of it. */
export async function readChecking(tx: Tx, one: StoredReturn, viewer: Viewer): Promise<Checking> {
  const readyForm = await readReadyForm(tx, one.county, one.form, one.formVersion);
  const asked = { about: one, seesLedger: viewer.rights.has("figures.read") };
  const [surroundings, explanations, accepted] = await Promise.all([
    readSurroundings(tx, asked, readyForm.form, readyForm.rules),
    listExplanations(tx, one),
    readAccepted(tx, one, readyForm.form),
  ]);
  return { ...readyForm, surroundings, explanations, accepted };
}

async function readAccepted(tx: Tx, one: StoredReturn, form: FormDefinition): Promise<StoredRow[]> {
  const isAmendment = one.accepted !== null && one.accepted !== contentOf(one);
  if (!isAmendment || form.columns.every(({ posts }) => posts === null)) return [];
  return listRows(tx, one, one.accepted ?? 0);
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
  const gone = blankedFindings(form, { accepted: checking.accepted, rows }, surroundings.unreadable);
  return withExplanations([...check.end(), ...gone], checking.explanations);
}

/**
 * What an amendment leaves blank though it stands in the ledger. The ledger knows corrections, and none to nothing: accepted
 * like that, the return would say blank and the indicator the old number for good.
 */
function blankedFindings(
  form: FormDefinition,
  { accepted, rows }: { accepted: readonly ReturnRow[]; rows: readonly ReturnRow[] },
  unreadable: ReadonlySet<string> | undefined,
): Finding[] {
  const posting = form.columns.filter(({ posts }) => posts !== null);
  const now = new Map(accepted.length === 0 ? [] : rows.map((row) => [row.subject, row]));
  return accepted.flatMap(({ subject, name, values }): Finding[] => {
    const posted = posting.filter(({ code }) => values[code] !== undefined);
    const row = now.get(subject);
    if (row === undefined) return posted.length === 0 ? [] : [rowGone(subject, name)];
    return posted
      .filter(({ code }) => row.values[code] === undefined && unreadable?.has(`${subject} ${code}`) !== true)
      .filter(({ required }) => !required)
      .map((column) => cellBlanked(subject, column));
  });
}

function cellBlanked(subject: string, column: Column): Finding {
  const { code, nameZh, nameEn } = column;
  return {
    code: "POSTED_BLANK",
    severity: "hard",
    subject,
    column: code,
    numbers: "",
    zh: `“${nameZh}”已经入账，不能改为空白：请填写更正后的数${isAmount(column) ? "，没有发生额请填 0" : ""}`,
    en: `${nameEn} stands in the ledger and cannot become blank: fill in the corrected number${isAmount(column) ? ", 0 where there is nothing" : ""}`,
  };
}

function rowGone(subject: string, name: string): Finding {
  return {
    code: "POSTED_BLANK",
    severity: "hard",
    subject,
    column: null,
    numbers: "",
    zh: `“${name}”（${subject}）已经入账，不能整行删去：请补回这一行，没有发生额请填 0`,
    en: `${name} (${subject}) stands in the ledger and its row cannot go: add it again, with 0 where there is nothing`,
  };
}
