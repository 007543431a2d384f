/** 派人、移交: two people, since nobody verifies alone. */
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { SubmitEvent } from "react";
import type { CluePageShape } from "./known-visitors.ts";
import { knownVisitors } from "./known-visitors.ts";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import type { ClueStep } from "./use-clue-step.ts";

type VisitorsFormProps = { verb: "assign" | "handOver"; clue: ClueView; step: ClueStep };

export function VisitorsForm({ verb, clue, step }: VisitorsFormProps) {
  const { t } = useSpeech();
  const [visitors, setVisitors] = useState<[string, string]>(["", ""]);
  const [because, setBecause] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (step.isPending) return;
    const common = { step: clue.step, visitors: [visitors[0].trim(), visitors[1].trim()] };
    step.mutate(
      verb === "assign"
        ? { verb: "assign", ...common }
        : { verb: "handOver", ...common, because: because.trim() },
    );
  };
  return (
    <form className="form" onSubmit={submit}>
      <VisitorFields visitors={visitors} onVisitors={setVisitors} />
      {verb === "handOver" && (
        <TextField
          label={t.clues.because}
          value={because}
          onValue={setBecause}
          minLength={2}
          maxLength={500}
          required
        />
      )}
      <div className="actions">
        <button type="submit" className="button first" aria-disabled={step.isPending}>
          {t.clues.verbs[verb]}
        </button>
      </div>
    </form>
  );
}

type VisitorFieldsProps = {
  visitors: readonly [string, string];
  onVisitors: (visitors: [string, string]) => void;
};

export function VisitorFields({ visitors: [one, other], onVisitors }: VisitorFieldsProps) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const list = useId();
  const known = knownVisitors(
    client.getQueriesData<CluePageShape>({ queryKey: ["clues"] }).map(([, data]) => data),
  );
  return (
    <div className="two-fields">
      <TextField
        label={t.clues.visitor(1)}
        value={one}
        onValue={(value) => onVisitors([value, other])}
        list={list}
        minLength={2}
        maxLength={20}
        autoComplete="off"
        required
      />
      <TextField
        label={t.clues.visitor(2)}
        value={other}
        onValue={(value) => onVisitors([one, value])}
        list={list}
        minLength={2}
        maxLength={20}
        autoComplete="off"
        fault={other.trim() !== "" && other.trim() === one.trim() ? t.clues.twoPeople : undefined}
        required
      />
      <datalist id={list}>
        {known.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </div>
  );
}
