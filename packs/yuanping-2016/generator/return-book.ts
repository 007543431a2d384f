/** The figures of the pack as a filer would look them up: sums to date, what a month brought, growth. */
import type { FigureRow } from "../../pack-schema.ts";
import { wholeOf } from "./whole-numbers.ts";

const FACTOR: Record<string, number> = { 亿元: 10_000, 万元: 1 };

type Look = { region: number; subject: string; measure: string; basis: string; period: string };

export type Book = {
  /** 万元, since the new year */
  toDate(region: number, measure: string, period: string): number;
  /** 万元 */
  month(region: number, measure: string, period: string): number;
  /** percent, as reported */
  growth(region: number, measure: string, period: string): string;
  /** as the pack prints it, in units of 1/scale; undefined when the pack does not say */
  stated(look: Look, scale: number): number | undefined;
};

export function openBook(figures: readonly FigureRow[]): Book {
  const keyOf = ({ region, subject, measure, basis, period }: Look): string =>
    `${region} ${subject} ${measure} ${basis} ${period}`;
  const values = new Map(figures.filter((row) => row.value !== null).map((row) => [keyOf(row), row]));
  const growths = new Map(
    figures.filter((row) => row.growth !== null).map((row) => [keyOf(row), row.growth]),
  );
  const running = (region: number, measure: string, period: string): Look => ({
    region,
    subject: "region",
    measure,
    basis: "ytd",
    period,
  });
  const toDate = (region: number, measure: string, period: string): number => {
    const row = values.get(keyOf(running(region, measure, period)));
    const factor = FACTOR[row?.unit ?? ""];
    if (row === undefined || row.value === null || factor === undefined)
      throw new Error(`the pack has no ${measure} of ${region} in ${period}`);
    return wholeOf(row.value, factor);
  };
  return {
    toDate,
    month: (region, measure, period) => {
      const before = monthBefore(period);
      return toDate(region, measure, period) - (before === undefined ? 0 : toDate(region, measure, before));
    },
    growth: (region, measure, period) => {
      const growth = growths.get(keyOf(running(region, measure, period)));
      if (growth === undefined || growth === null)
        throw new Error(`the pack has no growth of ${measure} of ${region} in ${period}`);
      return growth;
    },
    stated: (look, scale) => {
      const text = values.get(keyOf(look))?.value;
      return text === undefined || text === null ? undefined : wholeOf(text, scale);
    },
  };
}

/** Undefined in January: a sum to date begins anew. */
function monthBefore(period: string): string | undefined {
  const month = Number(period.slice(5));
  return month === 1 ? undefined : `${period.slice(0, 5)}${String(month - 1).padStart(2, "0")}`;
}
