/** The ranking of a comparison set, as far as its figures may be read, and search. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { dec } from "../../../shared/decimal.ts";
import { period as toPeriod } from "../../../shared/period.ts";
import { contains } from "../../../shared/region-code.ts";
import {
  UNKNOWN_MEASURE,
  loadMeasures,
  readFigures,
  requireReader,
  toMeasureView,
} from "../../ledger/index.ts";
import type { CatalogMeasure, FigureRecord } from "../../ledger/index.ts";
import { figureNumber } from "../assessment-view.ts";
import type { RankingView, SearchView } from "../contract.ts";
import { showAmount, showRate } from "../core/display.ts";
import { makeRankingBook, rankPeriod } from "../core/ranking.ts";
import { SET_NOT_FOUND } from "../problems.ts";
import { findRegions, listComparisonSets, searchRegions } from "../store.ts";
import type { ComparisonSet, RegionRecord } from "../store.ts";
import { toPeer } from "./assess-region.ts";
import { toRegionBrief } from "./read-overview.ts";

export type RankingQuestion = { measure: string; period: string; set?: string | undefined };

/**
 * Members whose figures the actor may not read are left out of rows, count and ranks alike.
 * @throws UNKNOWN_MEASURE, SET_NOT_FOUND (also for a set that does not concern the actor)
 */
export async function readRanking(
  pools: Pools,
  actor: Actor,
  question: RankingQuestion,
): Promise<RankingView> {
  requireReader(actor);
  return withActor(pools, actor, (tx) => compose(tx, question), { readOnly: true });
}

async function compose(tx: Tx, question: RankingQuestion): Promise<RankingView> {
  const measure = (await loadMeasures(tx)).byCode.get(question.measure);
  if (!measure) throw UNKNOWN_MEASURE();
  const set = chooseSet(await listComparisonSets(tx), tx.actor, question.set);
  const at = toPeriod(question.period);
  const figures = await readFigures(tx, {
    regions: set.members,
    measures: [measure.id],
    aspects: ["value", "growth"],
    periods: [question.period],
  });
  const readable = set.members.filter(
    (member) => contains(tx.actor.region, member) || figures.some((row) => row.region === member),
  );
  const regions = new Map((await findRegions(tx, readable)).map((region) => [region.code, region]));
  const book = makeRankingBook(measure, "ytd", { ...set, members: readable }, figures.map(toPeer));
  const ranking = rankPeriod(book, at);
  // One alone is not ranked, as in an assessment.
  const { placed, missing } = ranking.placed.length < 2 ? { placed: [], missing: [] } : ranking;
  return {
    set: { code: set.code, nameZh: set.nameZh, nameEn: set.nameEn, rankBy: set.rankBy },
    measure: toMeasureView(measure),
    period: question.period,
    of: placed.length,
    rows: placed.map((place) => ({
      region: toRegionBrief(regions.get(place.region) as RegionRecord),
      rank: place.rank,
      tied: place.tied,
      ...numbersOf(
        measure,
        figures.filter((row) => row.region === place.region && row.basis === "ytd"),
      ),
    })),
    missing: missing.flatMap((code) => {
      const region = regions.get(code);
      return region ? [toRegionBrief(region)] : [];
    }),
  };
}

/** The set asked for, else the smallest that the actor's region belongs to, else one that lies in the scope. */
function chooseSet(sets: readonly ComparisonSet[], actor: Actor, asked: string | undefined): ComparisonSet {
  const concerning = sets.filter(
    (set) =>
      set.members.includes(actor.region) ||
      set.members.some((member) => contains(actor.region, member)) ||
      contains(set.region, actor.region),
  );
  const set =
    asked === undefined
      ? (concerning.find((candidate) => candidate.members.includes(actor.region)) ?? concerning[0])
      : concerning.find((candidate) => candidate.code === asked);
  if (!set) throw SET_NOT_FOUND();
  return set;
}

function numbersOf(measure: CatalogMeasure, figures: readonly FigureRecord[]) {
  const value = figures.find((row) => row.aspect === "value");
  const growth = figures.find((row) => row.aspect === "growth");
  const amount = (lang: "zh" | "en"): string => showAmount(measure, dec(value?.value ?? 0), lang);
  const rate = growth && showRate(dec(growth.value));
  return {
    value: value ? figureNumber(dec(value.value), { zh: amount("zh"), en: amount("en") }, value.id) : null,
    growth: growth && rate ? figureNumber(dec(growth.value), { zh: rate, en: rate }, growth.id) : null,
  };
}

/** Indicators by name or code, and regions of the scope by name or code. */
export async function search(pools: Pools, actor: Actor, text: string): Promise<SearchView> {
  requireReader(actor);
  return withActor(
    pools,
    actor,
    async (tx) => {
      const wanted = text.toLowerCase();
      const measures = (await loadMeasures(tx)).list.filter((measure) =>
        [measure.code, measure.nameZh, measure.nameEn.toLowerCase()].some((name) => name.includes(wanted)),
      );
      const regions = await searchRegions(tx, text);
      return {
        measures: measures.slice(0, 12).map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn })),
        regions: regions.map(toRegionBrief),
      };
    },
    { readOnly: true },
  );
}
