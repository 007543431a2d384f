import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { formatDecimal } from "../../../format/number.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import type { Change } from "../sheet/changes-now.ts";

const mostShown = 500;

type ChangesSectionProps = {
  view: ReturnView;
  /** newer than the view's own while it is being mended */
  changes: readonly Change[];
};

/** What differs from the version that was submitted, or accepted, before. */
export function ChangesSection({ view, changes }: ChangesSectionProps) {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  if (view.changesOf === null) return null;
  const isRegion = view.form.subjects.kind === "region";
  const columns = new Map(view.form.columns.map((column) => [column.code, column]));
  const show = (value: string | null): string => (value === null ? r.sheet.blank : formatDecimal(value));
  return (
    <section className="section" aria-labelledby="changes">
      <header>
        <h2 id="changes">{r.changes.title}</h2>
        <p className="note">{r.changes.of(view.changesOf.from, view.changesOf.to)}</p>
      </header>
      {changes.length === 0 ? (
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
            {changes.slice(0, mostShown).map((change) => {
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
      {changes.length > mostShown && <p className="fine">{r.findings.more(changes.length - mostShown)}</p>}
    </section>
  );
}
