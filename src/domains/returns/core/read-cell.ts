/** One cell as typed → plain decimal text in the column's unit, or why not. */
import { dec } from "../../../shared/decimal.ts";
import { conversionShift, shiftPoint } from "../../../shared/quantity.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { parseTypedNumber } from "../../../shared/typed-number.ts";
import type { NumberProblem } from "../../../shared/typed-number.ts";
import type { Column } from "./form.ts";

export type CellFault =
  | { code: Exclude<NumberProblem, "EMPTY"> }
  | { code: "WRONG_UNIT"; unit: string; expected: string }
  | { code: "NOT_EXACT" }
  | { code: "TOO_MANY_DECIMALS"; most: number }
  | { code: "BELOW_MIN"; min: string; unit: string }
  | { code: "ABOVE_MAX"; max: string; unit: string }
  | { code: "NOT_A_CHOICE"; choices: readonly string[] }
  | { code: "TEXT_TOO_LONG"; most: number };

const MOST_TEXT = 200;
/** What people write into a cell that has nothing. */
const NOTHING = /^(?:[-—–/\\·.…]+|无|空|n\/?a)$/i;

/** @returns null for a cell that is blank */
export function readCell(column: Column, raw: string): Result<string | null, CellFault> {
  const text = raw.normalize("NFKC").trim();
  if (text === "" || (column.kind === "number" && NOTHING.test(text))) return ok(null);
  if (column.kind === "number") return readNumber(column, text);
  if (column.kind === "choice")
    return column.choices.includes(text) ? ok(text) : err({ code: "NOT_A_CHOICE", choices: column.choices });
  return text.length > MOST_TEXT ? err({ code: "TEXT_TOO_LONG", most: MOST_TEXT }) : ok(raw.trim());
}

function readNumber(column: Column, text: string): Result<string | null, CellFault> {
  const read = parseTypedNumber(text);
  if (!read.ok) return read.error === "EMPTY" ? ok(null) : err({ code: read.error });
  const number = read.value;
  if (number.qualifier !== null) return err({ code: "NOT_EXACT" });
  const unit = column.unit ?? "";
  const wrong: Result<string | null, CellFault> = err({
    code: "WRONG_UNIT",
    unit: number.unit ?? "%",
    expected: unit,
  });
  const isGrowth = unit === "%" || unit === "百分点" || unit === "个百分点";
  if (number.growthWord && !isGrowth) return wrong;
  const shift = number.unit === null ? 0 : shiftTo(withBase(number.unit, unit), unit);
  if (shift === undefined) return wrong;
  return withinBounds(column, shiftPoint(number.digits, shift));
}

/** "1.2亿" under 万元 is 1.2 亿元, "3万" is 3 万元: the size is the cell's, what it counts is the column's. */
function withBase(inCell: string, ofColumn: string): string {
  if (!/^[万亿]+$/.test(inCell)) return inCell;
  return inCell + ofColumn.replace(/^[千百万亿]+(?=[^瓦克米])/, "");
}

function shiftTo(from: string, to: string): number | undefined {
  const shift = conversionShift(from, to);
  return shift.ok ? shift.value : undefined;
}

function withinBounds(column: Column, value: string): Result<string | null, CellFault> {
  const unit = column.unit ?? "";
  const decimals = value.includes(".") ? value.length - value.indexOf(".") - 1 : 0;
  if (decimals > column.decimals) return err({ code: "TOO_MANY_DECIMALS", most: column.decimals });
  if (column.min !== null && dec(value).lt(dec(column.min)))
    return err({ code: "BELOW_MIN", min: column.min, unit });
  if (column.max !== null && dec(value).gt(dec(column.max)))
    return err({ code: "ABOVE_MAX", max: column.max, unit });
  return ok(value);
}

/** What is wrong and how to mend it, in both languages. */
export function cellFaultText(column: Column, fault: CellFault): { zh: string; en: string } {
  const { unit } = column;
  const zhUnit = unit === null ? "" : `（${unit}）`;
  const enUnit = unit === null ? "" : ` in ${unit}`;
  switch (fault.code) {
    case "NOT_A_NUMBER":
      return { zh: `不是数字，请填写数字${zhUnit}`, en: `Not a number; fill in a number${enUnit}` };
    case "BAD_GROUPING":
      return {
        zh: "逗号不在千分位上，请检查后重填",
        en: "The comma does not separate thousands; check the number",
      };
    case "EXPONENT":
      return {
        zh: "科学计数法可能已丢失位数，请填写完整数字",
        en: "Scientific notation may have lost digits; fill in the number in full",
      };
    case "TOO_LONG":
      return { zh: "数字过长，请检查单位", en: "The number is too long; check its unit" };
    case "WRONG_UNIT":
      return {
        zh: `单位“${fault.unit}”与本栏“${fault.expected}”不符，请换算后填写`,
        en: `The unit ${fault.unit} does not belong to ${fault.expected}; convert the number`,
      };
    case "NOT_EXACT":
      return {
        zh: "请填写确数，不用“约、近、以上”",
        en: "Fill in the exact number, without about, near or over",
      };
    case "TOO_MANY_DECIMALS":
      return {
        zh: fault.most === 0 ? "本栏填写整数" : `最多 ${fault.most} 位小数`,
        en: fault.most === 0 ? "A whole number is wanted" : `At most ${fault.most} decimals`,
      };
    case "BELOW_MIN":
      return {
        zh: `不得小于 ${fault.min}${fault.unit}`,
        en: `Must not be below ${fault.min} ${fault.unit}`.trim(),
      };
    case "ABOVE_MAX":
      return {
        zh: `不得大于 ${fault.max}${fault.unit}`,
        en: `Must not be above ${fault.max} ${fault.unit}`.trim(),
      };
    case "NOT_A_CHOICE":
      return {
        zh: `只能填写：${fault.choices.join("、")}`,
        en: `One of these only: ${fault.choices.join(", ")}`,
      };
    case "TEXT_TOO_LONG":
      return { zh: `最多 ${fault.most} 个字`, en: `At most ${fault.most} characters` };
  }
}
