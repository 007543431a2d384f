/** The marked copy of a Word draft: the same package with comments in its margin. */
import type { MarkedRange, Place } from "./comment-places.ts";
import { findRange } from "./comment-places.ts";
import type { CommentOptions } from "./comments-part.ts";
import { addComments } from "./comments-part.ts";
import type { Holder, Run } from "./text-piece.ts";
import { openWordPackage, replaceParts } from "./word-package.ts";
import { mapWordText } from "./word-text.ts";
import type { XmlEdit, XmlRoot } from "./xml-part.ts";
import { applyEdits } from "./xml-part.ts";

export type WordComment = {
  /** UTF-16 offsets into the text of `readWordText` */
  readonly span: readonly [number, number];
  /** its lines become paragraphs; characters that XML forbids are dropped */
  readonly text: string;
};

/**
 * The package with a comment on each span. Runs are divided where a span begins or ends inside one, their formatting kept;
 * comments that are there stay. Only the document, the comments and, when it had none, the two parts that tell of them
 * change; all other parts keep their bytes. Same input, same bytes; without comments, the bytes that came.
 *
 * A span that touches a text box, a gloss or a control that Word fills is marked around the whole of it: Word allows no
 * comment inside the first two, and loses it in the last. A span of nothing but ends of paragraphs is marked at the
 * character before it. A digital signature does not survive any change.
 *
 * @throws WordFileError for what `readWordText` refuses and for comments that cannot be read; RangeError for a span that is
 *   not in the text, or a document without text
 */
export function markWordComments(
  bytes: Uint8Array,
  comments: readonly WordComment[],
  options: CommentOptions,
): Uint8Array {
  const pack = openWordPackage(bytes);
  const map = mapWordText(pack.document);
  if (comments.length === 0) return bytes.slice();
  const ranges = comments.map(({ span }) => findRange(map, span));
  const texts = comments.map(({ text }) => text);
  const { ids, parts } = addComments(pack, map, texts, options);
  const xml = pack.document.text;
  const edits = markEdits(xml, gatherMarks(ranges), marksOf(xml, map.root, ids));
  return replaceParts(pack.entries, [{ ...pack.document, text: applyEdits(xml, edits) }, ...parts]);
}

/** The comments, by index, that begin, end or do both at one place. */
type Gathered = { readonly place: Place; starts: number[]; points: number[]; ends: number[] };

/** What one comment ends with another begins after: ends come before starts; inner ranges close first and open last. */
function gatherMarks(ranges: readonly MarkedRange[]): Gathered[] {
  const byPlace = new Map<number, Gathered>();
  const at = (place: Place): Gathered => {
    const gathered = byPlace.get(place.at) ?? { place, starts: [], points: [], ends: [] };
    byPlace.set(place.at, gathered);
    return gathered;
  };
  for (const [index, { start, end }] of ranges.entries()) {
    if (start.at === end.at) at(start).points.push(index);
    else {
      at(start).starts.push(index);
      at(end).ends.push(index);
    }
  }
  const startOf = (index: number) => ranges[index]?.start.at ?? 0;
  const endOf = (index: number) => ranges[index]?.end.at ?? 0;
  for (const { starts, ends } of byPlace.values()) {
    starts.sort((a, b) => endOf(b) - endOf(a) || a - b);
    ends.sort((a, b) => startOf(b) - startOf(a) || b - a);
  }
  return [...byPlace.values()];
}

type Marks = { readonly start: (index: number) => string; readonly end: (index: number) => string };

/** The prefix w is declared again where the document does not mean Word's namespace by it everywhere. */
function marksOf(xml: string, root: XmlRoot, ids: readonly number[]): Marks {
  const { uri, ns } = root.tag;
  const isPlain = ns.w === uri && xml.match(/xmlns:w\s*=/g)?.length === 1;
  const names = isPlain ? "" : ` xmlns:w="${uri}"`;
  return {
    start: (index) => `<w:commentRangeStart${names} w:id="${ids[index]}"/>`,
    // 8 points, as Word's own style: no taller than the line that it stands in
    end: (index) =>
      `<w:commentRangeEnd${names} w:id="${ids[index]}"/>` +
      `<w:r${names}><w:rPr><w:sz w:val="16"/></w:rPr><w:commentReference w:id="${ids[index]}"/></w:r>`,
  };
}

function markEdits(xml: string, gathered: readonly Gathered[], marks: Marks): XmlEdit[] {
  const divided = new Set<Holder>();
  const edits = gathered.map(({ place, starts, points, ends }): XmlEdit => {
    const text = [
      ...ends.map(marks.end),
      ...points.map((index) => marks.start(index) + marks.end(index)),
      ...starts.map(marks.start),
    ].join("");
    if (place.kind === "within") divided.add(place.holder);
    return { from: place.at, to: place.at, text: dividing(xml, place, text) };
  });
  return [...edits, ...[...divided].flatMap((holder) => preservingEdits(xml, holder))];
}

/** The marks between what closes the elements that are open at the place and what opens them again. */
function dividing(xml: string, place: Place, marks: string): string {
  if (place.kind === "beside") return marks;
  const { run } = place;
  const divided = `</${run.name}>${marks}${openingOf(xml, run)}`;
  if (place.kind === "between") return divided;
  const { holder, isCdata } = place;
  const [cdataEnd, cdataStart] = isCdata ? ["]]>", "<![CDATA["] : ["", ""];
  return `${cdataEnd}</${holder.name}>${divided}${preservingTag(xml, holder)}${cdataStart}`;
}

function openingOf(xml: string, { start, openEnd, properties }: Run): string {
  return xml.slice(start, openEnd) + (properties ? xml.slice(properties.from, properties.to) : "");
}

/** The opening tag of a w:t that keeps the white space at its edges, which a division may bring there. */
function preservingTag(xml: string, { start, openEnd, isPreserved }: Holder): string {
  const tag = xml.slice(start, openEnd);
  if (isPreserved) return tag;
  return `${tag.slice(0, -1).replace(/\sxml:space\s*=\s*("[^"]*"|'[^']*')/, "")} xml:space="preserve">`;
}

function preservingEdits(xml: string, holder: Holder): XmlEdit[] {
  if (holder.isPreserved) return [];
  const opening = { from: holder.start, to: holder.openEnd, text: preservingTag(xml, holder) };
  return [opening, ...holder.trimmed.map(({ from, to }) => ({ from, to, text: "" }))];
}
