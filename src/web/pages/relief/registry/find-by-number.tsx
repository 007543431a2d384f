/** A person by the full ID number, which travels in the body of the request and nowhere else. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { PersonTable } from "./person-table.tsx";

export function FindByNumber() {
  const { t } = useSpeech();
  const [idNumber, setIdNumber] = useState("");
  const find = useMutation({
    mutationFn: () => api.findPerson({ idNumber: idNumber.trim() }),
    gcTime: 0,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!find.isPending) find.mutate();
  };
  return (
    <details className="find-by-number no-print">
      <summary>{t.relief.find}</summary>
      <form className="find-form" onSubmit={submit}>
        <TextField
          label={t.relief.fullNumber}
          value={idNumber}
          onValue={(value) => {
            setIdNumber(value);
            find.reset();
          }}
          hint={t.relief.findHint}
          minLength={15}
          maxLength={24}
          autoComplete="off"
          spellCheck={false}
          required
        />
        <button type="submit" className="button" aria-disabled={find.isPending}>
          {t.relief.findSubmit}
        </button>
      </form>
      <div aria-live="polite">
        {find.error !== null && <Trouble error={find.error} />}
        {find.data?.items.length === 0 && <p>{t.relief.findNothing}</p>}
        {find.data !== undefined && find.data.items.length > 0 && <PersonTable items={find.data.items} />}
      </div>
    </details>
  );
}
