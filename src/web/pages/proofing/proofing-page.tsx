/** 材料校核: a draft comes in, its figures are checked, and what is wrong is marked in place. */
import { useMutation } from "@tanstack/react-query";
import { getRouteApi, useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { useSpeech } from "../../i18n/language.tsx";
import type { PeriodAndRegion } from "../../search-params.ts";
import { useMay } from "../../session/session.tsx";
import { ConfirmDialog } from "../../shell/confirm-dialog.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { CheckedDraftView } from "./checked-draft.tsx";
import { DraftEditor } from "./draft-editor.tsx";
import { DraftEntry, Progress } from "./draft-entry.tsx";
import { LedgerChoice } from "./ledger-choice.tsx";
import { shownAtFirst } from "./shown-claims.ts";
import { fetchMarkedWord, useProofing } from "./use-proofing.ts";
import type { CheckedDraft } from "./use-proofing.ts";

const route = getRouteApi("/proofing");

type Editing = { text: string; isSelected: boolean };

export function ProofingPage() {
  const { t } = useSpeech();
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const mayCompare = useMay("figures.read");
  const { draft, corrected, isDirty, checking, share, check, decide, restart } = useProofing();
  const [shown, setShown] = useState(shownAtFirst);
  const [editing, setEditing] = useState<Editing>();
  const [isLeaving, setLeaving] = useState(false);
  usePageTitle(t.proofing.title);
  const hasWork = isDirty || editing !== undefined;
  const leave = useBlocker({
    // another region or month is asked of the same draft
    shouldBlockFn: ({ current, next }) => hasWork && current.pathname !== next.pathname,
    enableBeforeUnload: hasWork,
    withResolver: true,
  });

  const begin = (source: { text: string } | { file: File }) => {
    setShown(shownAtFirst);
    check({ ...source, again: false, asked });
  };
  const again = () => {
    check({ text: editing?.text ?? corrected, again: true, asked });
    setEditing(undefined);
  };
  const ask = (next: PeriodAndRegion) => {
    void navigate({ search: next, replace: true, resetScroll: false });
    if (draft === undefined || editing !== undefined) return;
    const { dropped, isEdited } = draft;
    const isAsDropped = dropped !== undefined && !isEdited && corrected === draft.text;
    const source = isAsDropped ? { file: dropped.file } : { text: corrected };
    check({ ...source, again: true, asked: next });
  };
  const choice = mayCompare && <LedgerChoice asked={asked} onAsked={ask} />;
  const startOver = () => {
    setEditing(undefined);
    setLeaving(false);
    restart();
  };
  if (draft === undefined) {
    return (
      <>
        <div className="page-head">
          <h1>{t.proofing.title}</h1>
          {choice}
        </div>
        <p className="note page-note">{t.proofing.hint}</p>
        <DraftEntry
          onText={(text) => begin({ text })}
          onFile={(file) => begin({ file })}
          isChecking={checking.isPending}
          share={share}
          error={checking.error}
        />
      </>
    );
  }
  return (
    <>
      <div className="page-head no-print">
        <h1>{t.proofing.title}</h1>
        {choice}
        <p className="actions">
          {editing === undefined ? (
            <>
              <button
                type="button"
                className={corrected === draft.text ? "button" : "button first"}
                onClick={again}
              >
                {t.proofing.again}
              </button>
              <button
                type="button"
                className="text-button"
                onClick={() => setEditing({ text: corrected, isSelected: false })}
              >
                {t.proofing.edit}
              </button>
              <CopyButton
                text={corrected}
                label={t.proofing.copy}
                onRefused={() => setEditing({ text: corrected, isSelected: true })}
              />
              {isWord(draft) && <MarkedWord draft={draft} shown={shown} />}
              <button type="button" className="text-button" onClick={() => print()}>
                {t.briefing.print}
              </button>
            </>
          ) : (
            <>
              <button type="button" className="button first" onClick={again}>
                {t.proofing.again}
              </button>
              <button type="button" className="text-button" onClick={() => setEditing(undefined)}>
                {t.app.cancel}
              </button>
            </>
          )}
          <button
            type="button"
            className="text-button"
            onClick={() => (hasWork ? setLeaving(true) : startOver())}
          >
            {t.proofing.other}
          </button>
        </p>
      </div>
      {checking.isPending && <Progress share={undefined} />}
      {checking.error !== null && <Trouble error={checking.error} />}
      {editing === undefined ? (
        <CheckedDraftView
          key={draft.edition}
          draft={draft}
          shown={shown}
          onShown={setShown}
          onDecide={decide}
        />
      ) : (
        <DraftEditor
          text={editing.text}
          isSelected={editing.isSelected}
          onText={(text) => setEditing({ text, isSelected: editing.isSelected })}
        />
      )}
      {(leave.status === "blocked" || isLeaving) && (
        <ConfirmDialog
          title={t.proofing.leaveTitle}
          confirm={t.proofing.leave}
          isWorking={false}
          onConfirm={() => (isLeaving ? startOver() : leave.proceed?.())}
          onCancel={() => {
            setLeaving(false);
            leave.reset?.();
          }}
        >
          <p>{t.proofing.leaveHint}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function isWord(draft: CheckedDraft): boolean {
  return draft.dropped?.file.name.toLowerCase().endsWith(".docx") === true;
}

function MarkedWord({ draft, shown }: { draft: CheckedDraft; shown: typeof shownAtFirst }) {
  const { t } = useSpeech();
  const marking = useMutation({
    mutationFn: () => fetchMarkedWord(draft, shown),
    onSuccess: (blob) =>
      save(blob, t.proofing.markedName(draft.dropped?.file.name.replace(/\.docx$/i, "") ?? "")),
  });
  return (
    <>
      <button
        type="button"
        className="text-button"
        aria-disabled={marking.isPending}
        onClick={() => {
          if (!marking.isPending) marking.mutate();
        }}
      >
        {marking.isPending ? t.proofing.marking : t.proofing.download}
      </button>
      {marking.error !== null && <Trouble error={marking.error} />}
    </>
  );
}

/** Hands a file to the browser's downloads. */
function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
