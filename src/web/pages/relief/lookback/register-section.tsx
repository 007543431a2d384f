/** 比对名册: what there is to compare with, and the way to bring another. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RegisterView } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { ConfirmDialog } from "../../../shell/confirm-dialog.tsx";
import { ShapeMark } from "../../../shell/status-mark.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";
import { kindName } from "./kind-name.ts";
import { RegisterUpload } from "./register-upload.tsx";

export function RegisterSection({ registers }: { registers: readonly RegisterView[] }) {
  const { t } = useSpeech();
  // Open for the first register, and not shut on it when it has arrived.
  const [wasEmpty] = useState(registers.length === 0);
  return (
    <section className="section" aria-labelledby="registers">
      <header>
        <h2 id="registers">{t.lookback.registers}</h2>
        <p className="note">{t.lookback.registersHint}</p>
      </header>
      {registers.length > 0 && <RegisterTable registers={registers} />}
      <details className="unfolding" open={wasEmpty}>
        <summary>{t.lookback.upload.title}</summary>
        <RegisterUpload />
      </details>
    </section>
  );
}

function RegisterTable({ registers }: { registers: readonly RegisterView[] }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const head = t.lookback;
  const [asked, setAsked] = useState<RegisterView>();
  const forget = useMutation({
    mutationFn: (register: RegisterView) => api.forgetRegister(undefined, { id: register.id }),
    onSettled: () => {
      setAsked(undefined);
      return client.invalidateQueries({ queryKey: ["registers"] });
    },
  });
  return (
    <>
      {forget.error !== null && <Trouble error={forget.error} />}
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{head.register}</th>
            <th scope="col">{head.kind}</th>
            <th scope="col" className="r">
              {head.rows}
            </th>
            <th scope="col">{head.asOf}</th>
            <th scope="col">{t.figure.fileName}</th>
            <th scope="col">{head.held}</th>
            <th scope="col" className="r">
              {t.accounts.actions}
            </th>
          </tr>
        </thead>
        <tbody>
          {registers.map((register) => (
            <RegisterLine key={register.id} register={register} onForget={() => setAsked(register)} />
          ))}
        </tbody>
      </table>
      {asked !== undefined && (
        <ConfirmDialog
          title={head.forgetTitle(asked.title)}
          confirm={head.forget}
          isWorking={forget.isPending}
          onConfirm={() => forget.mutate(asked)}
          onCancel={() => setAsked(undefined)}
        >
          <p>{head.forgetHint(count(asked.rows))}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function RegisterLine({ register, onForget }: { register: RegisterView; onForget: () => void }) {
  const { t } = useSpeech();
  const head = t.lookback;
  return (
    <tr>
      <th scope="row">{register.title}</th>
      <td data-label={head.kind}>{kindName(register.kind, t)}</td>
      <td className="r" data-label={head.rows}>
        {count(register.rows)}
      </td>
      <td data-label={head.asOf}>{register.asOf}</td>
      <td data-label={t.figure.fileName}>
        <span>
          {register.fileName} <span className="mono">{register.sha256.slice(0, 12)}</span>
        </span>
      </td>
      <td data-label={head.held}>
        <ShapeMark shape={register.isHeld ? "ok" : "struck"}>
          {register.isHeld ? head.heldSealed : head.heldNoMore}
        </ShapeMark>
      </td>
      <td className="row-actions">
        {register.isHeld && (
          <button type="button" className="text-button" onClick={onForget}>
            {head.forget}
            <span className="unseen"> {register.title}</span>
          </button>
        )}
      </td>
    </tr>
  );
}
