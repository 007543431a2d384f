/** 登录: user name and password, the authenticator's code when the account has one, and the demonstration's accounts. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SubmitEvent } from "react";
import { isFailure } from "../../api/problem.ts";
import { api } from "../../api/routes.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useSessionActions } from "../../session/session.tsx";
import { LanguageSwitch } from "../../shell/language-switch.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { TextField } from "../../shell/text-field.tsx";
import { Trouble } from "../../shell/trouble.tsx";

export function SignInPage({ wasLost }: { wasLost: boolean }) {
  const { t } = useSpeech();
  const { become } = useSessionActions();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [step, setStep] = useState<"password" | "code">("password");
  usePageTitle(t.signIn.title);

  const signIn = useMutation({
    mutationFn: () => api.signIn({ username, password, ...(step === "code" ? { code } : {}) }),
    onSuccess: become,
    onError: (error) => {
      if (isFailure(error, "TOTP_REQUIRED")) setStep("code");
      setCode("");
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };
  const fault = isFailure(signIn.error, "TOTP_REQUIRED") ? null : signIn.error;
  const fill = (name: string, word: string) => {
    setUsername(name);
    setPassword(word);
    setStep("password");
    signIn.reset();
  };

  return (
    <div className="sign-in">
      <header className="sign-in-head">
        <p className="wordmark">{t.app.name}</p>
        <LanguageSwitch />
      </header>
      <main id="content">
        <h1>{t.signIn.title}</h1>
        {wasLost && <p className="note">{t.signIn.idle}</p>}
        <form className="form" onSubmit={submit} noValidate>
          {step === "password" ? (
            <PasswordStep
              username={username}
              onUsername={setUsername}
              password={password}
              onPassword={setPassword}
            />
          ) : (
            <CodeStep code={code} onCode={setCode} />
          )}
          {fault !== null && (
            <div>
              <Trouble error={fault} />
              {isFailure(fault, "ACCOUNT_LOCKED") && <p className="note">{t.signIn.lockedHint}</p>}
            </div>
          )}
          <div className="actions">
            <button type="submit" className="button first" aria-disabled={signIn.isPending}>
              {signIn.isPending ? t.signIn.working : t.signIn.submit}
            </button>
            {step === "code" && (
              <button type="button" className="text-button" onClick={() => fill("", "")}>
                {t.signIn.otherAccount}
              </button>
            )}
          </div>
        </form>
        <DemoAccounts onChoose={fill} />
      </main>
    </div>
  );
}

type PasswordStepProps = {
  username: string;
  onUsername: (value: string) => void;
  password: string;
  onPassword: (value: string) => void;
};

function PasswordStep({ username, onUsername, password, onPassword }: PasswordStepProps) {
  const { t } = useSpeech();
  return (
    <>
      <TextField
        label={t.signIn.username}
        value={username}
        onValue={onUsername}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <TextField
        label={t.signIn.password}
        value={password}
        onValue={onPassword}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
    </>
  );
}

function CodeStep({ code, onCode }: { code: string; onCode: (value: string) => void }) {
  const { t } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector("input")?.focus(), []);
  return (
    <div ref={place}>
      <TextField
        label={t.signIn.code}
        value={code}
        onValue={(value) => onCode(value.replaceAll(/\D/g, "").slice(0, 6))}
        hint={t.signIn.codeHint}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
      />
    </div>
  );
}

/** Answers only in the demonstration; anywhere else the route does not exist and nothing is shown. */
function DemoAccounts({ onChoose }: { onChoose: (username: string, password: string) => void }) {
  const { t, lang } = useSpeech();
  const demo = useQuery({
    queryKey: ["session", "demo"],
    queryFn: ({ signal }) => api.demo(undefined, {}, signal).catch(() => null),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!demo.data) return null;
  const { accounts, password } = demo.data;
  return (
    <section className="section" aria-labelledby="demo-accounts">
      <header>
        <h2 id="demo-accounts">{t.signIn.demoTitle}</h2>
        <p className="note">{t.signIn.demoHint(password)}</p>
      </header>
      <ul className="demo-accounts">
        {accounts.map((account) => (
          <li key={account.username}>
            <button type="button" onClick={() => onChoose(account.username, password)}>
              <span>{lang === "zh" ? account.titleZh : account.titleEn}</span>
              <span className="fine">{account.username}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="fine">{t.app.demoBanner}</p>
    </section>
  );
}
