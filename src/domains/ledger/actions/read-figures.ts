/** Reading figures within the scope: pages, one figure with its source and versions. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { FORBIDDEN, OUT_OF_SCOPE } from "../../../platform/problem.ts";
import { contains, subtree } from "../../../shared/region-code.ts";
import { permissionsOf } from "../../auth/core/roles.ts";
import type { Role } from "../../auth/core/roles.ts";
import type { FigureDetail, FigurePage, FigureQuery, FigureView, SourceView } from "../contract.ts";
import { figureUnit } from "../core/figure.ts";
import type { Measure } from "../core/measure.ts";
import { loadMeasures } from "../measure-catalog.ts";
import type { MeasureCatalog } from "../measure-catalog.ts";
import { BAD_CURSOR, FIGURE_NOT_FOUND, SORT_NEEDS_KEY, UNKNOWN_MEASURE } from "../problems.ts";
import { findFigures, findSources, listFigures, listVersions, scopeCounties } from "../store/figures.ts";
import type { FigureCursor, FigureFilter, PageFigure, SourceRecord } from "../store/figures.ts";

/**
 * Refuses posts that have no business data. To administrators the database would show nothing anyway; an enterprise
 * enters by the same door as an office, so that for it this is the only refusal. The program itself has no role.
 */
export function requireReader(actor: Actor): void {
  const reads = actor.role === null || permissionsOf(actor.role as Role).has("figures.read");
  if (actor.door !== "taizhang_actor" || !reads) throw FORBIDDEN();
}

/** A region the actor asked for, or his own. @throws OUT_OF_SCOPE */
export function scopedRegion(actor: Actor, region: number | undefined): number {
  if (region === undefined) return actor.region;
  if (!contains(actor.region, region)) throw OUT_OF_SCOPE();
  return region;
}

/** A page of current figures. @throws OUT_OF_SCOPE, UNKNOWN_MEASURE, SORT_NEEDS_KEY, BAD_CURSOR */
export async function readFigurePage(pools: Pools, actor: Actor, query: FigureQuery): Promise<FigurePage> {
  requireReader(actor);
  return withActor(
    pools,
    actor,
    async (tx) => {
      const { filter, catalog } = await toFilter(tx, query);
      const rows = await listFigures(tx, { ...filter, limit: query.limit + 1 });
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return { items: page.map((row) => toFigureView(row, catalog)), next: last ? encodeCursor(last) : null };
    },
    { readOnly: true },
  );
}

/** All figures of a query, page by page, for exports; stops after `most`. */
export async function* readAllFigures(
  tx: Tx,
  query: FigureQuery,
  most: number,
): AsyncGenerator<FigureView[]> {
  const { filter, catalog } = await toFilter(tx, query);
  let after = filter.after;
  for (let sent = 0; sent < most; ) {
    const rows = await listFigures(tx, { ...filter, after, limit: Math.min(2000, most - sent) });
    if (rows.length === 0) return;
    yield rows.map((row) => toFigureView(row, catalog));
    sent += rows.length;
    after = rows.at(-1);
  }
}

/** Refuses a query that cannot be answered. @throws OUT_OF_SCOPE, UNKNOWN_MEASURE, SORT_NEEDS_KEY, BAD_CURSOR */
export async function requireAnswerable(tx: Tx, query: FigureQuery): Promise<void> {
  await toFilter(tx, query);
}

async function toFilter(
  tx: Tx,
  query: FigureQuery,
): Promise<{ filter: FigureFilter; catalog: MeasureCatalog }> {
  const within = scopedRegion(tx.actor, query.region ?? query.within);
  const catalog = await catalogOf(tx);
  const measure = query.measure === undefined ? undefined : catalog.byCode.get(query.measure);
  if (query.measure !== undefined && !measure) throw UNKNOWN_MEASURE();
  const byValue = query.sort === "value" || query.sort === "-value";
  if (byValue && (!measure || query.from === undefined || query.from !== query.to)) throw SORT_NEEDS_KEY();
  const range = subtree(within);
  const county = Math.floor(within / 1_000_000);
  const oneCounty = within % 100_000_000 !== 0;
  const filter: FigureFilter = {
    counties: oneCounty
      ? [county]
      : (await scopeCounties(tx)).filter((code) => contains(within, code * 1_000_000)),
    regionFrom: range.from,
    regionTo: range.to,
    region: query.region,
    measure: measure?.id,
    aspect: query.aspect,
    basis: query.basis,
    from: query.from,
    to: query.to,
    order: query.sort,
    after: query.cursor === undefined ? undefined : decodeCursor(query.cursor),
    limit: query.limit,
  };
  return { filter, catalog };
}

