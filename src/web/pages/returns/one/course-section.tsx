/** 办理过程: every step that was recorded, the newest first. */
import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";

export function CourseSection({ view }: { view: ReturnView }) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const columns = new Map(view.form.columns.map((column) => [column.code, column]));
  const names = new Map(view.items.map((row) => [row.subject, row.name]));
  const isRegion = view.form.subjects.kind === "region";
  const nameOfCell = (subject: string, code: string): string => {
    const column = columns.get(code);
    const row = isRegion ? "" : (names.get(subject) ?? subject);
    return [row, column === undefined ? code : nameOf(column)].filter(Boolean).join(" · ");
  };
  return (
    <section className="section" aria-labelledby="course">
      <header>
        <h2 id="course">{r.course}</h2>
      </header>
      {view.actions.length === 0 ? (
        <p className="note">{r.courseEmpty}</p>
      ) : (
        <ol className="course">
          {view.actions.toReversed().map((action) => (
            <li key={action.step}>
              <p className="course-head">
                <strong>{r.done[action.verb]}</strong>
                <span>{action.by}</span>
                <span className="fine">{formatInstant(action.at)}</span>
                {action.version > 0 && <span className="note">{r.versionOf(action.version)}</span>}
              </p>
              {action.receipt !== null && (
                <p className="fine">
                  {r.receipt.title} <span className="mono">{action.receipt}</span>
                </p>
              )}
              {action.reason !== null && <p>{action.reason}</p>}
              {action.cells.length > 0 && (
                <ul className="note">
                  {action.cells.map((cell) => (
                    <li key={`${cell.subject} ${cell.column}`}>
                      {nameOfCell(cell.subject, cell.column)}: {cell.reason}
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
