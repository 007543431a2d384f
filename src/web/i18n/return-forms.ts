/** Texts that come with the pages of the forms. */
import { returnForms as english } from "./en-US/return-forms.ts";
import { useSpeech } from "./language.tsx";
import type { ReturnFormTexts } from "./zh-CN/return-forms.ts";
import { returnForms as chinese } from "./zh-CN/return-forms.ts";

export function useReturnFormTexts(): ReturnFormTexts {
  return useSpeech().lang === "zh" ? chinese : english;
}
