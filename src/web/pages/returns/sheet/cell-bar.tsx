/** Below a grid: which cell is chosen, and everything that is said about it. */
import type { ReturnRowView } from "../../../../domains/returns/contract.ts";
import type { Column } from "../../../../domains/returns/core/form.ts";
import { formatUnit } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { cellKey } from "./cell-key.ts";
import { CellNotes } from "./cell-notes.tsx";
import type { FoundByCell } from "./use-findings.ts";
import type { Marking } from "./marking.ts";
import type { ReturnSheet } from "./use-return-sheet.ts";

type CellBarProps = {
  sheet: ReturnSheet;
  row: ReturnRowView | undefined;
  column: Column | undefined;
  found: FoundByCell;
  marking: Marking;
};

export function CellBar({ sheet, row, column, found, marking }: CellBarProps) {
  const { lang, nameOf, say } = useSpeech();
  if (row === undefined || column === undefined) return null;
  const key = cellKey(row.subject, column.code);
  const help = column.helpZh === null ? "" : say({ zh: column.helpZh, en: column.helpEn ?? column.helpZh });
  return (
    <div className="cell-bar" id="cell-bar">
      <p className="fine">
        {[row.name, nameOf(column), column.unit === null ? "" : formatUnit(column.unit, lang), help]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <CellNotes
        column={column}
        fault={sheet.state.faults.get(key)}
        refusal={sheet.state.refusals.get(key)}
        findings={found.get(key) ?? []}
        reason={marking.reasons.get(key)}
        onExplain={sheet.view.mayEdit ? sheet.explain : undefined}
      />
    </div>
  );
}
