/**
 * What the units of the demonstration filed before August 2016: the forms of the pack, with the figures that the pack has,
 * and made-up ones where it has none. Most come in time, a few late, one is sent back, one amended, two wait for review.
 *
 * A figure of the pack is read, never typed again; what a month brought is the difference of two sums to date.
 */
import type {
  FigureRow,
  FilledRow,
  Pack,
  SyntheticPeriod,
  SyntheticReturn,
  SyntheticStep,
} from "../../pack-schema.ts";
import { departmentRows } from "./department-rows.ts";
import { randomFor } from "./random.ts";
import { openBook } from "./return-book.ts";
import type { Book } from "./return-book.ts";
import { TOWNSHIPS } from "./sizes.ts";
import { apportion } from "./whole-numbers.ts";

type Rows = Record<string, FilledRow>;

const MONTHS = ["2016-05", "2016-06", "2016-07"];
const THIRDS = ["2016-07T2", "2016-07T3"];
const BY_DEPARTMENT = [
  { form: "fai-monthly", unit: "drc" },
  { form: "fiscal-monthly", unit: "finance" },
  { form: "enterprise-monthly", unit: "industry-it" },
] as const;

/** Same pack and seed, same returns. */
export function generateReturns(
  pack: Pack,
  figures: readonly FigureRow[],
  seed: number = pack.seed ?? 1,
): SyntheticPeriod[] {
  const book = openBook(figures);
  const filers = pack.units.filter(({ kind }) => kind === "township" || kind === "zone");
  const filed = (form: string, period: string, unit: string, rows: Rows): SyntheticReturn => ({
    unit,
    course: courseOf(seed, { form, period, unit }, rows),
  });
  const months = MONTHS.flatMap((period): SyntheticPeriod[] => [
    {
      form: "township-economy",
      period,
      returns: filers.map(({ unit, region }) =>
        filed("township-economy", period, unit, { region: economyOf(book, region, period) }),
      ),
    },
    ...BY_DEPARTMENT.map(({ form, unit }) => ({
      form,
      period,
      returns: [filed(form, period, unit, departmentRows(book, pack.region, { form, period, seed }))],
    })),
  ]);
  const thirds = THIRDS.map((period, at): SyntheticPeriod => {
    const progress = reliefOf(at);
    return {
      form: "relief-ten-days",
      period,
      returns: filers.map(({ unit, region }) =>
        filed("relief-ten-days", period, unit, { region: progress.get(region) ?? {} }),
      ),
    };
  });
  return [...months, ...thirds];
}

/** Column of the form → measure of the pack. */
const ECONOMY = {
  iva: "industrial_value_added",
  fai: "fixed_asset_investment",
  retail: "retail_sales",
  budget: "fiscal_revenue_general_budget",
} as const;

/** The growth of revenue is not asked for: anybody can compute it. */
function economyOf(book: Book, region: number, period: string): FilledRow {
  const row: FilledRow = {};
  for (const [name, measure] of Object.entries(ECONOMY)) {
    row[`${name}_month`] = String(book.month(region, measure, period));
    row[`${name}_ytd`] = String(book.toDate(region, measure, period));
    if (name !== "budget") row[`${name}_growth`] = book.growth(region, measure, period);
  }
  return row;
}

/** By the ends of those thirds; August's 530 clues and the 3,500 persons of the year are still ahead. */
const RELIEF = {
  clues_received: [420, 500],
  clues_closed: [12, 31],
  visited: [3900, 5600],
  persons_lifted: [1410, 1630],
  relocated_households: [150, 190],
} as const;
const PERSONS_A_HOUSEHOLD = 3;

/** Split over the townships by their country people, so that the parts add up. */
function reliefOf(at: number): Map<number, FilledRow> {
  const weights = TOWNSHIPS.map(({ ruralPersons }) => ruralPersons);
  const parts = Object.entries(RELIEF).map(
    ([name, totals]) => [name, apportion(totals[at] ?? 0, weights)] as const,
  );
  return new Map(
    TOWNSHIPS.map(({ region }, place) => {
      const row = Object.fromEntries(parts.map(([name, split]) => [name, split[place] ?? 0]));
      const { clues_received = 0, clues_closed = 0, relocated_households = 0 } = row;
      const whole = {
        ...row,
        clues_open: clues_received - clues_closed,
        relocated_persons: relocated_households * PERSONS_A_HOUSEHOLD,
      };
      return [region, Object.fromEntries(Object.entries(whole).map(([name, n]) => [name, String(n)]))];
    }),
  );
}

// ── Courses ──────────────────────────────────────────────────────────────────────────────────────────────────────────

type Key = { form: string; period: string; unit: string };
const nameOf = ({ form, period, unit }: Key): string => `${form} ${period} ${unit}`;

/** Working days after the last day. These two report late as a rule, others by chance. */
const SLOW: ReadonlySet<string> = new Set(["township-209", "township-210"]);
const LATE_IN_HUNDRED = 7;
const WAITING: ReadonlySet<string> = new Set([
  "township-economy 2016-07 township-206",
  "township-economy 2016-07 township-208",
]);
const SENT_BACK = "township-economy 2016-07 township-101";
const AMENDED = "township-economy 2016-06 township-103";

function courseOf(seed: number, key: Key, rows: Rows): SyntheticStep[] {
  const random = randomFor(seed, "returns", nameOf(key));
  const isLate = SLOW.has(key.unit) ? random.int(0, 1) === 1 : random.int(1, 100) <= LATE_IN_HUNDRED;
  const after = isLate ? random.int(1, 4) : random.int(-2, 0);
  const reviewed = Math.max(after, 0) + random.int(1, 2);
  if (WAITING.has(nameOf(key))) return [{ verb: "submit", after, rows }];
  if (nameOf(key) === SENT_BACK) return sentBack(rows);
  const filed: SyntheticStep[] = [
    { verb: "submit", after, rows },
    { verb: "accept", after: reviewed },
  ];
  if (nameOf(key) !== AMENDED) return filed;
  return [
    { verb: "submit", after, rows: misplaced(rows) },
    { verb: "accept", after: reviewed },
    { verb: "amend", after: reviewed + 3, reason: "规模以上工业增加值（本月）小数点错位，予以更正" },
    { verb: "submit", after: reviewed + 3, rows },
    { verb: "accept", after: reviewed + 4 },
  ];
}

/** A growth that was left out, asked for and brought in. */
function sentBack(rows: Rows): SyntheticStep[] {
  const without = { ...rows["region"] };
  delete without["fai_growth"];
  const reason = "请按统计局核定的可比口径补填增速";
  return [
    { verb: "submit", after: -1, rows: { region: without } },
    { verb: "sendBack", after: 0, reason, cells: [{ subject: "region", column: "fai_growth", reason }] },
    { verb: "submit", after: 1, rows },
    { verb: "accept", after: 2 },
  ];
}

/** In a column that enters no ledger, so that not even for a day a wrong figure stands there. */
function misplaced(rows: Rows): Rows {
  const row = rows["region"] ?? {};
  return { region: { ...row, iva_month: `${row["iva_month"]}0` } };
}
