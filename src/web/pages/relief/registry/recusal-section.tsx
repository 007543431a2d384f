/** 回避: officials who are relatives and so must not verify a clue of this household. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { HouseholdView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useMay } from "../../../session/session.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";

export function RecusalSection({ household }: { household: HouseholdView }) {
  const { t } = useSpeech();
  const mayWrite = useMay("registry.write");
  const words = t.relief.recusal;
  return (
    <section className="section" aria-labelledby="recusals">
      <header>
        <h2 id="recusals">{words.title}</h2>
        <p className="note">{words.hint}</p>
      </header>
      {household.recusals.length === 0 && <p className="note">{words.empty}</p>}
      <ul>
        {household.recusals.map(({ official, kinship }) => (
          <li key={official}>
            {official} <span className="note">{kinship}</span>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <details className="unfolding no-print">
          <summary>{words.add}</summary>
          <RecusalForm household={household.id} />
        </details>
      )}
    </section>
  );
}

function RecusalForm({ household }: { household: number }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const words = t.relief.recusal;
  const [official, setOfficial] = useState("");
  const [kinship, setKinship] = useState("");
  const recuse = useMutation({
    mutationFn: () => api.recuse({ official: official.trim(), kinship: kinship.trim() }, { id: household }),
    onSuccess: (next) => {
      client.setQueryData(["household", household], next);
      setOfficial("");
      setKinship("");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!recuse.isPending) recuse.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <div className="side-by-side">
        <TextField
          label={words.official}
          value={official}
          onValue={setOfficial}
          minLength={2}
          maxLength={40}
          required
        />
        <TextField
          label={words.kinship}
          value={kinship}
          onValue={setKinship}
          placeholder={words.kinshipHint}
          maxLength={40}
          required
        />
      </div>
      {recuse.error !== null && <Trouble error={recuse.error} />}
      <div className="actions">
        <button type="submit" className="button" aria-disabled={recuse.isPending}>
          {words.submit}
        </button>
      </div>
    </form>
  );
}
