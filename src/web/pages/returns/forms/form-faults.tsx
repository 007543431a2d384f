/** What the server found wrong with a form, each with the field that it stands in. */
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { Trouble } from "../../../shell/trouble.tsx";

export function FormFaults({ error, form }: { error: unknown; form: FormDefinition }) {
  const { say } = useSpeech();
  const nameField = useFieldName(form);
  const problem = problemOf(error);
  const places = problem.problems?.filter(({ field }) => field !== undefined) ?? [];
  if (places.length === 0) return <Trouble error={error} />;
  return (
    <div className="message bad" role="alert">
      <p className="title">{say(problem.titles)}</p>
      <ul className="problem-list">
        {places.map((place) => (
          <li key={`${place.field} ${place.zh}`}>
            <strong>{nameField(place.field ?? "")}</strong> {say(place)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `columns.4.posts`, or as the request's schema says it, `body.form.columns.4.posts` */
function useFieldName(form: FormDefinition): (field: string) => string {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  return (field) => {
    const [part = "", at = "", key = ""] = field
      .replace(/^body\./, "")
      .replace(/^form\./, "")
      .split(".");
    if (part === "columns" || part === "rules") {
      const words: Readonly<Record<string, unknown>> = part === "columns" ? f.column : f.rule;
      const column = form.columns[Number(at)];
      const name = part === "columns" ? column && nameOf(column) : form.rules[Number(at)]?.code;
      const of = words[key];
      return [f[part], name, typeof of === "string" ? of : ""].filter(Boolean).join(" · ");
    }
    const heads: Readonly<Record<string, string>> = {
      code: f.column.code,
      nameZh: f.column.nameZh,
      nameEn: f.column.nameEn,
      filers: f.facts.filers,
      review: f.facts.review,
      due: f.facts.due,
      schedule: f.head.scheduleFrom,
      subjects: f.facts.subjects,
    };
    return heads[part] ?? field;
  };
}
