/** 脱贫、返贫: asked once more before it is done, because the status of the household follows from it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { HouseholdView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";

export function ExitForm({ household }: { household: HouseholdView }) {
  const { t } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const [onDay, setOnDay] = useState(today);
  const [reason, setReason] = useState("");
  const [isAsking, setAsking] = useState(false);
  const kind = household.status === "exited" ? "return" : "exit";
  const act = useMutation({
    mutationFn: () => api.actOnHousehold({ kind, onDay, reason: reason.trim() }, { id: household.id }),
    onSettled: () => setAsking(false),
    onSuccess: async (next) => {
      client.setQueryData(["household", household.id], next);
      setReason("");
      await client.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith("registry"),
      });
    },
  });
  if (household.status === "removed") return null;
  const words = t.relief[kind];
  const concerned = household.members.filter((one) => one.toDay === null && one.status !== "removed");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    act.reset();
    setAsking(true);
  };
  return (
    <section className="section no-print" aria-labelledby="exit">
      <header>
        <h2 id="exit">{words.title}</h2>
        <p className="note">{words.hint}</p>
      </header>
      <form className="form" onSubmit={submit}>
        <TextField label={t.relief.onDay} type="date" value={onDay} onValue={setOnDay} max={today} required />
        <TextField
          label={t.relief.reason}
          value={reason}
          onValue={setReason}
          hint={words.reasonHint}
          minLength={2}
          maxLength={500}
          required
        />
        {act.error !== null && <Trouble error={act.error} />}
        <div className="actions">
          <button type="submit" className="button">
            {words.submit}
          </button>
          {act.isSuccess && <span role="status">{t.relief.actionDone}</span>}
        </div>
      </form>
      {isAsking && (
        <ConfirmDialog
          title={words.confirmTitle(household.number)}
          confirm={words.submit}
          isWorking={act.isPending}
          onConfirm={() => act.mutate()}
          onCancel={() => setAsking(false)}
        >
          <p>{words.confirm(concerned.length, onDay)}</p>
          <p className="note">{reason}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
