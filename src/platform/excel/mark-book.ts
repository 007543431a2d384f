/**
 * The same workbook with marked cells: a fill, a comment, and a sheet that lists the marks. Parts that have to change are
 * changed by splices; all others stay byte for byte.
 */
import { makeZipEntry, writeZip } from "../docx/deterministic-zip.ts";
import type { ZipEntry } from "../docx/zip-directory.ts";
import { appendToRoot, applyEdits, attributeOf, encodeXml, walkXml, xmlText } from "../docx/xml-part.ts";
import type { XmlPart } from "../docx/xml-part.ts";
import { lastBlock, markComments, markDrawing, NEW_COMMENTS, NEW_DRAWING } from "./mark-comments.ts";
import type { CommentSigns } from "./mark-comments.ts";
import { markSheet } from "./mark-sheet.ts";
import { openMarkStyles } from "./mark-styles.ts";
import type { MarkLevel } from "./mark-styles.ts";
import { columnIndex, columnLetter } from "./sheet-rows.ts";
import {
  asWorkbookError,
  findEntry,
  openWorkbookPackage,
  readRelationships,
  readWholePart,
  relationshipsPartOf,
  sheetKind,
} from "./workbook-package.ts";
import type { SheetEntry, WorkbookPackage } from "./workbook-package.ts";

export type CellMark = { sheet: string /** C7 */; cell: string; level: MarkLevel; text: string };
export type BookMarks = {
  cells: readonly CellMark[];
  /** signs the comments; comments that it has signed before are replaced */
  author: string;
  /** what the words of a mark look like, or of several at one cell: programs that save the book may forget its author */
  own: RegExp;
  /** a sheet behind all others; one of the same name is replaced */
  list: { name: string; widths: readonly number[]; rows: readonly (readonly string[])[] };
};

const RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing";
const TYPES = "[Content_Types].xml";
const REFERENCE = /^[A-Z]{1,3}[1-9]\d{0,6}$/;

/** @throws WorkbookError */
export async function markBook(bytes: Buffer, marks: BookMarks): Promise<Buffer> {
  try {
    return await mark(openWorkbookPackage(bytes), marks);
  } catch (error) {
    throw asWorkbookError(error);
  }
}

/** The parts of a package, with those that were changed so far. */
type Draft = {
  book: WorkbookPackage;
  changed: Map<string, ZipEntry>;
  read: (name: string) => XmlPart | undefined;
  write: (part: XmlPart) => void;
  /** a name that no part has: xl/comments1.xml, 2, … */
  freeName: (before: string, after: string) => string;
};

function openDraft(book: WorkbookPackage): Draft {
  const changed = new Map<string, ZipEntry>();
  const current = (): ZipEntry[] => [
    ...book.entries.filter(({ name }) => !changed.has(name)),
    ...changed.values(),
  ];
  return {
    book,
    changed,
    read: (name) => readWholePart(current(), name),
    write: (part) => void changed.set(part.name, makeZipEntry(part.name, encodeXml(part))),
    freeName(before, after) {
      let n = 1;
      while (findEntry(current(), `${before}${n}${after}`) !== undefined) n++;
      return `${before}${n}${after}`;
    },
  };
}

async function mark(book: WorkbookPackage, marks: BookMarks): Promise<Buffer> {
  const draft = openDraft(book);
  const stylesName = book.relationships.find(({ type }) => type === "styles")?.part;
  const stylesPart = stylesName === undefined ? undefined : draft.read(stylesName);
  const styles = stylesPart && openMarkStyles(stylesPart);
  for (const sheet of book.sheets) {
    const own = marks.cells.filter(({ sheet: name, cell }) => name === sheet.name && REFERENCE.test(cell));
    const entry = findEntry(book.entries, sheet.part);
    const hasComments = readRelationships(book.entries, sheet.part).some(({ type }) => type === "comments");
    if (entry === undefined || sheet.name === marks.list.name || (own.length === 0 && !hasComments)) continue;
    const legacyDrawing = commentCells(draft, sheet, own, marks);
    if (legacyDrawing === "unchanged") continue;
    const cells = new Map<number, Map<number, MarkLevel>>();
    for (const { cell, level } of own) setLevel(cells, cell, level);
    draft.changed.set(entry.name, await markSheet(entry, { cells, styles, legacyDrawing }));
  }
  if (styles !== undefined) draft.write(styles.part());
  listMarks(draft, marks.list);
  const kept = book.entries.map((entry) => draft.changed.get(entry.name) ?? entry);
  const names = new Set(book.entries.map(({ name }) => name));
  const added = [...draft.changed.values()].filter(({ name }) => !names.has(name));
  return Buffer.from(writeZip([...kept, ...added]));
}

/** Of several marks at a cell the hardest colours it. */
function setLevel(cells: Map<number, Map<number, MarkLevel>>, ref: string, level: MarkLevel): void {
  const line = Number(ref.replace(/^[A-Z]+/, ""));
  const row = cells.get(line) ?? new Map<number, MarkLevel>();
  const column = columnIndex(ref);
  row.set(column, row.get(column) === "hard" ? "hard" : level);
  cells.set(line, row);
}

