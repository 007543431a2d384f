/**
 * The cells of a sheet as they come, with what a reader of returns must know of each: as text, whether a formula made it,
 * whether it is an error. Memory does not grow with the sheet, and other work has its turn between pieces of 64 KB.
 */
import { SaxesParser } from "saxes";
import type { SaxesTagPlain } from "saxes";
import { inflateText } from "./inflate-text.ts";
import { readNumberFormats, showNumber } from "./number-formats.ts";
import type { NumberFormat } from "./number-formats.ts";
import { findEntry, guarded, readWholePart } from "./workbook-package.ts";
import type { SheetEntry, WorkbookPackage } from "./workbook-package.ts";
import { WorkbookError } from "./workbook-error.ts";

export type SheetCell = {
  /** from 0 */
  column: number;
  /** as it is seen; "" for a formula without a result */
  text: string;
  kind: "text" | "number" | "error";
  hasFormula: boolean;
};
export type SheetRow = {
  /** from 1, as the sheet counts */
  line: number;
  /** those that hold something, from left to right */
  cells: SheetCell[];
};

/** What the cells of every sheet of a book refer to. */
export type BookValues = {
  strings: readonly string[];
  formats: readonly NumberFormat[];
  isFrom1904: boolean;
};

const MEGABYTE = 1024 * 1024;
const MOST_STRING_BYTES = 128 * MEGABYTE;
const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767;

/** @throws WorkbookError */
export async function readBookValues(book: WorkbookPackage): Promise<BookValues> {
  const partOf = (type: string): string | undefined =>
    book.relationships.find((relation) => relation.type === type)?.part;
  const styles = guarded(() => readWholePart(book.entries, partOf("styles") ?? "xl/styles.xml"));
  const strings = await readStrings(book, partOf("sharedStrings"));
  const formats = styles === undefined ? [] : guarded(() => readNumberFormats(styles));
  return { strings, formats, isFrom1904: book.isFrom1904 };
}

async function readStrings(book: WorkbookPackage, part: string | undefined): Promise<string[]> {
  const entry = part === undefined ? undefined : findEntry(book.entries, part);
  const strings: string[] = [];
  if (entry === undefined) return strings;
  if (entry.size > MOST_STRING_BYTES) throw new WorkbookError("TOO_LARGE");
  const reading = openTexts();
  const parser = openParser({
    open: ({ name }) => reading.open(localName(name)),
    text: reading.text,
    close: ({ name }) => {
      reading.close(localName(name));
      if (localName(name) === "si") strings.push(reading.take());
    },
  });
  for await (const piece of inflateText(entry)) parser.write(piece);
  parser.close();
  return strings;
}

/** @throws WorkbookError */
export async function* readSheetRows(
  book: WorkbookPackage,
  sheet: SheetEntry,
  values: BookValues,
): AsyncGenerator<SheetRow[]> {
  const entry = findEntry(book.entries, sheet.part);
  if (entry === undefined) throw new WorkbookError("DAMAGED");
  const reading = openRows(values);
  for await (const piece of inflateText(entry)) {
    reading.parser.write(piece);
    const rows = reading.take();
    if (rows.length > 0) yield rows;
  }
  reading.parser.close();
  const rest = reading.take();
  if (rest.length > 0) yield rest;
}

type Opened = {
  column: number;
  type: string;
  style: number;
  hasFormula: boolean;
  /** the file gives one, be it empty */
  hasValue: boolean;
  value: string;
};

