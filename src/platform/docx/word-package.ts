/** The package of a Word file that may come from anybody: what is in it, which part is the document, what relates to what. */
import { makeZipEntry, writeZip } from "./deterministic-zip.ts";
import { WordFileError } from "./word-file-error.ts";
import type { XmlPart } from "./xml-part.ts";
import { attributeOf, decodeXml, encodeXml, walkXml } from "./xml-part.ts";
import type { ZipEntry, ZipLimits } from "./zip-directory.ts";
import { foldName, inflateEntry, readZipDirectory } from "./zip-directory.ts";

/**
 * A report of 300 pages has 3 to 10 MB of XML, which deflates 10 to 40 times. Pictures are never inflated here, so the
 * sum alone is limited for them: nobody should be handed back a bomb.
 */
export const wordLimits: ZipLimits = {
  entries: 5_000,
  entryBytes: 32 * 2 ** 20,
  totalBytes: 512 * 2 ** 20,
  ratio: 250,
  ratioFrom: 2 ** 20,
};

export const contentTypesPart = "[Content_Types].xml";
const relationshipBases = [
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
  "http://purl.oclc.org/ooxml/officeDocument/relationships/",
];

export type WordPackage = {
  readonly entries: readonly ZipEntry[];
  readonly document: XmlPart;
  /** of the document's part: "word/document.xml" nearly always */
  readonly relationships: readonly Relationship[];
};

export type Relationship = {
  readonly id: string;
  /** "comments": the last step of the type, of Word's own relationships only */
  readonly type: string;
  /** name of the part; undefined when outside the package */
  readonly part: string | undefined;
};

/** @throws WordFileError whatever is wrong with the package or the XML that ties it together */
export function openWordPackage(bytes: Uint8Array): WordPackage {
  refuseOldFormat(bytes);
  const entries = readZipDirectory(bytes, wordLimits);
  const macros = entries.find(({ name }) => /(^|\/)vbaproject\.bin$/i.test(name));
  if (macros) throw new WordFileError("WORD_HAS_MACROS", "vbaProject.bin", { part: macros.name });
  const types = readPart(entries, contentTypesPart);
  if (types === undefined) throw new WordFileError("WORD_NO_DOCUMENT", `no ${contentTypesPart}`);
  refuseMacros(types);
  const named = readRelationships(entries, "").find(({ type }) => type === "officeDocument")?.part;
  const document = readPart(entries, named ?? "word/document.xml");
  if (document === undefined) throw new WordFileError("WORD_NO_DOCUMENT", "no word/document.xml");
  return { entries, document, relationships: readRelationships(entries, document.name) };
}

/** The part of that name, whatever its case; undefined when there is none. */
export function readPart(entries: readonly ZipEntry[], name: string): XmlPart | undefined {
  const entry = entries.find((candidate) => foldName(candidate.name) === foldName(name));
  return entry && decodeXml(entry.name, inflateEntry(entry, wordLimits));
}

/** The package with these parts in place of their namesakes, new ones behind; all other entries as they lie in it. */
export function replaceParts(entries: readonly ZipEntry[], parts: readonly XmlPart[]): Uint8Array {
  const changed = new Map(parts.map((part) => [part.name, makeZipEntry(part.name, encodeXml(part))]));
  const kept = entries.map((entry) => changed.get(entry.name) ?? entry);
  const known = new Set(entries.map(({ name }) => name));
  return writeZip([...kept, ...[...changed.values()].filter(({ name }) => !known.has(name))]);
}

/** "word/document.xml" → "word/_rels/document.xml.rels"; the package itself is "". */
export function relationshipsPartOf(part: string): string {
  const cut = part.lastIndexOf("/") + 1;
  return `${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`;
}

function readRelationships(entries: readonly ZipEntry[], source: string): Relationship[] {
  const part = readPart(entries, relationshipsPartOf(source));
  const found: Relationship[] = [];
  if (part === undefined) return found;
  walkXml(part, {
    open(tag) {
      const target = attributeOf(tag, "Target");
      if (tag.local !== "Relationship" || target === undefined) return;
      const type = attributeOf(tag, "Type") ?? "";
      const base = relationshipBases.find((candidate) => type.startsWith(candidate));
      const isInside = attributeOf(tag, "TargetMode") !== "External";
      found.push({
        id: attributeOf(tag, "Id") ?? "",
        type: base === undefined ? "" : type.slice(base.length),
        part: isInside ? resolveTarget(source, target) : undefined,
      });
    },
  });
  return found;
}

/** A target is written as a relative or absolute path from the part that has the relationship. */
function resolveTarget(source: string, target: string): string {
  const steps = target.startsWith("/") ? [] : source.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}

/** Compound files (MS-CFB): .doc, and any .docx with a password, which Word wraps in one. */
function refuseOldFormat(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!buffer.subarray(0, 8).equals(Buffer.from("d0cf11e0a1b11ae1", "hex"))) return;
  if (buffer.includes(Buffer.from("EncryptedPackage", "utf16le")))
    throw new WordFileError("WORD_ENCRYPTED", "encrypted package");
  throw new WordFileError("WORD_OLD_FORMAT", "compound file");
}

/** A file of macros may be named .docx; the type of its document tells. */
function refuseMacros(types: XmlPart): void {
  walkXml(types, {
    open(tag) {
      if (/macroEnabled/i.test(attributeOf(tag, "ContentType") ?? ""))
        throw new WordFileError("WORD_HAS_MACROS", "content type with macros", { part: types.name });
    },
  });
}
