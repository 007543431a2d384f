/** The name of the page, in the browser's tab too. */
import { useEffect } from "react";
import { useSpeech } from "../i18n/language.tsx";

export function usePageTitle(page: string): void {
  const { t } = useSpeech();
  useEffect(() => {
    document.title = page === "" ? t.app.name : t.app.title(page);
  }, [page, t]);
}
