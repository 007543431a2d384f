/** The numbers of an assessment by name, so that page, API and briefing show and explain each of them alike. */
import type { Assessment, Missing, Traced } from "./assessment.ts";
import { isMissing, missing } from "./traced.ts";

export const NUMBER_FIELDS = [
  "value",
  "month",
  "growth",
  "likeForLike.growth",
  "likeForLike.base",
  "likeForLike.adjustedBase",
  "likeForLike.explained",
  "targetGrowthDistance",
  "completion",
  "pace.expected",
  "pace.distance",
  "seasonalPace.expected",
  "seasonalPace.distance",
  "gap",
  "requiredMonthly",
  "achievedMonthly",
] as const;
export type NumberField = (typeof NUMBER_FIELDS)[number];

/** The number behind a name, or why there is none. */
export function numberAt(a: Assessment, field: NumberField): Traced | Missing {
  const { likeForLike: like, pace, seasonalPace: season } = a;
  switch (field) {
    case "likeForLike.growth":
      return isMissing(like) ? like : like.growth;
    case "likeForLike.base":
      return isMissing(like) ? like : like.base;
    case "likeForLike.adjustedBase":
      return isMissing(like) ? like : like.adjustedBase;
    case "likeForLike.explained":
      return isMissing(like) ? like : like.explained;
    case "pace.expected":
      return isMissing(pace) ? pace : pace.expected;
    case "pace.distance":
      return isMissing(pace) ? pace : pace.distance;
    case "seasonalPace.expected":
      return isMissing(season) ? season : season.expected;
    case "seasonalPace.distance":
      return isMissing(season) ? season : season.distance;
    case "targetGrowthDistance":
      return a.targetGrowthDistance ?? missing("NO_TARGET");
    default:
      return a[field];
  }
}
