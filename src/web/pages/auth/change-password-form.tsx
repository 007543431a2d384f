/** 修改密码: from the account menu, and forced at the first sign-in. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { api } from "../../api/routes.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { Trouble } from "../../shell/trouble.tsx";

export function ChangePasswordForm({ onDone }: { onDone: () => void | Promise<void> }) {
  const { t } = useSpeech();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [isMismatch, setMismatch] = useState(false);
  const change = useMutation({
    mutationFn: () => api.changePassword({ current, next }),
    onSuccess: async () => {
      setCurrent("");
      setNext("");
      setAgain("");
      await onDone();
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setMismatch(next !== again);
    if (next === again && !change.isPending) change.mutate();
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      <TextField
        label={t.password.current}
        value={current}
        onValue={setCurrent}
        type="password"
        autoComplete="current-password"
      />
      <TextField
        label={t.password.next}
        value={next}
        onValue={setNext}
        type="password"
        autoComplete="new-password"
        hint={t.password.rules}
      />
      <TextField
        label={t.password.again}
        value={again}
        onValue={setAgain}
        type="password"
        autoComplete="new-password"
        fault={isMismatch ? t.password.mismatch : undefined}
      />
      {change.error !== null && <Trouble error={change.error} />}
      {change.isSuccess && (
        <p className="message good" role="status">
          {t.password.done}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button first" aria-disabled={change.isPending}>
          {t.password.submit}
        </button>
      </div>
    </form>
  );
}
