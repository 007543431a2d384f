/** The keyboard of a grid of fields: which is chosen, how far a selection reaches, copying and pasting of blocks. */
import { useMemo, useState } from "react";
import type { ClipboardEvent, KeyboardEvent, RefObject } from "react";
import { isWithin, layBlock, moveFrom, moveOfKey, rangeBetween } from "./cell-moves.ts";
import type { CellMode, Laid, Range, Size, Spot } from "./cell-moves.ts";
import { useLatest } from "./use-latest.ts";
import { isBlock, parseBlock, writeBlock } from "./clipboard-block.ts";

export type GridOptions = {
  root: RefObject<HTMLDivElement | null>;
  size: Size;
  textAt: (spot: Spot) => string;
  /** cells of one step, with how many of a pasted block fell outside */
  onCells: (cells: Laid[], outside: number) => void;
  onUndo: () => void;
  onRedo: () => void;
  /** brings a row into the part that is drawn */
  reveal?: (spot: Spot) => void;
};

export type Grid = {
  range: Range | undefined;
  isChosen: (spot: Spot) => boolean;
  cell: CellHandlers;
  onCopy: (event: ClipboardEvent) => void;
  onPaste: (event: ClipboardEvent) => void;
};

/** What a cell asks of its grid; the same object for the life of the grid. */
export type CellHandlers = {
  onFocus: (spot: Spot) => void;
  onPoint: (spot: Spot, extend: boolean) => boolean;
  onCommit: (spot: Spot, raw: string) => void;
  /** true: the key was the grid's business. @param commit takes in what is being typed, before the move */
  onKey: (event: KeyboardEvent, spot: Spot, mode: CellMode, commit: () => void) => boolean;
};

type Ends = { anchor: Spot; end: Spot };

export function useGrid(options: GridOptions): Grid {
  const { root } = options;
  const latest = useLatest(options);
  const [ends, setEnds] = useState<Ends>();
  const shown = useLatest(ends);
  const range = ends === undefined ? undefined : rangeBetween(ends.anchor, ends.end);

  const cell = useMemo<CellHandlers>(() => {
    const goTo = (spot: Spot) => {
      setEnds({ anchor: spot, end: spot });
      latest.current.reveal?.(spot);
      focusWhenDrawn(root, spot);
    };
    return {
      onFocus: (spot) => setEnds({ anchor: spot, end: spot }),
      onPoint: (spot, extend) => {
        if (!extend || shown.current === undefined) return false;
        setEnds({ anchor: shown.current.anchor, end: spot });
        return true;
      },
      onCommit: (spot, raw) => latest.current.onCells([{ ...spot, text: raw }], 0),
      onKey: (event, spot, mode, commit) => {
        const { size } = latest.current;
        const chosen = shown.current ?? { anchor: spot, end: spot };
        if (mode === "ready" && takesBack(event, latest.current)) return true;
        if (mode === "ready" && event.key === "Delete") {
          latest.current.onCells(blanks(rangeBetween(chosen.anchor, chosen.end)), 0);
          return true;
        }
        const move = moveOfKey(event, mode);
        if (move === undefined) return false;
        if (event.shiftKey && event.key.startsWith("Arrow")) {
          if (mode !== "ready") return false;
          setEnds({ anchor: chosen.anchor, end: moveFrom(chosen.end, move, size) ?? chosen.end });
          return true;
        }
        const target = moveFrom(spot, move, size);
        commit();
        if (target === undefined) return false;
        goTo(target);
        return true;
      },
    };
  }, [root, latest, shown]);

  return {
    range,
    isChosen: (spot) => range !== undefined && !isSingle(range) && isWithin(range, spot),
    cell,
    onCopy: (event) => {
      if (range === undefined || isSingle(range)) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", writeBlock(textsOf(range, options.textAt)));
    },
    onPaste: (event) => {
      const text = event.clipboardData.getData("text/plain");
      if (range === undefined || (!isBlock(text) && isSingle(range))) return;
      event.preventDefault();
      const { cells, outside } = layBlock(parseBlock(text), range, options.size);
      options.onCells(cells, outside);
    },
  };
}

const isSingle = ({ from, to }: Range): boolean => from.row === to.row && from.column === to.column;

function takesBack(event: KeyboardEvent, { onUndo, onRedo }: GridOptions): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const key = event.key.toLowerCase();
  if (key === "y" || (key === "z" && event.shiftKey)) onRedo();
  else if (key === "z") onUndo();
  else return false;
  return true;
}

function textsOf({ from, to }: Range, textAt: (spot: Spot) => string): string[][] {
  return Array.from({ length: to.row - from.row + 1 }, (_, down) =>
    Array.from({ length: to.column - from.column + 1 }, (_unused, across) =>
      textAt({ row: from.row + down, column: from.column + across }),
    ),
  );
}

function blanks(range: Range): Laid[] {
  return layBlock([[""]], range, { rows: range.to.row + 1, columns: range.to.column + 1 }).cells;
}

/** A row that was out of sight is drawn some frames after the list was scrolled to it. */
function focusWhenDrawn(root: RefObject<HTMLDivElement | null>, { row, column }: Spot, frames = 12): void {
  const field = root.current?.querySelector<HTMLElement>(`[data-spot="${row},${column}"]`);
  if (field !== null && field !== undefined) field.focus();
  else if (frames > 0) requestAnimationFrame(() => focusWhenDrawn(root, { row, column }, frames - 1));
}
