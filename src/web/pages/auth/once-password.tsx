import { useSpeech } from "../../i18n/language.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";

/** A one-time password, to be handed over in person. */
export function OncePassword({ password }: { password: string }) {
  const { t } = useSpeech();
  return (
    <>
      <p>{t.accounts.oncePassword}</p>
      <p>
        <code className="secret">{password}</code> <CopyButton text={password} />
      </p>
    </>
  );
}
