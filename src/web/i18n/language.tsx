/** The language of the page: Chinese first, English complete, remembered on this machine. */
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { Language } from "../../shared/period.ts";
import { enUS } from "./en-US.ts";
import { zhCN } from "./zh-CN.ts";
import type { Messages } from "./zh-CN.ts";

export type { Language, Messages };

const storageKey = "taizhang.language";
const tags: Record<Language, string> = { zh: "zh-CN", en: "en-US" };

function initialLanguage(): Language {
  const kept = readKept();
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh";
}

/** Storage can be switched off in a browser; the page then forgets the choice and works on. */
function readKept(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // see readKept
  }
}

type Named = { nameZh: string; nameEn: string | null };

export type Speech = {
  lang: Language;
  /** the interface text */
  t: Messages;
  setLang: (language: Language) => void;
  /** the name of a region, a measure… in the reader's language */
  nameOf: (named: Named) => string;
  /** the side of a bilingual text */
  say: (text: { zh: string; en: string }) => string;
};

const SpeechContext = createContext<Speech | undefined>(undefined);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [lang, setLanguage] = useState(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = tags[lang];
  }, [lang]);
  const speech = useMemo<Speech>(
    () => ({
      lang,
      t: lang === "zh" ? zhCN : enUS,
      setLang: (next) => {
        keep(next);
        setLanguage(next);
      },
      nameOf: (named) => (lang === "zh" ? named.nameZh : (named.nameEn ?? named.nameZh)),
      say: (text) => text[lang],
    }),
    [lang],
  );
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (speech === undefined) throw new Error("useSpeech outside of LanguageProvider");
  return speech;
}
