/**
 * How well a unit reports: in time, and right at the first attempt.
 * Both are shares of what fell due; the score weighs them three to two (a parameter, not a norm).
 */
export type FiledReturn = { daysLate: number; isSubmitted: boolean; sentBack: number; amended: number };
export type UnitScore = {
  due: number;
  inTime: number;
  /** submitted, and neither sent back nor amended */
  firstTime: number;
  /** 0–100, null when nothing fell due */
  timeliness: number | null;
  quality: number | null;
  score: number | null;
};

const WEIGHT = { timeliness: 0.6, quality: 0.4 };

export function scoreUnit(filed: readonly FiledReturn[]): UnitScore {
  const due = filed.length;
  const inTime = filed.filter((one) => one.isSubmitted && one.daysLate === 0).length;
  const submitted = filed.filter((one) => one.isSubmitted);
  const firstTime = submitted.filter((one) => one.sentBack === 0 && one.amended === 0).length;
  if (due === 0) return { due, inTime, firstTime, timeliness: null, quality: null, score: null };
  const timeliness = (inTime / due) * 100;
  const quality = (firstTime / due) * 100;
  const score = timeliness * WEIGHT.timeliness + quality * WEIGHT.quality;
  return { due, inTime, firstTime, timeliness, quality, score };
}
