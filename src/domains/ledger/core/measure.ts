/**
 * What can be measured: an indicator with its unit and the conventions that decide what may be computed from it.
 *
 * Words:
 * - canonical unit: the unit in which values are stored (money: 万元); display unit: the one people read (亿元)
 * - comparable prices 可比价: the published growth is in constant prices and cannot be had from two values
 * - growth policy "reported": the published growth stands and is never recomputed (handbook section 1, the table
 *   "which growth rates may be recomputed from values"); "recomputable": two values give it
 */
import type { Decimal } from "../../../shared/decimal.ts";
import { conversionShift } from "../../../shared/quantity.ts";

export type MeasureKind = "flow" | "stock" | "rate" | "average";
export type PriceBasis = "nominal" | "comparable" | "none";
export type GrowthPolicy = "reported" | "recomputable";
export type Direction = "up" | "down" | "neutral";
export type Frequency = "monthly" | "quarterly" | "yearly";

export type Measure = {
  code: string;
  nameZh: string;
  nameEn: string;
  /** canonical unit */
  unit: string;
  displayUnit: string;
  /** decimals shown in the display unit */
  decimals: number;
  kind: MeasureKind;
  priceBasis: PriceBasis;
  growthPolicy: GrowthPolicy;
  /** which way is better */
  direction: Direction;
  frequency: Frequency;
  /** the values of the parts add up to the whole */
  additive: boolean;
  allowsNegative: boolean;
};

/** Why a measure of a pack cannot be used; empty when it can. Checked once, when the pack is loaded. */
export function measureProblems(measure: Measure): readonly string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9_]*$/.test(measure.code)) problems.push("code must be snake_case");
  const shift = conversionShift(measure.unit, measure.displayUnit);
  if (!shift.ok) problems.push(`${measure.unit} does not convert to ${measure.displayUnit}`);
  if (!Number.isInteger(measure.decimals) || measure.decimals < 0 || measure.decimals > 6) {
    problems.push("decimals must be a whole number from 0 to 6");
  }
  if (measure.priceBasis === "comparable" && measure.growthPolicy === "recomputable") {
    problems.push("growth at comparable prices is never recomputed");
  }
  if (measure.additive && (measure.kind === "rate" || measure.kind === "average")) {
    problems.push("rates and averages do not add up");
  }
  return problems;
}

/** A value in the canonical unit, in the unit people read. Exact. */
export function toDisplayUnit(measure: Measure, value: Decimal): Decimal {
  const shift = conversionShift(measure.unit, measure.displayUnit);
  if (!shift.ok) throw new Error(`measure ${measure.code}: ${measure.unit} does not convert`);
  return shift.value === 0 ? value : value.times(`1e${shift.value}`);
}
