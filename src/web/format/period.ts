/** Periods as the pages show them; the words themselves are the ledger's own. */
import { parsePeriod, periodLabel } from "../../shared/period.ts";
import type { Basis, Language } from "../../shared/period.ts";

export type { Language };

const bases: readonly string[] = ["ytd", "month", "point", "year", "quarter"] satisfies Basis[];

/** "2016年1—7月", "Jan–Jul 2016"; a period of unknown shape is shown as it stands rather than guessed at. */
export function formatPeriod(text: string, basis: string | null, language: Language): string {
  const parsed = parsePeriod(text);
  if (!parsed.ok) return text;
  const known = basis !== null && bases.includes(basis) ? (basis as Basis) : "month";
  return periodLabel(parsed.value, known, language, true);
}

/** A tick of an axis: "7月", "Jul". */
export function formatMonthTick(text: string, language: Language): string {
  const parsed = parsePeriod(text);
  if (!parsed.ok) return text;
  const label = periodLabel(parsed.value, "month", language);
  return language === "en" ? label.replace(/ \d{4}$/, "") : label;
}
