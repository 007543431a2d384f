/** One field of the sheet: chosen it replaces, with F2 or a second click it edits, as in a spreadsheet. */
import { memo, useLayoutEffect, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import type { Column } from "../../../../domains/returns/core/form.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { CellMode } from "./cell-moves.ts";
import type { CellHandlers } from "./use-grid.ts";

export type EntryCellProps = {
  row: number;
  column: number;
  of: Column;
  /** as it stands, not formatted */
  text: string;
  label: string;
  isInvalid: boolean;
  isChosen: boolean;
  isDisabled?: boolean;
  describedBy?: string;
  cell: CellHandlers;
};

export const EntryCell = memo(function EntryCell(props: EntryCellProps) {
  return props.of.kind === "choice" ? <ChoiceCell {...props} /> : <TextCell {...props} />;
});

function TextCell({ row, column, of, text, label, cell, ...marks }: EntryCellProps) {
  const [draft, setDraft] = useState<string>();
  const [mode, setMode] = useState<CellMode>("ready");
  const [hasFocus, setFocus] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isFresh = useRef(false);
  // At once, before the next key: what is typed shall replace the content, never be added to it.
  useLayoutEffect(() => {
    if (hasFocus && mode === "ready") field.current?.select();
  }, [hasFocus, mode]);
  const spot = { row, column };
  const commit = () => {
    if (draft !== undefined && draft !== text) cell.onCommit(spot, draft);
    setDraft(undefined);
    setMode("ready");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "F2") {
      event.preventDefault();
      setMode("editing");
      event.currentTarget.setSelectionRange(text.length, text.length);
    } else if (event.key === "Escape" && mode !== "ready") {
      event.preventDefault();
      setDraft(undefined);
      setMode("ready");
    } else if (cell.onKey(event, spot, mode, commit)) event.preventDefault();
  };
  const isNumber = of.kind === "number";
  const isNegative = of.min === null || of.min.startsWith("-");
  return (
    <input
      ref={field}
      data-spot={`${row},${column}`}
      className={isNumber ? "entry number" : "entry"}
      type="text"
      // The number pad of some phones has no minus sign.
      inputMode={isNumber && !isNegative ? "decimal" : "text"}
      autoComplete="off"
      spellCheck={false}
      maxLength={300}
      value={draft ?? (hasFocus || !isNumber || marks.isInvalid ? text : formatDecimal(text))}
      aria-label={label}
      aria-invalid={marks.isInvalid || undefined}
      aria-describedby={marks.describedBy}
      data-chosen={marks.isChosen || undefined}
      disabled={marks.isDisabled}
      onFocus={() => {
        isFresh.current = true;
        setFocus(true);
        cell.onFocus(spot);
      }}
      onBlur={() => {
        setFocus(false);
        commit();
      }}
      onMouseDown={(event) => {
        if (cell.onPoint(spot, event.shiftKey)) event.preventDefault();
        else if (hasFocus) setMode("editing");
      }}
      onMouseUp={(event) => {
        // The click that chose the cell would put the caret into it and drop the selection.
        if (isFresh.current && mode === "ready") {
          event.preventDefault();
          event.currentTarget.select();
        }
        isFresh.current = false;
      }}
      onChange={(event) => {
        setDraft(event.target.value);
        if (mode === "ready") setMode("typing");
      }}
      onKeyDown={onKeyDown}
    />
  );
}

function ChoiceCell({ row, column, of, text, label, cell, ...marks }: EntryCellProps) {
  const { t } = useSpeech();
  const spot = { row, column };
  const isOther = text !== "" && !of.choices.includes(text);
  return (
    <select
      data-spot={`${row},${column}`}
      className="entry"
      value={text}
      aria-label={label}
      aria-invalid={marks.isInvalid || undefined}
      aria-describedby={marks.describedBy}
      data-chosen={marks.isChosen || undefined}
      disabled={marks.isDisabled}
      onFocus={() => cell.onFocus(spot)}
      onChange={(event) => cell.onCommit(spot, event.target.value)}
      onKeyDown={(event) => {
        // The list of choices has the upright arrows for itself.
        if (event.key === "ArrowUp" || event.key === "ArrowDown") return;
        if (cell.onKey(event, spot, "ready", () => {})) event.preventDefault();
      }}
    >
      <option value="">{t.app.nowhere}</option>
      {isOther && <option value={text}>{text}</option>}
      {of.choices.map((choice) => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  );
}
