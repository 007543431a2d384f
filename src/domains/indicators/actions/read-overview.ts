/** The overview: all economic indicators of a region in one month. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { countyOf } from "../../../shared/region-code.ts";
import { loadMeasures, requireReader, scopedRegion, toMeasureView } from "../../ledger/index.ts";
import type { CatalogMeasure } from "../../ledger/index.ts";
import { answerOnce } from "../answer-cache.ts";
import { toAssessmentView } from "../assessment-view.ts";
import type { OverviewView } from "../contract.ts";
import { REGION_NOT_FOUND } from "../problems.ts";
import { findRegions, listComparisonSets, listPeriods } from "../store.ts";
import type { RegionRecord } from "../store.ts";
import { assessRegion, economyMeasures } from "./assess-region.ts";
import type { RegionFacts } from "./assess-region.ts";

export type RegionQuestion = { region?: number | undefined; period?: string | undefined };

/** @throws OUT_OF_SCOPE, REGION_NOT_FOUND */
export async function readOverview(
  pools: Pools,
  actor: Actor,
  question: RegionQuestion,
): Promise<OverviewView> {
  requireReader(actor);
  const region = scopedRegion(actor, question.region);
  return withActor(
    pools,
    actor,
    (tx) =>
      answerFor(tx, `overview ${region} ${question.period ?? ""}`, region, () =>
        composeOverview(tx, region, question.period),
      ),
    { readOnly: true },
  );
}

/** Keeps the answer under the ledgers of the region's county and of those ranked with it. */
export async function answerFor<T>(
  tx: Tx,
  question: string,
  region: number,
  compute: () => Promise<T>,
): Promise<T> {
  const sets = await listComparisonSets(tx);
  const ranked = sets.find((set) => set.members.includes(region))?.members ?? [];
  const counties = [...new Set([region, ...ranked].map(countyOf))].sort((a, b) => a - b);
  return answerOnce(tx, question, counties, compute);
}

async function composeOverview(tx: Tx, region: number, asked: string | undefined): Promise<OverviewView> {
  const context = await regionContext(tx, region, asked);
  const facts =
    context.period === ""
      ? []
      : await assessRegion(tx, { region, period: context.period, measures: context.measures, rankMonths: 1 });
  return {
    region: toRegionBrief(context.region),
    period: context.period,
    periods: context.periods,
    rows: facts.map((fact) => ({
      measure: toMeasureView(fact.measure),
      assessment: toAssessmentView(fact.assessment, fact.measure),
      growthHistory: growthHistory(fact, context.period),
    })),
  };
}

export type RegionContext = {
  region: RegionRecord;
  measures: CatalogMeasure[];
  periods: string[];
  period: string;
};

/** The region, its indicators, and the month: the one asked for or the newest with figures ("" when there is none). */
export async function regionContext(
  tx: Tx,
  region: number,
  asked: string | undefined,
): Promise<RegionContext> {
  const [found] = await findRegions(tx, [region]);
  if (!found) throw REGION_NOT_FOUND();
  const measures = economyMeasures(await loadMeasures(tx));
  const periods = await listPeriods(
    tx,
    region,
    measures.map((measure) => measure.id),
  );
  return { region: found, measures, periods, period: asked ?? periods[0] ?? "" };
}

const SPARKLINE_MONTHS = 25;

/** Cumulative growth as published or recomputed in each of the last months, for the sparkline. */
function growthHistory(fact: RegionFacts, period: string): { period: string; value: string }[] {
  return fact.figures
    .filter((row) => row.aspect === "growth" && row.basis === "ytd" && row.period <= period)
    .slice(-SPARKLINE_MONTHS)
    .map((row) => ({ period: row.period, value: row.value }));
}

export function toRegionBrief(region: RegionRecord): OverviewView["region"] {
  return { ...region, level: region.level as OverviewView["region"]["level"] };
}
