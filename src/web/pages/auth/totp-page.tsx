/** 两步验证: start with a secret, confirm with the first code, stop with the password. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import { api } from "../../api/routes.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useSession, useSessionActions } from "../../session/session.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { Trouble } from "../../shell/trouble.tsx";

export function TotpPage() {
  const { t } = useSpeech();
  const { account } = useSession();
  usePageTitle(t.totp.title);
  return (
    <>
      <div className="page-head">
        <h1>{t.totp.title}</h1>
      </div>
      <p className="page-note">{account.totp ? t.totp.on : t.totp.off}</p>
      {account.totp ? <TurnOff /> : <TurnOn />}
    </>
  );
}

function TurnOn() {
  const { t } = useSpeech();
  const { refresh } = useSessionActions();
  const [code, setCode] = useState("");
  const start = useMutation({ mutationFn: () => api.totpStart() });
  const confirm = useMutation({ mutationFn: () => api.totpConfirm({ code }), onSuccess: refresh });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate();
  };
  if (start.data === undefined) {
    return (
      <>
        {start.error !== null && <Trouble error={start.error} />}
        <button
          type="button"
          className="button first"
          onClick={() => start.mutate()}
          aria-disabled={start.isPending}
        >
          {t.totp.start}
        </button>
      </>
    );
  }
  return (
    <form className="form" onSubmit={submit}>
      <p>{t.totp.step1}</p>
      <dl className="facts-list">
        <div>
          <dt>{t.totp.secret}</dt>
          <dd>
            <code className="secret">{start.data.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>{" "}
            <CopyButton text={start.data.secret} />
          </dd>
        </div>
      </dl>
      <p>
        <a href={start.data.uri}>{t.totp.open}</a>
      </p>
      <TextField
        label={t.totp.step2}
        value={code}
        onValue={(value) => setCode(value.replaceAll(/\D/g, "").slice(0, 6))}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
      />
      {confirm.error !== null && <Trouble error={confirm.error} />}
      <div className="actions">
        <button type="submit" className="button first" aria-disabled={confirm.isPending}>
          {t.totp.confirm}
        </button>
      </div>
    </form>
  );
}

function TurnOff() {
  const { t } = useSpeech();
  const { refresh } = useSessionActions();
  const [password, setPassword] = useState("");
  const stop = useMutation({ mutationFn: () => api.totpDisable({ password }), onSuccess: refresh });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!stop.isPending) stop.mutate();
  };
  return (
    <form className="form" onSubmit={submit}>
      <TextField
        label={t.totp.disableHint}
        value={password}
        onValue={setPassword}
        type="password"
        autoComplete="current-password"
        required
      />
      {stop.error !== null && <Trouble error={stop.error} />}
      <div className="actions">
        <button type="submit" className="button grave" aria-disabled={stop.isPending}>
          {t.totp.disable}
        </button>
      </div>
    </form>
  );
}
