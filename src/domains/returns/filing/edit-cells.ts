/** Filling in on the page, cell by cell: each change says what it found, so that nobody's work is written over unseen. */
import type { Tx } from "../../../platform/db/actor.ts";
import { FORBIDDEN } from "../../../platform/problem.ts";
import { recordAudit } from "../../audit/index.ts";
import type { CellRefusal, EditCellsRequest, EditedView } from "../contract.ts";
import { EDITABLE } from "../core/course.ts";
import { type Column, columnOf, firstRows } from "../core/form.ts";
import type { FormDefinition } from "../core/form.ts";
import { cellFaultText, readCell } from "../core/read-cell.ts";
import { NOT_OPEN_FOR_EDITING, RETURN_LOCKED } from "../problems.ts";
import { isOwn } from "../viewer.ts";
import type { Viewer } from "../viewer.ts";
import { findingsOf, readChecking, readReadyForm } from "./findings.ts";
import { getReturn } from "./read-return.ts";
import { takeStep } from "./step-return.ts";
import { countRows, deleteRows, findRows, listRows, lockReturn, saveRows } from "./store.ts";
import type { StoredReturn, StoredRow } from "./store.ts";

/**
 * A return that its filer may change now.
 * @throws RETURN_NOT_FOUND, FORBIDDEN, RETURN_LOCKED, RETURN_NOT_EDITABLE
 */
export async function getEditable(tx: Tx, id: number, viewer: Viewer): Promise<StoredReturn> {
  const one = await getReturn(tx, id, viewer);
  if (!isOwn(viewer, one)) throw FORBIDDEN();
  if (one.isLocked) throw RETURN_LOCKED();
  if (!EDITABLE.includes(one.status)) throw NOT_OPEN_FOR_EDITING();
  return one;
}

/** Likewise, held by this transaction; begun if it was not yet. @throws as `getEditable` */
export async function openForEditing(tx: Tx, id: number, viewer: Viewer, now: Date): Promise<StoredReturn> {
  await lockReturn(tx, await getReturn(tx, id, viewer));
  const one = await getEditable(tx, id, viewer);
  if (one.status !== "due") return one;
  const begun = await takeStep(tx, one, { verb: "begin", reason: null, cells: [] }, now);
  const { form } = await readReadyForm(tx, begun.county, begun.form, begun.formVersion);
  await saveRows(tx, begun, blankRows(form, begun));
  return begun;
}

/** What a return begins with. */
function blankRows(form: FormDefinition, { regionZh }: StoredReturn): StoredRow[] {
  return firstRows(form, regionZh).map((row, place) => ({
    ...row,
    place,
    file: null,
    line: null,
    typed: [],
  }));
}

/** @throws as `getEditable` */
export async function editCells(
  tx: Tx,
  id: number,
  request: EditCellsRequest,
  { viewer, now }: { viewer: Viewer; now: Date },
): Promise<EditedView> {
  await lockReturn(tx, await getReturn(tx, id, viewer));
  const found = await getEditable(tx, id, viewer);
  if (found.status === "due") {
    const answer = await answerUnbegun(tx, found, request, viewer);
    if (answer !== undefined) return answer;
  }
  const one = await openForEditing(tx, id, viewer, now);
  const { form } = await readReadyForm(tx, one.county, one.form, one.formVersion);
  const touched = await readTouched(tx, one, request);
  const { added, removed, changed, cells, refused } = decideEdits(touched, form, request);
  await saveRows(tx, one, added);
  if (removed.length > 0) await deleteRows(tx, one, removed);
  await saveRows(tx, one, changed);
  await recordAudit(tx, {
    action: "returns.fillIn",
    object: `return:${id}`,
    after: { changed: request.add.length + request.remove.length + cells.length, version: one.version },
  });
  // What a long return is compared with is as long as itself, and read for nothing when it is not checked.
  const findings = (await isLong(tx, one))
    ? null
    : await findingsOf(await readChecking(tx, one, viewer), await listRows(tx, one, one.version));
  return { cells, refused, findings, step: one.step, status: one.status };
}

/** Of a return that is not begun: it stays so when nothing is taken. @returns undefined when something is */
async function answerUnbegun(
  tx: Tx,
  one: StoredReturn,
  request: EditCellsRequest,
  viewer: Viewer,
): Promise<EditedView | undefined> {
  const { form } = await readReadyForm(tx, one.county, one.form, one.formVersion);
  const rows = blankRows(form, one);
  const { added, removed, cells, refused } = decideEdits(rows, form, request);
  if (added.length + removed.length + cells.length > 0) return undefined;
  const isShort = rows.length <= MOST_AT_EACH_CHANGE;
  const findings = isShort ? await findingsOf(await readChecking(tx, one, viewer), rows) : null;
  return { cells, refused, findings, step: one.step, status: one.status };
}

/** All rows where some come or go, else those that are changed. */
function readTouched(
  tx: Tx,
  one: StoredReturn,
  { add, remove, cells }: EditCellsRequest,
): Promise<StoredRow[]> {
  if (add.length + remove.length > 0) return listRows(tx, one, one.version);
  return findRows(tx, one, [...new Set(cells.map(({ subject }) => subject))]);
}

/** Rows up to which a return is checked whole after each change. */
const MOST_AT_EACH_CHANGE = 2000;

async function isLong(tx: Tx, one: StoredReturn): Promise<boolean> {
  return (await countRows(tx, one)) > MOST_AT_EACH_CHANGE;
}

