/** A form with a row for each enterprise, product or project: a grid with its names and headings always in sight. */
import { useEffect, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { Ref } from "react";
import type { ReturnRowView } from "../../../../domains/returns/contract.ts";
import { formatUnit } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { Choice } from "../../../shell/text-field.tsx";
import type { Laid } from "./cell-moves.ts";
import { CellBar } from "./cell-bar.tsx";
import { ListLine } from "./list-line.tsx";
import type { Compared } from "./list-line.tsx";
import type { Marking } from "./marking.ts";
import { useRowWindow } from "./row-window.ts";
import { textOf } from "./sheet-state.ts";
import { findingsByCell } from "./use-findings.ts";
import { useGrid } from "./use-grid.ts";
import { useLatest } from "./use-latest.ts";
import type { ReturnSheet } from "./use-return-sheet.ts";

export type ListSheetHandle = { goTo: (subject: string, column: string) => void };

type ListSheetProps = {
  sheet: ReturnSheet;
  marking: Marking;
  onPasted: (cells: number, outside: number) => void;
  onRemove: (row: { subject: string; name: string }) => void;
  ref: Ref<ListSheetHandle>;
};

const HEAD = 56; // px, what the heading covers of the rows
const ROW = 36;
const ROW_COMPARED = 52;

export function ListSheet({ sheet, marking, onPasted, onRemove, ref }: ListSheetProps) {
  const { lang, nameOf } = useSpeech();
  const r = useReturnTexts();
  const { view, rows, state } = sheet;
  const { form } = view;
  const { columns } = form;
  const scroller = useRef<HTMLDivElement>(null);
  const [compared, setCompared] = useState<Compared>("none");
  const rowHeight = compared === "none" ? ROW : ROW_COMPARED;
  const added = useMemo(() => newRows(sheet), [sheet]);
  const count = rows.count + added.length;
  const rowAt = (at: number): ReturnRowView | undefined =>
    at < rows.count ? rows.rowAt(at) : added[at - rows.count];
  const drawn = useRowWindow(scroller, rowHeight, count);
  const { ensure } = rows;
  useEffect(() => void ensure(drawn.first, drawn.last), [ensure, drawn.first, drawn.last]);

  const take = (cells: readonly Laid[], outside: number) => {
    const typed = cells.flatMap(({ row: at, column: across, text }) => {
      const row = rowAt(at);
      const column = columns[across];
      const isOwn = row !== undefined && column !== undefined && !state.removed.has(row.subject);
      return isOwn ? [{ subject: row.subject, column: column.code, raw: text }] : [];
    });
    sheet.type(typed);
    if (cells.length > 1 || outside > 0) onPasted(typed.length, outside);
  };
  const latest = useLatest(take);
  /** A block may reach rows that are not there yet. */
  const put = async (cells: readonly Laid[], outside: number) => {
    await ensure(cells[0]?.row ?? 0, cells.at(-1)?.row ?? 0);
    requestAnimationFrame(() => latest.current(cells, outside));
  };
  const root = useRef<HTMLDivElement>(null);
  const grid = useGrid({
    root,
    size: { rows: count, columns: columns.length },
    textAt: (spot) => {
      const row = rowAt(spot.row);
      const column = columns[spot.column]?.code ?? "";
      return row === undefined
        ? ""
        : textOf(state, { subject: row.subject, column }, row.values[column] ?? null);
    },
    onCells: (cells, outside) => {
      if (cells.every(({ row }) => rowAt(row) !== undefined)) take(cells, outside);
      else void put(cells, outside);
    },
    onUndo: sheet.undo,
    onRedo: sheet.redo,
    reveal: ({ row }) => reveal(scroller.current, row * rowHeight, rowHeight),
  });

  useImperativeHandle(ref, () => ({
    goTo: (subject, code) => {
      const across = columns.findIndex((column) => column.code === code);
      const at = Array.from({ length: count }, (_, index) => index).find(
        (index) => rowAt(index)?.subject === subject,
      );
      if (at === undefined) return;
      reveal(scroller.current, at * rowHeight, rowHeight);
      requestAnimationFrame(() =>
        requestAnimationFrame(() =>
          scroller.current?.querySelector<HTMLElement>(`[data-spot="${at},${across}"]`)?.focus(),
        ),
      );
    },
  }));

  const found = useMemo(() => findingsByCell(sheet.findings), [sheet.findings]);
  const fixed = useMemo(
    () => new Set(form.subjects.kind === "list" ? form.subjects.items.map(({ code }) => code) : []),
    [form],
  );
  const mayRemove = view.mayEdit && form.subjects.kind === "list" && form.subjects.isOpen;
  const lines = Array.from({ length: drawn.last - drawn.first + 1 }, (_, index) => drawn.first + index);
  return (
    <div ref={root} onCopy={grid.onCopy} onPaste={grid.onPaste}>
      <div className="sheet-tools">
        <span className="fine">{r.sheet.rows(String(count))}</span>
        <Choice
          label={r.sheet.compare}
          value={compared}
          onValue={(value) => setCompared(value as Compared)}
          options={[
            { value: "none", name: r.sheet.none },
            { value: "last", name: r.sheet.last },
            { value: "lastYear", name: r.sheet.lastYear },
          ]}
        />
      </div>
      <div className="sheet-scroller" ref={scroller} tabIndex={view.mayEdit ? undefined : 0}>
        <table className="list-sheet" aria-rowcount={count + 1}>
          <caption className="unseen">{r.sheet.title}</caption>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">{form.subjects.kind === "list" ? nameOf(form.subjects) : r.sheet.item}</th>
              {columns.map((column) => (
                <th scope="col" key={column.code} className={column.kind}>
                  {nameOf(column)}
                  {column.required && view.mayEdit && <span className="required">*</span>}
                  {column.unit !== null && <span className="sub">{formatUnit(column.unit, lang)}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Space height={drawn.above} columns={columns.length + 1} />
            {lines.map((at) => {
              const row = rowAt(at);
              return (
                <ListLine
                  key={row?.subject ?? at}
                  at={at}
                  row={row}
                  columns={columns}
                  height={rowHeight}
                  state={state}
                  found={found}
                  compared={compared}
                  marking={marking}
                  grid={view.mayEdit ? grid : undefined}
                  onRemove={
                    mayRemove && row !== undefined && !fixed.has(row.subject)
                      ? () => onRemove(row)
                      : undefined
                  }
                />
              );
            })}
            <Space height={drawn.below} columns={columns.length + 1} />
          </tbody>
        </table>
      </div>
      {grid.range !== undefined && (
        <CellBar
          sheet={sheet}
          row={rowAt(grid.range.from.row)}
          column={columns[grid.range.from.column]}
          found={found}
          marking={marking}
        />
      )}
    </div>
  );
}

function Space({ height, columns }: { height: number; columns: number }) {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true" className="space">
      <td colSpan={columns} style={{ height }}>
        {" "}
      </td>
    </tr>
  );
}

/** Rows that the server does not list yet. */
function newRows({ state, rows }: ReturnSheet): ReturnRowView[] {
  return state.added
    .filter(({ subject }) => !rows.bySubject.has(subject))
    .map((row) => ({ ...row, values: {}, last: {}, lastYear: {}, line: null }));
}

function reveal(box: HTMLDivElement | null, top: number, height: number): void {
  if (box === null) return;
  const inSight = box.clientHeight - HEAD;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + inSight) box.scrollTop = top + height - inSight;
}
