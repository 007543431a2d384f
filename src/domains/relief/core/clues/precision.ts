/** How often clues are borne out: what officials need in order to trust a rule, or to drop it. */
import type { Verdict } from "./clue-loop.ts";

/** Verdicts that found something to mend. 需再核 has found nothing yet and is not counted. */
export const BORNE_OUT: ReadonlySet<Verdict> = new Set<Verdict>(["remove", "correct", "gone"]);

export type Precision = {
  judged: number;
  borneOut: number;
  share: number | null;
  low: number | null;
  high: number | null;
};

/**
 * Share of the judged that were borne out, with Wilson's interval at 95 %.
 * Source: E. B. Wilson, Probable inference, JASA 22 (1927).
 */
export function computePrecision(judged: number, borneOut: number): Precision {
  if (judged === 0) return { judged, borneOut, share: null, low: null, high: null };
  const z = 1.959964;
  const share = borneOut / judged;
  const middle = share + (z * z) / (2 * judged);
  const spread = z * Math.sqrt((share * (1 - share)) / judged + (z * z) / (4 * judged * judged));
  const scale = 1 + (z * z) / judged;
  return {
    judged,
    borneOut,
    share,
    low: Math.max(0, (middle - spread) / scale),
    high: Math.min(1, (middle + spread) / scale),
  };
}
