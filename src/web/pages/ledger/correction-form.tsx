/** 更正: a new number with its reason; old and new stand side by side before it is done. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { FigureDetail } from "../../../domains/ledger/contract.ts";
import { api } from "../../api/routes.ts";
import { figureText, showFigure } from "../../format/figure.ts";
import { convertText } from "../../format/number.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { ConfirmDialog } from "../../shell/confirm-dialog.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { Trouble } from "../../shell/trouble.tsx";

export function CorrectionForm({ detail: { figure, measure } }: { detail: FigureDetail }) {
  const { t, lang } = useSpeech();
  const client = useQueryClient();
  const navigate = useNavigate();
  const speechUnit =
    convertText(figure.value, figure.unit, measure.displayUnit) === undefined
      ? figure.unit
      : measure.displayUnit;
  const [value, setValue] = useState("");
  const [unit, setUnit] = useState(speechUnit);
  const [reason, setReason] = useState("");
  const [isAsking, setAsking] = useState(false);
  const correct = useMutation({
    mutationFn: () =>
      api.correctFigure({ value: value.trim(), unit, reason: reason.trim() }, { id: figure.id }),
    onSettled: () => setAsking(false),
    onSuccess: async (detail) => {
      client.setQueryData(["figure", String(detail.figure.id)], detail);
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
      await navigate({ to: "/figures/$id", params: { id: String(detail.figure.id) } });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    correct.reset();
    if (value.trim() !== "" && reason.trim() !== "") setAsking(true);
  };
  return (
    <section className="section no-print" aria-labelledby="correct">
      <header>
        <h2 id="correct">{t.figure.correctTitle}</h2>
        <p className="note">{t.figure.correctHint}</p>
      </header>
      <form className="form" onSubmit={submit}>
        <div className="side-by-side">
          <TextField
            label={t.figure.newValue}
            value={value}
            onValue={setValue}
            inputMode="decimal"
            required
          />
          <TextField
            label={t.figure.unit}
            value={unit}
            onValue={setUnit}
            required
            readOnly={figure.unit === "%"}
          />
        </div>
        <TextField
          label={t.figure.reason}
          value={reason}
          onValue={setReason}
          hint={t.figure.reasonHint}
          minLength={2}
          maxLength={500}
          required
        />
        {correct.error !== null && <Trouble error={correct.error} />}
        <div className="actions">
          <button type="submit" className="button">
            {t.figure.review}
          </button>
        </div>
      </form>
      {isAsking && (
        <ConfirmDialog
          title={t.figure.confirmTitle}
          confirm={t.figure.confirm}
          isWorking={correct.isPending}
          onConfirm={() => correct.mutate()}
          onCancel={() => setAsking(false)}
        >
          <dl className="old-new">
            <div>
              <dt>{t.figure.oldValue}</dt>
              <dd>
                <s>{figureText(showFigure(figure, measure, lang))}</s>
              </dd>
            </div>
            <div>
              <dt>{t.figure.newValue}</dt>
              <dd>
                <strong>
                  {value.trim()} {unit}
                </strong>
              </dd>
            </div>
            <div>
              <dt>{t.figure.reason}</dt>
              <dd>{reason.trim()}</dd>
            </div>
          </dl>
          <p className="note">{t.figure.correctHint}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