function openRows(values: BookValues): { parser: Parser; take: () => SheetRow[] } {
  let rows: SheetRow[] = [];
  let row: SheetRow | undefined;
  let cell: Opened | undefined;
  let line = 0;
  let column = -1;
  let isValue = false;
  const inline = openTexts();

  const open = ({ name, attributes }: SaxesTagPlain): void => {
    const kind = localName(name);
    if (kind === "row") {
      line = numberOr(attributes["r"], line + 1, MOST_ROWS);
      column = -1;
      row = { line, cells: [] };
    } else if (kind === "c" && row !== undefined) {
      column = columnOr(attributes["r"], column + 1);
      cell = {
        column,
        type: attributes["t"] ?? "n",
        style: Number(attributes["s"] ?? 0),
        hasFormula: false,
        hasValue: false,
        value: "",
      };
    } else if (cell !== undefined) {
      if (kind === "f") cell.hasFormula = true;
      if (kind === "v") isValue = cell.hasValue = true;
      inline.open(kind);
    }
  };
  const text = (piece: string): void => {
    if (isValue && cell !== undefined) cell.value += piece;
    else inline.text(piece);
  };
  const close = ({ name }: SaxesTagPlain): void => {
    const kind = localName(name);
    if (kind === "v") isValue = false;
    else if (kind === "c" && cell !== undefined && row !== undefined) {
      if (cell.type === "inlineStr") cell.value = inline.take();
      const read = readValue(cell, values);
      if (read !== undefined) row.cells.push(read);
      cell = undefined;
    } else if (kind === "row" && row !== undefined) {
      if (row.cells.length > 0) rows.push(row);
      row = undefined;
    } else inline.close(kind);
  };
  return {
    parser: openParser({ open, text, close }),
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}

function readValue(
  { column, type, style, hasFormula, hasValue, value }: Opened,
  book: BookValues,
): SheetCell | undefined {
  if (value === "") {
    // =IF(A1="","",…) was computed, and its result is a blank.
    const isComputed = !hasFormula || (hasValue && type === "str");
    return isComputed ? undefined : { column, text: "", kind: "text", hasFormula };
  }
  switch (type) {
    case "s":
      return textCell(column, book.strings[Number(value)] ?? "", hasFormula);
    case "inlineStr":
      return textCell(column, value, hasFormula);
    case "str":
      return textCell(column, decodeEscapes(value), hasFormula);
    case "e":
      return { column, text: value, kind: "error", hasFormula };
    case "b":
      return textCell(column, value === "1" || value === "true" ? "TRUE" : "FALSE", hasFormula);
    default: {
      const text = showNumber(value, book.formats[style], book.isFrom1904);
      return { column, text, kind: "number", hasFormula };
    }
  }
}

function textCell(column: number, text: string, hasFormula: boolean): SheetCell | undefined {
  return text.trim() === ""
    ? undefined
    : { column, text: text.slice(0, MOST_CHARACTERS), kind: "text", hasFormula };
}

/** Gathers the text of t elements, whole or in runs, but not of phonetic hints (rPh). */
function openTexts(): {
  open: (kind: string) => void;
  text: (piece: string) => void;
  close: (kind: string) => void;
  take: () => string;
} {
  let gathered = "";
  let isText = false;
  let isHint = false;
  return {
    open(kind) {
      if (kind === "rPh") isHint = true;
      else if (kind === "t") isText = !isHint;
    },
    text(piece) {
      if (isText) gathered += piece;
    },
    close(kind) {
      if (kind === "rPh") isHint = false;
      else if (kind === "t") isText = false;
    },
    take() {
      const taken = gathered;
      gathered = "";
      return decodeEscapes(taken);
    },
  };
}

type Handlers = {
  open: (tag: SaxesTagPlain) => void;
  text: (piece: string) => void;
  close: (tag: SaxesTagPlain) => void;
};
type Parser = { write: (piece: string) => void; close: () => void };

/** The longest text, attribute or comment, in characters: a cell holds 32,767. The parser keeps it until it has ended. */
const MOST_SILENCE = 2 * MEGABYTE;

function openParser({ open, text, close }: Handlers): Parser {
  const parser = new SaxesParser({ xmlns: false });
  let silence = 0;
  // The parser repeats what stands in the document; a log must not.
  const refuse = (): never => {
    throw new WorkbookError("DAMAGED");
  };
  parser.on("error", refuse);
  parser.on("doctype", refuse);
  parser.on("opentag", (tag) => {
    silence = 0;
    open(tag);
  });
  parser.on("text", text);
  parser.on("cdata", text);
  parser.on("closetag", close);
  return {
    write(piece) {
      silence += piece.length;
      if (silence > MOST_SILENCE) refuse();
      parser.write(piece);
    },
    close() {
      parser.close();
    },
  };
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Characters that XML cannot hold are written _x000D_ (ECMA-376 part 1, 22.9.2.19). */
function decodeEscapes(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function numberOr(text: string | undefined, otherwise: number, most: number): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) throw new WorkbookError("DAMAGED");
  return number;
}

function columnOr(reference: string | undefined, otherwise: number): number {
  const column = reference === undefined ? otherwise : columnIndex(reference);
  if (column < 0 || column >= MOST_COLUMNS) throw new WorkbookError("DAMAGED");
  return column;
}

/** "C7" → 2; −1 when it begins with no letter. */
export function columnIndex(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
}

/** 2 → "C" */
export function columnLetter(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest < 0 ? "" : columnLetter(rest)) + String.fromCharCode(65 + (column % 26));
}
