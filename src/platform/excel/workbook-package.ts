/**
 * The package of a workbook that may come from anybody: its parts, what relates to what, its sheets in order. What the file
 * says of itself is checked before a byte is inflated: sizes, encryption, macros.
 */
import { readZipDirectory } from "../docx/zip-directory.ts";
import type { ZipEntry, ZipLimits } from "../docx/zip-directory.ts";
import { foldName, inflateEntry } from "../docx/zip-directory.ts";
import { WordFileError } from "../docx/word-file-error.ts";
import { attributeOf, decodeXml, walkXml } from "../docx/xml-part.ts";
import type { XmlPart, XmlTag } from "../docx/xml-part.ts";
import { WorkbookError } from "./workbook-error.ts";

const MEGABYTE = 1024 * 1024;
/** For parts that are read as a stream: sheets. A sheet of 200,000 rows of twelve numbers has some 100 MB. */
export const STREAM_LIMITS: ZipLimits = {
  entries: 2000,
  entryBytes: 1024 * MEGABYTE,
  totalBytes: 1536 * MEGABYTE,
  ratio: 200,
  ratioFrom: 8 * MEGABYTE,
};
/** For parts that are held whole: the book, styles, relationships, comments. */
const WHOLE_LIMITS: ZipLimits = { ...STREAM_LIMITS, entryBytes: 32 * MEGABYTE, ratioFrom: MEGABYTE };

const RELATIONSHIPS = [
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
  "http://purl.oclc.org/ooxml/officeDocument/relationships",
];
const SPREADSHEET_NAMESPACES: ReadonlySet<string> = new Set([
  "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
  "http://purl.oclc.org/ooxml/spreadsheetml/main",
]);

/** The element's local name when it is SpreadsheetML, transitional or strict; "" for every other. */
export function sheetKind(tag: XmlTag): string {
  return SPREADSHEET_NAMESPACES.has(tag.uri) ? tag.local : "";
}

export type Relationship = {
  id: string;
  /** last step of the type: worksheet, styles, comments */
  type: string;
  /** name of the part; undefined when it lies outside the package */
  part: string | undefined;
};
export type SheetEntry = { name: string; isHidden: boolean; part: string };
export type WorkbookPackage = {
  entries: readonly ZipEntry[];
  /** name of the part of the book itself */
  book: string;
  sheets: readonly SheetEntry[];
  relationships: readonly Relationship[];
  /** days are counted from 1904 and not from 1900 */
  isFrom1904: boolean;
};

/** Whether bytes begin like a workbook, old or new, whatever the file is called. */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || isCompoundFile(bytes);
}

/** An .xls, or an .xlsx under a password. */
const isCompoundFile = (bytes: Uint8Array): boolean => startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]);

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

/** @throws WorkbookError */
export function openWorkbookPackage(bytes: Buffer): WorkbookPackage {
  const entries = readSafeEntries(bytes);
  return guarded(() => {
    const root = readRelationships(entries, "");
    const book = root.find(({ type }) => type === "officeDocument")?.part ?? "xl/workbook.xml";
    const part = readWholePart(entries, book);
    if (part === undefined) throw new WorkbookError("NOT_A_WORKBOOK");
    refuseMacroTypes(entries);
    const relationships = readRelationships(entries, part.name);
    return { entries, book: part.name, relationships, ...readBook(part, relationships) };
  });
}

