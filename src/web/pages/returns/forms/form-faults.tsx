/** What the server found wrong with a form, as a summary: each entry leads to the field that it stands in. */
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { Trouble } from "../../../shell/trouble.tsx";
import type { FieldFault } from "./field-faults.ts";
import { goToField, useFaultWords } from "./field-marks.tsx";

type FormFaultsProps = {
  error: unknown;
  form: FormDefinition;
  /** those that are still to be mended */
  faults: readonly FieldFault[];
};

export function FormFaults({ error, form, faults }: FormFaultsProps) {
  const { say } = useSpeech();
  const nameField = useFieldName(form);
  const wordsOf = useFaultWords();
  const problem = problemOf(error);
  const told = problem.problems?.filter(({ field }) => field !== undefined) ?? [];
  if (told.length === 0) return <Trouble error={error} />;
  if (faults.length === 0) return null;
  return (
    <div className="message bad" role="alert">
      <p className="title">{say(problem.titles)}</p>
      <ul className="problem-list">
        {faults.map((fault) => {
          const { field, place, zh } = fault;
          const name = <strong>{nameField(field ?? place)}</strong>;
          return (
            <li key={`${place} ${zh}`}>
              {field === undefined ? (
                name
              ) : (
                <button type="button" className="text-button" onClick={() => goToField(new Set([field]))}>
                  {name}
                </button>
              )}{" "}
              {wordsOf(fault)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function useFieldName(form: FormDefinition): (field: string) => string {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  return (field) => {
    const [part = "", at = "", key = ""] = field.split(".");
    if (part === "columns" || part === "rules") {
      const words: Readonly<Record<string, unknown>> = part === "columns" ? f.column : f.rule;
      const column = form.columns[Number(at)];
      const name = part === "columns" ? column && nameOf(column) : form.rules[Number(at)]?.code;
      const of = words[key];
      return [f[part], name, typeof of === "string" ? of : ""].filter(Boolean).join(" · ");
    }
    if (part === "review" && at !== "") return f.head.level(Number(at) + 1);
    const names: Readonly<Record<string, string>> = {
      code: f.column.code,
      nameZh: f.column.nameZh,
      nameEn: f.column.nameEn,
      owner: f.owner,
      periodForm: f.periodForm,
      filers: f.facts.filers,
      "filers.within": f.head.within,
      due: f.facts.due,
      "due.count": f.head.workingDay,
      "due.day": f.head.day,
      schedule: f.head.scheduleFrom,
      "schedule.to": f.head.scheduleTo,
      subjects: f.facts.subjects,
      "subjects.items": f.head.items,
      "subjects.nameZh": f.head.listZh,
      "subjects.nameEn": f.head.listEn,
    };
    return names[field] ?? names[part] ?? field;
  };
}