/** The catalogue changes only when a pack is loaded; a few seconds' delay in a second process is harmless. */
let cached: { catalog: MeasureCatalog; at: number } | undefined;
async function catalogOf(tx: Tx): Promise<MeasureCatalog> {
  const now = performance.now();
  if (cached && now - cached.at < 5000) return cached.catalog;
  const catalog = await loadMeasures(tx);
  if (catalog.list.length > 0) cached = { catalog, at: now };
  return catalog;
}

function encodeCursor(row: PageFigure): string {
  return Buffer.from(JSON.stringify([row.period, row.measure, row.region, row.id, row.value])).toString(
    "base64url",
  );
}

function decodeCursor(text: string): FigureCursor {
  try {
    const [period, measure, region, id, value] = JSON.parse(
      Buffer.from(text, "base64url").toString(),
    ) as unknown[];
    const numbers = [measure, region, id].every((part) => Number.isSafeInteger(part));
    const fits = Math.abs(measure as number) < 2 ** 31; // the column is an integer
    const texts = typeof period === "string" && typeof value === "string";
    if (numbers && fits && texts && /^[\dQ-]{4,7}$/.test(period) && /^-?\d+(\.\d+)?$/.test(value)) {
      return { period, measure, region, id, value } as FigureCursor;
    }
  } catch {
    // refused below like any other cursor that we did not make
  }
  throw BAD_CURSOR();
}

/** One figure with its source and the history of its key. @throws FIGURE_NOT_FOUND also for one outside the scope */
export async function readFigure(pools: Pools, actor: Actor, id: number): Promise<FigureDetail> {
  requireReader(actor);
  return withActor(
    pools,
    actor,
    async (tx) => {
      const catalog = await loadMeasures(tx);
      const [figure] = await findFigures(tx, [id]);
      if (!figure) throw FIGURE_NOT_FOUND();
      const [source] = await findSources(tx, [figure]);
      if (!source) throw FIGURE_NOT_FOUND();
      const versions = await listVersions(tx, figure);
      return {
        figure: toFigureView(figure, catalog),
        measure: toMeasureView(catalog.byId.get(figure.measure) as Measure),
        source: toSourceView(source),
        recordedBy: source.recordedByTitle,
        versions: versions.map((version, i) => ({
          ...toFigureView(version, catalog),
          reason: version.reason,
          correctedAt: version.correctedAt,
          current: i === 0,
        })),
      };
    },
    { readOnly: true },
  );
}

export function toFigureView(row: PageFigure, catalog: MeasureCatalog): FigureView {
  const measure = catalog.byId.get(row.measure) as Measure;
  return {
    id: row.id,
    region: {
      code: row.region,
      level: row.regionLevel as FigureView["region"]["level"],
      nameZh: row.regionZh,
      nameEn: row.regionEn,
    },
    subject: row.subject,
    measure: measure.code,
    aspect: row.aspect,
    basis: row.basis,
    period: row.period,
    version: row.version,
    value: row.value,
    unit: figureUnit(row.aspect, measure.unit),
    qualifier: row.qualifier,
    stated: row.stated,
    sourceKind: row.sourceKind,
    source: row.source,
    locator: row.locator,
    recordedAt: row.recordedAt,
  };
}

export function toMeasureView(measure: Measure) {
  return {
    code: measure.code,
    nameZh: measure.nameZh,
    nameEn: measure.nameEn,
    unit: measure.unit,
    displayUnit: measure.displayUnit,
    decimals: measure.decimals,
    kind: measure.kind,
    priceBasis: measure.priceBasis,
    growthPolicy: measure.growthPolicy,
    direction: measure.direction,
    frequency: measure.frequency,
    additive: measure.additive,
    allowsNegative: measure.allowsNegative,
  };
}

export function toSourceView(source: SourceRecord): SourceView {
  return {
    id: source.id,
    kind: source.kind,
    title: source.title,
    fileName: source.fileName,
    sha256: source.sha256,
    rows: source.rows,
    return: source.return,
    recordedAt: source.recordedAt,
    recordedBy: source.recordedByTitle,
  };
}
