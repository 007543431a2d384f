/** 下发: choose the rules and the last day; the townships get the clues at once. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { RulesView, RunView } from "../../../../domains/relief/contract.ts";
import { addDays, lastWorkingDay } from "../../../../shared/working-days.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";

type SendRunProps = { run: RunView; rules: RulesView["rules"] };

const usualDays = 14;

export function SendRun({ run, rules }: SendRunProps) {
  const { t, nameOf } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [dueDay, setDueDay] = useState(() => addDays(today, usualDays));
  const [isAsking, setAsking] = useState(false);
  const lastDay = lastWorkingDay(dueDay);
  const chosen = run.toSend.filter((one) => !without.has(one.rule));
  const clues = chosen.reduce((sum, one) => sum + one.clues, 0);
  const sendOut = useMutation({
    mutationFn: () => api.sendRun({ rules: chosen.map((one) => one.rule), dueDay }, { id: run.id }),
    onSettled: () => setAsking(false),
    onSuccess: async (next) => {
      client.setQueryData(["run", run.id], next);
      await client.invalidateQueries({
        predicate: ({ queryKey }) => !["session", "run"].includes(String(queryKey[0])),
      });
      scrollTo({ top: 0 });
    },
  });
  const toggle = (rule: string) => {
    const next = new Set(without);
    if (!next.delete(rule)) next.add(rule);
    setWithout(next);
  };
  const nameOfRule = (code: string) => {
    const rule = rules.find((one) => one.code === code);
    return rule === undefined ? code : nameOf(rule);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    sendOut.reset();
    if (chosen.length > 0) setAsking(true);
  };
  return (
    <section className="section no-print" aria-labelledby="send">
      <header>
        <h2 id="send">{t.lookback.send}</h2>
        <p className="note">{t.lookback.sendHint}</p>
      </header>
      <form className="form" onSubmit={submit}>
        <fieldset className="checks">
          <legend>{t.clues.rule}</legend>
          {run.toSend.map((one) => (
            <label key={one.rule} className="check">
              <input type="checkbox" checked={!without.has(one.rule)} onChange={() => toggle(one.rule)} />
              <span>
                {nameOfRule(one.rule)}{" "}
                <span className="fine">{t.lookback.cluesAndTownships(one.clues, one.townships)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <TextField
          label={t.lookback.dueDay}
          type="date"
          value={dueDay}
          onValue={setDueDay}
          min={today}
          hint={lastDay === dueDay ? t.lookback.dueHint : t.lookback.dueMoved(lastDay)}
          required
        />
        {sendOut.error !== null && <Trouble error={sendOut.error} />}
        <div className="actions">
          <button type="submit" className="button first" aria-disabled={chosen.length === 0}>
            {t.lookback.sendButton(clues)}
          </button>
          <DiscardRun run={run} />
        </div>
      </form>
      {isAsking && (
        <ConfirmDialog
          title={t.lookback.sendTitle(clues)}
          confirm={t.lookback.send}
          isWorking={sendOut.isPending}
          onConfirm={() => sendOut.mutate()}
          onCancel={() => setAsking(false)}
        >
          <dl className="old-new">
            {chosen.map((one) => (
              <div key={one.rule}>
                <dt>{nameOfRule(one.rule)}</dt>
                <dd>{t.lookback.cluesAndTownships(one.clues, one.townships)}</dd>
              </div>
            ))}
            <div>
              <dt>{t.lookback.dueDay}</dt>
              <dd>{lastDay}</dd>
            </div>
          </dl>
          <p className="note">{t.lookback.sendFinal(count(clues))}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

/** What was found is given up; nobody has seen it but this office. */
function DiscardRun({ run }: { run: RunView }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const discard = useMutation({
    mutationFn: () => api.cancelRun(undefined, { id: run.id }),
    onSuccess: async (next) => {
      client.setQueryData(["run", run.id], next);
      await client.invalidateQueries({ queryKey: ["runs"] });
    },
  });
  return (
    <>
      <button type="button" className="text-button" onClick={() => setAsking(true)}>
        {t.lookback.discard}
      </button>
      {isAsking && (
        <ConfirmDialog
          title={t.lookback.discardTitle}
          confirm={t.lookback.discard}
          isWorking={discard.isPending}
          onConfirm={() => discard.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{t.lookback.discardHint}</p>
          {discard.error !== null && <Trouble error={discard.error} />}
        </ConfirmDialog>
      )}
    </>
  );
}
