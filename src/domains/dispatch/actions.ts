/** Composing a region's briefing from the ledger. */
import { withActor } from "../../platform/db/actor.ts";
import type { Actor } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { dec } from "../../shared/decimal.ts";
import { period as toPeriod, previousInYear, yearOf } from "../../shared/period.ts";
import { parentOf } from "../../shared/region-code.ts";
import { findAuditHead } from "../audit/index.ts";
import { assessRegion, economyMeasures, findRegions, listPeriods, readFacts } from "../indicators/index.ts";
import type { FactRecord, RegionFacts } from "../indicators/index.ts";
import { loadMeasures, requireReader, scopedRegion } from "../ledger/index.ts";
import type { Ref } from "../indicators/core/assessment.ts";
import type {
  Briefing,
  BriefingFact,
  BriefingInput,
  BriefingMeasure,
  BriefingSubject,
  SeriesPoint,
} from "./core/briefing.ts";
import { composeBriefing } from "./core/compose-briefing.ts";
import { BRIEFING_EMPTY } from "./problems.ts";

export type BriefingWanted = {
  /** the acting post's region when absent */
  region?: number | undefined;
  /** the newest month with figures when absent */
  period?: string | undefined;
  /** the date on the paper, yyyy-mm-dd */
  today: string;
};

/** The briefing and the measures it speaks of. */
export type ComposedBriefing = { briefing: Briefing; measures: readonly BriefingMeasure[] };

/** @throws OUT_OF_SCOPE; BRIEFING_EMPTY when the region has no figures for the period */
export async function composeRegionBriefing(
  pools: Pools,
  actor: Actor,
  wanted: BriefingWanted,
): Promise<ComposedBriefing> {
  requireReader(actor);
  const region = scopedRegion(actor, wanted.region);
  const input = await withActor(pools, actor, (tx) => loadInput(tx, region, wanted), { readOnly: true });
  return { briefing: composeBriefing(input), measures: input.subjects.map((subject) => subject.measure) };
}

async function loadInput(
  tx: Parameters<typeof loadMeasures>[0],
  region: number,
  wanted: BriefingWanted,
): Promise<BriefingInput> {
  const catalog = await loadMeasures(tx);
  const measures = economyMeasures(catalog);
  const ids = measures.map((measure) => measure.id);
  const period = wanted.period ?? (await listPeriods(tx, region, ids))[0];
  if (period === undefined) throw BRIEFING_EMPTY();
  const facts = await assessRegion(tx, { region, period, measures, rankMonths: 12 });
  const present = facts.filter(
    (fact) => !("missing" in fact.assessment.value) || !("missing" in fact.assessment.growth),
  );
  if (present.length === 0) throw BRIEFING_EMPTY();
  const parent = parentOf(region);
  const regions = await findRegions(tx, parent === undefined ? [region] : [region, parent]);
  const nameOf = (code: number | undefined): string | undefined =>
    regions.find((row) => row.code === code)?.nameZh;
  const head = await findAuditHead(tx);
  const records = await readFacts(tx, catalog, collectRefs(present));
  const regionName = nameOf(region) ?? String(region);
  const parentName = nameOf(parent);
  const prior = previousInYear(toPeriod(period));
  return {
    region,
    regionName,
    ...(parentName === undefined ? {} : { parentName }),
    issuer: `${regionName}人民政府办公室`,
    period: toPeriod(period),
    ...(prior === undefined ? {} : { priorPeriod: prior }),
    meetingDate: wanted.today,
    subjects: present.map((fact) => toSubject(fact, period)),
    facts: records.map(toBriefingFact),
    ...(head ? { auditHead: { algorithm: head.algorithm, number: head.number, hash: head.hash } } : {}),
  };
}

/** Every ref that an assessment or its chart can show. */
function collectRefs(facts: readonly RegionFacts[]): Ref[] {
  const refs = new Set<Ref>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (value !== null && typeof value === "object" && !("toFixed" in value)) {
      for (const [key, member] of Object.entries(value)) {
        if (key === "refs") for (const ref of member as Ref[]) refs.add(ref);
        else if (key === "ref") refs.add(member as Ref);
        else walk(member);
      }
    }
  };
  for (const fact of facts) {
    walk(fact.assessment);
    for (const target of fact.targets) refs.add(`t${target.id}`);
    for (const oneOff of fact.oneOffs) refs.add(`o${oneOff.id}`);
    for (const figure of fact.figures) refs.add(`f${figure.id}`);
  }
  return [...refs];
}

function toSubject(fact: RegionFacts, period: string): BriefingSubject {
  return { measure: fact.measure, assessment: fact.assessment, series: seriesOfYear(fact, period) };
}

function seriesOfYear(fact: RegionFacts, period: string): SeriesPoint[] {
  const year = String(yearOf(toPeriod(period)));
  return fact.figures
    .filter(
      (row) =>
        row.aspect === "value" && row.basis === "ytd" && row.period.startsWith(year) && row.period <= period,
    )
    .map((row) => ({ period: toPeriod(row.period), value: dec(row.value), ref: `f${row.id}` as const }));
}

function toBriefingFact(record: FactRecord): BriefingFact {
  return {
    ref: record.ref,
    kind: record.kind,
    region: record.region.code,
    regionName: record.region.nameZh,
    measure: record.measure.code,
    aspect: record.aspect,
    basis: record.basis,
    period: toPeriod(record.period),
    value: dec(record.value),
    unit: record.unit,
    stated: record.stated,
    reason: record.reason,
    locator: record.locator,
    source: {
      kind: record.source.kind,
      title: record.source.title,
      sha256: record.source.sha256,
      recordedAt: record.source.recordedAt,
      recordedBy: record.source.recordedByTitle,
    },
  };
}
