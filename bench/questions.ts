/** The questions asked of the big ledger: what people at four levels really look for, each with what its answer must be. */
import type pg from "pg";
import type { Expectation } from "./check-answer.ts";
import { subtreeOf } from "./check-answer.ts";
import type { LoadRequest } from "./generator.ts";

export const PAGE = 50;
const MEASURES = [
  "gdp",
  "industrial_value_added",
  "fixed_asset_investment",
  "retail_sales",
  "fiscal_revenue_general_budget",
];
const YEARS = [2011, 2012, 2013, 2014, 2015];

/** Kinds of page by name, each a list of questions. */
export type Questions = Record<string, LoadRequest[]>;
export type Places = { county: number; townships: number[]; villages: number[] };

export async function listPlaces(client: pg.Client, county: number): Promise<Places> {
  const { scopeFrom, scopeTo } = subtreeOf(county);
  const { rows } = await client.query<{ code: string; level: string }>(
    "SELECT code, level FROM org.regions WHERE code >= $1 AND code < $2 ORDER BY code",
    [scopeFrom, scopeTo],
  );
  const of = (level: string): number[] =>
    rows.filter((row) => row.level === level).map((row) => Number(row.code));
  // A township with too few villages would not fill a page of one measure and year.
  const townships = of("township").filter(
    (code) => rows.filter((row) => Math.floor(Number(row.code) / 1000) === code / 1000).length >= 10,
  );
  return { county, townships, villages: of("village") };
}

export function pageQuestions(scope: number, places: Places): Questions {
  const expect: Expectation = { kind: "figures", items: PAGE, ...subtreeOf(scope) };
  const ask = (query: Record<string, string | number>): LoadRequest => ({
    path: `/api/v1/figures?${new URLSearchParams({ ...(query as Record<string, string>), limit: String(PAGE) })}`,
    expect,
  });
  const month = (i: number): string => `${2011 + (i % 5)}-${String(1 + (i % 12)).padStart(2, "0")}`;
  // A village has two figures of a measure in a month: its page spans years.
  const years = scope % 1000 === 0 ? 1 : 3;
  const questions: Questions = {
    "measure and years, newest first": MEASURES.flatMap((measure) =>
      YEARS.filter((year) => year + years <= 2016).map((year) =>
        ask({ measure, from: `${year}-01`, to: `${year + years - 1}-12`, sort: "-period" }),
      ),
    ),
    "no filter, newest first": [ask({ sort: "-period" })],
  };
  const { townships } = places;
  if (scope % 1_000_000 === 0) {
    const some = townships.slice(0, 20);
    questions["one township, newest first"] = some.map((within) => ask({ within, sort: "-period" }));
    questions["one township, measure, oldest first"] = some.map((within, i) =>
      ask({ within, measure: MEASURES[i % 5] as string, from: "2012-01", sort: "period" }),
    );
    questions["one village, newest first"] = Array.from({ length: 40 }, (_, i) =>
      ask({ region: places.villages[i * 7] as number, sort: "-period" }),
    );
    questions["measure in one month, by value"] = Array.from({ length: 25 }, (_, i) =>
      ask({
        measure: MEASURES[i % 5] as string,
        from: month(i),
        to: month(i),
        aspect: "value",
        sort: "-value",
      }),
    );
  }
  return questions;
}

/** The same questions, for the page after the first. */
export async function nextPages(
  questions: readonly LoadRequest[],
  get: (path: string) => Promise<string>,
): Promise<LoadRequest[]> {
  const pages: LoadRequest[] = [];
  for (const { path, expect } of questions) {
    const { next } = JSON.parse(await get(path)) as { next: string | null };
    if (next !== null) pages.push({ path: `${path}&cursor=${next}`, expect });
  }
  return pages;
}

/**
 * The same page by the plainest statement there is, as the administrator and without row-level security.
 * @returns ids in order
 */
export async function plainPage(client: pg.Client, path: string, scope: number): Promise<number[]> {
  const query = new URL(path, "http://bench").searchParams;
  const { scopeFrom, scopeTo } = subtreeOf(Number(query.get("region") ?? query.get("within") ?? scope));
  const order: Record<string, string> = {
    period: "f.period, f.measure, f.region, f.id",
    "-period": "f.period DESC, f.measure DESC, f.region DESC, f.id DESC",
    "-value": "f.value DESC, f.id DESC",
  };
  const { rows } = await client.query<{ id: string }>(
    `SELECT f.id FROM ledger.figures f JOIN ledger.measures m ON m.id = f.measure
     WHERE f.region >= $1 AND f.region < $2 AND f.county >= $1 / 1000000 AND f.county <= $2 / 1000000
       AND ($3::text IS NULL OR m.code = $3) AND f.period >= coalesce($4, '') AND f.period <= coalesce($5, '~')
       AND ($6::text IS NULL OR f.aspect = $6)
       AND f.id NOT IN (SELECT superseded FROM ledger.corrections)
     ORDER BY ${order[query.get("sort") ?? ""]} LIMIT ${PAGE}`,
    [scopeFrom, scopeTo, query.get("measure"), query.get("from"), query.get("to"), query.get("aspect")],
  );
  return rows.map((row) => Number(row.id));
}

/** Overviews whose answers nobody has asked for yet, so that each is computed. */
export function overviewQuestions(
  regions: readonly number[],
  periods: readonly string[],
  rows: number,
): LoadRequest[] {
  return periods.flatMap((period) =>
    regions.map(
      (region): LoadRequest => ({
        path: `/api/v1/overview?region=${region}&period=${period}`,
        expect: { kind: "overview", region, rows },
      }),
    ),
  );
}

export function indicatorQuestions(regions: readonly number[], periods: readonly string[]): LoadRequest[] {
  return periods.flatMap((period) =>
    regions.map((region, i): LoadRequest => {
      const measure = MEASURES[i % MEASURES.length] as string;
      return {
        path: `/api/v1/indicators/${measure}?region=${region}&period=${period}`,
        expect: { kind: "indicator", region, measure },
      };
    }),
  );
}
