import { useSpeech } from "../i18n/language.tsx";

/** 中文 ↔ English; the address stays the same. */
export function LanguageSwitch() {
  const { lang, setLang, t } = useSpeech();
  const next = lang === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className="quiet"
      lang={next === "en" ? "en-US" : "zh-CN"}
      onClick={() => setLang(next)}
    >
      {t.app.otherLanguage}
    </button>
  );
}
