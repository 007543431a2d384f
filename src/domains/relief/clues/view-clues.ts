/** Clues as people see them: the queue, one clue with both sides, progress by township. */
import type { Tx } from "../../../platform/db/actor.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { levelOf } from "../../../shared/region-code.ts";
import { countWorkingDays } from "../../../shared/working-days.ts";
import { listRegionsByCode } from "../../org/index.ts";
import type { ClueQuery, ClueRow, ClueSummary, ClueView } from "../contract.ts";
import { maskName } from "../core/masks.ts";
import { QUEUES, VERDICTS, verbsFrom } from "../core/clues/clue-loop.ts";
import { computePrecision } from "../core/clues/precision.ts";
import { statusAfter } from "../core/registry/status-after.ts";
import { viewMatches } from "../lookback/view-matches.ts";
import { scopedRegion } from "../../ledger/index.ts";
import { askedRange } from "../region-range.ts";
import { listEvidence } from "./evidence-store.ts";
import { readRulePrecision } from "./precision-store.ts";
import { findNoticeOf } from "./notice-store.ts";
import { CLUE_NOT_FOUND } from "./problems.ts";
import { readRuleBook } from "./rule-book.ts";
import type { RuleBook } from "./rule-book.ts";
import { countClues, findClue, findHouseholdNumber, listClues, listMembers, listSteps } from "./store.ts";
import type { ClueFilter, ListedClue, TownshipCount } from "./store.ts";

/** A region as answers carry it. */
type RegionOf = ClueRow["region"];

export type Page<T> = { items: T[]; cursor: number | null };

/** @throws OUT_OF_SCOPE */
export async function readCluePage(tx: Tx, query: ClueQuery, today: string): Promise<Page<ClueRow>> {
  const offset = query.cursor ?? 0;
  const found = await listClues(tx, toFilter(tx, query, today), { offset, limit: query.limit + 1 });
  const book = await readRuleBook(tx);
  const items = found.slice(0, query.limit).map((clue) => toRow(clue, book, today));
  return { items, cursor: found.length > query.limit ? offset + query.limit : null };
}

export function toFilter(tx: Tx, query: Partial<ClueQuery>, today: string): ClueFilter {
  const { queue, rule, run, notice, isLate } = query;
  const range = askedRange(tx.actor, query.within);
  return { ...range, queue, rule, run, notice, lateOn: isLate === true ? today : undefined };
}

export function toRow(clue: ListedClue, book: RuleBook, today: string): ClueRow {
  const rule = book.find(clue.ruleVersion, clue.rule);
  return {
    id: clue.id,
    region: brief(clue.region, clue.regionZh, clue.regionEn),
    township:
      clue.townshipZh === null
        ? null
        : brief(clue.region - (clue.region % 1000), clue.townshipZh, clue.townshipEn),
    person: clue.person,
    household: clue.household,
    name: clue.name,
    idMask: clue.idMask,
    matter: clue.matter,
    rule: clue.rule,
    ruleZh: rule?.nameZh ?? clue.rule,
    ruleEn: rule?.nameEn ?? clue.rule,
    effect: clue.effect,
    confidential: clue.confidential,
    probability: clue.probability,
    queue: clue.queue,
    step: clue.step,
    since: clue.since,
    dueDay: clue.dueDay,
    workingDaysLeft: countWorkingDays(today, clue.dueDay),
    visitors: clue.visitors ?? [],
    verdict: (clue.verdict ?? null) as ClueRow["verdict"],
  };
}

function brief(code: number, nameZh: string, nameEn: string | null): RegionOf {
  return { code, level: levelOf(code), nameZh, nameEn };
}

export type Looking = { sealer: Sealer; rights: ReadonlySet<string>; today: string };

/** @throws CLUE_NOT_FOUND */
export async function readClue(tx: Tx, id: number, { sealer, rights, today }: Looking): Promise<ClueView> {
  const clue = await findClue(tx, id);
  if (clue === undefined) throw CLUE_NOT_FOUND();
  const { county } = clue;
  const book = await readRuleBook(tx);
  const [matches, steps, files, members, precision, notice, householdNumber] = await Promise.all([
    viewMatches(tx, { clue: id }, sealer),
    listSteps(tx, county, id),
    listEvidence(tx, county, id),
    listMembers(tx, county, clue.household),
    readRulePrecision(tx),
    findNoticeOf(tx, clue),
    findHouseholdNumber(tx, county, clue.household),
  ]);
  const rule = book.find(clue.ruleVersion, clue.rule);
  return {
    ...toRow(clue, book, today),
    basis: rule?.basis ?? "",
    isRebuttable: rule?.isRebuttable ?? true,
    precision: precision.get(clue.rule) ?? computePrecision(0, 0),
    matches: matches.map(({ person: _, clue: __, ...match }) => match),
    steps: verbsFrom("notice", rights).includes("object") ? steps : steps.map(hideObjector),
    files,
    notice,
    may: verbsFrom(clue.queue, rights),
    householdNumber,
    members: members.map(({ lastAction, ...member }) => ({ ...member, status: statusAfter(lastAction) })),
  };
}

/** Who objected is known to those who take objections down, not to whoever visits the village again. */
function hideObjector<T extends { verb: string; detail: Record<string, unknown> }>(step: T): T {
  const { by } = step.detail;
  if (step.verb !== "object" || typeof by !== "string") return step;
  return { ...step, detail: { ...step.detail, by: maskName(by) } };
}

/** Progress of the region, township by township. @throws OUT_OF_SCOPE */
export async function readClueSummary(
  tx: Tx,
  within: number | undefined,
  today: string,
): Promise<ClueSummary> {
  const region = scopedRegion(tx.actor, within);
  const counts = await countClues(tx, askedRange(tx.actor, within), today);
  const codes = [...new Set(counts.map(({ township }) => township))].sort((a, b) => a - b);
  const names = await namesOf(tx, [...codes, region]);
  const nameOf = (code: number): RegionOf => names.get(code) ?? brief(code, String(code), null);
  return {
    region: nameOf(region),
    total: tally(nameOf(region), counts),
    townships: codes.map((code) =>
      tally(
        nameOf(code),
        counts.filter(({ township }) => township === code),
      ),
    ),
  };
}

async function namesOf(tx: Tx, codes: readonly number[]): Promise<Map<number, RegionOf>> {
  return new Map((await listRegionsByCode(tx, codes)).map((region) => [region.code, region]));
}

function tally(region: RegionOf, counts: readonly TownshipCount[]): ClueSummary["total"] {
  const sum = (wanted: (count: TownshipCount) => boolean): number =>
    counts.filter(wanted).reduce((total, { n }) => total + n, 0);
  const queues = Object.fromEntries(QUEUES.map((queue) => [queue, sum((count) => count.queue === queue)]));
  const verdicts = Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, sum((count) => count.verdict === verdict)]),
  );
  return {
    region,
    queues: queues as ClueSummary["total"]["queues"],
    verdicts: verdicts as ClueSummary["total"]["verdicts"],
    total: sum(() => true),
    late: sum(({ late }) => late),
  };
}
