import type { PrecisionView } from "../../../../domains/relief/contract.ts";
import type { Messages } from "../../../i18n/language.tsx";

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** How often a rule was borne out so far, with the interval: a share of five verdicts is not worth a share of five hundred. */
export function precisionWords({ judged, borneOut, share, low, high }: PrecisionView, t: Messages): string {
  if (share === null || low === null || high === null) return t.clues.notJudged;
  return t.clues.precision(judged, borneOut, percent(share), `${percent(low)}–${percent(high)}`);
}

/** The same in a cell of a table. */
export function precisionShort({ judged, borneOut, share, low, high }: PrecisionView, t: Messages): string {
  if (share === null || low === null || high === null) return t.app.nowhere;
  return t.clues.precisionShort(percent(share), `${percent(low)}–${percent(high)}`, borneOut, judged);
}
