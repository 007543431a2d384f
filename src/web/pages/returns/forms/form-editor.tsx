/** Columns and rules, structured; tried out on past data before they are saved as a new version. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FormDefinition, FormView } from "../../../../domains/returns/contract.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { Trouble } from "../../../shell/trouble.tsx";
import { ColumnTable } from "./column-table.tsx";
import { RuleList } from "./rule-list.tsx";
import { TrialSection } from "./trial-section.tsx";

type FormEditorProps = { view: FormView; mayChange: boolean; onSaved: (words: string) => void };

export function FormEditor({ view, mayChange, onSaved }: FormEditorProps) {
  const f = useReturnFormTexts();
  const client = useQueryClient();
  const [draft, setDraft] = useState<FormDefinition>();
  const form = draft ?? view.form;
  const [isEditing, setEditing] = useState(false);
  const put = isEditing ? (change: Partial<FormDefinition>) => setDraft({ ...form, ...change }) : undefined;
  const save = useMutation({
    mutationFn: () => returnsApi.saveForm({ basedOn: view.version, form }, { code: view.form.code }),
    onSuccess: async (answer) => {
      client.setQueryData(["return-form", answer.form.code, undefined], answer);
      await client.invalidateQueries({ queryKey: ["return-forms"] });
      onSaved(f.save.done(answer.version));
    },
  });
  return (
    <>
      {mayChange && !isEditing && (
        <p className="actions section-end no-print">
          <button type="button" className="button" onClick={() => setEditing(true)}>
            {f.save.edit}
          </button>
        </p>
      )}
      <ColumnTable form={form} onColumns={put && ((columns) => put({ columns }))} />
      <RuleList form={form} onRules={put && ((rules) => put({ rules }))} />
      {mayChange && <TrialSection form={form} openings={view.openings} />}
      {save.error !== null && <Trouble error={save.error} />}
      {draft !== undefined && (
        <div className="step-bar no-print">
          <span className="note">
            {f.save.changed} · {f.save.asNew(view.version + 1)}
          </span>
          <span className="actions">
            <button
              type="button"
              className="button first"
              aria-disabled={save.isPending}
              onClick={() => {
                if (!save.isPending) save.mutate();
              }}
            >
              {save.isPending ? f.save.saving : f.save.submit}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                setDraft(undefined);
                setEditing(false);
              }}
            >
              {f.save.cancel}
            </button>
          </span>
        </div>
      )}
    </>
  );
}
