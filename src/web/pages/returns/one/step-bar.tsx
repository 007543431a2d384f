/** What can be done now, always in sight: saved or not, how much is open, and the next step. */
import { useState } from "react";
import type { ReactNode } from "react";
import type { ReturnView } from "../../../../domains/returns/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { useReturnNames } from "../return-words.ts";
import { countFindings } from "../sheet/finding-list.tsx";
import { saveState } from "../sheet/save-queue.ts";
import { SaveLine } from "../sheet/save-line.tsx";
import type { ReturnSheet } from "../sheet/use-return-sheet.ts";
import type { ReasonDraft } from "./cell-reasons.tsx";
import { useReturnStep } from "./use-return-step.ts";
import type { StepVerb } from "./use-return-step.ts";

type StepBarProps = {
  view: ReturnView;
  sheet: ReturnSheet;
  draft: ReasonDraft;
  onDone: (words: string) => void;
};

const forward: readonly string[] = ["submit", "pass", "accept"];

export function StepBar({ view, sheet, draft, onDone }: StepBarProps) {
  const r = useReturnTexts();
  const [asking, setAsking] = useState<StepVerb>();
  const step = useReturnStep(view, (verb) => {
    setAsking(undefined);
    draft.clear();
    onDone(verb === "amend" ? r.amendedNow : r.stepDone(r.done[verb]));
    window.scrollTo({ top: 0 });
  });
  const verbs = view.may.filter((verb): verb is StepVerb => verb !== "begin");
  // A return that nobody began yet is begun by its first cell; until then there is nothing to submit.
  const isIdle = verbs.length === 0 && !view.mayEdit;
  if (isIdle) return null;
  const ask = async (verb: StepVerb) => {
    step.reset();
    if (verb === "submit") await sheet.flush();
    setAsking(verb);
  };
  return (
    <div className="step-bar no-print">
      {view.mayEdit && <SaveLine sheet={sheet} />}
      {view.mayEdit && <OpenCounts sheet={sheet} />}
      {draft.cells.length > 0 && <span className="note">{r.ask.cellReasons(draft.cells.length)}</span>}
      <span className="actions">
        {verbs
          .toSorted((a, b) => Number(forward.includes(b)) - Number(forward.includes(a)))
          .map((verb) => (
            <button
              key={verb}
              type="button"
              className={`button ${forward.includes(verb) ? "first" : verb === "sendBack" || verb === "drop" ? "grave" : ""}`}
              onClick={() => void ask(verb)}
            >
              {r.steps[verb]}
            </button>
          ))}
      </span>
      {asking !== undefined && (
        <StepDialog
          verb={asking}
          view={view}
          sheet={sheet}
          draft={draft}
          step={step}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === undefined && step.error !== null && <StepTrouble error={step.error} />}
    </div>
  );
}

function StepTrouble({ error }: { error: unknown }) {
  const r = useReturnTexts();
  if (problemOf(error).code !== "RETURN_MOVED") return <Trouble error={error} />;
  return (
    <p className="message bad" role="alert">
      {r.stale}
    </p>
  );
}

function OpenCounts({ sheet }: { sheet: ReturnSheet }) {
  const r = useReturnTexts();
  const open = openPoints(sheet);
  const words = r.ask.submitOpen(open);
  return <span className={open.hard > 0 ? "red" : "note"}>{words}</span>;
}

type Open = { blank: number; hard: number; soft: number };

/** What cannot be read counts as an error too: it is not on the server. */
function openPoints(sheet: ReturnSheet): Open {
  const counts = countFindings(sheet.findings);
  return { ...counts, hard: counts.hard + sheet.state.faults.size + sheet.state.refusals.size };
}

type StepDialogProps = {
  verb: StepVerb;
  view: ReturnView;
  sheet: ReturnSheet;
  draft: ReasonDraft;
  step: ReturnType<typeof useReturnStep>;
  onClose: () => void;
};

function StepDialog({ verb, view, sheet, draft, step, onClose }: StepDialogProps) {
  const r = useReturnTexts();
  const [reason, setReason] = useState("");
  const needsReason = verb === "amend" || (verb === "sendBack" && draft.cells.length === 0);
  const takesReason = verb === "amend" || verb === "sendBack";
  const open = openPoints(sheet);
  const isUnsaved = saveState(sheet.state.queue) !== "saved" || sheet.state.failure !== undefined;
  const isBlocked = verb === "submit" && (open.blank + open.hard + open.soft > 0 || isUnsaved);
  const words = reason.trim();
  const isReady = !step.isPending && !isBlocked && (words.length >= 2 || (!needsReason && words === ""));
  const titles: Partial<Record<StepVerb, string>> = {
    submit: r.ask.submit,
    amend: r.ask.amend,
    sendBack: r.ask.sendBack,
  };
  return (
    <ConfirmDialog
      title={titles[verb] ?? r.steps[verb]}
      confirm={r.steps[verb]}
      isWorking={!isReady}
      onConfirm={() =>
        step.mutate({
          verb,
          reason: takesReason && words !== "" ? words : undefined,
          cells: verb === "sendBack" ? [...draft.cells] : [],
        })
      }
      onCancel={onClose}
    >
      <About view={view} />
      {verb === "submit" ? (
        <SubmitWords open={open} isUnsaved={isUnsaved} daysLate={view.brief.daysLate} />
      ) : (
        <Hint verb={verb} />
      )}
      {takesReason && (
        <TextField
          label={verb === "amend" ? r.ask.amendReason : r.ask.sendBackReason}
          value={reason}
          onValue={setReason}
          maxLength={500}
          minLength={2}
          required={needsReason}
        />
      )}
      {verb === "sendBack" && draft.cells.length > 0 && <p>{r.ask.cellReasons(draft.cells.length)}</p>}
      {step.error !== null && <StepTrouble error={step.error} />}
    </ConfirmDialog>
  );
}

function About({ view }: { view: ReturnView }): ReactNode {
  const { nameOf } = useSpeech();
  const r = useReturnTexts();
  const names = useReturnNames()(view.brief);
  return <p className="note">{r.ask.receipt(names.form, names.period, nameOf(view.brief.unit))}</p>;
}

function Hint({ verb }: { verb: StepVerb }): ReactNode {
  const r = useReturnTexts();
  const hints: Partial<Record<StepVerb, string>> = {
    recall: r.ask.recall,
    amend: r.ask.amendHint,
    drop: r.ask.drop,
    sendBack: r.ask.sendBackHint,
    accept: r.ask.accept,
  };
  return hints[verb] === undefined ? null : <p>{hints[verb]}</p>;
}

type SubmitWordsProps = { open: Open; isUnsaved: boolean; daysLate: number };

function SubmitWords({ open, isUnsaved, daysLate }: SubmitWordsProps) {
  const r = useReturnTexts();
  const isOpen = open.blank + open.hard + open.soft > 0;
  return (
    <>
      <p className={isOpen ? "red" : undefined}>{isOpen ? r.ask.submitOpen(open) : r.ask.submitClean}</p>
      {isOpen && <p>{r.ask.submitBlocked}</p>}
      {isUnsaved && <p className="red">{r.ask.submitUnsaved}</p>}
      {daysLate > 0 && <p>{r.ask.late(daysLate)}</p>}
    </>
  );
}
