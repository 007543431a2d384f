/** 提醒邮箱: where units are reminded by e-mail. Each sets its own; a department those of the units that file its forms. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { z } from "zod";
import type { ContactView } from "../../../../domains/returns/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { useMay, useSession } from "../../../session/session.tsx";
import { Trouble, Waiting } from "../../../shell/trouble.tsx";

type Contact = z.output<typeof ContactView>;

export function Contacts() {
  const r = useReturnTexts();
  const mayFile = useMay("returns.file");
  const [isOpen, setOpen] = useState(false);
  if (!mayFile) return null;
  return (
    <details className="contacts" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{r.contacts.title}</summary>
      <p className="note">{r.contacts.hint}</p>
      {isOpen && <ContactLines />}
    </details>
  );
}

function ContactLines() {
  const r = useReturnTexts();
  const { post } = useSession();
  const mayDesign = useMay("returns.design");
  const contacts = useQuery({
    queryKey: ["return-contacts"],
    queryFn: ({ signal }) => returnsApi.contacts(undefined, {}, signal),
  });
  if (contacts.error !== null)
    return <Trouble error={contacts.error} again={() => void contacts.refetch()} />;
  if (contacts.data === undefined) return <Waiting lines={3} />;
  const items = contacts.data.items.filter(({ unit }) => mayDesign || unit.nameZh === post.unitZh);
  if (items.length === 0) return <p className="note">{r.contacts.none}</p>;
  return (
    <ul>
      {items.map((contact) => (
        <ContactLine key={contact.unit.id} contact={contact} />
      ))}
    </ul>
  );
}

function ContactLine({ contact: { unit, email } }: { contact: Contact }) {
  const { nameOf, say } = useSpeech();
  const r = useReturnTexts();
  const client = useQueryClient();
  const [typed, setTyped] = useState(email ?? "");
  const saving = useMutation({
    mutationFn: () =>
      returnsApi.saveContact({ email: typed.trim() === "" ? null : typed.trim() }, { unit: unit.id }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["return-contacts"] }),
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const isSame = typed.trim() === (email ?? "");
  return (
    <li>
      <form onSubmit={submit}>
        <label>
          <span>{nameOf(unit)}</span>
          <input
            type="email"
            value={typed}
            maxLength={200}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="button" aria-disabled={isSame || saving.isPending}>
          {r.contacts.save}
        </button>
        <span role="status" className="note">
          {saving.isSuccess && isSame ? r.contacts.saved : ""}
          {saving.error === null ? "" : say(problemOf(saving.error).titles)}
        </span>
      </form>
    </li>
  );
}
