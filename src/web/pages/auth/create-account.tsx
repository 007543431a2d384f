/** 新建账号: for a person who has none; its first password is shown once. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { api } from "../../api/routes.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { Choice, TextField } from "../../shell/text-field.tsx";
import { Trouble } from "../../shell/trouble.tsx";
import { OncePassword } from "./once-password.tsx";

export const accountsKey = ["accounts"];

export function CreateAccount() {
  const { t, nameOf } = useSpeech();
  const client = useQueryClient();
  const words = t.accounts;
  const people = useQuery({
    queryKey: ["people"],
    queryFn: ({ signal }) => api.people(undefined, {}, signal),
  });
  const [username, setUsername] = useState("");
  const [person, setPerson] = useState("");
  const create = useMutation({
    mutationFn: () => api.createAccount({ username: username.trim().toLowerCase(), person: Number(person) }),
    onSuccess: async () => {
      setUsername("");
      setPerson("");
      await Promise.all([
        client.invalidateQueries({ queryKey: accountsKey }),
        client.invalidateQueries({ queryKey: ["people"] }),
      ]);
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!create.isPending && person !== "") create.mutate();
  };
  const without = people.data?.items.filter((one) => !one.hasAccount) ?? [];
  return (
    <section className="section" aria-labelledby="create-account">
      <header>
        <h2 id="create-account">{words.create}</h2>
        <p className="note">{words.createHint}</p>
      </header>
      {create.data !== undefined && (
        <div className="message good" role="status">
          <p className="title">{words.created(create.data.username)}</p>
          <OncePassword password={create.data.password} />
        </div>
      )}
      {people.error !== null && <Trouble error={people.error} again={() => void people.refetch()} />}
      {people.isSuccess && without.length === 0 && <p>{words.noPeople}</p>}
      {without.length > 0 && (
        <form className="form" onSubmit={submit}>
          <Choice
            label={words.person}
            value={person}
            onValue={setPerson}
            options={[
              { value: "", name: words.choosePerson },
              ...without.map((one) => ({
                value: String(one.id),
                name: `${one.name} · ${nameOf(one.region)}`,
              })),
            ]}
          />
          <TextField
            label={words.username}
            value={username}
            onValue={setUsername}
            hint={words.usernameHint}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            required
          />
          {create.error !== null && <Trouble error={create.error} />}
          <div className="actions">
            <button type="submit" className="button first" aria-disabled={create.isPending}>
              {words.create}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
