/**
 * An XML part as text that is read by events and changed by splices, so that every character that is not changed stays as
 * it was. Positions are indices of the text (UTF-16 units), the byte order mark counted.
 */
import { SaxesParser } from "saxes";
import type { SaxesTagNS } from "saxes";
import { WordFileError } from "./word-file-error.ts";

type Encoding = "utf-8" | "utf-16le" | "utf-16be";
export type XmlPart = { readonly name: string; readonly text: string; readonly encoding: Encoding };

/** Word nests a few dozen elements; looking up a prefix takes time in proportion to the depth. */
const deepest = 500;

/** @throws WordFileError WORD_BAD_XML when the bytes are not in the encoding that they begin with */
export function decodeXml(name: string, bytes: Uint8Array): XmlPart {
  const [first, second] = bytes;
  const encoding =
    (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)
      ? "utf-16le"
      : (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)
        ? "utf-16be"
        : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
    return { name, text, encoding };
  } catch {
    throw new WordFileError("WORD_BAD_XML", `not ${encoding}`, { part: name });
  }
}

export function encodeXml({ text, encoding }: XmlPart): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  const bytes = Buffer.from(text, "utf16le");
  return encoding === "utf-16le" ? bytes : bytes.swap16();
}

export type XmlTag = SaxesTagNS;
export type XmlHandlers = {
  /** `start` is the place of "<", `end` the place after ">" */
  open?(tag: XmlTag, start: number, end: number): void;
  /** The closing tag; of an element that closes itself, its only tag. */
  close?(tag: XmlTag, start: number, end: number): void;
};

export type XmlRoot = { readonly tag: XmlTag; readonly openEnd: number; readonly closeStart: number };

/**
 * Reads the part from end to end and tells its elements in order.
 * @throws WordFileError WORD_BAD_XML with line and column, WORD_HAS_DTD, WORD_TOO_LARGE when nested too deeply
 */
export function walkXml({ name, text }: XmlPart, handlers: XmlHandlers): XmlRoot {
  const parser = new SaxesParser({ xmlns: true });
  const fail = (code: "WORD_BAD_XML" | "WORD_HAS_DTD" | "WORD_TOO_LARGE", reason: string): never => {
    // the parser's column, from 0, is that of the next character
    throw new WordFileError(code, reason, {
      part: name,
      line: parser.line,
      column: Math.max(1, parser.column),
    });
  };
  let depth = 0;
  let root: XmlRoot | undefined;
  // The parser repeats what stands in the document; a log must not.
  parser.on("error", () => fail("WORD_BAD_XML", "not well-formed"));
  parser.on("doctype", () => fail("WORD_HAS_DTD", "document type declaration"));
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|utf-?16(le|be)?)$/i.test(encoding))
      fail("WORD_BAD_XML", "not in UTF-8 or UTF-16");
  });
  parser.on("opentag", (tag) => {
    if (++depth > deepest) fail("WORD_TOO_LARGE", `more than ${deepest} elements deep`);
    const end = parser.position;
    root ??= { tag, openEnd: end, closeStart: end };
    handlers.open?.(tag, text.lastIndexOf("<", end - 1), end);
  });
  parser.on("closetag", (tag) => {
    depth--;
    const end = parser.position;
    const start = text.lastIndexOf("<", end - 1);
    handlers.close?.(tag, start, end);
    if (depth === 0) root = { ...(root as XmlRoot), closeStart: start };
  });
  parser.write(text).close();
  return root ?? fail("WORD_BAD_XML", "no element");
}

/** The value of an attribute by its local name, in the element's namespace or in none. */
export function attributeOf(tag: XmlTag, local: string): string | undefined {
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.local === local && (attribute.uri === tag.uri || attribute.uri === ""))
      return attribute.value;
  }
  return undefined;
}

/** What replaces `text.slice(from, to)`. */
export type XmlEdit = { readonly from: number; readonly to: number; readonly text: string };

/** Edits do not overlap; of two at one place, the first given comes first. */
export function applyEdits(text: string, edits: readonly XmlEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    pieces.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  return pieces.join("") + text.slice(at);
}

/** The edit that puts elements behind the last one of the root. */
export function appendToRoot(text: string, { tag, openEnd, closeStart }: XmlRoot, elements: string): XmlEdit {
  if (!tag.isSelfClosing) return { from: closeStart, to: closeStart, text: elements };
  return { from: text.lastIndexOf("/", openEnd), to: openEnd, text: `>${elements}</${tag.name}>` };
}

/** Characters that XML 1.0 forbids are dropped, lone surrogates too; the rest is escaped for text and attributes. */
export function xmlText(text: string): string {
  return text
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "")
    .replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
