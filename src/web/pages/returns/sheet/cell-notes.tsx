/** What is said about a cell, below or beside it: that it cannot be read, what does not hold, why it was sent back. */
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { FindingView } from "../../../../domains/returns/contract.ts";
import type { Column } from "../../../../domains/returns/core/form.ts";
import { cellFaultText } from "../../../../domains/returns/core/read-cell.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import type { Fault, Refusal } from "./sheet-state.ts";

export type CellNotesProps = {
  column: Column;
  fault?: Fault;
  refusal?: Refusal;
  findings: readonly FindingView[];
  reason?: string;
  /** undefined: nobody explains here */
  onExplain?: (finding: FindingView, text: string) => Promise<void>;
};

export function CellNotes({ column, fault, refusal, findings, reason, onExplain }: CellNotesProps) {
  const { say } = useSpeech();
  const r = useReturnTexts();
  return (
    <>
      {fault !== undefined && (
        <p className="cell-note">
          <ShapeMark shape="severe">
            <span className="words">
              {r.sheet.unreadable}
              {say(cellFaultText(column, fault.fault))}
            </span>
          </ShapeMark>
        </p>
      )}
      {refusal !== undefined && (
        <p className="cell-note">
          <ShapeMark shape="severe">
            <span className="words">
              {r.save.refused}: {say(refusal)}
            </span>
          </ShapeMark>
        </p>
      )}
      {reason !== undefined && (
        <p className="cell-note sent-back-note">
          <ShapeMark shape="late">
            <span className="words">{r.sheet.sentBackCell(reason)}</span>
          </ShapeMark>
        </p>
      )}
      {findings.map((finding) => (
        <FindingNote key={finding.code} finding={finding} onExplain={onExplain} />
      ))}
    </>
  );
}

type FindingNoteProps = Pick<CellNotesProps, "onExplain"> & { finding: FindingView };

/** Not yet filled in is no mistake: it is said calmly. */
export function isBlank({ code }: Pick<FindingView, "code">): boolean {
  return code === "REQUIRED";
}

export function FindingNote({ finding, onExplain }: FindingNoteProps) {
  const { say } = useSpeech();
  const r = useReturnTexts();
  const isHard = finding.severity === "hard";
  if (isBlank(finding)) {
    return (
      <p className="cell-note">
        <ShapeMark shape="plain">{r.findings.toFill}</ShapeMark>
      </p>
    );
  }
  return (
    <div className="cell-note">
      <ShapeMark shape={isHard ? "severe" : "watch"}>
        <span className="words">
          <span className="unseen">{isHard ? r.findings.hardMark : r.findings.softMark}</span> {say(finding)}
        </span>
      </ShapeMark>
      {finding.explanation !== null && (
        <p className="explanation">
          {finding.isOutdated
            ? r.findings.outdated(finding.explanation)
            : r.findings.explanation(finding.explanation)}
        </p>
      )}
      {!isHard && onExplain !== undefined && <ExplainField finding={finding} onExplain={onExplain} />}
    </div>
  );
}

type ExplainFieldProps = { finding: FindingView; onExplain: NonNullable<CellNotesProps["onExplain"]> };

function ExplainField({ finding, onExplain }: ExplainFieldProps) {
  const { t } = useSpeech();
  const r = useReturnTexts();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(finding.explanation ?? "");
  const [isSaving, setSaving] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  if (!isOpen) {
    return (
      <button type="button" className="text-button" onClick={() => setOpen(true)}>
        {r.findings.explain}
      </button>
    );
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (isSaving) return;
    setSaving(true);
    setFailed(false);
    onExplain(finding, text.trim()).then(
      () => setOpen(false),
      () => {
        setFailed(true);
        setSaving(false);
      },
    );
  };
  return (
    <form className="explain-form" onSubmit={submit}>
      <input
        aria-label={r.findings.explain}
        placeholder={r.findings.explainHint}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setOpen(false);
        }}
      />
      <button type="submit" className="button" aria-disabled={isSaving}>
        {r.findings.saveExplanation}
      </button>
      <button type="button" className="text-button" onClick={() => setOpen(false)}>
        {t.app.cancel}
      </button>
      {hasFailed && (
        <span className="red" role="alert">
          {r.save.failed}
        </span>
      )}
    </form>
  );
}