/** The entries of a package that holds a workbook without macros. @throws WorkbookError */
export function readSafeEntries(bytes: Buffer): ZipEntry[] {
  if (isCompoundFile(bytes)) {
    const isEncrypted = bytes.includes(Buffer.from("EncryptedPackage", "utf16le"));
    throw new WorkbookError(isEncrypted ? "ENCRYPTED" : "OLD_FORMAT");
  }
  if (!looksLikeWorkbook(bytes)) throw new WorkbookError("NOT_A_WORKBOOK");
  const entries = guarded(() => readZipDirectory(bytes, STREAM_LIMITS));
  const isBomb = entries.some(
    ({ size, body }) =>
      size > STREAM_LIMITS.entryBytes ||
      (size > STREAM_LIMITS.ratioFrom && size > body.length * STREAM_LIMITS.ratio),
  );
  if (isBomb) throw new WorkbookError("TOO_LARGE");
  const names = entries.map(({ name }) => name);
  if (names.some((name) => /(^|\/)vbaProject\.bin$/i.test(name))) throw new WorkbookError("MACROS");
  if (!names.some((name) => /^xl\//i.test(name))) throw new WorkbookError("NOT_A_WORKBOOK");
  return entries;
}

/** A file of macros may be named .xlsx; the type of its book tells. So do sheets of Excel 4 macros. */
function refuseMacroTypes(entries: readonly ZipEntry[]): void {
  const types = readWholePart(entries, "[Content_Types].xml");
  if (types === undefined) throw new WorkbookError("NOT_A_WORKBOOK");
  walkXml(types, {
    open(tag) {
      const type = attributeOf(tag, "ContentType") ?? "";
      if (/macroEnabled|macrosheet|vbaProject/i.test(type)) throw new WorkbookError("MACROS");
    },
  });
}

function readBook(
  part: XmlPart,
  relationships: readonly Relationship[],
): Pick<WorkbookPackage, "sheets" | "isFrom1904"> {
  const sheets: SheetEntry[] = [];
  let isFrom1904 = false;
  walkXml(part, {
    open(tag) {
      const kind = sheetKind(tag);
      if (kind === "workbookPr") isFrom1904 = /^(1|true|on)$/.test(attributeOf(tag, "date1904") ?? "");
      if (kind !== "sheet") return;
      const id = relationshipId(tag);
      const relation = relationships.find((one) => one.id === id && one.type === "worksheet");
      if (relation?.part === undefined) return; // a chart or a dialog
      const isHidden = (attributeOf(tag, "state") ?? "visible") !== "visible";
      sheets.push({ name: attributeOf(tag, "name") ?? "", isHidden, part: relation.part });
    },
  });
  return { sheets, isFrom1904 };
}

export function relationshipId(tag: XmlTag): string | undefined {
  return Object.values(tag.attributes).find(({ local, uri }) => local === "id" && RELATIONSHIPS.includes(uri))
    ?.value;
}

/** The part of that name, whatever its case; undefined when there is none. */
export function readWholePart(entries: readonly ZipEntry[], name: string): XmlPart | undefined {
  const entry = findEntry(entries, name);
  return entry && decodeXml(entry.name, inflateEntry(entry, WHOLE_LIMITS));
}

export function findEntry(entries: readonly ZipEntry[], name: string): ZipEntry | undefined {
  const folded = foldName(name);
  return entries.find((entry) => foldName(entry.name) === folded);
}

/** "xl/workbook.xml" → "xl/_rels/workbook.xml.rels"; the package itself is "". */
export function relationshipsPartOf(part: string): string {
  const cut = part.lastIndexOf("/") + 1;
  return `${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`;
}

export function readRelationships(entries: readonly ZipEntry[], source: string): Relationship[] {
  const part = readWholePart(entries, relationshipsPartOf(source));
  const found: Relationship[] = [];
  if (part === undefined) return found;
  walkXml(part, {
    open(tag) {
      const target = attributeOf(tag, "Target");
      if (tag.local !== "Relationship" || target === undefined) return;
      const type = attributeOf(tag, "Type") ?? "";
      const isInside = attributeOf(tag, "TargetMode") !== "External";
      found.push({
        id: attributeOf(tag, "Id") ?? "",
        type: type.slice(type.lastIndexOf("/") + 1),
        part: isInside ? resolveTarget(source, target) : undefined,
      });
    },
  });
  return found;
}

/** A target is a relative or absolute path from the part that has the relationship. */
function resolveTarget(source: string, target: string): string {
  const steps = target.startsWith("/") ? [] : source.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}

/** What a zip file or an XML part is refused for, as the fault of a workbook. */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asWorkbookError(error);
  }
}

export function asWorkbookError(error: unknown): unknown {
  if (!(error instanceof WordFileError)) return error;
  if (error.code === "WORD_TOO_LARGE") return new WorkbookError("TOO_LARGE", { cause: error });
  if (error.code === "WORD_ENCRYPTED") return new WorkbookError("ENCRYPTED", { cause: error });
  // It begins as a zip does: without a directory at its end it was cut off.
  return new WorkbookError("DAMAGED", { cause: error });
}
