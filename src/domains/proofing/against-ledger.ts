/**
 * The ledger's side of proofing: what a draft may be compared with, and the comparison. Both read under the acting post,
 * through the front doors of ledger and indicators; what that post may not read is as if it did not exist.
 */
import { withActor } from "../../platform/db/actor.ts";
import type { Actor, Tx } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { parentOf } from "../../shared/region-code.ts";
import {
  assessRegion,
  economyMeasures,
  findRegions,
  listNamedRegions,
  listPeriods,
  REGION_NOT_FOUND,
} from "../indicators/index.ts";
import type { RegionRecord } from "../indicators/index.ts";
import { loadMeasures, requireReader, scopedRegion } from "../ledger/index.ts";
import type { CatalogMeasure } from "../ledger/index.ts";
import type { Claim } from "./core/claim.ts";
import { claimsOfLedger } from "./core/ledger/compare.ts";
import { entryOf, type LedgerEntry } from "./core/ledger/ledger-entry.ts";
import type { LedgerNames, NamedMeasure } from "./core/ledger/ledger-words.ts";
import { namesOfMeasure } from "./core/ledger/measure-names.ts";
import type { RecognisedFigure } from "./core/ledger/recognise.ts";

/** Who compares, and with what: the acting post's region and the newest month when not said. */
export type LedgerDesk = {
  readonly pools: Pools;
  readonly actor: Actor;
  readonly region?: number | undefined;
  readonly period?: string | undefined;
};

export type OpenedLedger = {
  readonly region: RegionRecord;
  /** undefined where the region has no figures */
  readonly names: LedgerNames | undefined;
};

/** @throws FORBIDDEN, OUT_OF_SCOPE, REGION_NOT_FOUND */
export async function openLedger(desk: LedgerDesk): Promise<OpenedLedger> {
  requireReader(desk.actor);
  const region = scopedRegion(desk.actor, desk.region);
  return withActor(desk.pools, desk.actor, (tx) => readNames(tx, region, desk.period), { readOnly: true });
}

async function readNames(tx: Tx, region: number, asked: string | undefined): Promise<OpenedLedger> {
  const above = parentOf(region);
  const [near, named, catalog] = await Promise.all([
    findRegions(tx, above === undefined ? [region] : [region, above]),
    listNamedRegions(tx),
    loadMeasures(tx),
  ]);
  const own = near.find(({ code }) => code === region);
  if (!own) throw REGION_NOT_FOUND();
  const measures = economyMeasures(catalog);
  const ids = measures.map(({ id }) => id);
  const period = asked ?? (await listPeriods(tx, region, ids))[0];
  if (period === undefined) return { region: own, names: undefined };
  const names: LedgerNames = {
    own,
    parent: near.find(({ code }) => code === above),
    others: unmistakable(named.filter(({ code }) => code !== region)),
    measures: measures.map(toNamed),
    period,
  };
  return { region: own, names };
}

/** A name that two regions of the scope share means neither for certain. */
function unmistakable(regions: readonly RegionRecord[]): RegionRecord[] {
  const times = new Map<string, number>();
  for (const { nameZh } of regions) times.set(nameZh, (times.get(nameZh) ?? 0) + 1);
  return regions.filter(({ nameZh }) => times.get(nameZh) === 1);
}

function toNamed({ code, nameZh, nameEn, unit, priceBasis }: CatalogMeasure): NamedMeasure {
  const names = namesOfMeasure(nameZh);
  return { code, nameZh, nameEn, names, unit, isComparable: priceBasis === "comparable" };
}

/** Months of regions that are looked up for one draft; figures of further ones are not compared. */
const mostPages = 36;

export type Recognised = {
  readonly text: string;
  readonly figures: readonly RecognisedFigure[];
  readonly names: LedgerNames;
};

/** The claims of relation "ledger": none for what the ledger does not have. */
export async function compareWithLedger(desk: LedgerDesk, recognised: Recognised): Promise<Claim[]> {
  const { text, figures, names } = recognised;
  if (figures.length === 0) return [];
  const pages = [...new Set(figures.map(pageOf))].slice(0, mostPages);
  const wanted = new Set(figures.map(({ measure }) => measure));
  const entries = await withActor(
    desk.pools,
    desk.actor,
    async (tx) => {
      const measures = economyMeasures(await loadMeasures(tx)).filter(({ code }) => wanted.has(code));
      const found = new Map<string, LedgerEntry>();
      for (const page of pages) await readPage(tx, { page, measures, found });
      return found;
    },
    { readOnly: true },
  );
  return claimsOfLedger({
    text,
    figures,
    measures: names.measures,
    regions: [names.own, ...names.others],
    entryOf: (figure) => entries.get(`${pageOf(figure)} ${figure.measure}`),
  });
}

type Page = { page: string; measures: readonly CatalogMeasure[]; found: Map<string, LedgerEntry> };

async function readPage(tx: Tx, { page, measures, found }: Page): Promise<void> {
  const [region = "", period = ""] = page.split(" ");
  const facts = await assessRegion(tx, { region: Number(region), period, measures, rankMonths: 0 });
  for (const fact of facts) found.set(`${page} ${fact.measure.code}`, entryOf(fact));
}

function pageOf({ region, period }: RecognisedFigure): string {
  return `${region} ${period}`;
}
