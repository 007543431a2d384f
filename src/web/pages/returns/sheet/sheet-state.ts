/**
 * A return as it stands on the page: what the server said, and over it what was typed here.
 *
 * Words:
 * - base: the value that the server last said of a cell
 * - fault: what was typed and cannot be read; it stays on the page, marked, and is not sent
 * - refusal: the server could not read it after all
 * - stayed: a row that was taken away here and stays, since somebody else has changed it meanwhile
 */
import type { FormDefinition } from "../../../../domains/returns/core/form.ts";
import { readCell } from "../../../../domains/returns/core/read-cell.ts";
import type { CellFault } from "../../../../domains/returns/core/read-cell.ts";
import { cellKey } from "./cell-key.ts";
import type { CellPlace } from "./cell-key.ts";
import { NO_EDITS, recordEdits, redoEdits, undoEdits } from "./own-edits.ts";
import type { OwnEdit, OwnEdits } from "./own-edits.ts";
import { EMPTY_QUEUE, enqueue, enqueueRemoval, enqueueRow, pendingValue } from "./save-queue.ts";
import type { Edit, NewRow, Queue } from "./save-queue.ts";

export type TypedCell = CellPlace & { raw: string };
export type Fault = { raw: string; fault: CellFault };
export type Refusal = CellPlace & { value: string | null; zh: string; en: string };
export type SheetState = {
  queue: Queue;
  faults: ReadonlyMap<string, Fault>;
  refusals: ReadonlyMap<string, Refusal>;
  edits: OwnEdits;
  /** rows that this page added; shown until the server lists them */
  added: readonly NewRow[];
  removed: ReadonlySet<string>;
  stayed: readonly Refusal[];
  /** why the last request was refused as a whole */
  failure: unknown;
};

export const FRESH_SHEET: SheetState = {
  queue: EMPTY_QUEUE,
  faults: new Map(),
  refusals: new Map(),
  edits: NO_EDITS,
  added: [],
  removed: new Set(),
  stayed: [],
  failure: undefined,
};

/** The value that the server last said of a cell; null: blank. */
export type BaseOf = (place: CellPlace) => string | null;

/** What the cell shows, before it is formatted. */
export function textOf(state: SheetState, place: CellPlace, base: string | null): string {
  const key = cellKey(place.subject, place.column);
  const fault = state.faults.get(key);
  if (fault !== undefined) return fault.raw;
  const pending = pendingValue(state.queue, key);
  return (pending === undefined ? base : pending) ?? "";
}

/** Its value for the rules: what cannot be read is blank. */
export function valueOf(state: SheetState, place: CellPlace, base: string | null): string | undefined {
  const key = cellKey(place.subject, place.column);
  if (state.faults.has(key)) return undefined;
  const pending = pendingValue(state.queue, key);
  return (pending === undefined ? base : pending) ?? undefined;
}

export type Sheet = { form: Pick<FormDefinition, "columns">; baseOf: BaseOf };

/** Takes in what was typed or pasted, as one step that can be taken back. */
export function typeCells(state: SheetState, sheet: Sheet, cells: readonly TypedCell[]): SheetState {
  const step: OwnEdit[] = [];
  const next = putCells(state, sheet, cells, step);
  return { ...next, edits: recordEdits(state.edits, step) };
}

export function undo(state: SheetState, sheet: Sheet): SheetState {
  return replay(state, sheet, undoEdits(state.edits));
}

export function redo(state: SheetState, sheet: Sheet): SheetState {
  return replay(state, sheet, redoEdits(state.edits));
}

function replay(state: SheetState, sheet: Sheet, back: ReturnType<typeof undoEdits>): SheetState {
  if (back === undefined) return state;
  const cells = back.step.map(({ subject, column, after }) => ({ subject, column, raw: after }));
  return { ...putCells(state, sheet, cells, []), edits: back.edits };
}

function putCells(
  state: SheetState,
  { form, baseOf }: Sheet,
  cells: readonly TypedCell[],
  step: OwnEdit[],
): SheetState {
  const columns = new Map(form.columns.map((column) => [column.code, column]));
  const faults = new Map(state.faults);
  const refusals = new Map(state.refusals);
  const edits: Edit[] = [];
  for (const { subject, column: code, raw } of cells) {
    const column = columns.get(code);
    if (column === undefined) continue;
    const place = { subject, column: code };
    const key = cellKey(subject, code);
    const base = baseOf(place);
    const before = textOf(state, place, base);
    if (before === raw) continue;
    step.push({ ...place, before, after: raw });
    refusals.delete(key);
    const read = readCell(column, raw);
    if (read.ok) {
      faults.delete(key);
      edits.push({ ...place, from: base, to: read.value });
    } else faults.set(key, { raw, fault: read.error });
  }
  return { ...state, faults, refusals, queue: enqueue(state.queue, edits), failure: undefined };
}

export function addRow(state: SheetState, row: NewRow): SheetState {
  return { ...state, added: [...state.added, row], queue: enqueueRow(state.queue, row), failure: undefined };
}

export function removeRow(state: SheetState, { form, baseOf }: Sheet, subject: string): SheetState {
  const isOther = (place: { subject: string }): boolean => place.subject !== subject;
  const seen = form.columns.flatMap(({ code }): [string, string][] => {
    const sent = state.queue.sent?.cells.get(cellKey(subject, code));
    const value = sent === undefined ? baseOf({ subject, column: code }) : sent.to;
    return value === null ? [] : [[code, value]];
  });
  return {
    ...state,
    added: state.added.filter(isOther),
    removed: new Set([...state.removed, subject]),
    faults: new Map([...state.faults].filter(([key]) => !key.startsWith(cellKey(subject, "")))),
    stayed: state.stayed.filter(isOther),
    queue: enqueueRemoval(state.queue, { subject, values: Object.fromEntries(seen) }),
    failure: undefined,
  };
}

/** The server knows better: rows that it kept are there again. */
export function keepRows(state: SheetState, kept: readonly Refusal[]): SheetState {
  if (kept.length === 0) return state;
  const subjects = new Set(kept.map(({ subject }) => subject));
  const removed = new Set([...state.removed].filter((subject) => !subjects.has(subject)));
  return { ...state, removed, stayed: kept };
}
