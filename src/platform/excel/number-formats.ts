/**
 * What a number looks like in its cell: people copy what they see. A cell that shows 8.3% holds 0.083, one that shows
 * 1.2亿元 may hold 1.2, one that shows a day holds a number of days.
 */
import { attributeOf, walkXml } from "../docx/xml-part.ts";
import type { XmlPart } from "../docx/xml-part.ts";
import { dec } from "../../shared/decimal.ts";
import { shiftPoint } from "../../shared/quantity.ts";
import { sheetKind } from "./workbook-package.ts";

/** scale: it is shown divided by ten to the power of this */
export type NumberFormat =
  | { kind: "number"; suffix: string; scale: number }
  | { kind: "percent" }
  | { kind: "day" };

const PLAIN: NumberFormat = { kind: "number", suffix: "", scale: 0 };
const PERCENT: NumberFormat = { kind: "percent" };
const DAY: NumberFormat = { kind: "day" };

/** Formats that have a number and no code in the file (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 in Chinese Excel). */
function builtIn(id: number): NumberFormat {
  if (id === 9 || id === 10) return PERCENT;
  const isDay = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47);
  return isDay || (id >= 50 && id <= 58) ? DAY : PLAIN;
}

/** The formats of a book's cells, by the number that a cell's `s` gives. */
export function readNumberFormats(styles: XmlPart): NumberFormat[] {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let isInside = false;
  walkXml(styles, {
    open(tag) {
      const kind = sheetKind(tag);
      const id = Number(attributeOf(tag, "numFmtId") ?? 0);
      if (kind === "numFmt") codes.set(id, attributeOf(tag, "formatCode") ?? "");
      if (kind === "cellXfs") isInside = true;
      if (kind !== "xf" || !isInside) return;
      const code = codes.get(id);
      formats.push(code === undefined ? builtIn(id) : readFormatCode(code));
    },
    close(tag) {
      if (sheetKind(tag) === "cellXfs") isInside = false;
    },
  });
  return formats;
}

/**
 * Only the first section, of positive numbers, is looked at. Two things make a number look smaller than it is: commas behind
 * its digits, each a thousand, and a point that is only painted between them. `0!.0,"万元"` shows 12345678 as 1234.6万元.
 */
export function readFormatCode(code: string): NumberFormat {
  let suffix = "";
  let digits = 0;
  let isPoint = false;
  let commas = 0;
  /** digits to the right of a painted point */
  let painted: number | undefined;
  // a quoted text, an escaped character, padding (_x, *x), a condition or colour in brackets, anything else
  for (const [piece] of code.matchAll(/"[^"]*"|[\\!].|[_*].|\[[^\]]*\]|[^]/g)) {
    const text = piece.startsWith('"')
      ? piece.slice(1, -1)
      : /^[\\!]./.test(piece)
        ? piece.slice(1)
        : undefined;
    if (piece === ";") break;
    if (text === "." && digits > 0 && !isPoint) painted = 0;
    else if (text !== undefined) suffix += digits > 0 ? text : "";
    else if (/^\[h+\]|^\[m+\]|^\[s+\]/i.test(piece)) return DAY;
    else if (/^[_*[]/.test(piece)) continue;
    else if (piece === "%") return PERCENT;
    else if (piece === ".") isPoint = true;
    else if (piece === ",") commas++;
    else if (/[0#?]/.test(piece)) {
      digits++;
      // what stands between digits separates thousands
      if (!isPoint) commas = 0;
      if (painted !== undefined && !isPoint) painted++;
    } else if (/[ymdhs]/i.test(piece) && !/^general/i.test(code)) return DAY;
    else if (/\p{Script=Han}/u.test(piece) && digits > 0) suffix += piece;
  }
  return { kind: "number", suffix: suffix.trim(), scale: 3 * commas + (painted ?? 0) };
}

const DIGITS = 15;

/**
 * A number as it stands in the file → as plain decimal text of the fifteen digits that a spreadsheet keeps, so that
 * 0.30000000000000004 is 0.3. Undefined when it is none.
 */
export function tidyNumber(raw: string): string | undefined {
  if (raw.length <= DIGITS && /^-?\d+(?:\.\d+)?$/.test(raw)) return raw;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(raw)) return undefined;
  return dec(raw).toSignificantDigits(DIGITS).toFixed();
}

/** As it is seen: 0.083 in percent is "8.3%", a day is yyyy-mm-dd. */
export function showNumber(raw: string, format: NumberFormat | undefined, isFrom1904: boolean): string {
  const number = tidyNumber(raw);
  if (number === undefined) return raw;
  if (format === undefined) return number;
  if (format.kind === "number")
    return (format.scale === 0 ? number : shiftPoint(number, -format.scale)) + format.suffix;
  if (format.kind === "percent") return `${shiftPoint(number, 2)}%`;
  const at = new Date(
    (isFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)) + Number(number) * 86_400_000,
  );
  return Number.isNaN(at.getTime()) ? number : at.toISOString().slice(0, 10);
}
