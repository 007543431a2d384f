import { useState } from "react";
import type { SubmitEvent } from "react";
import { useReturnTexts } from "../../../i18n/returns.ts";
import { TextField } from "../../../shell/text-field.tsx";
import type { ReturnSheet } from "./use-return-sheet.ts";

/** A row that the form does not name: its name, and a code by which later periods find it again. */
export function AddRow({ sheet }: { sheet: ReturnSheet }) {
  const r = useReturnTexts();
  const [name, setName] = useState("");
  const [code, setCode] = useState<string>();
  const subject = code ?? codeOf(name);
  const isTaken =
    sheet.rows.bySubject.has(subject) || sheet.state.added.some((row) => row.subject === subject);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (name.trim() === "" || subject === "" || isTaken) return;
    sheet.addRow({ subject, name: name.trim() });
    setName("");
    setCode(undefined);
  };
  return (
    <details className="unfolding">
      <summary>{r.sheet.addRow}</summary>
      <form className="add-row" onSubmit={submit}>
        <TextField label={r.sheet.newName} value={name} onValue={setName} maxLength={120} required />
        <TextField
          label={r.sheet.newCode}
          value={subject}
          onValue={(text) => setCode(codeOf(text))}
          hint={r.sheet.newCodeHint}
          fault={isTaken ? r.sheet.newCodeTaken : undefined}
          maxLength={50}
          required
        />
        <button type="submit" className="button" aria-disabled={isTaken || subject === ""}>
          {r.sheet.add}
        </button>
      </form>
    </details>
  );
}

/** Letters and digits of any script, as codes may have. */
function codeOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}._-]/gu, "").slice(0, 50);
}
