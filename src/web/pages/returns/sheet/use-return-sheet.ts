/** Everything that filling in one return needs: its rows, what was typed, saving, checks. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { EditedView, FindingView, ReturnView } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useSession } from "../../../session/session.tsx";
import { startAutosave } from "./autosave.ts";
import type { Autosave } from "./autosave.ts";
import type { CellPlace } from "./cell-key.ts";
import { changesNow } from "./changes-now.ts";
import type { Change } from "./changes-now.ts";
import { keepEdits, readKeptEdits } from "./kept-edits.ts";
import { useLoadedRows } from "./loaded-rows.ts";
import type { LoadedRows } from "./loaded-rows.ts";
import { choose, enqueue, isWaiting } from "./save-queue.ts";
import type { Batch, NewRow } from "./save-queue.ts";
import { addRow, FRESH_SHEET, redo, removeRow, typeCells, undo } from "./sheet-state.ts";
import type { Sheet, SheetState, TypedCell } from "./sheet-state.ts";
import { makeSheetStore } from "./sheet-store.ts";
import { useLatest } from "./use-latest.ts";
import { useFindings } from "./use-findings.ts";

export type ReturnSheet = {
  view: ReturnView;
  rows: LoadedRows;
  state: SheetState;
  findings: readonly FindingView[];
  /** against the version that was submitted before */
  changes: readonly Change[];
  /** cells found on this machine that had not been saved */
  restored: number;
  type: (cells: readonly TypedCell[]) => void;
  undo: () => void;
  redo: () => void;
  addRow: (row: NewRow) => void;
  removeRow: (subject: string) => void;
  choose: (cell: CellPlace, side: "mine" | "theirs") => void;
  /** saves what waits; resolves when that is done or has failed */
  flush: () => Promise<void>;
  explain: (finding: FindingView, text: string) => Promise<void>;
};

export function useReturnSheet(view: ReturnView): ReturnSheet {
  const { id } = view.brief;
  const session = useSession();
  const who = `${session.account.username}.${session.post.id}`;
  const rows = useLoadedRows(view);
  const [restored] = useState(() => (view.mayEdit ? readKeptEdits(id, who) : []));
  const [store] = useState(() =>
    makeSheetStore({ ...FRESH_SHEET, queue: enqueue(FRESH_SHEET.queue, restored) }),
  );
  const state = useSyncExternalStore(store.subscribe, store.get);
  const [said, setSaid] = useServersFindings(view);
  const findings = useFindings({ view, rows, state, said });
  const changes = useMemo(
    () => (view.mayEdit && view.changesOf !== null ? changesNow({ view, rows, state }) : view.changes),
    [view, rows, state],
  );
  const autosave = useAutosave({ view, who, store, rows, onFindings: setSaid });

  const sheet: Sheet = {
    form: view.form,
    baseOf: ({ subject, column }) => rows.bySubject.get(subject)?.values[column] ?? null,
  };
  const latest = useLatest(sheet);
  const flush = async () => {
    await autosave.current?.flush();
  };
  const actions = useMemo(
    () => ({
      type: (cells: readonly TypedCell[]) =>
        store.update((before) => typeCells(before, latest.current, cells)),
      undo: () => store.update((before) => undo(before, latest.current)),
      redo: () => store.update((before) => redo(before, latest.current)),
      addRow: (row: NewRow) => store.update((before) => addRow(before, row)),
      removeRow: (subject: string) => store.update((before) => removeRow(before, latest.current, subject)),
      choose: (cell: CellPlace, side: "mine" | "theirs") =>
        store.update((before) => ({ ...before, queue: choose(before.queue, cell, side) })),
    }),
    [store, latest],
  );
  const explain = async ({ code, subject, numbers }: FindingView, text: string) => {
    await flush();
    await returnsApi.explain({ code, subject, text, numbers }, { id });
    setSaid((before) =>
      before.map((one) =>
        one.code === code && one.subject === subject
          ? { ...one, numbers, explanation: text === "" ? null : text, isOutdated: false }
          : one,
      ),
    );
  };
  return { view, rows, state, findings, changes, restored: restored.length, ...actions, flush, explain };
}

/** Newer than the view's own after a save. */
function useServersFindings(view: ReturnView) {
  const [said, setSaid] = useState(view.findings);
  const seen = useRef(view.findings);
  useEffect(() => {
    if (seen.current === view.findings) return;
    seen.current = view.findings;
    setSaid(view.findings);
  }, [view.findings]);
  return [said, setSaid] as const;
}

type Saving = {
  view: ReturnView;
  who: string;
  store: ReturnType<typeof makeSheetStore>;
  rows: LoadedRows;
  onFindings: (findings: FindingView[]) => void;
};

function useAutosave({ view, who, store, rows, onFindings }: Saving) {
  const client = useQueryClient();
  const { id } = view.brief;
  const running = useRef<Autosave>(undefined);
  const latest = useLatest({ view, rows, onFindings });
  const { mayEdit } = view;
  useEffect(() => {
    if (!mayEdit) return undefined;
    const onSaved = (answer: EditedView, batch: Batch) => {
      latest.current.rows.patch(answer);
      if (answer.findings !== null) latest.current.onFindings(answer.findings);
      client.setQueryData<ReturnView>(["return", id], (before) =>
        before === undefined
          ? before
          : { ...before, brief: { ...before.brief, step: answer.step, status: answer.status } },
      );
      const isRowChange = batch.add.length + batch.remove.length > 0;
      const isBegun = latest.current.view.brief.status !== answer.status;
      if (isRowChange || isBegun) void client.invalidateQueries({ queryKey: ["return", id] });
      if (isBegun) void client.invalidateQueries({ queryKey: ["returns"] });
    };
    const saver = startAutosave({
      store,
      send: ({ cells, add, remove }) =>
        returnsApi.editCells({ cells: [...cells.values()], add: [...add], remove: [...remove] }, { id }),
      onSaved,
    });
    running.current = saver;
    const unsubscribe = store.subscribe(() =>
      keepEdits(id, who, store.get().queue, latest.current.view.form.columns),
    );
    const warn = (event: BeforeUnloadEvent) => {
      const { queue } = store.get();
      if (isWaiting(queue) || queue.sent !== undefined || queue.conflicts.size > 0) event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => {
      void saver.flush(); // leaving the page within the program: what waits is still sent
      saver.stop();
      unsubscribe();
      window.removeEventListener("beforeunload", warn);
      running.current = undefined;
    };
  }, [id, who, mayEdit, store, client, latest]);
  return running;
}