type DecidedRows = { added: StoredRow[]; removed: string[]; refused: CellRefusal[] };
type DecidedCells = { changed: StoredRow[]; cells: EditedView["cells"]; refused: CellRefusal[] };

/** What becomes of each change; nothing is written yet. */
function decideEdits(
  rows: readonly StoredRow[],
  form: FormDefinition,
  request: EditCellsRequest,
): DecidedRows & DecidedCells {
  const { added, removed, refused } = decideRows(rows, form, request);
  const left = [...rows.filter(({ subject }) => !removed.includes(subject)), ...added];
  const decided = decideCells(left, form, request.cells);
  return { ...decided, added, removed, refused: [...refused, ...decided.refused] };
}

/** Rows of an open list come and go; those that the form names stay. */
function decideRows(
  rows: readonly StoredRow[],
  { subjects }: FormDefinition,
  { add, remove }: EditCellsRequest,
): DecidedRows {
  const isOpen = subjects.kind === "list" && subjects.isOpen;
  const fixed = new Set(subjects.kind === "list" ? subjects.items.map(({ code }) => code) : []);
  const there = new Map(rows.map((row) => [row.subject, row]));
  const leaving = isOpen ? remove.filter(({ subject }) => !fixed.has(subject)) : [];
  const changed = leaving.filter(({ subject, values }) => isChanged(there.get(subject), values));
  const next = (rows.at(-1)?.place ?? -1) + 1;
  const fresh = (isOpen ? add : []).filter(({ subject }) => !there.has(subject));
  const blank = { values: {}, file: null, line: null, typed: [] };
  const closed = isOpen ? remove.filter(({ subject }) => fixed.has(subject)) : [...add, ...remove];
  return {
    added: fresh.map((row, at) => ({ ...row, ...blank, place: next + at })),
    removed: leaving.filter((row) => !changed.includes(row)).map(({ subject }) => subject),
    refused: [
      ...closed.map(({ subject }) => closedList(subject)),
      ...changed.map(({ subject }) => rowChanged(subject, there.get(subject)?.name ?? subject)),
    ],
  };
}

/** Somebody else has filled in the row since it was read; one that is gone already is none to keep. */
function isChanged(row: StoredRow | undefined, seen: Readonly<Record<string, string>>): boolean {
  if (row === undefined) return false;
  const columns = new Set([...Object.keys(row.values), ...Object.keys(seen)]);
  return [...columns].some((column) => row.values[column] !== seen[column]);
}

function rowChanged(subject: string, name: string): CellRefusal {
  return {
    subject,
    column: "",
    code: "ROW_CHANGED",
    value: null,
    zh: `“${name}”这一行刚被其他人改过，没有删除；核对后仍要删除，请再删一次`,
    en: `Somebody else has just changed the row “${name}”, so it stays; look, and remove it again if it must go`,
  };
}

function closedList(subject: string): CellRefusal {
  return {
    subject,
    column: "",
    code: "CLOSED_LIST",
    value: null,
    zh: "这张报表的行由报表制度规定，不能增删",
    en: "The rows of this form are fixed",
  };
}

function decideCells(
  rows: readonly StoredRow[],
  form: FormDefinition,
  edits: EditCellsRequest["cells"],
): DecidedCells {
  const there = new Map(rows.map((row) => [row.subject, row]));
  const touched = new Map<string, StoredRow>();
  const cells: EditedView["cells"] = [];
  const refused: CellRefusal[] = [];
  for (const edit of edits) {
    const { subject, column: code } = edit;
    const row = touched.get(subject) ?? there.get(subject);
    const column = columnOf(form, code);
    const value = row?.values[code] ?? null;
    if (row === undefined || column === undefined) {
      refused.push({
        subject,
        column: code,
        code: "NO_SUCH_CELL",
        value,
        zh: "没有这个单元格",
        en: "There is no such cell",
      });
      continue;
    }
    const read = readCell(column, edit.to ?? "");
    if (!read.ok) {
      refused.push({
        subject,
        column: code,
        code: read.error.code,
        value,
        ...cellFaultText(column, read.error),
      });
      continue;
    }
    if (isConflict(column, edit.from, value, read.value)) {
      refused.push({ subject, column: code, code: "CONFLICT", value, ...conflictText(value) });
      continue;
    }
    cells.push({ subject, column: code, value: read.value });
    if (read.value !== value) touched.set(subject, withValue(row, code, read.value));
  }
  return { changed: [...touched.values()], cells, refused };
}

/** Somebody else put another value there since the page was read, and not the same as this one. */
function isConflict(column: Column, from: string | null, there: string | null, to: string | null): boolean {
  const seen = from === null ? null : readCell(column, from);
  const was = seen === null ? null : seen.ok ? seen.value : from;
  return there !== was && there !== to;
}

function conflictText(value: string | null): { zh: string; en: string } {
  return {
    zh: `其他人已将此格改为 ${value ?? "空白"}，请确认后再填`,
    en: `Somebody else has changed this cell to ${value ?? "blank"}; look before you fill it in`,
  };
}

function withValue(row: StoredRow, code: string, value: string | null): StoredRow {
  const others = Object.entries(row.values).filter(([other]) => other !== code);
  const typed = row.file === null || row.typed.includes(code) ? row.typed : [...row.typed, code];
  return { ...row, values: Object.fromEntries(value === null ? others : [...others, [code, value]]), typed };
}
