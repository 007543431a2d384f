/** Everything that can be said about one measure of one region in one period. Pure: same facts, same assessment. */
import type { Period } from "../../../shared/period.ts";
import type { RegionCode } from "../../../shared/region-code.ts";
import type { Measure } from "../../ledger/core/measure.ts";
import type { Assessment, Growth, Missing, Rank, Target, Traced } from "./assessment.ts";
import { computeCompletion } from "./completion.ts";
import { computeForecasts } from "./forecast.ts";
import { computeAchievedMonthly, computeGap, computeRequiredMonthly } from "./gap.ts";
import { computeGrowth } from "./growth.ts";
import { computeLikeForLike } from "./like-for-like.ts";
import { monthFromYtd } from "./month-from-ytd.ts";
import { computePace, computeSeasonalPace } from "./pace.ts";
import {
  type ComparisonSet,
  computeRank,
  computeRankHistory,
  makeRankingBook,
  type PeerFigure,
} from "./ranking.ts";
import type { SeasonalPlan } from "./season.ts";
import { chooseBasis, type FigureFact, makeSeries, type OneOff, type Series } from "./series.ts";
import { computeStanding } from "./standing.ts";
import { isMissing, missing, traced } from "./traced.ts";
import { computeTrend } from "./trend.ts";

export type AssessmentInput = {
  measure: Measure;
  region: RegionCode;
  period: Period;
  /** current figures (newest versions) of this region and measure, subject "region", all periods and aspects */
  figures: readonly FigureFact[];
  /** targets of this region and measure for the year of the period */
  targets: readonly Target[];
  /** one-offs of this region and measure, all months */
  oneOffs: readonly OneOff[];
  plan?: SeasonalPlan | undefined;
  set?: ComparisonSet | undefined;
  /** figures of the members of the set (aspects growth and value), this period and all whose rank is wanted */
  peers?: readonly PeerFigure[] | undefined;
};

export function computeAssessment(input: AssessmentInput): Assessment {
  const { measure, region, period: p, targets } = input;
  const series = makeSeries(measure, chooseBasis(measure, p, input.figures), input.figures, input.oneOffs);
  const now = series.values.get(p);
  const target = targets.find((t) => t.kind === "value");
  const growthTarget = targets.find((t) => t.kind === "growth");
  const growth = computeGrowth(series, p);
  const completion = computeCompletion(series, p, target);
  const pace = computePace(series, p, target, completion);
  const gap = computeGap(series, p, target);
  const forecasts = computeForecasts(series, p, target);
  const targetGrowthDistance = growthTarget && distanceToGrowth(growth, growthTarget);
  const stated = now?.stated;
  return {
    region,
    measure: measure.code,
    period: p,
    value: now ? traced(now.value, now.refs) : missing("NO_VALUE"),
    ...(stated ? { stated } : {}),
    month: monthFromYtd(series, p),
    growth,
    likeForLike: computeLikeForLike(series, p, growth),
    trend: computeTrend(series, p),
    targets,
    ...(targetGrowthDistance ? { targetGrowthDistance } : {}),
    completion,
    pace,
    seasonalPace: computeSeasonalPace(series, p, completion, input.plan),
    gap,
    requiredMonthly: computeRequiredMonthly(gap, p),
    achievedMonthly: computeAchievedMonthly(series, p),
    ...ranks(input, series),
    forecasts,
    standing: computeStanding({
      direction: measure.direction,
      distance: isMissing(pace) ? undefined : pace.distance.value,
      growthDistance:
        targetGrowthDistance && !isMissing(targetGrowthDistance) ? targetGrowthDistance.value : undefined,
      forecasts,
      target,
    }),
  };
}

/** Growth minus a growth target, in percentage points. */
function distanceToGrowth(growth: Growth | Missing, target: Target): Traced | Missing {
  return isMissing(growth) ? growth : traced(growth.value.minus(target.value), growth.refs, [target.ref]);
}

function ranks(
  input: AssessmentInput,
  own: Series,
): { rank: Rank | Missing; rankHistory: Assessment["rankHistory"] } {
  const { measure, region, period: p, set, peers } = input;
  if (!set || !set.members.includes(region)) return { rank: missing("NOT_RANKED"), rankHistory: [] };
  // the region's own facts come from `figures`, so that they agree with the rest of the assessment
  const others = (peers ?? []).filter((figure) => figure.region !== region);
  const mine = input.figures.map((figure): PeerFigure => ({ ...figure, region }));
  const book = makeRankingBook(measure, own.basis, set, [...others, ...mine]);
  return { rank: computeRank(book, p, region, own), rankHistory: computeRankHistory(book, p, region) };
}
