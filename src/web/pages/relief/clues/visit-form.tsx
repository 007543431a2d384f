/** 入户: what was found at the door. Filled in on a phone, kept on it until it has arrived. */
import { useEffect, useRef, useState } from "react";
import type { SubmitEvent } from "react";
import type { ClueView } from "../../../../domains/relief/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { TakeEvidence } from "./take-evidence.tsx";
import type { ClueStep } from "./use-clue-step.ts";
import { VerdictFields } from "./verdict-fields.tsx";
import { dayVisitBegan } from "./visit-files.ts";
import { keepDraft, readDraft, readUnsent } from "./visit-draft.ts";
import type { VisitDraft } from "./visit-draft.ts";
import { VisitorFields } from "./visitors-form.tsx";

type VisitFormProps = { verb: "judge" | "rejudge"; clue: ClueView; step: ClueStep };

export function VisitForm({ verb, clue, step }: VisitFormProps) {
  const { t } = useSpeech();
  const { today, account } = useSession();
  const whose = { clue: clue.id, account: account.id };
  const [draft, setDraft] = useState<VisitDraft>(() => readDraft(whose) ?? emptyDraft(verb, clue, today));
  const [isUnsent, setUnsent] = useState(() => readUnsent(whose));
  const put = (change: Partial<VisitDraft>) => {
    const next = { ...draft, ...change };
    setDraft(next);
    keepDraft(whose, next, isUnsent);
  };
  const send = () => {
    if (step.isPending || draft.verdict === "" || draft.reason === "") return;
    const [one, other] = draft.visitors;
    const found = {
      ...draft,
      verdict: draft.verdict,
      visitors: [one.trim(), other.trim()],
      note: draft.note.trim(),
    };
    step.mutate(
      { verb, step: clue.step, ...found },
      {
        onError: (error) => {
          const isOffline = problemOf(error).status === 0;
          setUnsent(isOffline);
          keepDraft(whose, draft, isOffline);
        },
      },
    );
  };
  useWhenOnline(isUnsent ? send : undefined);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    send();
  };
  return (
    <form className="form visit-form" onSubmit={submit}>
      <TakeEvidence clue={clue} />
      <VisitorFields visitors={draft.visitors} onVisitors={(visitors) => put({ visitors })} />
      <TextField
        label={t.clues.visitedOn}
        type="date"
        value={draft.visitedOn}
        onValue={(visitedOn) => put({ visitedOn })}
        min={dayVisitBegan(clue)}
        max={today}
        required
      />
      <VerdictFields draft={draft} onChange={put} />
      <div className="field">
        <label htmlFor="visit-note">{t.clues.note}</label>
        <textarea
          id="visit-note"
          value={draft.note}
          onChange={(event) => put({ note: event.target.value })}
          maxLength={1000}
          aria-describedby="visit-note-hint"
        />
        <p className="fine" id="visit-note-hint">
          {t.clues.noteHint}
        </p>
      </div>
      {isUnsent && (
        <div className="message bad" role="status">
          <p className="title">{t.clues.unsent}</p>
          <p>{t.clues.unsentHow}</p>
        </div>
      )}
      <div className="actions">
        <button type="submit" className="button first large" aria-disabled={step.isPending}>
          {step.isPending ? t.clues.sending : isUnsent ? t.clues.sendAgain : t.clues.submit[verb]}
        </button>
        <span className="fine">{t.clues.draftKept}</span>
      </div>
    </form>
  );
}

function emptyDraft(verb: VisitFormProps["verb"], clue: ClueView, today: string): VisitDraft {
  // A second look is for others than those who were there first.
  const [one = "", other = ""] = verb === "judge" ? clue.visitors : [];
  return { visitedOn: today, visitors: [one, other], verdict: "", reason: "", scope: "person", note: "" };
}

function useWhenOnline(act: (() => void) | undefined): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onOnline = () => latest.current?.();
    addEventListener("online", onOnline);
    return () => removeEventListener("online", onOnline);
  }, []);
}
