/** Walking through a grid by keys, as in a spreadsheet. Rows and columns count from 0. */
export type Spot = { row: number; column: number };
export type Size = { rows: number; columns: number };
export type Move =
  | "up"
  | "down"
  | "left"
  | "right"
  | "pageUp"
  | "pageDown"
  | "first"
  | "last"
  | "top"
  | "bottom"
  | "next"
  | "previous";

/** ready: the cell is chosen; typing: a key has replaced its content; editing: the caret walks within it (F2, a click). */
export type CellMode = "ready" | "typing" | "editing";

const PAGE = 15; // rows

const clamp = (at: number, count: number): number => Math.min(Math.max(at, 0), count - 1);

/** Where a move leads. undefined: out of the grid, which is then left as any field is left by Tab. */
export function moveFrom(from: Spot, move: Move, { rows, columns }: Size): Spot | undefined {
  const { row, column } = from;
  const to = (nextRow: number, nextColumn: number): Spot => ({
    row: clamp(nextRow, rows),
    column: clamp(nextColumn, columns),
  });
  switch (move) {
    case "up":
      return to(row - 1, column);
    case "down":
      return to(row + 1, column);
    case "left":
      return to(row, column - 1);
    case "right":
      return to(row, column + 1);
    case "pageUp":
      return to(row - PAGE, column);
    case "pageDown":
      return to(row + PAGE, column);
    case "first":
      return to(row, 0);
    case "last":
      return to(row, columns - 1);
    case "top":
      return to(0, 0);
    case "bottom":
      return to(rows - 1, columns - 1);
    case "next":
      if (column + 1 < columns) return { row, column: column + 1 };
      return row + 1 < rows ? { row: row + 1, column: 0 } : undefined;
    case "previous":
      if (column > 0) return { row, column: column - 1 };
      return row > 0 ? { row: row - 1, column: columns - 1 } : undefined;
  }
}

type Pressed = { key: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** What a key means in a cell; undefined: the field's own business. */
export function moveOfKey(pressed: Pressed, mode: CellMode): Move | undefined {
  const isWide = pressed.ctrlKey || pressed.metaKey;
  if (pressed.altKey) return undefined;
  switch (pressed.key) {
    case "Enter":
      return isWide ? undefined : pressed.shiftKey ? "up" : "down";
    case "Tab":
      return isWide ? undefined : pressed.shiftKey ? "previous" : "next";
    case "ArrowUp":
      return isWide ? undefined : "up";
    case "ArrowDown":
      return isWide ? undefined : "down";
    case "PageUp":
      return isWide ? undefined : "pageUp";
    case "PageDown":
      return isWide ? undefined : "pageDown";
  }
  // The rest moves the caret while the content is being edited.
  if (mode === "editing") return undefined;
  switch (pressed.key) {
    case "ArrowLeft":
      return isWide ? undefined : "left";
    case "ArrowRight":
      return isWide ? undefined : "right";
    case "Home":
      return isWide ? "top" : "first";
    case "End":
      return isWide ? "bottom" : "last";
  }
  return undefined;
}

export type Range = { from: Spot; to: Spot };

/** The rectangle between two corners, whichever they are. */
export function rangeBetween(a: Spot, b: Spot): Range {
  return {
    from: { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column) },
    to: { row: Math.max(a.row, b.row), column: Math.max(a.column, b.column) },
  };
}

export function isWithin({ from, to }: Range, { row, column }: Spot): boolean {
  return row >= from.row && row <= to.row && column >= from.column && column <= to.column;
}

export type Laid = Spot & { text: string };

/**
 * A pasted block from its upper left corner; what does not fit is only counted. One cell pasted on a range fills it, as in a
 * spreadsheet.
 */
export function layBlock(
  block: readonly (readonly string[])[],
  range: Range,
  size: Size,
): { cells: Laid[]; outside: number } {
  const single = block.length === 1 && block[0]?.length === 1 ? block[0][0] : undefined;
  const cells: Laid[] = [];
  let outside = 0;
  if (single !== undefined) {
    for (let row = range.from.row; row <= range.to.row; row++)
      for (let column = range.from.column; column <= range.to.column; column++)
        cells.push({ row, column, text: single });
    return { cells, outside };
  }
  for (const [down, texts] of block.entries()) {
    for (const [across, text] of texts.entries()) {
      const spot = { row: range.from.row + down, column: range.from.column + across };
      if (spot.row < size.rows && spot.column < size.columns) cells.push({ ...spot, text });
      else if (text.trim() !== "") outside += 1;
    }
  }
  return { cells, outside };
}
