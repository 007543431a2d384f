/**
 * What can be said about one measure of one region in one period, derived from figures, targets and one-offs.
 *
 * Words:
 * - assessment 研判: all derived statements about region × measure × period
 * - traced: a number together with the facts it came from, so that one click shows the source
 * - origin "reported": the statistical office's own rate, never recomputed; "recomputed": from two values in the ledger
 * - pace 进度: share of the year's task that should be done by now, by elapsed time (序时) or by the season (季节性)
 */
import type { Decimal } from "../../../shared/decimal.ts";
import type { Period } from "../../../shared/period.ts";
import type { RegionCode } from "../../../shared/region-code.ts";

/** A fact in the ledger: "f12" figure, "t3" target, "o1" one-off. */
export type Ref = `f${number}` | `t${number}` | `o${number}`;

/** A number and the facts it was computed from. A figure itself has exactly one ref. */
export type Traced = { value: Decimal; refs: readonly Ref[] };

/** Why a derived number cannot be given; shown instead of the number. */
export type Missing = { missing: MissingReason };
export type MissingReason =
  | "NO_VALUE" // the period has no current figure
  | "NO_PRIOR" // the earlier period needed is not in the ledger
  | "NO_TARGET"
  | "NO_GROWTH"
  | "NOT_A_FLOW" // a stock or a rate has no month and no pace
  | "NO_ONE_OFFS"
  | "COMPARABLE_PRICES" // must not be recomputed from values
  | "ZERO_BASE"
  | "NOT_RANKED"
  | "SHORT_HISTORY"
  | "YEAR_ENDED"; // December: no month is left to catch up in

export type Growth = Traced & {
  origin: "reported" | "recomputed";
  /** what two values in the ledger give, beside a reported rate of a measure that may be recomputed: a check */
  recomputed?: Traced;
};

export type LikeForLike = {
  /** growth in percent after the one-offs are taken out of the base (and of the present value) */
  growth: Traced;
  /** last year's value before and after the one-offs, in the measure's canonical unit */
  base: Traced;
  adjustedBase: Traced;
  /** share in percent of the reported change (in value) that the one-offs explain */
  explained: Traced | Missing;
};

export type Pace = {
  /** percent of the year's task that should be done by now */
  expected: Traced;
  /** completion minus expected, in percentage points; negative is behind */
  distance: Traced;
  /** seasonal: the full years whose average gave the expected share; absent when a plan gave it, or for elapsed time */
  years?: readonly number[];
};

export type Rank = {
  rank: number;
  of: number;
  set: string;
  /** the places of equals, 1,1,3 */
  tied: boolean;
  /** members of the set without the figure; they are not counted in `of` unless the set says so */
  missing: readonly RegionCode[];
  by: "growth" | "value";
  refs: readonly Ref[];
  /** the rank as printed by the prefecture, when the ledger has it */
  stated?: { rank: number; ref: Ref };
};

export type GrowthPoint = { period: Period; growth: Decimal; ref: Ref; origin: "reported" | "recomputed" };

/** Trend words: what the last points of cumulative growth do. */
export type Trend = {
  word: "rising" | "falling" | "narrowing-fall" | "widening-fall" | "fluctuating" | "flat";
  points: readonly GrowthPoint[];
  /** last point minus the one before, percentage points */
  change: Decimal;
};

export type Forecast = {
  model: "last-year-shape" | "damped-trend";
  /** year-end value in the canonical unit: point forecast and 80 % interval; floats inside, rounded for show */
  yearEnd: number;
  low: number;
  high: number;
  /** probability in 0..1 of meeting the target; undefined when there is no target */
  probability?: number;
  /** mean absolute percentage error of the same model back-tested on this series as many months ahead, and from how many origins */
  backtest: { mapePct: number; origins: number };
};

/**
 * ok: at or above pace; watch: behind by up to 10 points; late: 10–30; severe: more than 30, or the target is out of reach of the forecast interval.
 * A growth target has no completion; by its distance in points: ok from 0, watch down to −1, late to −3, severe below. The worse of the two holds.
 */
export type Standing = "ok" | "watch" | "late" | "severe" | "unknown";

export type Target = {
  ref: Ref;
  kind: "value" | "growth";
  /** canonical unit, or percent for a growth target */
  value: Decimal;
  stated: string;
};

export type Assessment = {
  region: RegionCode;
  measure: string;
  period: Period;
  value: Traced | Missing;
  stated?: string;
  month: Traced | Missing;
  growth: Growth | Missing;
  likeForLike: LikeForLike | Missing;
  trend: Trend | Missing;
  targets: readonly Target[];
  /** growth minus a growth target, in percentage points; absent without a growth target */
  targetGrowthDistance?: Traced | Missing;
  completion: Traced | Missing;
  pace: Pace | Missing;
  seasonalPace: Pace | Missing;
  gap: Traced | Missing;
  /** gap ÷ months left, and value ÷ months gone, both in the canonical unit per month */
  requiredMonthly: Traced | Missing;
  achievedMonthly: Traced | Missing;
  rank: Rank | Missing;
  rankHistory: readonly { period: Period; rank: number; of: number }[];
  forecasts: readonly Forecast[];
  standing: Standing;
};
