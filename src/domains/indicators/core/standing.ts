/** Standing: the light of an indicator. Thresholds as in the 银川 scheme of handbook section 4: 10 and 30 points behind. */
import type { Decimal } from "../../../shared/decimal.ts";
import type { Direction } from "../../ledger/core/measure.ts";
import type { Forecast, Standing, Target } from "./assessment.ts";

export type StandingFacts = {
  direction: Direction;
  /** completion minus what should be done by now, in points; undefined without a value target */
  distance?: Decimal | undefined;
  /** growth minus the growth target, in points; undefined without one */
  growthDistance?: Decimal | undefined;
  forecasts: readonly Forecast[];
  target?: Target | undefined;
};

const ORDER: readonly Standing[] = ["unknown", "ok", "watch", "late", "severe"];

/** The worse of pace and growth distance; severe when no forecast interval reaches the target. */
export function computeStanding(facts: StandingFacts): Standing {
  const found: Standing[] = [
    byPoints(facts.distance, facts.direction, { watch: 10, late: 30 }),
    byPoints(facts.growthDistance, facts.direction, { watch: 1, late: 3 }),
    isOutOfReach(facts) ? "severe" : "unknown",
  ];
  return found.reduce((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a));
}

/** For a measure that should go down, being ahead of pace is being behind. */
function byPoints(
  points: Decimal | undefined,
  direction: Direction,
  limits: { watch: number; late: number },
): Standing {
  if (!points) return "unknown";
  const behind = direction === "down" ? points : points.neg();
  if (behind.lte(0)) return "ok";
  if (behind.lte(limits.watch)) return "watch";
  return behind.lte(limits.late) ? "late" : "severe";
}

function isOutOfReach({ forecasts, target, direction }: StandingFacts): boolean {
  if (!target || forecasts.length === 0) return false;
  return forecasts.every((f) => (direction === "down" ? target.value.lt(f.low) : target.value.gt(f.high)));
}
