/** One indicator of a region: history, target path, one-offs, corrections, the regions below. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { dec, formatShort } from "../../../shared/decimal.ts";
import type { Decimal } from "../../../shared/decimal.ts";
import { monthPeriod, period as toPeriod, yearOf } from "../../../shared/period.ts";
import { toDisplayUnit } from "../../ledger/core/measure.ts";
import {
  UNKNOWN_MEASURE,
  findSources,
  listCorrections,
  loadMeasures,
  readFigures,
  requireReader,
  scopedRegion,
  toMeasureView,
  toSourceView,
} from "../../ledger/index.ts";
import type { CatalogMeasure, FigureRecord, OneOffRecord } from "../../ledger/index.ts";
import { decimalText, figureNumber, toAssessmentView } from "../assessment-view.ts";
import type { IndicatorView } from "../contract.ts";
import type { Target } from "../core/assessment.ts";
import { showAmount, showField, showRate } from "../core/display.ts";
import { monthFromYtd } from "../core/month-from-ytd.ts";
import { shareOfYear } from "../core/season.ts";
import { makeSeries } from "../core/series.ts";
import type { Series } from "../core/series.ts";
import { isMissing } from "../core/traced.ts";
import { findSourceKinds, listChildren } from "../store.ts";
import { assessRegion, reassess, toFact } from "./assess-region.ts";
import type { RegionFacts } from "./assess-region.ts";
import { answerFor, regionContext, toRegionBrief } from "./read-overview.ts";
import type { RegionQuestion } from "./read-overview.ts";

const RANK_MONTHS = 30;

/** @throws UNKNOWN_MEASURE, OUT_OF_SCOPE, REGION_NOT_FOUND */
export async function readIndicator(
  pools: Pools,
  actor: Actor,
  code: string,
  question: RegionQuestion,
): Promise<IndicatorView> {
  requireReader(actor);
  const region = scopedRegion(actor, question.region);
  const key = `indicator ${code} ${region} ${question.period ?? ""}`;
  return withActor(
    pools,
    actor,
    (tx) => answerFor(tx, key, region, () => compose(tx, code, region, question.period)),
    { readOnly: true },
  );
}

async function compose(
  tx: Tx,
  code: string,
  region: number,
  asked: string | undefined,
): Promise<IndicatorView> {
  const measure = (await loadMeasures(tx)).byCode.get(code);
  if (!measure) throw UNKNOWN_MEASURE();
  const context = await regionContext(tx, region, asked);
  const period = context.period === "" ? `${new Date(0).getUTCFullYear()}-01` : context.period;
  const [facts] = await assessRegion(tx, { region, period, measures: [measure], rankMonths: RANK_MONTHS });
  if (!facts) throw UNKNOWN_MEASURE();
  const series = makeSeries(measure, "ytd", facts.figures.map(toFact));
  const kinds = await findSourceKinds(
    tx,
    facts.figures.map((row) => ({ county: row.county, source: row.source })),
  );
  return {
    region: toRegionBrief(context.region),
    measure: toMeasureView(measure),
    period: context.period,
    periods: context.periods,
    assessment: toAssessmentView(facts.assessment, measure),
    series: seriesPoints(measure, series, facts.figures, kinds),
    targetPath: targetPath(measure, series, period, facts.assessment.targets),
    oneOffs: await oneOffViews(tx, facts.oneOffs, measure, context.region),
    corrections: (await listCorrections(tx, region, measure.id)).map((row) => ({
      period: row.period,
      aspect: row.aspect,
      old: { ref: `f${row.oldId}`, value: row.oldValue },
      new: { ref: `f${row.newId}`, value: row.newValue },
      reason: row.reason,
      at: row.at,
      moved: row.period === period && row.subject === "region" ? movedBy(facts, row) : null,
    })),
    children: await childRows(tx, measure, region, period),
  };
}

type Correction = Awaited<ReturnType<typeof listCorrections>>[number];

