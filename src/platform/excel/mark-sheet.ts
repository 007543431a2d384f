/**
 * The XML of a sheet with other styles at some cells, piece by piece: every character that is not changed stays, and memory
 * does not grow with the sheet.
 */
import { crc32, createDeflateRaw } from "node:zlib";
import { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import type { SaxesTagPlain } from "saxes";
import type { ZipEntry } from "../docx/zip-directory.ts";
import { inflateText } from "./inflate-text.ts";
import type { MarkLevel, MarkStyles } from "./mark-styles.ts";
import { columnIndex, columnLetter } from "./sheet-rows.ts";
import { WorkbookError } from "./workbook-error.ts";

export type SheetMarks = {
  /** line from 1 → column from 0 → how bad it is */
  cells: ReadonlyMap<number, ReadonlyMap<number, MarkLevel>>;
  /** undefined: the book has no styles, and no cell is filled */
  styles: MarkStyles | undefined;
  /** the element that makes comments appear, when the sheet has none yet */
  legacyDrawing: string | undefined;
};

/** Elements that come behind legacyDrawing (ECMA-376 part 1, 18.3.1.99). */
const BEHIND = new Set([
  "legacyDrawingHF",
  "drawingHF",
  "picture",
  "oleObjects",
  "controls",
  "webPublishItems",
  "tableParts",
  "extLst",
]);

/** @throws WorkbookError DAMAGED */
export async function markSheet(entry: ZipEntry, marks: SheetMarks): Promise<ZipEntry> {
  const size = { bytes: 0, sum: 0 };
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for await (const text of markText(inflateText(entry), marks)) {
      const bytes = Buffer.from(text);
      size.bytes += bytes.length;
      size.sum = crc32(bytes, size.sum);
      yield bytes;
    }
  };
  const deflated: Buffer[] = [];
  const source = Readable.from(pieces());
  const deflating = createDeflateRaw({ level: 6 });
  source.on("error", (error) => deflating.destroy(error));
  for await (const bytes of source.pipe(deflating)) deflated.push(bytes as Buffer);
  return { ...entry, method: 8, body: Buffer.concat(deflated), size: size.bytes, crc: size.sum };
}

/** The text of a sheet with its marks; the pieces may be cut anywhere. */
export async function* markText(pieces: AsyncIterable<string>, marks: SheetMarks): AsyncGenerator<string> {
  let kept = "";
  /** where `kept` begins, and up to where everything has been decided */
  let base = 0;
  let decided = 0;
  let edits: { from: number; to: number; text: string }[] = [];
  const parser = new SaxesParser({ xmlns: false });
  const refuse = (): never => {
    throw new WorkbookError("DAMAGED");
  };
  parser.on("error", refuse);
  parser.on("doctype", refuse);
  const writer = openMarkWriter(marks, (edit) => edits.push(edit));
  const place = (): { start: number; end: number } => {
    const end = parser.position;
    decided = end;
    return { start: base + kept.lastIndexOf("<", end - base - 1), end };
  };
  parser.on("opentag", (tag) => {
    const { start, end } = place();
    writer.open(tag, start, kept.slice(start - base, end - base));
  });
  parser.on("closetag", (tag) => {
    const { start, end } = place();
    writer.close(tag, start, kept.slice(start - base, end - base));
  });
  const take = (to: number): string => {
    let out = "";
    let at = base;
    for (const edit of edits) {
      out += kept.slice(at - base, edit.from - base) + edit.text;
      at = edit.to;
    }
    out += kept.slice(at - base, to - base);
    kept = kept.slice(to - base);
    base = to;
    edits = [];
    return out;
  };
  for await (const piece of pieces) {
    kept += piece;
    if (kept.length > 4 * 1024 * 1024) refuse();
    parser.write(piece);
    if (decided > base) yield take(decided);
  }
  parser.close();
  yield take(base + kept.length);
}

type Edit = { from: number; to: number; text: string };
type MarkWriter = {
  open: (tag: SaxesTagPlain, start: number, text: string) => void;
  close: (tag: SaxesTagPlain, start: number, text: string) => void;
};
type Due = { column: number; level: MarkLevel };

