/**
 * The facts about one measure of one region, ready to be asked by period.
 *
 * Words:
 * - fact: a figure as derivations see it: value and ref
 * - basis of an assessment: the one its period and measure call for. Months are year-to-date for flows and
 *   averages, points in time for stocks; quarters and years stand for themselves
 */
import type { Decimal } from "../../../shared/decimal.ts";
import { type Basis, formOf, monthOf, type Period, yearOf } from "../../../shared/period.ts";
import type { Figure } from "../../ledger/core/figure.ts";
import type { Measure } from "../../ledger/core/measure.ts";
import type { Ref, Traced } from "./assessment.ts";

/** What a derivation needs of a figure; the rest of Figure may be left out. */
export type FigureFact = Pick<Figure, "id" | "aspect" | "basis" | "period" | "value"> & {
  stated?: string | null;
};

export type Fact = Traced & { stated: string | null };

/** 不可比因素: an amount that fell into one month and does not come again; positive swelled the month. */
export type OneOff = { id: number; period: Period; amount: Decimal };

export type Series = {
  measure: Measure;
  basis: Basis;
  values: ReadonlyMap<Period, Fact>;
  growths: ReadonlyMap<Period, Fact>;
  /** values of the month itself, where they are collected beside the year-to-date ones */
  months: ReadonlyMap<Period, Fact>;
  /** values of whole years, where they are collected beside the year-to-date ones */
  years: ReadonlyMap<Period, Fact>;
  /** ranks as printed */
  ranks: ReadonlyMap<Period, Fact>;
  oneOffs: readonly OneOff[];
};

export function figureRef(id: number): Ref {
  return `f${id}`;
}

function basesFor(measure: Measure, p: Period): readonly Basis[] {
  const form = formOf(p);
  if (measure.kind === "stock") return ["point"];
  if (form === "ten-days") return measure.kind === "flow" ? ["ytd"] : ["point"];
  if (form !== "month") return measure.kind === "flow" ? [form] : [form, "point"];
  return measure.kind === "flow" ? ["ytd"] : ["ytd", "month", "point"];
}

/** The basis that period and measure call for, among those that the figures have. */
export function chooseBasis(measure: Measure, at: Period, figures: readonly FigureFact[]): Basis {
  const candidates = basesFor(measure, at);
  if (candidates.length === 1) return candidates[0] ?? "ytd";
  const present = new Set(figures.map((f) => f.basis));
  return candidates.find((b) => present.has(b)) ?? candidates[0] ?? "ytd";
}

/** Figures of one region, one measure, one subject; the newest version of each only. */
export function makeSeries(
  measure: Measure,
  basis: Basis,
  figures: readonly FigureFact[],
  oneOffs: readonly OneOff[] = [],
): Series {
  const values = new Map<Period, Fact>();
  const growths = new Map<Period, Fact>();
  const months = new Map<Period, Fact>();
  const years = new Map<Period, Fact>();
  const ranks = new Map<Period, Fact>();
  for (const figure of figures) {
    const fact: Fact = { value: figure.value, refs: [figureRef(figure.id)], stated: figure.stated ?? null };
    if (figure.aspect === "value") {
      if (figure.basis === basis) values.set(figure.period, fact);
      else if (figure.basis === "month") months.set(figure.period, fact);
      else if (figure.basis === "year") years.set(figure.period, fact);
    } else if (figure.basis === basis) {
      if (figure.aspect === "growth") growths.set(figure.period, fact);
      else if (figure.aspect === "rank") ranks.set(figure.period, fact);
    }
  }
  return { measure, basis, values, growths, months, years, ranks, oneOffs };
}

/** Whether a number of this series counts from the beginning of the year, so that a share of the year has sense. */
export function isCumulative(series: Series): boolean {
  return series.measure.kind === "flow" && (series.basis === "ytd" || series.basis === "year");
}

/** The one-offs that lie inside a year-to-date (or whole-year) number of this period. */
export function oneOffsWithin(series: Series, p: Period): readonly OneOff[] {
  if (series.oneOffs.length === 0) return series.oneOffs;
  const upTo = monthOf(p) ?? 12;
  return series.oneOffs.filter((o) => yearOf(o.period) === yearOf(p) && (monthOf(o.period) ?? 12) <= upTo);
}

export function oneOffRefs(oneOffs: readonly OneOff[]): readonly Ref[] {
  return oneOffs.map((o): Ref => `o${o.id}`);
}
