import type { ReturnBrief } from "../../../domains/returns/contract.ts";
import { formatPeriod } from "../../format/period.ts";
import { useSpeech } from "../../i18n/language.tsx";

/** The form's name and the period in the reader's language. */
export function useReturnNames(): (brief: Pick<ReturnBrief, "formZh" | "formEn" | "period">) => {
  form: string;
  period: string;
} {
  const { lang } = useSpeech();
  return (brief) => ({
    form: lang === "zh" ? brief.formZh : brief.formEn,
    period: formatPeriod(brief.period, "month", lang),
  });
}
