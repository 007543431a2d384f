/** Reasons by cell: those that a reviewer is writing, or those that came back with the return. */
import type { CellReason, ReturnView } from "../../../../domains/returns/contract.ts";
import { cellKey } from "./cell-key.ts";
import type { CellPlace } from "./cell-key.ts";

export type Marking = {
  /** by cell */
  reasons: ReadonlyMap<string, string>;
  /** undefined: the cells are only shown */
  onMark?: (place: CellPlace, name: string) => void;
};

export function reasonsByCell(cells: readonly CellReason[]): ReadonlyMap<string, string> {
  return new Map(cells.map(({ subject, column, reason }) => [cellKey(subject, column), reason]));
}

/** What the return came back with, as long as it is being mended. */
export function sentBackReasons(view: ReturnView): ReadonlyMap<string, string> {
  if (!["sent-back", "draft", "amending"].includes(view.brief.status)) return new Map();
  const last = view.actions.findLast(({ verb }) => verb !== "begin");
  return last?.verb === "sendBack" ? reasonsByCell(last.cells) : new Map();
}
