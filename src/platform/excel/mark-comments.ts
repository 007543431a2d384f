/**
 * Comments at cells, as every spreadsheet program shows them: their texts in one part, and in another, in the old drawing
 * language VML, a box for each. Comments of other people stay; our own of an earlier time give way.
 */
import { applyEdits, attributeOf, walkXml, xmlText } from "../docx/xml-part.ts";
import type { XmlEdit, XmlPart } from "../docx/xml-part.ts";
import { columnIndex } from "./sheet-rows.ts";
import { sheetKind } from "./workbook-package.ts";

/** By cell, as "C7". */
export type CommentTexts = ReadonlyMap<string, string>;

export const NEW_COMMENTS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors></authors><commentList></commentList></comments>';
export const NEW_DRAWING =
  '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">' +
  '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>' +
  '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>';

/** isOwn: of an earlier time */
type Found = {
  ref: string;
  author: number;
  start: number;
  end: number;
  textEnd: number;
  isPlain: boolean;
  isOwn: boolean;
};
type Places = { authors: string[]; authorsEnd: number; listEnd: number; prefix: string; found: Found[] };

/** How comments of ours are known again: who signs them, and what their words look like. */
export type CommentSigns = { author: string; own: RegExp };

/**
 * @param part with both its lists, not closing themselves
 * @returns also the cells that have lost their comment, and those that have one now and had none
 */
export function markComments(
  part: XmlPart,
  texts: CommentTexts,
  { author, own: isOurs }: CommentSigns,
): { part: XmlPart; gone: string[]; added: string[] } {
  const open = part.text.replace(/<([\w.-]+:)?(authors|commentList)\s*\/>/g, "<$1$2></$1$2>");
  const text = withoutOurEnds({ ...part, text: open.replace(runsOf(author), "") }, { author, own: isOurs });
  const places = readComments({ ...part, text });
  const { prefix: p } = places;
  const known = places.authors.indexOf(author);
  const found = places.found.map((one) => ({
    ...one,
    isOwn: one.author === known || isOurs.test(wordsOf(piecesOf(text, one))),
  }));
  const own = known < 0 ? places.authors.length : known;
  const edits: XmlEdit[] = [];
  if (known < 0)
    edits.push({
      from: places.authorsEnd,
      to: places.authorsEnd,
      text: `<${p}author>${xmlText(author)}</${p}author>`,
    });
  const run = (words: string): string =>
    `<${p}r><${p}t xml:space="preserve">${xmlText(words)}</${p}t></${p}r>`;
  const others = new Set<string>();
  for (const comment of found) {
    if (comment.isOwn) {
      edits.push({ from: comment.start, to: comment.end, text: "" });
      continue;
    }
    others.add(comment.ref);
    const words = texts.get(comment.ref);
    if (words === undefined) continue;
    edits.push(...appendRun(text, comment, run(`\n${author}：\n${words}`), p));
  }
  const before = new Set(found.map(({ ref }) => ref));
  const mine = [...texts].filter(([ref]) => !others.has(ref));
  const list = mine.map(
    ([ref, words]) =>
      `<${p}comment ref="${ref}" authorId="${own}"><${p}text>${run(words)}</${p}text></${p}comment>`,
  );
  edits.push({ from: places.listEnd, to: places.listEnd, text: list.join("") });
  return {
    part: { ...part, text: applyEdits(text, edits) },
    gone: found.filter(({ ref, isOwn }) => isOwn && !texts.has(ref)).map(({ ref }) => ref),
    added: mine.map(([ref]) => ref).filter((ref) => !before.has(ref)),
  };
}

/** What we have added to somebody else's comment before. */
function runsOf(author: string): RegExp {
  const words = xmlText(author).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const properties = "(?:<([\\w.-]+:)?rPr>[^]*?</\\2rPr>)?";
  return new RegExp(
    `<([\\w.-]+:)?r>${properties}<\\1?t(?:\\s[^>]*)?>(?:&#10;|\\s)*${words}：[^<]*</\\1?t></\\1?r>`,
    "g",
  );
}

/** The texts of a comment, one for each run, and where they stand. */
type Piece = { words: string; from: number };

function piecesOf(xml: string, { start, textEnd }: Found): Piece[] {
  const texts = xml.slice(start, textEnd).matchAll(/<(?:[\w.-]+:)?t(?:\s[^>]*)?>([^<]*)</g);
  return [...texts].map((match) => {
    const [whole, words = ""] = match;
    return {
      words: decodeText(words).replaceAll("\r\n", "\n"),
      from: start + match.index + whole.length - 1 - words.length,
    };
  });
}

const wordsOf = (pieces: readonly Piece[]): string => pieces.map(({ words }) => words).join("");

