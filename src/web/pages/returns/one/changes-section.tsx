import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";

/** What differs from the version that was submitted, or accepted, before. */
export function ChangesSection({ view }: { view: ReturnView }) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  // While it is being mended, the sheet itself is newer than what was compared.
  if (view.changesOf === null || view.mayEdit) return null;
  const isRegion = view.form.subjects.kind === "region";
  const columns = new Map(view.form.columns.map((column) => [column.code, column]));
  const show = (value: string | null): string => (value === null ? r.sheet.blank : formatDecimal(value));
  return (
    <section className="section" aria-labelledby="changes">
      <header>
        <h2 id="changes">{r.changes.title}</h2>
        <p className="note">{r.changes.of(view.changesOf.from, view.changesOf.to)}</p>
      </header>
      {view.changes.length === 0 ? (
        <p className="note">{r.changes.none}</p>
      ) : (
        <table className="table list changes-table">
          <thead>
            <tr>
              {!isRegion && <th scope="col">{r.changes.row}</th>}
              <th scope="col">{r.changes.column}</th>
              <th scope="col" className="r">
                {r.changes.before}
              </th>
              <th scope="col" className="r">
                {r.changes.after}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.changes.map((change) => {
              const column = columns.get(change.column);
              return (
                <tr key={`${change.subject} ${change.column}`}>
                  {!isRegion && <td>{change.name}</td>}
                  <th scope="row">{column === undefined ? change.column : nameOf(column)}</th>
                  <td className="r old" data-label={r.changes.before}>
                    {show(change.before)}
                  </td>
                  <td className="r" data-label={r.changes.after}>
                    <strong>{show(change.after)}</strong>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
