import { useSpeech } from "../../i18n/language.tsx";
import { useSessionActions } from "../../session/session.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { ChangePasswordForm } from "./change-password-form.tsx";

/** 修改密码 */
export function PasswordPage() {
  const { t } = useSpeech();
  const { refresh } = useSessionActions();
  usePageTitle(t.password.title);
  return (
    <>
      <div className="page-head">
        <h1>{t.password.title}</h1>
      </div>
      <ChangePasswordForm onDone={refresh} />
    </>
  );
}
