/** Derived statements about indicators over HTTP. Every number carries the refs of the facts it came from. */
import { z } from "zod";
import { RegionBrief } from "../auth/contract.ts";
import { DecimalText, MeasureView, OneOffView, SourceView } from "../ledger/contract.ts";

export const RefText = z.string().regex(/^[fto]\d+$/);
export const MissingReason = z.enum([
  "NO_VALUE",
  "NO_PRIOR",
  "NO_TARGET",
  "NO_GROWTH",
  "NOT_A_FLOW",
  "NO_ONE_OFFS",
  "COMPARABLE_PRICES",
  "ZERO_BASE",
  "NOT_RANKED",
  "SHORT_HISTORY",
  "YEAR_ENDED",
]);
export const MissingView = z.object({ missing: MissingReason });

/** A number: exact value, the text to show in both languages, the calculation in words, the facts behind it. */
export const NumberView = z.object({
  value: DecimalText,
  text: z.object({ zh: z.string(), en: z.string() }),
  how: z.object({ zh: z.string(), en: z.string() }).optional(),
  refs: z.array(RefText),
});
export type NumberView = z.infer<typeof NumberView>;
const orMissing = <T extends z.ZodType>(schema: T) => z.union([schema, MissingView]);
const MaybeNumber = orMissing(NumberView);

export const RankView = z.object({
  rank: z.number().int(),
  of: z.number().int(),
  set: z.string(),
  tied: z.boolean(),
  missing: z.array(z.number().int()),
  by: z.enum(["growth", "value"]),
  refs: z.array(RefText),
  stated: z.object({ rank: z.number().int(), ref: RefText }).optional(),
});

export const AssessmentView = z.object({
  region: z.number().int(),
  measure: z.string(),
  period: z.string(),
  value: MaybeNumber,
  month: MaybeNumber,
  growth: orMissing(NumberView.extend({ origin: z.enum(["reported", "recomputed"]) })),
  likeForLike: orMissing(
    z.object({ growth: NumberView, base: NumberView, adjustedBase: NumberView, explained: MaybeNumber }),
  ),
  trend: orMissing(
    z.object({
      word: z.enum(["rising", "falling", "narrowing-fall", "widening-fall", "fluctuating", "flat"]),
      change: DecimalText,
      points: z.array(z.object({ period: z.string(), growth: DecimalText, ref: RefText })),
    }),
  ),
  targets: z.array(
    z.object({ ref: RefText, kind: z.enum(["value", "growth"]), value: DecimalText, stated: z.string() }),
  ),
  targetGrowthDistance: MaybeNumber.optional(),
  completion: MaybeNumber,
  pace: orMissing(z.object({ expected: NumberView, distance: NumberView })),
  seasonalPace: orMissing(z.object({ expected: NumberView, distance: NumberView })),
  gap: MaybeNumber,
  requiredMonthly: MaybeNumber,
  achievedMonthly: MaybeNumber,
  rank: orMissing(RankView),
  rankHistory: z.array(z.object({ period: z.string(), rank: z.number().int(), of: z.number().int() })),
  forecasts: z.array(
    z.object({
      model: z.enum(["last-year-shape", "damped-trend"]),
      /** display unit */
      yearEnd: z.number(),
      low: z.number(),
      high: z.number(),
      probability: z.number().optional(),
      backtest: z.object({ mapePct: z.number(), origins: z.number().int() }),
    }),
  ),
  standing: z.enum(["ok", "watch", "late", "severe", "unknown"]),
});
export type AssessmentView = z.infer<typeof AssessmentView>;

/** A month of the calendar, such as 2016-07, in the years that a period may have. */
export const Month = z.string().regex(/^(19(49|[5-9]\d)|2[01]\d{2}|2200)-(0[1-9]|1[0-2])$/);
const regionAndPeriod = {
  /** the acting post's region when absent */
  region: z.coerce.number().int().optional(),
  period: Month.optional(),
};
export const OverviewQuery = z.object(regionAndPeriod);
/** Everything the overview page shows: one row an indicator, with a short history for its sparkline. */
export const OverviewView = z.object({
  region: RegionBrief,
  period: z.string(),
  /** months that have figures, newest first */
  periods: z.array(z.string()),
  rows: z.array(
    z.object({
      measure: MeasureView,
      assessment: AssessmentView,
      /** cumulative growth by month, oldest first, for the sparkline */
      growthHistory: z.array(z.object({ period: z.string(), value: DecimalText })),
    }),
  ),
});
export type OverviewView = z.infer<typeof OverviewView>;

