/** Head, columns and rules, structured; tried out on past data before they are saved as a new version. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { FormDefinition, FormView } from "../../../../domains/returns/contract.ts";
import { problemOf } from "../../../api/problem.ts";
import { returnsApi } from "../../../api/returns.ts";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { ColumnTable } from "./column-table.tsx";
import { faultsOf, remainingFaults } from "./field-faults.ts";
import type { FieldFault } from "./field-faults.ts";
import { FieldFaults, goToField } from "./field-marks.tsx";
import { FormFaults } from "./form-faults.tsx";
import { HeadFields } from "./head-fields.tsx";
import { RuleList } from "./rule-list.tsx";
import { TrialSection } from "./trial-section.tsx";
import { TypedTrialSection } from "./typed-trial-section.tsx";

type FormEditorProps = {
  form: FormDefinition;
  /** the version that is changed; 0: a new form, which is open for writing at once */
  basedOn: number;
  openings: FormView["openings"];
  mayChange: boolean;
  onSaved: (saved: FormView) => void;
};

export function FormEditor({ form: before, basedOn, openings, mayChange, onSaved }: FormEditorProps) {
  const f = useReturnFormTexts();
  const isNew = basedOn === 0;
  const client = useQueryClient();
  const [draft, setDraft] = useState<FormDefinition>();
  const [isEditing, setEditing] = useState(isNew);
  const form = draft ?? before;
  const { faults, setFaults, refuse } = useFaults();
  const change = (part: Partial<FormDefinition>) => {
    const next = { ...form, ...part };
    setDraft(next);
    setFaults(remainingFaults(faults, form, next));
  };
  const put = isEditing ? change : undefined;
  const isSaved = useRef(false);
  const save = useMutation({
    mutationFn: () => returnsApi.saveForm({ basedOn, form }, { code: form.code }),
    onSuccess: async (answer) => {
      client.setQueryData(["return-form", answer.form.code, undefined], answer);
      await client.invalidateQueries({ queryKey: ["return-forms"] });
      isSaved.current = true; // whoever is told may leave the page at once
      onSaved(answer);
    },
    onMutate: () => setFaults([]),
    onError: (error) => refuse(error, form),
  });
  const hasWork = draft !== undefined;
  const leave = useBlocker({
    // another version, or another form to copy, takes the place of the draft as well
    shouldBlockFn: ({ current, next }) =>
      hasWork &&
      !isSaved.current &&
      (current.pathname !== next.pathname || JSON.stringify(current.search) !== JSON.stringify(next.search)),
    enableBeforeUnload: hasWork,
    withResolver: true,
  });
  const giveUp = () => {
    setDraft(undefined);
    setEditing(isNew);
    setFaults([]);
    save.reset();
  };
  return (
    <FieldFaults.Provider value={faults}>
      {mayChange && !isEditing && (
        <p className="actions section-end no-print">
          <button type="button" className="button" onClick={() => setEditing(true)}>
            {f.save.edit}
          </button>
        </p>
      )}
      {put !== undefined && <HeadFields form={form} isNew={isNew} onChange={put} />}
      <ColumnTable form={form} onColumns={put && ((columns) => put({ columns }))} />
      <RuleList form={form} onRules={put && ((rules) => put({ rules }))} />
      {isNew && <TypedTrialSection form={form} />}
      {mayChange && !isNew && (
        <TrialSection form={form} openings={openings} onRefused={(error) => refuse(error, form)} />
      )}
      {save.error !== null && <FormFaults error={save.error} form={form} faults={faults} />}
      {(draft !== undefined || isNew) && (
        <div className="step-bar no-print">
          <span className="note">
            {isNew ? f.save.asFirst : `${f.save.changed} · ${f.save.asNew(basedOn + 1)}`}
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
              {save.isPending ? f.save.saving : isNew ? f.save.create : f.save.submit}
            </button>
            {draft !== undefined && (
              <button type="button" className="button" onClick={giveUp}>
                {f.save.cancel}
              </button>
            )}
          </span>
        </div>
      )}
      {leave.status === "blocked" && (
        <ConfirmDialog
          title={f.save.leaveTitle}
          confirm={f.save.leave}
          isWorking={false}
          onConfirm={() => leave.proceed()}
          onCancel={() => leave.reset()}
        >
          <p>{f.save.leaveHint}</p>
        </ConfirmDialog>
      )}
    </FieldFaults.Provider>
  );
}

/** What a refused save left to mend; the first of it gets the focus, once it is marked. */
function useFaults() {
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [refused, setRefused] = useState<readonly FieldFault[]>([]);
  useEffect(() => {
    if (refused.length > 0) goToField(new Set(refused.flatMap(({ field }) => field ?? [])));
  }, [refused]);
  const refuse = (error: unknown, form: FormDefinition) => {
    const found = faultsOf(problemOf(error).problems ?? [], form);
    setFaults(found);
    setRefused(found);
  };
  return { faults, setFaults, refuse };
}
