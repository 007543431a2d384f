/** Who has not reported a period, the latest first. */
import type { BoardView } from "../../../../domains/returns/contract.ts";

export type Missing = {
  unit: BoardView["units"][number]["unit"];
  cell: BoardView["units"][number]["cells"][number];
};

/** Whether a return is still to come in. What was sent back is not: somebody is at it, and has been told. */
function isUnreported({ status }: Missing["cell"]): boolean {
  return status === "due" || status === "draft";
}

export function missingOf(board: Pick<BoardView, "units">, period: string): Missing[] {
  return board.units
    .flatMap(({ unit, cells }) =>
      cells.filter((cell) => cell.period === period && isUnreported(cell)).map((cell) => ({ unit, cell })),
    )
    .toSorted((a, b) => b.cell.daysLate - a.cell.daysLate);
}
