/** Steps that need no more than some words: a note when one agrees, a reason when one does not. */
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import type { ClueStep } from "./use-clue-step.ts";

type WordsFormProps = {
  verb: "sign" | "approve" | "sendBack" | "withdraw";
  clue: ClueView;
  step: ClueStep;
};

export function WordsForm({ verb, clue, step }: WordsFormProps) {
  const { t } = useSpeech();
  const [words, setWords] = useState("");
  const agrees = verb === "sign" || verb === "approve";
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (step.isPending) return;
    const text = words.trim();
    step.mutate(
      verb === "sign" || verb === "approve"
        ? { verb, step: clue.step, note: text }
        : { verb, step: clue.step, because: text },
    );
  };
  return (
    <form className="form" onSubmit={submit}>
      <TextField
        label={agrees ? t.clues.note : t.clues.because}
        value={words}
        onValue={setWords}
        hint={verb === "withdraw" ? t.clues.withdrawHint : undefined}
        minLength={agrees ? undefined : 2}
        maxLength={agrees ? 1000 : 500}
        required={!agrees}
      />
      <div className="actions">
        <button
          type="submit"
          className={`button ${agrees ? "first" : verb === "withdraw" ? "grave" : ""}`}
          aria-disabled={step.isPending}
        >
          {t.clues.verbs[verb]}
        </button>
      </div>
    </form>
  );
}

/** 异议: somebody speaks against what the notice says; the clue goes back to the door. */
export function ObjectionForm({ clue, step }: { clue: ClueView; step: ClueStep }) {
  const { t } = useSpeech();
  const [by, setBy] = useState("");
  const [because, setBecause] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!step.isPending)
      step.mutate({ verb: "object", step: clue.step, by: by.trim(), because: because.trim() });
  };
  return (
    <form className="form" onSubmit={submit}>
      <TextField
        label={t.clues.objector}
        value={by}
        onValue={setBy}
        minLength={2}
        maxLength={60}
        autoComplete="off"
        required
      />
      <TextField
        label={t.clues.objection}
        value={because}
        onValue={setBecause}
        hint={t.clues.objectionHint}
        minLength={2}
        maxLength={500}
        required
      />
      <div className="actions">
        <button type="submit" className="button" aria-disabled={step.isPending}>
          {t.clues.verbs.object}
        </button>
      </div>
    </form>
  );
}