/** What a correction alone changed: all other facts as they are now. A month by itself is no part of an assessment. */
function movedBy(facts: RegionFacts, correction: Correction): IndicatorView["corrections"][number]["moved"] {
  const { measure } = facts;
  if (!facts.figures.some(({ basis }) => basis === correction.basis)) return null;
  const before = reassess(facts, correction, correction.oldValue);
  const after = reassess(facts, correction, correction.newValue);
  const [was, is] = [before, after].map((one) => showField(one, measure, "completion", "zh"));
  return {
    completion: was === undefined || is === undefined ? null : { before: was, after: is },
    rank:
      isMissing(before.rank) || isMissing(after.rank)
        ? null
        : { before: before.rank.rank, after: after.rank.rank, of: after.rank.of },
  };
}

function shown(measure: CatalogMeasure, value: Decimal): string {
  return decimalText(toDisplayUnit(measure, value));
}

function seriesPoints(
  measure: CatalogMeasure,
  series: Series,
  figures: readonly FigureRecord[],
  kinds: ReadonlyMap<string, FigureSourceKind>,
): IndicatorView["series"] {
  const periods = [...new Set([...series.values.keys(), ...series.growths.keys()])].sort();
  const kindOf = new Map(figures.map((row) => [row.id, kinds.get(`${row.county} ${row.source}`)]));
  return periods.map((period) => {
    const value = series.values.get(period);
    const growth = series.growths.get(period);
    const month = monthFromYtd(series, period);
    const refs = [...(value?.refs ?? []), ...(growth?.refs ?? [])];
    return {
      period,
      value: value ? shown(measure, value.value) : null,
      month: isMissing(month) ? null : shown(measure, month.value),
      growth: growth ? decimalText(growth.value) : null,
      refs,
      sourceKind: refs[0] === undefined ? null : (kindOf.get(Number(refs[0].slice(1))) ?? null),
    };
  });
}

type FigureSourceKind = NonNullable<IndicatorView["series"][number]["sourceKind"]>;

/** What should be done by each month of the year: by elapsed time, and by the season of past years. */
function targetPath(
  measure: CatalogMeasure,
  series: Series,
  at: string,
  targets: readonly Target[],
): IndicatorView["targetPath"] {
  const target = targets.find((candidate) => candidate.kind === "value");
  if (!target || measure.kind !== "flow") return [];
  const year = yearOf(toPeriod(at));
  return Array.from({ length: 12 }, (_, i) => {
    const period = monthPeriod(year, i + 1);
    const share = shareOfYear(series, period);
    return {
      period,
      elapsed: shown(measure, target.value.times(i + 1).div(12)),
      seasonal: isMissing(share)
        ? null
        : formatShort(toDisplayUnit(measure, target.value.times(share.value).div(100)), 6),
    };
  });
}

async function oneOffViews(
  tx: Tx,
  rows: readonly OneOffRecord[],
  measure: CatalogMeasure,
  region: IndicatorRegion,
): Promise<IndicatorView["oneOffs"]> {
  const sources = await findSources(tx, rows);
  return rows.flatMap((row) => {
    const source = sources.find((candidate) => candidate.id === row.source);
    if (!source) return [];
    return [
      {
        ref: `o${row.id}`,
        region: toRegionBrief(region),
        measure: measure.code,
        period: row.period,
        amount: row.amount,
        stated: row.stated,
        reason: row.reason,
        source: toSourceView(source),
      },
    ];
  });
}

type IndicatorRegion = Parameters<typeof toRegionBrief>[0];

async function childRows(
  tx: Tx,
  measure: CatalogMeasure,
  region: number,
  period: string,
): Promise<IndicatorView["children"]> {
  const children = await listChildren(tx, region);
  if (children.length === 0) return [];
  const figures = await readFigures(tx, {
    regions: children.map((child) => child.code),
    measures: [measure.id],
    aspects: ["value", "growth"],
    periods: [period],
  });
  return children.flatMap((child) => {
    const own = figures.filter((row) => row.region === child.code && row.basis === "ytd");
    const value = own.find((row) => row.aspect === "value");
    const growth = own.find((row) => row.aspect === "growth");
    if (!value && !growth) return [];
    const amount = (lang: "zh" | "en"): string => showAmount(measure, dec(value?.value ?? 0), lang);
    const rate = growth && showRate(dec(growth.value));
    return [
      {
        region: toRegionBrief(child),
        value: value
          ? figureNumber(dec(value.value), { zh: amount("zh"), en: amount("en") }, value.id)
          : null,
        growth: growth && rate ? figureNumber(dec(growth.value), { zh: rate, en: rate }, growth.id) : null,
      },
    ];
  });
}
