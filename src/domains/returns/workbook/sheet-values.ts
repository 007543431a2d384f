/** Values of a return as cells. */
import type { NumberRecord } from "../../../shared/expression.ts";
import type { Column } from "../core/form.ts";

type Value = string | number | null;

const MOST_DIGITS = 15;

/** A spreadsheet keeps fifteen digits of a number; what has more goes in as text, which keeps them all. */
export function cellValue(column: Column, text: string | undefined): Value {
  if (text === undefined) return null;
  return column.kind === "number" && countDigits(text) <= MOST_DIGITS ? Number(text) : text;
}

export function comparisonValue(column: Column, numbers: NumberRecord | undefined): Value {
  return cellValue(column, numbers?.get(column.code)?.toFixed());
}

function countDigits(text: string): number {
  const digits = text.replace(/[-.]/g, "").replace(/^0+/, "");
  return text.includes(".") ? digits.length : digits.replace(/0+$/, "").length;
}
