/**
 * The text of a Word document as a reader sees it, each character with its place in the XML.
 *
 * Words:
 * - story: a flow of paragraphs: the body, or the inside of one text box
 * - piece: characters of the text that stand together in the XML: part of a w:t, or a w:tab, w:br, …
 * - holder: the element of the run that a piece stands in
 * - shell: the outermost element of a paragraph around a piece; the run itself when marks may stand inside it
 */
import type { Segment } from "./text-segments.ts";
import type { XmlRoot } from "./xml-part.ts";

/** `end` is known when the element has been read to its end. */
export type Extent = { readonly start: number; end: number };
type Range = { readonly from: number; readonly to: number };

export type Run = Extent & {
  readonly name: string;
  readonly openEnd: number;
  /** w:rPr */
  properties: Range | undefined;
  /** how many elements have come but w:rPr */
  contents: number;
  /** the holder that comes last of all in the run */
  last: Holder | undefined;
};

export type Holder = Extent & {
  readonly name: string;
  readonly openEnd: number;
  readonly isText: boolean;
  readonly isPreserved: boolean;
  /** comes first of all in the run but w:rPr */
  readonly isFirst: boolean;
  /** white space that is not shown */
  trimmed: readonly Range[];
  firstPiece: Piece | undefined;
  lastPiece: Piece | undefined;
};

export type Piece = Segment & {
  /** where its text begins in the text of the document */
  at: number;
  readonly holder: Holder;
  readonly shell: Extent;
  /** the same as the shell, when the run may be divided */
  readonly run: Run | undefined;
};

/** A complex field. What stands between its begin and its separator is code, and is not seen. */
export type Field = { isCode: boolean; isClosed: boolean };

export type Story = {
  readonly items: (string | { readonly piece: Piece; readonly codes: readonly Field[] } | Story)[];
  hasPieces: boolean;
  /** what parts the last paragraph, cell or row from the next, if there is one */
  pending: string;
  readonly fields: Field[];
};

export type WordText = {
  readonly text: string;
  /** in the order of the text */
  readonly pieces: readonly Piece[];
  readonly root: XmlRoot;
  /** the numbers of comments that the document refers to */
  readonly commentIds: ReadonlySet<string>;
};

export function newStory(): Story {
  return { items: [], hasPieces: false, pending: "", fields: [] };
}

export function flushPending(story: Story): void {
  if (story.pending !== "") story.items.push(story.pending);
  story.pending = "";
}
