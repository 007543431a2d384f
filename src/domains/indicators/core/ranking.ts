/**
 * Rank 位次 within a comparison set. Handbook section 1, ranking: the set, its size, the tie rule (1,1,3) and whether
 * the rank is on value or growth are stored with it. Members without the figure are named, not ranked.
 */
import type { Decimal } from "../../../shared/decimal.ts";
import { type Basis, comparePeriods, type Period } from "../../../shared/period.ts";
import type { RegionCode } from "../../../shared/region-code.ts";
import type { Direction, Measure } from "../../ledger/core/measure.ts";
import type { Missing, Rank, Ref } from "./assessment.ts";
import { growthAt } from "./growth.ts";
import { type FigureFact, makeSeries, type Series } from "./series.ts";
import { isMissing, missing } from "./traced.ts";

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

export type RankingBook = {
  measure: Measure;
  set: ComparisonSet;
  series: ReadonlyMap<RegionCode, Series>;
};

/** Every member on the same basis: a year-to-date rate is never ranked against that of a month. */
export function makeRankingBook(
  measure: Measure,
  basis: Basis,
  set: ComparisonSet,
  peers: readonly PeerFigure[],
): RankingBook {
  const byRegion = new Map<RegionCode, PeerFigure[]>(set.members.map((region) => [region, []]));
  for (const figure of peers) byRegion.get(figure.region)?.push(figure);
  const series = new Map<RegionCode, Series>();
  for (const [region, figures] of byRegion) series.set(region, makeSeries(measure, basis, figures));
  return { measure, set, series };
}

/** All members of the set in a period: placed, and those without the figure. */
export function rankPeriod(
  book: RankingBook,
  p: Period,
): { placed: readonly Placed[]; missing: RegionCode[] } {
  const contenders: Contender[] = [];
  const absent: RegionCode[] = [];
  for (const region of book.set.members) {
    const series = book.series.get(region);
    const found = series && (book.set.rankBy === "value" ? series.values.get(p) : growthAt(series, p));
    if (found && !isMissing(found)) contenders.push({ region, value: found.value, refs: found.refs });
    else absent.push(region);
  }
  return { placed: rankContenders(contenders, book.measure.direction), missing: absent };
}

/** The rank of one region, beside the one that the prefecture printed. */
export function computeRank(book: RankingBook, p: Period, region: RegionCode, own: Series): Rank | Missing {
  const ranking = rankPeriod(book, p);
  const place = ranking.placed.find((x) => x.region === region);
  if (!place) return missing("NOT_RANKED");
  const stated = own.ranks.get(p);
  const ref = stated?.refs[0];
  return {
    rank: place.rank,
    of: book.set.countMissing ? book.set.members.length : ranking.placed.length,
    set: book.set.code,
    tied: place.tied,
    missing: ranking.missing,
    by: book.set.rankBy ?? "growth",
    refs: [...new Set([...place.refs, ...ranking.placed.flatMap((x) => x.refs)])],
    ...(stated && ref ? { stated: { rank: stated.value.toNumber(), ref } } : {}),
  };
}

/** The ranks of a region in all periods up to this one, oldest first; periods without its figure are left out. */
export function computeRankHistory(
  book: RankingBook,
  upTo: Period,
  region: RegionCode,
): readonly { period: Period; rank: number; of: number }[] {
  const own = book.series.get(region);
  if (!own) return [];
  const facts = book.set.rankBy === "value" ? [own.values] : [own.values, own.growths];
  const periods = [...new Set(facts.flatMap((map) => [...map.keys()]))]
    .filter((p) => p <= upTo)
    .sort(comparePeriods);
  return periods.flatMap((p) => {
    const ranking = rankPeriod(book, p);
    const place = ranking.placed.find((x) => x.region === region);
    if (!place) return [];
    return [
      {
        period: p,
        rank: place.rank,
        of: book.set.countMissing ? book.set.members.length : ranking.placed.length,
      },
    ];
  });
}
