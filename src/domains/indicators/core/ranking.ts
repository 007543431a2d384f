/**
 * Rank 位次 within a comparison set. Handbook section 1, ranking: the set, its size, the tie rule (1,1,3) and whether
 * the rank is on value or growth are stored with it. Members without the figure are named, not ranked.
 */
import type { Decimal } from "../../../shared/decimal.ts";
import { type Basis, type Period, sameLastYear } from "../../../shared/period.ts";
import type { RegionCode } from "../../../shared/region-code.ts";
import type { Direction, Measure } from "../../ledger/core/measure.ts";
import type { Missing, Rank, Ref } from "./assessment.ts";
import { mayRecompute, rateOfChange } from "./growth.ts";
import { type FigureFact, figureRef, type Series } from "./series.ts";
import { missing } from "./traced.ts";

export type ComparisonSet = {
  code: string;
  members: readonly RegionCode[];
  /** what the set is ranked on; growth when not said */
  rankBy?: "growth" | "value";
  /** members without the figure still count in "of n" */
  countMissing: boolean;
};

export type Contender = { region: RegionCode; value: Decimal; refs: readonly Ref[] };
export type Placed = Contender & { rank: number; tied: boolean };

/**
 * Best first; equals share the better place and the next place is skipped (1,1,3). Equals stand in the order of
 * their codes, so that the list never depends on the order in which it came.
 */
export function rankContenders(contenders: readonly Contender[], direction: Direction): readonly Placed[] {
  const sign = direction === "down" ? 1 : -1;
  const sorted = [...contenders].sort((a, b) => sign * a.value.cmp(b.value) || a.region - b.region);
  const placed: Placed[] = [];
  for (const [i, contender] of sorted.entries()) {
    const before = placed[i - 1];
    const equalsBefore = before?.value.eq(contender.value) ?? false;
    if (before && equalsBefore) before.tied = true;
    placed.push({ ...contender, rank: before && equalsBefore ? before.rank : i + 1, tied: equalsBefore });
  }
  return placed;
}

/** The facts of the members, by region: current figures of this measure, subject "region". */
export type PeerFigure = FigureFact & { region: RegionCode };

/** The facts of a set, by period and member. */
export type RankingBook = {
  measure: Measure;
  set: ComparisonSet;
  growths: ReadonlyMap<Period, ReadonlyMap<RegionCode, PeerFigure>>;
  values: ReadonlyMap<Period, ReadonlyMap<RegionCode, PeerFigure>>;
};

/** Every member on the same basis: a year-to-date rate is never ranked against that of a month. */
export function makeRankingBook(
  measure: Measure,
  basis: Basis,
  set: ComparisonSet,
  peers: readonly PeerFigure[],
): RankingBook {
  const members = new Set(set.members);
  const growths = new Map<Period, Map<RegionCode, PeerFigure>>();
  const values = new Map<Period, Map<RegionCode, PeerFigure>>();
  for (const figure of peers) {
    if (figure.basis !== basis || !members.has(figure.region)) continue;
    const book = figure.aspect === "growth" ? growths : figure.aspect === "value" ? values : undefined;
    if (!book) continue;
    let page = book.get(figure.period);
    if (!page) book.set(figure.period, (page = new Map()));
    page.set(figure.region, figure);
  }
  return { measure, set, growths, values };
}

/** What a member is ranked on: its value, or its growth by the rule of growthAt. */
function contenderAt(book: RankingBook, p: Period, region: RegionCode): Contender | undefined {
  const value = book.values.get(p)?.get(region);
  if (book.set.rankBy === "value")
    return value && { region, value: value.value, refs: [figureRef(value.id)] };
  const published = book.growths.get(p)?.get(region);
  if (published) return { region, value: published.value, refs: [figureRef(published.id)] };
  if (!value || !mayRecompute(book.measure)) return undefined;
  const before = book.values.get(sameLastYear(p))?.get(region);
  const rate = before && rateOfChange(value.value, before.value);
  return rate && before && { region, value: rate, refs: [figureRef(value.id), figureRef(before.id)] };
}

/** All members of the set in a period: placed, and those without the figure. */
export function rankPeriod(
  book: RankingBook,
  p: Period,
): { placed: readonly Placed[]; missing: RegionCode[] } {
  const contenders: Contender[] = [];
  const absent: RegionCode[] = [];
  for (const region of book.set.members) {
    const contender = contenderAt(book, p, region);
    if (contender) contenders.push(contender);
    else absent.push(region);
  }
  return { placed: rankContenders(contenders, book.measure.direction), missing: absent };
}

/**
 * Place of one member without sorting all: one more than the number of better ones. Undefined where no other member
 * has the figure: who may read only his own number learns no rank from it.
 */
function placeOf(
  book: RankingBook,
  p: Period,
  region: RegionCode,
):
  | { rank: number; of: number; tied: boolean; own: Contender; others: Contender[]; missing: RegionCode[] }
  | undefined {
  const { set, measure } = book;
  const own = contenderAt(book, p, region);
  if (!own || !set.members.includes(region)) return undefined;
  const others: Contender[] = [];
  const absent: RegionCode[] = [];
  let better = 0;
  let equal = 0;
  for (const member of set.members) {
    if (member === region) continue;
    const other = contenderAt(book, p, member);
    if (!other) {
      absent.push(member);
      continue;
    }
    const order = other.value.cmp(own.value);
    if (order === 0) equal++;
    else if (order > 0 !== (measure.direction === "down")) better++;
    others.push(other);
  }
  if (others.length === 0) return undefined;
  const of = set.countMissing ? set.members.length : others.length + 1;
  return { rank: better + 1, of, tied: equal > 0, own, others, missing: absent };
}

/** The rank of one region, beside the one that the prefecture printed. */
export function computeRank(book: RankingBook, p: Period, region: RegionCode, own: Series): Rank | Missing {
  const place = placeOf(book, p, region);
  if (!place) return missing("NOT_RANKED");
  const stated = own.ranks.get(p);
  const ref = stated?.refs[0];
  return {
    rank: place.rank,
    of: place.of,
    set: book.set.code,
    tied: place.tied,
    missing: place.missing,
    by: book.set.rankBy ?? "growth",
    refs: [...place.own.refs, ...place.others.flatMap((x) => x.refs)],
    ...(stated && ref ? { stated: { rank: stated.value.toNumber(), ref } } : {}),
  };
}

/** The ranks of a region in all periods up to this one, oldest first; periods without its figure are left out. */
export function computeRankHistory(
  book: RankingBook,
  upTo: Period,
  region: RegionCode,
): readonly { period: Period; rank: number; of: number }[] {
  const pages = book.set.rankBy === "value" ? [book.values] : [book.values, book.growths];
  const periods = [...new Set(pages.flatMap((page) => [...page.keys()]))];
  const upToNow = periods.filter((p) => p <= upTo && p.length === upTo.length).sort();
  return upToNow.flatMap((p) => {
    const place = placeOf(book, p, region);
    return place ? [{ period: p, rank: place.rank, of: place.of }] : [];
  });
}
