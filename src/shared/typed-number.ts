/**
 * Numbers as people type them into a cell: "１２,３４５.６", "− 3.4", "1.2亿", "78.5亿元", "近20万吨", "下降 57.3%".
 *
 * The reader refuses rather than guesses: "1,23" may be 1.23 or 123, "1.5E8" has lost digits, "3.4/8.58" is a sum
 * somebody meant to type elsewhere.
 */
import { shiftPoint } from "./quantity.ts";
import { err, ok, type Result } from "./result.ts";

/** Words that blur a printed number (近、约、左右、以上): kept beside it, never used in arithmetic. */
export const QUALIFIERS = ["about", "near", "over"] as const;
export type Qualifier = (typeof QUALIFIERS)[number];

export type TypedNumber = {
  /** plain decimal text, without separators and superfluous zeros */
  digits: string;
  /** unit as typed after the number, normalised; null when there was none. "1.2亿" has unit "亿" */
  unit: string | null;
  qualifier: Qualifier | null;
  /** a word of growth stood before the number (增长, 下降); the sign is already applied */
  growthWord: boolean;
  /** the number carried an explicit plus */
  plus: boolean;
};

export type NumberProblem =
  | "EMPTY"
  | "NOT_A_NUMBER"
  | "BAD_GROUPING" // a comma that does not separate thousands
  | "EXPONENT" // 1.5E8: digits may be lost already
  | "TOO_LONG"; // more than 18 digits before or 12 after the point

const MAX_WHOLE = 18;
const MAX_FRACTION = 12;

/** Optional minus, digits, optional fraction, in ASCII, within the length limits: the only form that is fast. */
export function isPlainDecimal(text: string): boolean {
  const length = text.length;
  let i = text.charCodeAt(0) === 45 ? 1 : 0;
  const start = i;
  while (i < length && isDigit(text.charCodeAt(i))) i++;
  const whole = i - start;
  if (whole === 0 || whole > MAX_WHOLE) return false;
  if (i === length) return true;
  if (text.charCodeAt(i) !== 46) return false;
  const point = i++;
  while (i < length && isDigit(text.charCodeAt(i))) i++;
  return i === length && i - point > 1 && i - point - 1 <= MAX_FRACTION;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const BEFORE: readonly (readonly [RegExp, Qualifier])[] = [
  [/^(?:大?约|大概|大致)/, "about"],
  [/^(?:接近|将近|近)/, "near"],
  [/^(?:超过|超|逾)/, "over"],
];
const AFTER: readonly (readonly [RegExp, Qualifier])[] = [
  [/(?:左右|上下)$/, "about"],
  [/(?:以上|多)$/, "over"],
];
const SHAPE =
  /^(增长|上升|提高|下降|减少|回落|降低)?([+-])?([\d,]*\d(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(\D*)$/;

/** Reads one cell. */
export function parseTypedNumber(raw: string): Result<TypedNumber, NumberProblem> {
  if (raw.length > 64) return err("TOO_LONG");
  let text = raw
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[−–—﹣]/g, "-");
  if (text === "") return err("EMPTY");
  const found = takeQualifier(text);
  text = found.rest;
  if (text === "持平") return ok({ digits: "0", unit: "%", qualifier: null, growthWord: true, plus: false });
  const match = SHAPE.exec(text);
  if (!match) return err("NOT_A_NUMBER");
  const [, word, sign, digits = "", unit = ""] = match;
  if (/\d[eE][+-]?\d/.test(text)) return err("EXPONENT");
  if (word && sign) return err("NOT_A_NUMBER"); // 下降-3%: up or down?
  const plain = ungroup(digits);
  if (plain === undefined) return err("BAD_GROUPING");
  if (!isPlainDecimal(plain)) return err("TOO_LONG");
  const negative = sign === "-" || /^(?:下降|减少|回落|降低)/.test(word ?? "");
  return ok({
    digits: shiftPoint(negative ? `-${plain}` : plain, 0),
    unit: unit === "" ? null : unit,
    qualifier: found.qualifier,
    growthWord: word !== undefined,
    plus: sign === "+",
  });
}

/** Takes the blurring word off either end. */
function takeQualifier(text: string): { qualifier: Qualifier | null; rest: string } {
  for (const [pattern, qualifier] of [...BEFORE, ...AFTER]) {
    const rest = text.replace(pattern, "");
    if (rest !== text) return { qualifier, rest };
  }
  return { qualifier: null, rest: text };
}

function ungroup(digits: string): string | undefined {
  const padded = digits.startsWith(".") ? `0${digits}` : digits;
  if (!padded.includes(",")) return padded;
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(padded) ? padded.replaceAll(",", "") : undefined;
}

/** 约、近、以上 or about, near, over, as typed in a column of their own. */
export function parseQualifier(raw: string): Result<Qualifier | null, "BAD_QUALIFIER"> {
  const text = raw.trim();
  if (text === "") return ok(null);
  const own = QUALIFIERS.find((q) => q === text);
  if (own) return ok(own);
  for (const [pattern, qualifier] of [...BEFORE, ...AFTER]) {
    if (text.replace(pattern, "") === "") return ok(qualifier);
  }
  return err("BAD_QUALIFIER");
}

/**
 * The unit of a cell whose column has a unit of its own: "78.5亿元" under 亿元 is 亿元, "1.2亿" under 元 or 亿元 is
 * 亿元. Undefined when the two contradict each other.
 */
export function joinUnits(inCell: string | null, ofColumn: string | null): string | null | undefined {
  if (inCell === null) return ofColumn;
  const magnitude = /^[万亿]+$/.test(inCell);
  if (ofColumn === null) return magnitude ? undefined : inCell;
  const column = ofColumn.normalize("NFKC").replace(/\s+/g, "");
  if (inCell === column) return inCell;
  if (!magnitude) return undefined;
  if (column.startsWith(inCell) && !/^[万亿]/.test(column.slice(inCell.length))) return column;
  return /^[千百万亿]/.test(column) && !/^千(?:瓦|克|米)/.test(column) ? undefined : inCell + column;
}
