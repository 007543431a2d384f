/** 开始比对: a name, and the registers to compare with. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { RegisterView } from "../../../../domains/relief/contract.ts";
import { makeRequestKey } from "../../../api/request-key.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useSession } from "../../../session/session.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";

export function BeginRun({ registers }: { registers: readonly RegisterView[] }) {
  const { t } = useSpeech();
  const held = registers.filter((register) => register.isHeld);
  return (
    <section className="section" aria-labelledby="begin">
      <header>
        <h2 id="begin">{t.lookback.begin}</h2>
        <p className="note">{held.length === 0 ? t.lookback.noneHeld : t.lookback.beginHint}</p>
      </header>
      {held.length > 0 && <BeginForm held={held} />}
    </section>
  );
}

function BeginForm({ held }: { held: readonly RegisterView[] }) {
  const { t } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [title, setTitle] = useState(() => t.lookback.runOf(today));
  const [without, setWithout] = useState<ReadonlySet<number>>(new Set());
  const [key, setKey] = useState(makeRequestKey);
  const chosen = held.filter((register) => !without.has(register.id)).map((register) => register.id);
  const begin = useMutation({
    mutationFn: () => api.beginRun({ title: title.trim(), registers: chosen, key }),
    onSuccess: async (run) => {
      client.setQueryData(["run", run.id], run);
      void client.invalidateQueries({ queryKey: ["runs"] });
      await navigate({ to: "/lookback/runs/$id", params: { id: String(run.id) }, search: {} });
    },
    onError: () => setKey(makeRequestKey()),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!begin.isPending && chosen.length > 0) begin.mutate();
  };
  const toggle = (id: number) => {
    const next = new Set(without);
    if (!next.delete(id)) next.add(id);
    setWithout(next);
  };
  return (
    <form className="form" onSubmit={submit}>
      <TextField label={t.lookback.run} value={title} onValue={setTitle} maxLength={100} required />
      <fieldset className="checks">
        <legend>{t.lookback.registers}</legend>
        {held.map((register) => (
          <label key={register.id} className="check">
            <input type="checkbox" checked={!without.has(register.id)} onChange={() => toggle(register.id)} />
            <span>
              {register.title} <span className="fine">{t.lookback.rowsOf(count(register.rows))}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {begin.error !== null && <Trouble error={begin.error} />}
      <div className="actions">
        <button type="submit" className="button first" aria-disabled={begin.isPending || chosen.length === 0}>
          {t.lookback.begin}
        </button>
      </div>
    </form>
  );
}
