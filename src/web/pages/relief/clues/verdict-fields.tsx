import { VERDICTS } from "../../../../domains/relief/core/clues/clue-loop.ts";
import type { Verdict } from "../../../../domains/relief/core/clues/clue-loop.ts";
import { REASONS } from "../../../../domains/relief/core/clues/reasons.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import type { VisitDraft } from "./visit-draft.ts";

type VerdictFieldsProps = { draft: VisitDraft; onChange: (change: Partial<VisitDraft>) => void };

/** 结论 as large choices for a thumb, then the reasons of that verdict, then how far it reaches. */
export function VerdictFields({ draft, onChange }: VerdictFieldsProps) {
  const { t, say } = useSpeech();
  const { verdict } = draft;
  return (
    <>
      <Choices
        legend={t.clues.verdict}
        name="verdict"
        value={verdict}
        options={VERDICTS.map((one) => ({ value: one, name: t.clues.verdicts[one] }))}
        onValue={(value: Verdict) => onChange({ verdict: value, reason: "" })}
      />
      {verdict !== "" && (
        <Choices
          legend={t.clues.reason}
          name="reason"
          value={draft.reason}
          options={REASONS[verdict].map((one) => ({ value: one.code, name: say(one) }))}
          onValue={(reason) => onChange({ reason })}
        />
      )}
      {(verdict === "remove" || verdict === "gone") && (
        <Choices
          legend={t.clues.scope}
          name="scope"
          value={draft.scope}
          options={(["person", "household"] as const).map((one) => ({
            value: one,
            name: t.clues.scopes[one],
          }))}
          onValue={(scope) => onChange({ scope })}
        />
      )}
    </>
  );
}

type ChoicesProps<Value extends string> = {
  legend: string;
  name: string;
  value: string;
  options: readonly { value: Value; name: string }[];
  onValue: (value: Value) => void;
};

function Choices<Value extends string>({ legend, name, value, options, onValue }: ChoicesProps<Value>) {
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            onChange={() => onValue(option.value)}
            required
          />
          <span>{option.name}</span>
        </label>
      ))}
    </fieldset>
  );
}