/** Without what we have added to somebody else's comment before, through however many runs it goes by now. */
function withoutOurEnds(part: XmlPart, { author, own }: CommentSigns): string {
  const { found, prefix: p } = readComments(part);
  const edits = found.flatMap((comment): XmlEdit[] => {
    const pieces = piecesOf(part.text, comment);
    const words = wordsOf(pieces);
    const sign = `${author}：\n`;
    const at = words.lastIndexOf(sign);
    if (at < 0 || !own.test(words.slice(at + sign.length))) return [];
    const end = words.slice(0, at).trimEnd().length;
    let before = 0;
    const last = pieces.find((piece) => (before += piece.words.length) >= end);
    if (last === undefined) return [];
    const kept = last.words.slice(0, end - before + last.words.length);
    const close = `</${p}t>${comment.isPlain ? "" : `</${p}r>`}`;
    return [{ from: last.from, to: comment.textEnd, text: xmlText(kept) + close }];
  });
  return applyEdits(part.text, edits);
}

/** Plain text is made a run of its own, so that another may follow. */
function appendRun(text: string, { start, textEnd, isPlain }: Found, run: string, p: string): XmlEdit[] {
  const append = { from: textEnd, to: textEnd, text: run };
  if (!isPlain) return [append];
  const open = text.indexOf(`<${p}t`, text.indexOf(`<${p}text`, start) + p.length + 5);
  return open < 0 || open > textEnd
    ? [append]
    : [
        { from: open, to: open, text: `<${p}r>` },
        { ...append, text: `</${p}r>${run}` },
      ];
}

function readComments(part: XmlPart): Places {
  const places: Places = { authors: [], authorsEnd: 0, listEnd: 0, prefix: "", found: [] };
  let comment: Found | undefined;
  let authorStart = 0;
  let hasRun = false;
  walkXml(part, {
    open(tag, start, end) {
      const kind = sheetKind(tag);
      if (kind === "comments") places.prefix = tag.name.slice(0, -kind.length);
      if (kind === "author") authorStart = end;
      if (kind === "r") hasRun = true;
      if (kind !== "comment") return;
      const author = Number(attributeOf(tag, "authorId") ?? 0);
      comment = {
        ref: attributeOf(tag, "ref") ?? "",
        author,
        start,
        end,
        textEnd: end,
        isPlain: true,
        isOwn: false,
      };
      hasRun = false;
    },
    close(tag, start, end) {
      const kind = sheetKind(tag);
      if (kind === "author") places.authors.push(decodeText(part.text.slice(authorStart, start)));
      else if (kind === "authors") places.authorsEnd = start;
      else if (kind === "commentList") places.listEnd = start;
      else if (kind === "text" && comment !== undefined) {
        comment.textEnd = start;
        comment.isPlain = !hasRun;
      } else if (kind === "comment" && comment !== undefined) {
        places.found.push({ ...comment, end });
        comment = undefined;
      }
    },
  });
  return places;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeText(xml: string): string {
  return xml.replace(
    /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      return String.fromCodePoint(Number.parseInt(decimal ?? hex ?? "", decimal === undefined ? 16 : 10));
    },
  );
}

/** Numbers of shapes come in blocks of 1,024, which no two drawings of a book share. */
const BLOCK = 1024;

export function lastBlock(drawing: string): number {
  const maps = [...drawing.matchAll(/<[\w]+:idmap\b[^>]*\bdata\s*=\s*["']([\d,\s]*)["']/g)];
  return Math.max(0, ...maps.flatMap((match) => (match[1] ?? "").split(",").map(Number)));
}

/** @param firstBlock the first that no drawing of the book has taken */
export function markDrawing(
  drawing: string,
  changes: { gone: readonly string[]; added: readonly string[] },
  firstBlock: number,
): string {
  const gone = new Set(changes.gone.map((ref) => `${lineOf(ref) - 1} ${columnIndex(ref)}`));
  const kept = drawing.replace(/<v:shape[\s>][^]*?<\/v:shape>/g, (shape) => {
    const [row, column] = ["Row", "Column"].map(
      (name) => new RegExp(`<x:${name}>\\s*(\\d+)\\s*<`).exec(shape)?.[1],
    );
    return gone.has(`${row ?? ""} ${column ?? ""}`) ? "" : shape;
  });
  if (changes.added.length === 0) return kept;
  const inBlock = BLOCK - 1;
  const shapes = changes.added.map((ref, i) => {
    const block = firstBlock + Math.floor(i / inBlock);
    return shapeAt(ref, block * BLOCK + 1 + (i % inBlock), i + 1);
  });
  const blocks = Array.from({ length: Math.ceil(shapes.length / inBlock) }, (_, i) => firstBlock + i).join(
    ",",
  );
  const mapped = kept.replace(
    /(<[\w]+:idmap\b[^>]*\bdata\s*=\s*["'])([\d,\s]*)(["'])/,
    (_, open: string, data: string, close: string) =>
      open + (data.trim() === "" ? blocks : `${data},${blocks}`) + close,
  );
  const end = mapped.lastIndexOf("</xml>");
  return end < 0 ? mapped : mapped.slice(0, end) + shapes.join("") + mapped.slice(end);
}

const lineOf = (ref: string): number => Number(ref.replace(/^[A-Z]+/i, ""));

function shapeAt(ref: string, id: number, order: number): string {
  const row = lineOf(ref) - 1;
  const column = columnIndex(ref);
  const anchor = [column + 1, 15, Math.max(0, row - 1), 10, column + 5, 15, row + 5, 4].join(", ");
  return (
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;width:240pt;height:90pt;z-index:${order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>' +
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>' +
    `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor>` +
    `<x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
  );
}
