/** Only who is signed in, with a password of their own, gets past this; the address stays where it was. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { onSessionLost } from "../api/client.ts";
import { useSpeech } from "../i18n/language.tsx";
import { ChangePasswordForm } from "../pages/auth/change-password-form.tsx";
import { SignInPage } from "../pages/auth/sign-in-page.tsx";
import { Trouble, Waiting } from "../shell/trouble.tsx";
import { SessionProvider, sessionQuery, useSessionActions } from "./session.tsx";

export function Gate({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  const { forget, refresh } = useSessionActions();
  useEffect(() => onSessionLost(forget), [forget]);

  if (session.error !== null) {
    return (
      <main className="page" id="content">
        <Trouble error={session.error} again={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data === undefined) {
    return (
      <main className="page" id="content">
        <Waiting />
      </main>
    );
  }
  if (session.data === null) return <SignInPage wasLost={false} />;
  if (session.data === "lost") return <SignInPage wasLost />;
  if (session.data.account.mustChangePassword) return <FirstPassword onDone={refresh} />;
  return <SessionProvider session={session.data}>{children}</SessionProvider>;
}

function FirstPassword({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useSpeech();
  return (
    <div className="sign-in">
      <header className="sign-in-head">
        <p className="wordmark">{t.app.name}</p>
      </header>
      <main id="content">
        <h1>{t.signIn.mustChangeTitle}</h1>
        <p className="note">{t.signIn.mustChangeHint}</p>
        <ChangePasswordForm onDone={onDone} />
      </main>
    </div>
  );
}
