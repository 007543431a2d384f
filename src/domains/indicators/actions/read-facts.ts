/** The facts behind numbers: figures, targets and one-offs by their refs, each with its source. */
import type { Tx } from "../../../platform/db/actor.ts";
import { figureUnit } from "../../ledger/core/figure.ts";
import { findFigures, findOneOffs, findSources } from "../../ledger/index.ts";
import type { CatalogMeasure, MeasureCatalog, SourceRecord } from "../../ledger/index.ts";
import type { Ref } from "../core/assessment.ts";
import { findRegions, findTargets } from "../store.ts";
import type { RegionRecord } from "../store.ts";

export type FactRecord = {
  ref: Ref;
  kind: "figure" | "target" | "one-off";
  region: RegionRecord;
  measure: CatalogMeasure;
  aspect: string;
  basis: string | null;
  period: string;
  value: string;
  unit: string;
  stated: string | null;
  version: number;
  reason: string | null;
  locator: string | null;
  source: SourceRecord;
};

type Draft = Omit<FactRecord, "region" | "measure" | "source" | "unit"> & {
  region: number;
  measure: number;
  county: number;
  source: number;
  unit: (measure: CatalogMeasure) => string;
};

/** In the order of the refs; a fact outside the scope is left out as if it did not exist. */
export async function readFacts(
  tx: Tx,
  catalog: MeasureCatalog,
  refs: readonly string[],
): Promise<FactRecord[]> {
  const drafts = await readDrafts(tx, refs);
  const regions = new Map(
    (await findRegions(tx, [...new Set(drafts.map((draft) => draft.region))])).map((region) => [
      region.code,
      region,
    ]),
  );
  const sources = await findSources(tx, uniqueSources(drafts));
  const sourceOf = new Map(sources.map((source) => [`${source.county} ${source.id}`, source]));
  const found = new Map<string, FactRecord>();
  for (const { county, ...draft } of drafts) {
    const region = regions.get(draft.region);
    const measure = catalog.byId.get(draft.measure);
    const source = sourceOf.get(`${county} ${draft.source}`);
    if (!region || !measure || !source) continue;
    found.set(draft.ref, { ...draft, region, measure, source, unit: draft.unit(measure) });
  }
  return refs.flatMap((ref) => found.get(ref) ?? []);
}

async function readDrafts(tx: Tx, refs: readonly string[]): Promise<Draft[]> {
  const idsOf = (letter: string): number[] =>
    [...new Set(refs)].filter((ref) => ref[0] === letter).map((ref) => Number(ref.slice(1)));
  const [figures, targets, oneOffs] = await Promise.all([
    findFigures(tx, idsOf("f")),
    findTargets(tx, idsOf("t")),
    findOneOffs(tx, idsOf("o")),
  ]);
  return [
    ...figures.map(
      (row): Draft => ({
        ...row,
        ref: `f${row.id}`,
        kind: "figure",
        reason: null,
        unit: (measure) => figureUnit(row.aspect, measure.unit),
      }),
    ),
    ...targets.map(
      (row): Draft => ({
        ...row,
        ref: `t${row.id}`,
        kind: "target",
        aspect: row.kind,
        basis: "year",
        period: String(row.year),
        unit: (measure) => (row.kind === "growth" ? "%" : measure.unit),
      }),
    ),
    ...oneOffs.map(
      (row): Draft => ({
        ...row,
        ref: `o${row.id}`,
        kind: "one-off",
        aspect: "value",
        basis: "month",
        value: row.amount,
        version: 1,
        locator: null,
        unit: (measure) => measure.unit,
      }),
    ),
  ];
}

function uniqueSources(drafts: readonly Draft[]): { county: number; source: number }[] {
  const keys = new Map(
    drafts.map((draft) => [
      `${draft.county} ${draft.source}`,
      { county: draft.county, source: draft.source },
    ]),
  );
  return [...keys.values()];
}
