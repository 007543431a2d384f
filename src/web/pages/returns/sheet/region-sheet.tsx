/** A form about one region: its items below each other, this period beside the last and the year before. */
import { memo, useRef } from "react";
import type { FindingView } from "../../../../domains/returns/contract.ts";
import { REGION_ROW } from "../../../../domains/returns/core/form.ts";
import type { Column } from "../../../../domains/returns/core/form.ts";
import { formatDecimal, formatUnit } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { cellKey } from "./cell-key.ts";
import { CellNotes, isBlank } from "./cell-notes.tsx";
import { deviationText } from "./deviation.ts";
import { EntryCell } from "./entry-cell.tsx";
import type { Marking } from "./marking.ts";
import { textOf } from "./sheet-state.ts";
import type { Fault, Refusal } from "./sheet-state.ts";
import { useGrid } from "./use-grid.ts";
import type { CellHandlers } from "./use-grid.ts";
import type { ReturnSheet } from "./use-return-sheet.ts";
import { findingsByCell } from "./use-findings.ts";

type RegionSheetProps = {
  sheet: ReturnSheet;
  marking: Marking;
  onPasted: (cells: number, outside: number) => void;
};

export function RegionSheet({ sheet, marking, onPasted }: RegionSheetProps) {
  const r = useReturnTexts();
  const { view, state, rows } = sheet;
  const { columns } = view.form;
  const row = rows.rowAt(0);
  const isFilling = view.mayEdit;
  const shown = (column: string): string =>
    textOf(state, { subject: REGION_ROW, column }, row?.values[column] ?? null);
  const root = useRef<HTMLDivElement>(null);
  const grid = useGrid({
    root,
    size: { rows: columns.length, columns: 1 },
    textAt: (spot) => shown(columns[spot.row]?.code ?? ""),
    onCells: (cells, outside) => {
      sheet.type(
        cells.map(({ row: at, text }) => ({
          subject: REGION_ROW,
          column: columns[at]?.code ?? "",
          raw: text,
        })),
      );
      if (cells.length > 1 || outside > 0) onPasted(cells.length, outside);
    },
    onUndo: sheet.undo,
    onRedo: sheet.redo,
  });
  const found = findingsByCell(sheet.findings);
  return (
    <div ref={root} onCopy={grid.onCopy} onPaste={grid.onPaste}>
      <table className={isFilling ? "table region-sheet" : "table region-sheet reading"}>
        <caption className="unseen">{r.sheet.title}</caption>
        <thead>
          <tr>
            <th scope="col">{r.sheet.item}</th>
            <th scope="col">{r.sheet.unit}</th>
            <th scope="col" className="r">
              {r.sheet.now}
            </th>
            <th scope="col" className="r">
              {r.sheet.last}
            </th>
            <th scope="col" className="r">
              {r.sheet.lastYear}
            </th>
            <th scope="col">{r.sheet.check}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column, at) => {
            const key = cellKey(REGION_ROW, column.code);
            return (
              <RegionLine
                key={column.code}
                at={at}
                column={column}
                text={shown(column.code)}
                last={row?.last[column.code]}
                lastYear={row?.lastYear[column.code]}
                isFilling={isFilling}
                isChosen={grid.isChosen({ row: at, column: 0 })}
                fault={state.faults.get(key)}
                refusal={state.refusals.get(key)}
                findings={found.get(key) ?? none}
                reason={marking.reasons.get(key)}
                cell={grid.cell}
                onMark={marking.onMark}
                onExplain={isFilling ? sheet.explain : undefined}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const none: readonly FindingView[] = [];

type RegionLineProps = {
  at: number;
  column: Column;
  text: string;
  last?: string;
  lastYear?: string;
  isFilling: boolean;
  isChosen: boolean;
  fault?: Fault;
  refusal?: Refusal;
  findings: readonly FindingView[];
  reason?: string;
  cell: CellHandlers;
  onMark: Marking["onMark"];
  onExplain?: (finding: FindingView, text: string) => Promise<void>;
};

const RegionLine = memo(function RegionLine(props: RegionLineProps) {
  const { at, column, text, fault, refusal, findings, reason, isFilling } = props;
  const { lang, nameOf, say } = useSpeech();
  const r = useReturnTexts();
  const name = nameOf(column);
  const unit = column.unit === null ? "" : formatUnit(column.unit, lang);
  const help = column.helpZh === null ? "" : say({ zh: column.helpZh, en: column.helpEn ?? column.helpZh });
  const isHard = fault !== undefined || findings.some((one) => one.severity === "hard" && !isBlank(one));
  const notes = `notes-${column.code}`;
  return (
    <tr className={isHard ? "has-error" : undefined}>
      <th scope="row">
        {name}
        {column.required && isFilling && (
          <span className="required" title={r.sheet.required}>
            <span aria-hidden="true">*</span>
            <span className="unseen">{r.sheet.required}</span>
          </span>
        )}
        {help !== "" && <span className="sub">{help}</span>}
      </th>
      <td className="unit fine">{unit}</td>
      <td className="now">
        {isFilling ? (
          <EntryCell
            row={at}
            column={0}
            of={column}
            text={text}
            label={r.sheet.cellOf("", name, unit)}
            isInvalid={fault !== undefined || refusal !== undefined}
            isChosen={props.isChosen}
            describedBy={notes}
            cell={props.cell}
          />
        ) : (
          <ReadCell column={column} text={text} reason={reason} onMark={props.onMark} name={name} />
        )}
      </td>
      <ComparedCell column={column} which="last" now={text} before={props.last} />
      <ComparedCell column={column} which="lastYear" now={text} before={props.lastYear} />
      <td className="notes" id={notes}>
        <CellNotes
          column={column}
          fault={fault}
          refusal={refusal}
          findings={findings}
          reason={reason}
          onExplain={props.onExplain}
        />
      </td>
    </tr>
  );
});

type ReadCellProps = {
  column: Column;
  text: string;
  name: string;
  reason?: string;
  onMark: Marking["onMark"];
};

function ReadCell({ column, text, name, reason, onMark }: ReadCellProps) {
  const r = useReturnTexts();
  const shown = column.kind === "number" && text !== "" ? formatDecimal(text, column.decimals) : text;
  if (onMark === undefined)
    return <span className={column.kind}>{shown === "" ? r.sheet.blank : shown}</span>;
  return (
    <button
      type="button"
      className={`mark-cell ${column.kind}`}
      aria-pressed={reason !== undefined}
      aria-label={`${name} ${shown}`}
      onClick={() => onMark({ subject: REGION_ROW, column: column.code }, name)}
    >
      {shown === "" ? r.sheet.blank : shown}
    </button>
  );
}

type ComparedCellProps = { column: Column; which: "last" | "lastYear"; now: string; before?: string };

function ComparedCell({ column, which, now, before }: ComparedCellProps) {
  const r = useReturnTexts();
  const label = which === "last" ? r.sheet.last : r.sheet.lastYear;
  if (!column.compare.includes(which)) {
    return (
      <td className="compared none">
        <b className="unseen">{r.sheet.none}</b>
      </td>
    );
  }
  const isNumber = column.kind === "number";
  const deviation = deviationText(now, before, column.unit);
  return (
    <td className="compared" data-label={label}>
      {before !== undefined && <span>{isNumber ? formatDecimal(before) : before}</span>}
      {deviation !== undefined && <span className="sub">{deviation}</span>}
    </td>
  );
}
