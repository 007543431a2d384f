/** Cells that somebody else changed meanwhile: both values side by side, and which one shall stay. */
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { cellKey } from "./cell-key.ts";
import type { Conflict } from "./save-queue.ts";
import type { ReturnSheet } from "./use-return-sheet.ts";

export function ConflictTable({ sheet }: { sheet: ReturnSheet }) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const conflicts = [...sheet.state.queue.conflicts.values()];
  if (conflicts.length === 0) return null;
  const { form } = sheet.view;
  const nameOfCell = ({ subject, column }: Conflict): string => {
    const named = form.columns.find(({ code }) => code === column);
    const row = form.subjects.kind === "region" ? "" : (sheet.rows.bySubject.get(subject)?.name ?? subject);
    return [row, named === undefined ? column : nameOf(named)].filter(Boolean).join(" · ");
  };
  const show = (value: string | null): string => (value === null ? r.sheet.blank : formatDecimal(value));
  return (
    <div className="message bad" role="alert">
      <p className="title">{r.save.conflictTitle}</p>
      <table className="table conflict-table">
        <tbody>
          {conflicts.map((conflict) => (
            <tr key={cellKey(conflict.subject, conflict.column)}>
              <th scope="row">{nameOfCell(conflict)}</th>
              <td>
                {r.save.mine} <strong>{show(conflict.mine)}</strong>{" "}
                <button type="button" className="button" onClick={() => sheet.choose(conflict, "mine")}>
                  {r.save.keepMine}
                </button>
              </td>
              <td>
                {r.save.theirs} <strong>{show(conflict.theirs)}</strong>{" "}
                <button type="button" className="button" onClick={() => sheet.choose(conflict, "theirs")}>
                  {r.save.keepTheirs}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
