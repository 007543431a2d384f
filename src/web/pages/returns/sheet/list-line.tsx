import type { ReturnRowView } from "../../../../domains/returns/contract.ts";
import type { Column } from "../../../../domains/returns/core/form.ts";
import { formatDecimal } from "../../../format/number.ts";
import { isOpenPoint } from "../../../../domains/returns/core/explanation.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { cellKey } from "./cell-key.ts";
import { isBlank } from "./cell-notes.tsx";
import { deviationText } from "./deviation.ts";
import { EntryCell } from "./entry-cell.tsx";
import type { FoundByCell } from "./use-findings.ts";
import type { Marking } from "./marking.ts";
import { textOf } from "./sheet-state.ts";
import type { SheetState } from "./sheet-state.ts";
import type { Grid } from "./use-grid.ts";

export type Compared = "none" | "last" | "lastYear";

type ListLineProps = {
  at: number;
  row: ReturnRowView | undefined;
  columns: readonly Column[];
  height: number;
  state: SheetState;
  found: FoundByCell;
  compared: Compared;
  marking: Marking;
  /** undefined: the row is only read */
  grid: Grid | undefined;
  onRemove?: () => void;
};

export function ListLine({ at, row, columns, height, onRemove, ...rest }: ListLineProps) {
  const r = useReturnTexts();
  if (row === undefined) {
    return (
      <tr aria-rowindex={at + 2} style={{ height }}>
        <th scope="row" className="fine">
          {r.sheet.loadingRow}
        </th>
        <td colSpan={columns.length}>
          <span className="unseen">{r.sheet.loadingRow}</span>
        </td>
      </tr>
    );
  }
  const isRemoved = rest.state.removed.has(row.subject);
  return (
    <tr aria-rowindex={at + 2} style={{ height }} className={isRemoved ? "removed" : undefined}>
      <th scope="row">
        <span
          className="row-name"
          title={row.line === null ? row.name : `${row.name} · ${r.sheet.line(row.line)}`}
        >
          {row.name}
        </span>
        {onRemove !== undefined && !isRemoved && (
          <button
            type="button"
            className="remove-row"
            aria-label={r.sheet.removeRow(row.name)}
            title={r.sheet.removeRow(row.name)}
            onClick={onRemove}
          >
            ×
          </button>
        )}
      </th>
      {columns.map((column, across) => (
        <ListCell
          key={column.code}
          at={at}
          across={across}
          row={row}
          column={column}
          isRemoved={isRemoved}
          {...rest}
        />
      ))}
    </tr>
  );
}

type ListCellProps = Omit<ListLineProps, "columns" | "height" | "onRemove" | "row"> & {
  row: ReturnRowView;
  across: number;
  column: Column;
  isRemoved: boolean;
};

function ListCell({ at, across, row, column, isRemoved, state, found, marking, ...rest }: ListCellProps) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const { compared, grid } = rest;
  const key = cellKey(row.subject, column.code);
  const text = textOf(state, { subject: row.subject, column: column.code }, row.values[column.code] ?? null);
  const isUnread = state.faults.has(key) || state.refusals.has(key);
  const findings = found.get(key) ?? [];
  const isHard = isUnread || findings.some((one) => one.severity === "hard" && !isBlank(one));
  const isMissing = findings.some(isBlank);
  const isSoft = findings.some((one) => one.severity === "soft" && isOpenPoint(one));
  const reason = marking.reasons.get(key);
  const mark = isHard
    ? "has-hard"
    : reason !== undefined
      ? "has-reason"
      : isSoft
        ? "has-soft"
        : isMissing
          ? "is-missing"
          : "";
  const shown = column.kind === "number" && text !== "" ? formatDecimal(text, column.decimals) : text;
  const { onMark } = marking;
  const label = r.sheet.cellOf(row.name, nameOf(column), "");
  return (
    <td className={`${column.kind} ${mark}`}>
      {grid !== undefined ? (
        <EntryCell
          row={at}
          column={across}
          of={column}
          text={text}
          label={label}
          isInvalid={isUnread}
          isChosen={grid.isChosen({ row: at, column: across })}
          isDisabled={isRemoved}
          describedBy="cell-bar"
          cell={grid.cell}
        />
      ) : onMark === undefined ? (
        <span className="read">{shown}</span>
      ) : (
        <button
          type="button"
          className="mark-cell"
          data-spot={`${at},${across}`}
          aria-pressed={reason !== undefined}
          aria-label={`${label} ${shown}`}
          onClick={() =>
            onMark({ subject: row.subject, column: column.code }, `${row.name} ${nameOf(column)}`)
          }
        >
          {shown === "" ? r.sheet.blank : shown}
        </button>
      )}
      {compared !== "none" && <Before column={column} now={text} before={row[compared][column.code]} />}
    </td>
  );
}

function Before({ column, now, before }: { column: Column; now: string; before?: string }) {
  const deviation = deviationText(now, before, column.unit);
  return (
    <span className="before fine">
      {before === undefined ? "" : column.kind === "number" ? formatDecimal(before) : before}
      {deviation !== undefined && <span className="deviation"> {deviation}</span>}
    </span>
  );
}