export const IndicatorQuery = z.object(regionAndPeriod);
export const SeriesPoint = z.object({
  period: z.string(),
  /** year-to-date in the display unit */
  value: DecimalText.nullable(),
  month: DecimalText.nullable(),
  growth: DecimalText.nullable(),
  refs: z.array(RefText),
  sourceKind: SourceView.shape.kind.nullable(),
});
export const IndicatorView = z.object({
  region: RegionBrief,
  measure: MeasureView,
  period: z.string(),
  periods: z.array(z.string()),
  assessment: AssessmentView,
  series: z.array(SeriesPoint),
  /** the year's target path in the display unit: elapsed-time and seasonal, by month of the year */
  targetPath: z.array(
    z.object({ period: z.string(), elapsed: DecimalText.nullable(), seasonal: DecimalText.nullable() }),
  ),
  oneOffs: z.array(OneOffView),
  corrections: z.array(
    z.object({
      period: z.string(),
      aspect: z.string(),
      old: z.object({ ref: RefText, value: DecimalText }),
      new: z.object({ ref: RefText, value: DecimalText }),
      reason: z.string(),
      at: z.string(),
      /** what it alone changed in the period that was asked for; null for other periods and for parts of the region */
      moved: z
        .object({
          /** percent of the year's target, as shown */
          completion: z.object({ before: z.string(), after: z.string() }).nullable(),
          rank: z
            .object({ before: z.number().int(), after: z.number().int(), of: z.number().int() })
            .nullable(),
        })
        .nullable(),
    }),
  ),
  /** the same measure in the regions below, where they have it */
  children: z.array(
    z.object({ region: RegionBrief, value: NumberView.nullable(), growth: NumberView.nullable() }),
  ),
});
export type IndicatorView = z.infer<typeof IndicatorView>;

export const RankingQuery = z.object({
  measure: z.string().max(60),
  period: Month,
  set: z.string().max(60).optional(),
});
export const RankingView = z.object({
  set: z.object({
    code: z.string(),
    nameZh: z.string(),
    nameEn: z.string(),
    rankBy: z.enum(["growth", "value"]),
  }),
  measure: MeasureView,
  period: z.string(),
  of: z.number().int(),
  rows: z.array(
    z.object({
      region: RegionBrief,
      rank: z.number().int(),
      tied: z.boolean(),
      growth: NumberView.nullable(),
      value: NumberView.nullable(),
    }),
  ),
  missing: z.array(RegionBrief),
});
export type RankingView = z.infer<typeof RankingView>;

export const SearchQuery = z.object({ q: z.string().trim().min(1).max(40) });
export const SearchView = z.object({
  measures: z.array(MeasureView.pick({ code: true, nameZh: true, nameEn: true })),
  regions: z.array(RegionBrief),
});
export type SearchView = z.infer<typeof SearchView>;

/** One fact behind a number: a figure, a target or a one-off, with its source. */
export const FactView = z.object({
  ref: RefText,
  kind: z.enum(["figure", "target", "one-off"]),
  region: RegionBrief,
  measure: MeasureView,
  aspect: z.string(),
  basis: z.string().nullable(),
  period: z.string(),
  value: DecimalText,
  unit: z.string(),
  stated: z.string().nullable(),
  version: z.number().int(),
  reason: z.string().nullable(),
  locator: z.string().nullable(),
  source: SourceView,
});
export type FactView = z.infer<typeof FactView>;
export const FactsQuery = z.object({ refs: z.string().regex(/^[fto]\d{1,15}(,[fto]\d{1,15}){0,63}$/) });
export const FactsView = z.object({ items: z.array(FactView) });