/** Decides, element by element, what is put where; edits come in the order of the text. */
function openMarkWriter(
  { cells, styles, legacyDrawing }: SheetMarks,
  edit: (edit: Edit) => void,
): MarkWriter {
  const lines = [...cells.keys()].sort((a, b) => a - b);
  let nextLine = 0;
  let depth = 0;
  let isInData = false;
  let isDrawn = legacyDrawing === undefined;
  let prefix = "";
  let line = 0;
  let column = -1;
  let rowStyle: number | undefined;
  let due: Due[] = [];
  const columnStyles: { first: number; last: number; style: number }[] = [];

  const dueIn = (of: number): Due[] =>
    [...(cells.get(of) ?? [])]
      .map(([at, level]) => ({ column: at, level }))
      .sort((a, b) => a.column - b.column);
  const newCells = (of: readonly Due[], at: number): string => of.map((one) => newCell(one, at)).join("");
  const newCell = ({ column: at, level }: Due, of: number): string => {
    const own = rowStyle ?? columnStyles.find(({ first, last }) => at >= first && at <= last)?.style ?? 0;
    const style = styles === undefined ? "" : ` s="${styles.marked(own, level)}"`;
    return `<${prefix}c r="${columnLetter(at)}${of}"${style}/>`;
  };
  const newRowsBefore = (end: number): string => {
    let rows = "";
    for (; (lines[nextLine] ?? end) < end; nextLine++) {
      const at = lines[nextLine] ?? 0;
      rowStyle = undefined;
      rows += `<${prefix}row r="${at}">${newCells(dueIn(at), at)}</${prefix}row>`;
    }
    return rows;
  };
  const insert = (at: number, text: string): void => {
    if (text !== "") edit({ from: at, to: at, text });
  };
  /** Puts elements behind the last child; an element that closes itself is opened for them. */
  const append = (tag: SaxesTagPlain, start: number, text: string, added: string): void => {
    if (added === "") return;
    if (!tag.isSelfClosing) return insert(start, added);
    edit({ from: start, to: start + text.length, text: `${text.slice(0, -2)}>${added}</${tag.name}>` });
  };
  const draw = (at: number): void => {
    if (!isDrawn) insert(at, `<${prefix}legacyDrawing ${legacyDrawing ?? ""}/>`);
    isDrawn = true;
  };

  const openCell = (tag: SaxesTagPlain, start: number, text: string): void => {
    const reference = tag.attributes["r"];
    column = reference === undefined ? column + 1 : columnIndex(reference);
    const before = due.filter((one) => one.column < column);
    due = due.slice(before.length);
    insert(start, newCells(before, line));
    const own = Number(tag.attributes["s"] ?? 0);
    const isDue = due[0]?.column === column;
    const style = isDue ? styles?.marked(own, due[0]?.level ?? "soft") : styles?.unmarked(own);
    if (isDue) due = due.slice(1);
    if (style !== undefined)
      edit({ from: start, to: start + text.length, text: withStyle(tag.name, text, style) });
  };
  const openRow = (tag: SaxesTagPlain, start: number): void => {
    line = tag.attributes["r"] === undefined ? line + 1 : Number(tag.attributes["r"]);
    column = -1;
    insert(start, newRowsBefore(line));
    due = lines[nextLine] === line ? dueIn(line) : [];
    if (due.length > 0) nextLine++;
    const style = Number(tag.attributes["s"] ?? Number.NaN);
    rowStyle = Number.isNaN(style) ? undefined : style;
  };

  return {
    open(tag, start, text) {
      depth++;
      const kind = localName(tag.name);
      if (depth === 1) prefix = tag.name.slice(0, -kind.length);
      if (kind === "sheetData") isInData = true;
      else if (kind === "row" && isInData) openRow(tag, start);
      else if (kind === "c" && isInData) openCell(tag, start, text);
      else if (kind === "col") {
        const [first, last, style] = ["min", "max", "style"].map((name) => Number(tag.attributes[name] ?? 0));
        columnStyles.push({ first: (first ?? 0) - 1, last: (last ?? 0) - 1, style: style ?? 0 });
      } else if (depth === 2 && kind === "legacyDrawing") isDrawn = true;
      else if (depth === 2 && BEHIND.has(kind)) draw(start);
    },
    close(tag, start, text) {
      const kind = localName(tag.name);
      if (kind === "row" && isInData) append(tag, start, text, newCells(due, line));
      else if (kind === "sheetData") {
        append(tag, start, text, newRowsBefore(Number.POSITIVE_INFINITY));
        isInData = false;
      } else if (depth === 1) draw(start);
      depth--;
    },
  };
}

function withStyle(name: string, tag: string, style: number): string {
  const bare = tag.replace(/\ss\s*=\s*(?:"[^"]*"|'[^']*')/, "");
  return `<${name} s="${style}"${bare.slice(name.length + 1)}`;
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}
