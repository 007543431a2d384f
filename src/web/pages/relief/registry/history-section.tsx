/** 台账变动: what happened to the household or one of its members; the states before and after side by side. */
import { Link } from "@tanstack/react-router";
import type { HouseholdView, RegistryActionView } from "../../../../domains/relief/contract.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { fieldName } from "./form-fields.ts";

export function HistorySection({ household }: { household: HouseholdView }) {
  const { t } = useSpeech();
  const nameOfPerson = (id: number | null) =>
    id === null
      ? t.relief.wholeHousehold
      : (household.members.find((one) => one.id === id)?.name ?? `#${id}`);
  return (
    <section className="section" aria-labelledby="history">
      <header>
        <h2 id="history">{t.relief.history}</h2>
        <p className="note">{t.relief.historyHint}</p>
      </header>
      <ol className="course">
        {household.actions.toReversed().map((action) => (
          <li key={action.id}>
            <p className="course-head">
              <strong>{t.relief.actions[action.kind]}</strong>
              <span>{action.onDay}</span>
              <span>{nameOfPerson(action.person)}</span>
              <span className="fine">{t.relief.recordedAt(formatInstant(action.recordedAt))}</span>
              {action.clue !== null && (
                <Link to="/clues/$id" params={{ id: String(action.clue) }} search={{}}>
                  {t.relief.ofClue(action.clue)}
                </Link>
              )}
            </p>
            {action.reason !== null && <p>{action.reason}</p>}
            <BeforeAfter action={action} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function BeforeAfter({ action }: { action: RegistryActionView }) {
  const { t, lang } = useSpeech();
  const before = action.before ?? {};
  const after = action.after ?? {};
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (fields.length === 0) return null;
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
        {fields.map((field) => {
          const [was, is] = [textOf(before[field]), textOf(after[field])];
          return (
            <tr key={field}>
              <th scope="row">{fieldName(field, lang)}</th>
              <td>{was === is ? was : <s>{was}</s>}</td>
              <td>{was === is ? is : <strong>{is}</strong>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "—";
  return typeof value === "string" ? value : JSON.stringify(value);
}
