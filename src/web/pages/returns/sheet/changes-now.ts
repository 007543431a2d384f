/**
 * What differs from the version that was submitted before, while it is being mended: the server's comparison, and over it
 * what was saved and typed on this page since. What cannot be read is no change yet.
 */
import type { z } from "zod";
import type { ChangeView, ReturnView } from "../../../../domains/returns/contract.ts";
import { cellKey } from "./cell-key.ts";
import type { LoadedRows } from "./loaded-rows.ts";
import { pendingValue } from "./save-queue.ts";
import type { SheetState } from "./sheet-state.ts";
import { touchedSubjects } from "./use-findings.ts";

export type Change = z.infer<typeof ChangeView>;
type ChangesOf = {
  view: Pick<ReturnView, "changes" | "form">;
  rows: Pick<LoadedRows, "bySubject" | "asRead">;
  state: SheetState;
};

/** In the order of the sheet; what the server compared beyond the rows that were read stays as it was said. */
export function changesNow({ view, rows, state }: ChangesOf): Change[] {
  const said = new Map(view.changes.map((one) => [cellKey(one.subject, one.column), one]));
  const changes: Change[] = [];
  const compare = (subject: string, name: string): void => {
    const now = rows.bySubject.get(subject);
    const read = rows.asRead.get(subject);
    for (const { code } of view.form.columns) {
      const key = cellKey(subject, code);
      const known = said.get(key);
      said.delete(key);
      const before = known === undefined ? (read?.values[code] ?? null) : known.before;
      const pending = pendingValue(state.queue, key);
      const base = pending === undefined ? (now?.values[code] ?? null) : pending;
      const after = state.removed.has(subject) ? null : base;
      if (before !== after) changes.push({ subject, name, column: code, before, after });
    }
  };
  // A long list is not gone through cell by cell at each key that is pressed.
  const concerned = new Set([
    ...touchedSubjects(state),
    ...state.removed,
    ...view.changes.map(({ subject }) => subject),
  ]);
  for (const row of rows.bySubject.values()) {
    const { subject, name } = row;
    if (concerned.has(subject) || row !== rows.asRead.get(subject)) compare(subject, name);
  }
  for (const { subject, name } of state.added) if (!rows.bySubject.has(subject)) compare(subject, name);
  return [...changes, ...said.values()];
}
