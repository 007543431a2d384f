/** One number of a row: text and unit as typed → value in the canonical unit, or why not. */
import { findUnit, shiftPoint, type Unit } from "../../../shared/quantity.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import {
  joinUnits,
  parseTypedNumber,
  type Qualifier,
  type TypedNumber,
} from "../../../shared/typed-number.ts";
import { type Aspect, figureUnit } from "./figure.ts";
import type { Measure } from "./measure.ts";
import type { RowField, RowProblem, RowProblemCode } from "./row-problem.ts";

export type CanonicalNumber = {
  /** plain decimal text in the canonical unit */
  value: string;
  qualifier: Qualifier | null;
  /** the text as typed, with its unit */
  stated: string;
};

type Refusal = Result<CanonicalNumber, RowProblem>;

function refuse(code: RowProblemCode, field: RowField, params: Record<string, string>): Refusal {
  return err({ code, field, params });
}

/**
 * A number of an aspect of a measure, as in a correction ("3.4", "亿元") or a row.
 * For growth, rank and completion the unit may be left out.
 */
export function validateNumber(measure: Measure, aspect: Aspect, text: string, unit: string): Refusal {
  const field: RowField = aspect === "growth" ? "growth" : "value";
  const read = parseTypedNumber(text);
  if (!read.ok) return refuse("BAD_NUMBER", field, { text, reason: read.error });
  if (aspect !== "value") return percentOrRank(measure, aspect, read.value, { text, unit, field });
  const number = read.value;
  const isRate = measure.kind === "rate";
  const joined = joinUnits(number.unit, unit.trim() === "" ? null : unit.trim());
  if (!isRate && (number.growthWord || isPercent(number.unit) || isPercent(unit))) {
    return refuse("GROWTH_TYPED_AS_VALUE", "value", { text, unit, measure: measure.code });
  }
  if (joined === undefined) return refuse("WRONG_UNIT", "unit", { text, unit, expected: measure.unit });
  if (joined === null) return refuse("UNIT_MISSING", "unit", { expected: measure.unit });
  const shift = valueShift(measure, joined);
  if (!shift.ok) return shift;
  const value = shiftPoint(number.digits, shift.value);
  const problem = outOfRange(measure, aspect, value);
  if (problem) return refuse(problem, "value", { text });
  const stated = number.unit === null ? `${text.trim()} ${joined}` : text.trim();
  return ok({ value, qualifier: number.qualifier, stated });
}

/** Power of ten from a typed unit to the canonical one. */
export function valueShift(measure: Measure, unit: string): Result<number, RowProblem> {
  const from = findUnit(unit);
  const to = findUnit(measure.unit);
  if (from && to && from.dimension === to.dimension) return ok(from.scale - to.scale);
  const code = from && isGrowthUnit(from) ? "GROWTH_TYPED_AS_VALUE" : "WRONG_UNIT";
  return err({ code, field: "unit", params: { unit, expected: measure.unit, measure: measure.code } });
}

function isGrowthUnit(unit: Unit): boolean {
  return unit.dimension === "percent" || unit.dimension === "percentage-point";
}

function isPercent(text: string | null): boolean {
  const unit = text === null ? undefined : findUnit(text);
  return unit !== undefined && isGrowthUnit(unit);
}

/** Growth of a rate is a difference in points; all other growth and completion is in percent. */
function percentOrRank(
  measure: Measure,
  aspect: Exclude<Aspect, "value">,
  number: TypedNumber,
  typed: { text: string; unit: string; field: RowField },
): Refusal {
  const { text, field } = typed;
  const wanted = figureUnit(aspect, measure.unit);
  const joined = joinUnits(number.unit, typed.unit.trim() === "" ? null : typed.unit.trim());
  if (joined === undefined) return refuse("WRONG_UNIT", field, { text, unit: typed.unit, expected: wanted });
  const unit = findUnit(joined ?? wanted);
  const points = aspect === "growth" && measure.kind === "rate" && unit?.dimension === "percentage-point";
  if (!unit || (unit.dimension !== findUnit(wanted)?.dimension && !points)) {
    return refuse("WRONG_UNIT", field, { text, unit: joined ?? "", expected: wanted });
  }
  const value = shiftPoint(number.digits, unit.scale);
  const problem = outOfRange(measure, aspect, value);
  if (problem) return refuse(problem, field, { text });
  const stated = number.unit === null ? `${text.trim()}${unit.name}` : text.trim();
  return ok({ value, qualifier: number.qualifier, stated });
}

/** What no number of this kind can be. */
export function outOfRange(measure: Measure, aspect: Aspect, value: string): RowProblemCode | undefined {
  const negative = value.charCodeAt(0) === 45;
  if (aspect === "value") return negative && !measure.allowsNegative ? "NEGATIVE_NOT_ALLOWED" : undefined;
  if (aspect === "rank") return /^[1-9]\d{0,4}$/.test(value) ? undefined : "OUT_OF_RANGE";
  if (aspect === "completion")
    return negative && !measure.allowsNegative ? "NEGATIVE_NOT_ALLOWED" : undefined;
  // nothing that stays positive can fall by more than all of it: −573 % is −57.3 % with a lost point
  if (negative && !measure.allowsNegative && measure.kind !== "rate" && beyondHundred(value))
    return "OUT_OF_RANGE";
  return undefined;
}

function beyondHundred(negative: string): boolean {
  return negative.length > 3 && Number(negative) < -100;
}
