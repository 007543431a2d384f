/**
 * A figure 数据: one number of one measure, of one region or something in it, for one period, with its source.
 *
 * Words:
 * - subject: "region" for the region itself, else what in the region: "product:alumina", "project:17"
 * - aspect: "value" in the canonical unit; "growth" 同比 in percent as published; "rank" and "completion" are
 *   figures as printed, kept only to be compared with what we derive
 * - version: 1, and one more for each correction; the highest is current
 * - qualifier: the printed number was blurred (约, 近, 以上)
 */
import type { Decimal } from "../../../shared/decimal.ts";
import type { Basis, Period } from "../../../shared/period.ts";
import type { RegionCode } from "../../../shared/region-code.ts";
import type { Qualifier } from "../../../shared/typed-number.ts";

export type { Basis } from "../../../shared/period.ts";
export type { Qualifier } from "../../../shared/typed-number.ts";

export const ASPECTS = ["value", "growth", "rank", "completion"] as const;
export type Aspect = (typeof ASPECTS)[number];

/** Subject of the figures about the region itself. */
export const REGION_SUBJECT = "region";

export type FigureKey = {
  region: RegionCode;
  subject: string;
  /** code of the measure */
  measure: string;
  aspect: Aspect;
  basis: Basis;
  period: Period;
};

export type Figure = FigureKey & {
  id: number;
  version: number;
  /** canonical unit of the measure; growth and completion in percent */
  value: Decimal;
  qualifier: Qualifier | null;
  /** the text as it stood in the source */
  stated: string | null;
};

/** A checked figure that is not in the ledger yet. The value is plain decimal text: it goes to SQL as it is. */
export type FigureDraft = FigureKey & {
  value: string;
  qualifier: Qualifier | null;
  stated: string | null;
};

/** One text for a key: the same key twice in one file is an error. */
export function figureKeyText(key: FigureKey): string {
  return `${key.region}|${key.subject}|${key.measure}|${key.aspect}|${key.basis}|${key.period}`;
}

/** The unit of a figure: the measure's for a value, percent for growth and completion, 位 for a rank. */
export function figureUnit(aspect: Aspect, measureUnit: string): string {
  if (aspect === "value") return measureUnit;
  return aspect === "rank" ? "位" : "%";
}
