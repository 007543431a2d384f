/** Texts that come with the pages of the returns instead of with the shell: nobody else has to load them. */
import { returns as english } from "./en-US/returns.ts";
import { useSpeech } from "./language.tsx";
import type { ReturnTexts } from "./zh-CN/returns.ts";
import { returns as chinese } from "./zh-CN/returns.ts";

export function useReturnTexts(): ReturnTexts {
  return useSpeech().lang === "zh" ? chinese : english;
}
