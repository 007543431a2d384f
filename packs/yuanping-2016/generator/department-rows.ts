/**
 * What the departments filed. Sums to date are the pack's; how they are composed, and the enterprises beside the one of
 * which the speech has figures, are made up.
 */
import type { FilledRow } from "../../pack-schema.ts";
import type { Book } from "./return-book.ts";
import { randomFor } from "./random.ts";
import { apportion, ratio } from "./whole-numbers.ts";

type Rows = Record<string, FilledRow>;
type Wanted = { form: "fai-monthly" | "fiscal-monthly" | "enterprise-monthly"; period: string; seed: number };

const JULY = "2016-07";

export function departmentRows(book: Book, region: number, { form, period, seed }: Wanted): Rows {
  if (form === "fai-monthly") return { region: investmentOf(book, region, period) };
  if (form === "fiscal-monthly") return { region: revenueOf(book, region, period) };
  return enterprisesOf(book, region, { period, seed });
}

const texts = (numbers: Record<string, number>): FilledRow =>
  Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, String(n)]));

/** Parts of a hundred: construction, installation, equipment, other; state budget, loans, own, other funds. */
const COMPOSITION = [63, 7, 21, 9];
const FUNDS = [11, 14, 66, 9];

/** The plan and what is left of it are the library's of July; what is built since the start follows from both. */
function investmentOf(book: Book, region: number, period: string): FilledRow {
  const measure = "fixed_asset_investment";
  const ytd = book.toDate(region, measure, period);
  const library = (name: string): number =>
    book.stated({ region, subject: "region", measure: name, basis: "point", period: JULY }, 10_000) ?? 0;
  const planned = library("library_planned_investment");
  const built = planned - library("library_remaining_investment");
  const [c_construction = 0, c_installation = 0, c_equipment = 0, c_other = 0] = apportion(ytd, COMPOSITION);
  const funds = ratio(ytd, 104, 100);
  const [f_state = 0, f_loans = 0, f_own = 0, f_rest = 0] = apportion(funds, FUNDS);
  return texts({
    planned,
    since_start: built - (book.toDate(region, measure, JULY) - ytd),
    ytd,
    month: book.month(region, measure, period),
    c_construction,
    c_installation,
    c_equipment,
    c_other,
    funds,
    f_state,
    f_loans,
    f_bonds: 0,
    f_foreign: 0,
    f_own,
    f_rest,
  });
}

const TAX_IN_HUNDRED = 71;

function revenueOf(book: Book, region: number, period: string): FilledRow {
  const [total, budget] = ["fiscal_revenue_total", "fiscal_revenue_general_budget"];
  const budget_ytd = book.toDate(region, budget, period);
  const tax_ytd = ratio(budget_ytd, TAX_IN_HUNDRED, 100);
  return texts({
    total_month: book.month(region, total, period),
    total_ytd: book.toDate(region, total, period),
    budget_month: book.month(region, budget, period),
    budget_ytd,
    tax_ytd,
    nontax_ytd: budget_ytd - tax_ytd,
  });
}

/**
 * `output`: of the county's output by July, so many in a hundred are this enterprise's. Stock at the ends of January to July in
 * hundredths of 万吨, prices in yuan: where the pack has the product's own, that is taken.
 */
const ENTERPRISES = [
  {
    code: "spic-alumina",
    product: "product:alumina",
    output: 100,
    stock: [1120, 1260, 1390, 1530, 1680, 1840, 2000],
    prices: [1580, 1610, 1690, 1760, 1800, 1745, 1691],
    idle: "",
  },
  {
    code: "xuangang-coal",
    product: "product:coal",
    output: 42,
    stock: [910, 880, 1010, 1140, 1090, 1020, 960],
    prices: [126, 125, 128, 131, 134, 138, 157],
    idle: "",
  },
  {
    code: "demo-iron",
    product: "product:iron_concentrate",
    output: 35,
    stock: [96, 104, 118, 131, 127, 135, 142],
    prices: [318, 315, 322, 341, 336, 344, 350],
    idle: "市场",
  },
] as const;

function enterprisesOf(book: Book, region: number, { period, seed }: Omit<Wanted, "form">): Rows {
  const at = Number(period.slice(5)) - 1;
  const rows = ENTERPRISES.map(({ code, product, output, stock, prices, idle }): [string, FilledRow] => {
    const look = { region, subject: product, period: JULY };
    const whole = book.stated({ ...look, measure: "product_output", basis: "ytd" }, 100) ?? 0;
    const random = randomFor(seed, "returns", "output", code);
    const weights = stock.map(() => random.int(94, 106));
    const months = apportion(ratio(whole, output, 100), weights);
    const month = months[at] ?? 0;
    const inventory = stock[at] ?? 0;
    const price = book.stated({ ...look, period, measure: "product_price", basis: "month" }, 1);
    const row: FilledRow = {
      output_month: hundredths(month),
      output_ytd: hundredths(months.slice(0, at + 1).reduce((sum, one) => sum + one, 0)),
      sales_month: hundredths((stock[at - 1] ?? 0) + month - inventory),
      inventory: hundredths(inventory),
      price: String(price ?? prices[at] ?? 0),
      state: idle === "" ? "正常" : "半停产",
    };
    return [code, idle === "" ? row : { ...row, reason: idle }];
  });
  return Object.fromEntries(rows);
}

/** 1234 → "12.34" */
const hundredths = (n: number): string => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, "0")}`;
