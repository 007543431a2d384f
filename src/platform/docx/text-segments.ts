/**
 * The characters of a w:t as a reader sees them, and where each stands in the XML. Entities, CDATA sections and dropped
 * characters make the two differ.
 */

import { WordFileError } from "./word-file-error.ts";

/** Of a whole document. Fifty thousand are a long report; each takes some hundred bytes of memory. */
export const mostSegments = 300_000;

/** A stretch of a w:t. */
export type Segment = {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** text and XML run in step, unit by unit; if not, the segment is one character that cannot be cut */
  readonly isPlain: boolean;
  readonly isCdata: boolean;
};

export type Segments = {
  readonly kept: readonly Segment[];
  /** white space at the edges that Word does not show, because the element does not say xml:space="preserve" */
  readonly trimmed: readonly { readonly from: number; readonly to: number }[];
};

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const markup = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[^>]*>|&([^;]*);|\r\n?/g;
/** Word shows it at the end of a line only. */
const softHyphen = "\u00ad";

/** `from` and `to` tell where the content of the element stands in the XML, which is well-formed */
export function readSegments(
  xml: string,
  { from, to }: { readonly from: number; readonly to: number },
  isPreserved: boolean,
): Segments {
  const segments: Segment[] = [];
  const content = xml.slice(from, to);
  const add = (segment: Segment) => {
    if (segments.push(segment) > mostSegments)
      throw new WordFileError("WORD_TOO_LARGE", "stretches of one text");
  };
  const addPlain = (start: number, end: number, isCdata: boolean) => {
    let at = start;
    for (const text of xml.slice(start, end).split(softHyphen)) {
      const stop = at + text.length;
      if (text !== "") add({ text: spaced(text), from: at, to: stop, isPlain: true, isCdata });
      at = stop + softHyphen.length;
    }
  };
  if (!/[<&\r]/.test(content)) addPlain(from, to, false);
  else {
    let at = from;
    for (const match of content.matchAll(markup)) {
      const start = from + match.index;
      const end = start + match[0].length;
      addPlain(at, start, false);
      at = end;
      const [whole, cdata, entity] = match;
      if (cdata !== undefined) addPlain(start + "<![CDATA[".length, end - "]]>".length, true);
      else if (entity !== undefined || whole.startsWith("\r")) {
        const text = entity === undefined ? " " : spaced(characterOf(entity));
        if (text !== softHyphen && text !== "")
          add({ text, from: start, to: end, isPlain: false, isCdata: false });
      }
    }
    addPlain(at, to, false);
  }
  return isPreserved ? { kept: segments, trimmed: [] } : trim(segments);
}

/** Ends of lines and tabs written as such are white space to Word, not breaks. */
function spaced(text: string): string {
  return /[\t\n\r]/.test(text) ? text.replace(/[\t\n\r]/g, " ") : text;
}

function characterOf(entity: string): string {
  if (!entity.startsWith("#")) return named[entity] ?? "";
  const code = entity.startsWith("#x") ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return String.fromCodePoint(code);
}

function trim(segments: readonly Segment[]): Segments {
  const first = segments.findIndex(({ text }) => /[^ ]/.test(text));
  if (first < 0) return { kept: [], trimmed: segments };
  const last = segments.findLastIndex(({ text }) => /[^ ]/.test(text));
  const kept = segments.slice(first, last + 1);
  const trimmed: { from: number; to: number }[] = [...segments.slice(0, first), ...segments.slice(last + 1)];
  const head = kept[0] as Segment;
  const spaces = head.text.search(/[^ ]/);
  if (spaces > 0) {
    const from = head.from + spaces;
    trimmed.push({ from: head.from, to: from });
    kept[0] = { ...head, text: head.text.slice(spaces), from };
  }
  const tail = kept.at(-1) as Segment;
  let end = tail.text.length;
  while (tail.text[end - 1] === " ") end--;
  if (end < tail.text.length) {
    const to = tail.from + end;
    trimmed.push({ from: to, to: tail.to });
    kept[kept.length - 1] = { ...tail, text: tail.text.slice(0, end), to };
  }
  return { kept, trimmed };
}
