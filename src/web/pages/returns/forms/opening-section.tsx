/** 布置: periods of a form, opened, moved, locked. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { FormView, OpeningView } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { formatPeriod } from "../../../format/period.ts";
import { formatInstant } from "../../../format/time.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { BlockedPeriods } from "./blocked-periods.tsx";

export function OpeningSection({ view }: { view: FormView }) {
  const f = useReturnFormTexts();
  const [changing, setChanging] = useState<OpeningView>();
  return (
    <section className="section" aria-labelledby="openings">
      <header>
        <h2 id="openings">{f.openings.title}</h2>
        <p className="note">{f.openings.hint}</p>
        <Link to="/returns/board" search={{ form: view.form.code }}>
          {f.openings.toBoard}
        </Link>
      </header>
      <BlockedPeriods blocked={view.blocked} />
      {view.mayDesign && <OpenPeriod view={view} />}
      {view.openings.length === 0 ? (
        <p className="note">{f.openings.none}</p>
      ) : (
        <OpeningTable view={view} onChange={setChanging} />
      )}
      {changing !== undefined && (
        <ChangeOpening opening={changing} code={view.form.code} onClose={() => setChanging(undefined)} />
      )}
    </section>
  );
}

function useFormAnswer() {
  const client = useQueryClient();
  return async (view: FormView) => {
    client.setQueryData(["return-form", view.form.code, undefined], view);
    for (const queryKey of [["returns"], ["returns-board"], ["return-forms"], ["return"]])
      await client.invalidateQueries({ queryKey });
  };
}

function OpenPeriod({ view }: { view: FormView }) {
  const f = useReturnFormTexts();
  const take = useFormAnswer();
  const [period, setPeriod] = useState("");
  const [dueDay, setDueDay] = useState("");
  const open = useMutation({
    mutationFn: () =>
      returnsApi.openPeriod(
        { period: period.trim(), dueDay: dueDay === "" ? undefined : dueDay },
        { code: view.form.code },
      ),
    onSuccess: async (answer) => {
      await take(answer);
      setPeriod("");
      setDueDay("");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!open.isPending) open.mutate();
  };
  return (
    <form className="opening-form" onSubmit={submit}>
      <TextField
        label={f.openings.period}
        value={period}
        onValue={setPeriod}
        hint={f.openings.periodHint[view.form.periodForm]}
        pattern="\d{4}(Q[1-4]|-(0[1-9]|1[0-2])(T[1-3])?)?"
        required
      />
      <TextField
        label={f.openings.dueDay}
        value={dueDay}
        onValue={setDueDay}
        type="date"
        hint={f.openings.dueDayHint}
      />
      <button type="submit" className="button" aria-disabled={open.isPending}>
        {f.openings.open}
      </button>
      {open.data !== undefined && (
        <p className="note" role="status">
          {f.openings.opened(open.data.openings[0]?.period ?? "")}
        </p>
      )}
      {open.error !== null && <Trouble error={open.error} />}
    </form>
  );
}

type OpeningTableProps = { view: FormView; onChange: (opening: OpeningView) => void };

function OpeningTable({ view, onChange }: OpeningTableProps) {
  const { lang } = useSpeech();
  const f = useReturnFormTexts();
  return (
    <table className="table list opening-table">
      <thead>
        <tr>
          <th scope="col">{f.openings.period}</th>
          <th scope="col">{f.openings.dueDay}</th>
          <th scope="col" className="r">
            {f.openings.units}
          </th>
          <th scope="col" className="r">
            {f.version}
          </th>
          <th scope="col">{f.openings.openedAt}</th>
          <th scope="col">
            <span className="unseen">{f.openings.change}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {view.openings.map((opening) => (
          <tr key={opening.period}>
            <th scope="row">
              {formatPeriod(opening.period, "month", lang)}{" "}
              {opening.isLocked && <span className="badge">{f.openings.isLocked}</span>}
            </th>
            <td data-label={f.openings.dueDay}>{opening.dueDay}</td>
            <td className="r" data-label={f.openings.units}>
              {opening.units}
            </td>
            <td className="r" data-label={f.version}>
              {opening.formVersion}
            </td>
            <td className="fine" data-label={f.openings.openedAt}>
              {formatInstant(opening.openedAt)}
            </td>
            <td>
              {view.mayDesign && (
                <button type="button" className="text-button" onClick={() => onChange(opening)}>
                  {f.openings.change}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type ChangeOpeningProps = { opening: OpeningView; code: string; onClose: () => void };

function ChangeOpening({ opening, code, onClose }: ChangeOpeningProps) {
  const { lang } = useSpeech();
  const f = useReturnFormTexts();
  const take = useFormAnswer();
  const [dueDay, setDueDay] = useState(opening.dueDay);
  const [isLocked, setLocked] = useState(opening.isLocked);
  const [reason, setReason] = useState("");
  const change = useMutation({
    mutationFn: () =>
      returnsApi.changeOpening(
        {
          dueDay: dueDay === opening.dueDay ? undefined : dueDay,
          isLocked: isLocked === opening.isLocked ? undefined : isLocked,
          reason: reason.trim(),
        },
        { code, period: opening.period },
      ),
    onSuccess: async (answer) => {
      await take(answer);
      onClose();
    },
  });
  const isChanged = dueDay !== opening.dueDay || isLocked !== opening.isLocked;
  return (
    <ConfirmDialog
      title={formatPeriod(opening.period, "month", lang)}
      confirm={f.openings.save}
      isWorking={change.isPending || !isChanged || reason.trim().length < 2}
      onConfirm={() => change.mutate()}
      onCancel={onClose}
    >
      <div className="form">
        <TextField label={f.openings.dueDay} type="date" value={dueDay} onValue={setDueDay} required />
        <label className="check">
          <input type="checkbox" checked={isLocked} onChange={(event) => setLocked(event.target.checked)} />
          {opening.isLocked ? f.openings.isLocked : f.openings.lock}
        </label>
        <TextField label={f.openings.reason} value={reason} onValue={setReason} maxLength={500} required />
      </div>
      {change.error !== null && <Trouble error={change.error} />}
    </ConfirmDialog>
  );
}
