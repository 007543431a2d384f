/** 台账变动: what happened to the household or one of its members; the states before and after side by side. */
import { Link } from "@tanstack/react-router";
import type { HouseholdView } from "../../../../domains/relief/contract.ts";
import { REASONS } from "../../../../domains/relief/core/clues/reasons.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { Language } from "../../../i18n/language.tsx";
import { changedFields } from "./changed-fields.ts";
import type { ChangedField } from "./changed-fields.ts";

export function HistorySection({ household }: { household: HouseholdView }) {
  const { t, lang } = useSpeech();
  const nameOfPerson = (id: number) => household.members.find((one) => one.id === id)?.name ?? `#${id}`;
  const words = { t, lang, nameOfPerson };
  return (
    <section className="section" aria-labelledby="history">
      <header>
        <h2 id="history">{t.relief.history}</h2>
        <p className="note">{t.relief.historyHint}</p>
      </header>
      <ol className="course">
        {household.actions
          .toSorted((a, b) => b.id - a.id)
          .map((action) => (
            <li key={action.id}>
              <p className="course-head">
                <strong>{t.relief.actions[action.kind]}</strong>
                <span>{action.onDay}</span>
                <span>{action.person === null ? t.relief.wholeHousehold : nameOfPerson(action.person)}</span>
                <span className="fine">{t.relief.recordedAt(formatInstant(action.recordedAt))}</span>
                {action.clue !== null && (
                  <Link to="/clues/$id" params={{ id: String(action.clue) }} search={{}}>
                    {t.relief.ofClue(action.clue)}
                  </Link>
                )}
              </p>
              {action.reason !== null && <p>{reasonWords(action.reason, lang)}</p>}
              <BeforeAfter changes={changedFields(action, words)} />
            </li>
          ))}
      </ol>
    </section>
  );
}

function BeforeAfter({ changes }: { changes: readonly ChangedField[] }) {
  const { t } = useSpeech();
  if (changes.length === 0) return null;
  return (
    <table className="table before-after">
      <thead>
        <tr>
          <th scope="col">{t.relief.field}</th>
          <th scope="col">{t.relief.before}</th>
          <th scope="col">{t.relief.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ name, was, is }) => (
          <tr key={`${name} ${was} ${is}`}>
            <th scope="row">{name}</th>
            <td>{was === is || was === t.app.nowhere ? was : <s>{was}</s>}</td>
            <td>{was === is ? is : <strong>{is}</strong>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A verdict gives its reason by code; whoever acts by hand, in words. */
function reasonWords(reason: string, lang: Language): string {
  const known = Object.values(REASONS)
    .flat()
    .find((one) => one.code === reason);
  return known?.[lang] ?? reason;
}
