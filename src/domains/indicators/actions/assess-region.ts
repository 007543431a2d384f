/** Loads the facts about measures of one region and derives their assessments. */
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import { dec } from "../../../shared/decimal.ts";
import { addMonths, period as toPeriod, yearOf } from "../../../shared/period.ts";
import type { Period } from "../../../shared/period.ts";
import { listOneOffs, readFigures } from "../../ledger/index.ts";
import type { CatalogMeasure, FigureRecord, MeasureCatalog, OneOffRecord } from "../../ledger/index.ts";
import { computeAssessment } from "../core/assess.ts";
import type { Assessment, Target } from "../core/assessment.ts";
import type { PeerFigure } from "../core/ranking.ts";
import type { FigureFact } from "../core/series.ts";
import { listComparisonSets, listTargets } from "../store.ts";
import type { ComparisonSet, TargetRecord } from "../store.ts";

export type RegionFacts = {
  measure: CatalogMeasure;
  assessment: Assessment;
  figures: readonly FigureRecord[];
  targets: readonly TargetRecord[];
  oneOffs: readonly OneOffRecord[];
  set: ComparisonSet | undefined;
  /** whether the actor may read something of every member: else a rank is one among those that he may */
  isWholeSet: boolean;
  peers: readonly FigureRecord[];
};

/** The indicators that the overview and the briefing speak of, in their order. */
export function economyMeasures(catalog: MeasureCatalog): CatalogMeasure[] {
  return catalog.list.filter((measure) => measure.topic === "economy");
}

export type AssessWanted = {
  region: number;
  period: string;
  measures: readonly CatalogMeasure[];
  /** months before the period for which ranks are wanted */
  rankMonths: number;
};

/** In four statements, however many measures: own figures, targets, one-offs, figures of those ranked with it. */
export async function assessRegion(tx: Tx, wanted: AssessWanted): Promise<RegionFacts[]> {
  const { region } = wanted;
  const at = toPeriod(wanted.period);
  const ids = wanted.measures.map((measure) => measure.id);
  const sets = await listComparisonSets(tx);
  const whole = sets.find((candidate) => candidate.members.includes(region));
  const aspects = ["value", "growth", "rank"];
  const [figures, targets, oneOffs, peers] = await Promise.all([
    readFigures(tx, { regions: [region], measures: ids, aspects, to: wanted.period }),
    listTargets(tx, region, yearOf(at), ids),
    listOneOffs(tx, region, ids),
    whole
      ? readPeers(tx, { set: whole, region, ids, from: addMonths(at, -wanted.rankMonths), to: at })
      : Promise.resolve([]),
  ]);
  const set = whole && readableSet(tx.actor, whole, peers);
  const isWholeSet = set?.members.length === whole?.members.length;
  return wanted.measures.map((measure) => {
    const own = {
      measure,
      figures: figures.filter((row) => row.measure === measure.id),
      targets: targets.filter((row) => row.measure === measure.id),
      oneOffs: oneOffs.filter((row) => row.measure === measure.id),
      set,
      isWholeSet,
      peers: peers.filter((row) => row.measure === measure.id),
    };
    const assessment = assess(region, at, own);
    // Before this month the others' figures were not read: a rank there would be a rank among nobody.
    const from = addMonths(at, -wanted.rankMonths);
    const rankHistory = assessment.rankHistory.filter((point) => point.period >= from);
    return { ...own, assessment: { ...assessment, rankHistory } };
  });
}

/** Members of whom the actor may read nothing are left out of count and ranks, and are not named as missing either. */
function readableSet(actor: Actor, set: ComparisonSet, peers: readonly FigureRecord[]): ComparisonSet {
  const told = new Set(peers.map((row) => row.region));
  const inScope = (member: number): boolean => member >= actor.regionFrom && member < actor.regionTo;
  return { ...set, members: set.members.filter((member) => inScope(member) || told.has(member)) };
}

/** Ranks go by growth unless the set says otherwise; where growth is recomputed, last year's values are needed too. */
async function readPeers(
  tx: Tx,
  wanted: { set: ComparisonSet; region: number; ids: readonly number[]; from: Period; to: Period },
): Promise<FigureRecord[]> {
  const others = wanted.set.members.filter((member) => member !== wanted.region);
  const query = {
    regions: others,
    measures: wanted.ids,
    from: wanted.from as string,
    to: wanted.to as string,
  };
  return readFigures(tx, { ...query, aspects: wanted.set.rankBy === "value" ? ["value"] : ["growth"] });
}

/** What the same facts would say if this figure of the region had that value. */
export function reassess(facts: RegionFacts, figure: FigureKey, value: string): Assessment {
  const { region, period } = facts.assessment;
  const figures = facts.figures.map((row) =>
    row.period === figure.period && row.basis === figure.basis && row.aspect === figure.aspect
      ? { ...row, value }
      : row,
  );
  return assess(region, period, { ...facts, figures });
}

export type FigureKey = Pick<FigureRecord, "period"> & { basis: string; aspect: string };

function assess(region: number, at: Period, facts: Omit<RegionFacts, "assessment">): Assessment {
  const { set } = facts;
  return computeAssessment({
    measure: facts.measure,
    region,
    period: at,
    figures: facts.figures.map(toFact),
    targets: facts.targets.map(toTarget),
    oneOffs: facts.oneOffs.map((row) => ({
      id: row.id,
      period: toPeriod(row.period),
      amount: dec(row.amount),
    })),
    set: set && { code: set.code, members: set.members, rankBy: set.rankBy, countMissing: set.countMissing },
    peers: facts.peers.map(toPeer),
  });
}

export function toFact(row: FigureRecord): FigureFact {
  return {
    id: row.id,
    aspect: row.aspect,
    basis: row.basis,
    period: toPeriod(row.period),
    value: dec(row.value),
    stated: row.stated,
  };
}

export function toPeer(row: FigureRecord): PeerFigure {
  return { ...toFact(row), region: row.region };
}

function toTarget(row: TargetRecord): Target {
  return { ref: `t${row.id}`, kind: row.kind, value: dec(row.value), stated: row.stated };
}