/** @returns the attribute of the drawing that the sheet must name, undefined when it names one already */
function commentCells(
  draft: Draft,
  sheet: SheetEntry,
  marks: readonly CellMark[],
  signs: CommentSigns,
): string | undefined {
  const texts = new Map<string, string>();
  for (const { cell, text } of marks)
    texts.set(cell, texts.has(cell) ? `${texts.get(cell) ?? ""}\n\n${text}` : text);
  const relations = readRelationships(draft.book.entries, sheet.part);
  const known = (type: string): string | undefined =>
    relations.find((relation) => relation.type === type)?.part;
  const commentsName = known("comments");
  const drawingName = known("vmlDrawing");
  const before = commentsName === undefined ? undefined : draft.read(commentsName);
  const comments = before ?? newPart(draft.freeName("xl/comments", ".xml"), NEW_COMMENTS);
  const { part, gone, added } = markComments(comments, texts, signs);
  if (texts.size === 0 && gone.length === 0) return "unchanged";
  draft.write(part);
  if (before === undefined) {
    addType(draft, `<Override PartName="/${part.name}" ContentType="${COMMENTS_TYPE}"/>`);
    relate(draft, sheet.part, "comments", part.name);
  }
  const drawing = drawingName === undefined ? undefined : draft.read(drawingName);
  const drawn = drawing ?? newPart(draft.freeName("xl/drawings/vmlDrawing", ".vml"), NEW_DRAWING);
  const text = markDrawing(drawn.text, { gone, added }, freeBlock(draft));
  draft.write({ ...drawn, text });
  if (drawing !== undefined) return undefined;
  addType(draft, `<Default Extension="vml" ContentType="${DRAWING_TYPE}"/>`);
  const id = relate(draft, sheet.part, "vmlDrawing", drawn.name);
  return `xmlns:r="${RELATIONSHIPS}" r:id="${id}"`;
}

function freeBlock({ book, changed }: Draft): number {
  const entries = [...book.entries.filter(({ name }) => !changed.has(name)), ...changed.values()];
  const drawings = entries.filter(({ name }) => /\.vml$/i.test(name));
  return 1 + Math.max(0, ...drawings.map(({ name }) => lastBlock(readWholePart(entries, name)?.text ?? "")));
}

const newPart = (name: string, text: string): XmlPart => ({ name, text, encoding: "utf-8" });

function addType(draft: Draft, element: string): void {
  const types = draft.read(TYPES);
  if (types === undefined) return;
  const extension = /Extension="(\w+)"/.exec(element)?.[1];
  let isThere = false;
  const root = walkXml(types, {
    open(tag) {
      if (extension !== undefined && attributeOf(tag, "Extension")?.toLowerCase() === extension)
        isThere = true;
    },
  });
  if (isThere) return;
  // Defaults come before overrides: readers are strict about little else here, but some about that.
  const edit =
    extension === undefined
      ? appendToRoot(types.text, root, element)
      : { from: root.openEnd, to: root.openEnd, text: element };
  draft.write({ ...types, text: applyEdits(types.text, [edit]) });
}

/** @returns the new relationship's id */
function relate(draft: Draft, source: string, type: string, target: string): string {
  const name = relationshipsPartOf(source);
  const part =
    draft.read(name) ??
    newPart(
      name,
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>',
    );
  const ids = new Set<string>();
  const root = walkXml(part, { open: (tag) => void ids.add(attributeOf(tag, "Id") ?? "") });
  let n = ids.size;
  while (ids.has(`rId${n}`)) n++;
  const element = `<Relationship Id="rId${n}" Type="${RELATIONSHIPS}/${type}" Target="/${target}"/>`;
  draft.write({ ...part, text: applyEdits(part.text, [appendToRoot(part.text, root, element)]) });
  return `rId${n}`;
}

function listMarks(draft: Draft, { name, widths, rows }: BookMarks["list"]): void {
  const known = draft.book.sheets.find((sheet) => sheet.name === name);
  const part = known?.part ?? draft.freeName("xl/worksheets/sheet", ".xml");
  draft.write(newPart(part, listXml(widths, rows)));
  if (known !== undefined) return;
  addType(draft, `<Override PartName="/${part}" ContentType="${SHEET_TYPE}"/>`);
  const id = relate(draft, draft.book.book, "worksheet", part);
  const book = draft.read(draft.book.book);
  if (book === undefined) return;
  let number = 0;
  let end = 0;
  let prefix = "";
  walkXml(book, {
    open(tag) {
      if (sheetKind(tag) === "sheet") number = Math.max(number, Number(attributeOf(tag, "sheetId") ?? 0));
      if (sheetKind(tag) === "sheets") prefix = tag.name.slice(0, -"sheets".length);
    },
    close(tag, start) {
      if (sheetKind(tag) === "sheets") end = start;
    },
  });
  const element = `<${prefix}sheet name="${xmlText(name)}" sheetId="${number + 1}" xmlns:r="${RELATIONSHIPS}" r:id="${id}"/>`;
  draft.write({ ...book, text: applyEdits(book.text, [{ from: end, to: end, text: element }]) });
}

function listXml(widths: readonly number[], rows: readonly (readonly string[])[]): string {
  const columns = widths.map(
    (width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  const lines = rows.map((cells, line) => {
    const texts = cells.map(
      (text, at) =>
        `<c r="${columnLetter(at)}${line + 1}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`,
    );
    return `<row r="${line + 1}">${texts.join("")}</row>`;
  });
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join("")}</cols><sheetData>${lines.join("")}</sheetData>` +
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
  );
}
