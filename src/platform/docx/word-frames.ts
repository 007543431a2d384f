/** What the elements of a Word document mean for the text that a reader sees: one frame for each that is open. */
import type { Extent, Field, Holder, Piece, Run, Story } from "./text-piece.ts";
import { flushPending, newStory } from "./text-piece.ts";
import type { Segment } from "./text-segments.ts";
import { readSegments } from "./text-segments.ts";
import { isOn } from "./word-names.ts";
import type { XmlTag } from "./xml-part.ts";
import { attributeOf } from "./xml-part.ts";

type Paragraph = {
  /** its end is deleted or hidden: the next paragraph goes on in the same line */
  isJoined: boolean;
  readonly boxes: Story[];
};

export type Frame = {
  readonly kind: string;
  readonly start: number;
  readonly isPreserved: boolean;
  /** nothing inside is seen */
  isMuted: boolean;
  story: Story;
  paragraph: Paragraph | undefined;
  run: Run | undefined;
  shell: Extent | undefined;
  holder: Holder | undefined;
  /** of alternatives: one has been read */
  isChosen: boolean;
};

/** Elements that stand for one character. */
const marks: Readonly<Record<string, string>> = {
  tab: "\t",
  ptab: "\t",
  br: "\n",
  cr: "\n",
  noBreakHyphen: "-",
};
/** Nothing in these is seen: what is deleted or moved away, field codes, glosses, properties before a change. */
const unseen = new Set(
  (
    "del moveFrom delText instrText delInstrText rt " +
    "pPrChange rPrChange tcPrChange trPrChange sectPr tblPr tblGrid"
  ).split(" "),
);
/** Controls whose content Word may write anew from somewhere else; a mark inside would be lost. */
const rewritten = new Set(["text", "date", "dropDownList", "comboBox", "dataBinding"]);

export function firstFrame(kind: string, start: number, story: Story): Frame {
  return {
    kind,
    start,
    isPreserved: false,
    isMuted: false,
    story,
    paragraph: undefined,
    run: undefined,
    shell: undefined,
    holder: undefined,
    isChosen: false,
  };
}

/** Whether nothing in the element is seen, the second of two alternatives among it. */
export function isUnseen(kind: string, parent: Frame): boolean {
  if (kind !== "Choice" && kind !== "Fallback") return unseen.has(kind);
  const isSecond = parent.isChosen;
  parent.isChosen = true;
  return isSecond;
}

/** What an element says of those around it; called for every element, seen or not, before its frame is opened. */
export function tellParents(kind: string, tag: XmlTag, frames: readonly Frame[]): void {
  const parent = frames.at(-1) as Frame;
  if (parent.kind === "r" && kind !== "rPr" && parent.run) {
    parent.run.contents++;
    parent.run.last = undefined;
  }
  const owner = frames.at(-2);
  if (owner === undefined) return;
  switch (parent.kind) {
    case "rPr":
      if (kind === "vanish" && isOn(tag) && owner.kind === "r") owner.isMuted = true;
      if (owner.kind !== "pPr" || !owner.paragraph) return;
      if (kind === "del" || kind === "moveFrom" || (kind === "vanish" && isOn(tag)))
        owner.paragraph.isJoined = true;
      return;
    case "trPr":
      if (kind === "del") owner.isMuted = true;
      return;
    case "tcPr": {
      const isMerge = kind === "vMerge" || kind === "hMerge";
      if (kind === "cellDel" || (isMerge && attributeOf(tag, "val") !== "restart")) owner.isMuted = true;
      return;
    }
    case "sdtPr":
      if (rewritten.has(kind) && owner.paragraph) owner.shell ??= { start: owner.start, end: owner.start };
  }
}

export function openFrame(kind: string, tag: XmlTag, place: Extent, parent: Frame): Frame {
  const space = tag.attributes["xml:space"]?.value;
  const frame: Frame = {
    ...parent,
    kind,
    start: place.start,
    isPreserved: space === undefined ? parent.isPreserved : space === "preserve",
    holder: undefined,
    isChosen: false,
  };
  switch (kind) {
    case "p":
      frame.paragraph = { isJoined: false, boxes: [] };
      frame.run = undefined;
      if (!frame.isMuted) flushPending(frame.story);
      break;
    case "tc":
      if (!frame.isMuted) flushPending(frame.story);
      break;
    case "txbxContent":
      openBox(frame);
      break;
    case "AlternateContent":
      if (frame.paragraph) frame.shell ??= { start: place.start, end: place.end };
      break;
    case "r":
      if (frame.paragraph) openRun(frame, tag, place);
      break;
    case "fldChar":
      readFieldMark(attributeOf(tag, "fldCharType"), frame.story.fields);
      break;
    default:
      if ((kind === "t" || Object.hasOwn(marks, kind)) && isHeld(parent))
        openHolder(frame, tag, place, parent);
  }
  return frame;
}

/** A text box is a story of its own, told after the paragraph that holds it. */
function openBox(frame: Frame): void {
  if (!frame.paragraph) return;
  frame.story = newStory();
  frame.paragraph.boxes.push(frame.story);
  frame.paragraph = undefined;
  frame.run = undefined;
}

function openRun(frame: Frame, tag: XmlTag, { start, end }: Extent): void {
  const run = {
    name: tag.name,
    start,
    openEnd: end,
    end,
    properties: undefined,
    contents: 0,
    last: undefined,
  };
  frame.run = run;
  frame.shell ??= run;
}

/** w:tab is a character in a run only; in w:pPr it is a stop. */
function isHeld({ kind, run, paragraph }: Frame): boolean {
  return run !== undefined && paragraph !== undefined && ["r", "Choice", "Fallback"].includes(kind);
}

function openHolder(frame: Frame, tag: XmlTag, { start, end }: Extent, parent: Frame): void {
  const run = frame.run as Run;
  frame.holder = {
    name: tag.name,
    start,
    openEnd: end,
    end,
    isText: frame.kind === "t",
    isPreserved: frame.isPreserved,
    isFirst: run.contents === 1,
    trimmed: [],
    firstPiece: undefined,
    lastPiece: undefined,
  };
  if (parent.kind === "r") run.last = frame.holder;
}

/** Word opens no document with more of them inside one another; their number must not be multiplied by the text's. */
const deepestFields = 100;

function readFieldMark(type: string | undefined, fields: Field[]): void {
  if (type === "begin" && fields.length < deepestFields) fields.push({ isCode: true, isClosed: false });
  const field = type === "end" ? fields.pop() : type === "separate" ? fields.at(-1) : undefined;
  if (field) Object.assign(field, { isCode: false, isClosed: true });
}

/**
 * `closing` is the closing tag; of an element that closes itself, the place behind it.
 * @returns how many pieces the element has given
 */
export function closeFrame(frame: Frame, closing: Extent, parent: Frame, xml: string): number {
  if (frame.shell?.start === frame.start) frame.shell.end = closing.end;
  switch (frame.kind) {
    case "rPr":
      if (parent.kind === "r" && parent.run) parent.run.properties ??= { from: frame.start, to: closing.end };
      break;
    case "r":
      if (frame.run) frame.run.end = closing.end;
      break;
    case "p":
      if (!frame.isMuted) closeParagraph(frame);
      break;
    case "tc":
      if (!parent.isMuted) frame.story.pending = "\t";
      break;
    case "tr":
      if (!frame.isMuted) frame.story.pending = "\n";
      break;
    default:
      if (frame.holder) return closeHolder(frame, closing, parent, xml);
  }
  return 0;
}

function closeParagraph({ story, paragraph }: Frame): void {
  if (!paragraph) return;
  story.pending = paragraph.isJoined ? "" : "\n";
  for (const box of paragraph.boxes) {
    if (!box.hasPieces) continue;
    story.pending = "\n";
    flushPending(story);
    story.items.push(box);
    story.hasPieces = true;
    story.pending = "\n";
  }
}

function closeHolder(frame: Frame, closing: Extent, parent: Frame, xml: string): number {
  const { holder, run, shell, story } = frame;
  if (!holder || !run || !shell) return 0;
  holder.end = closing.end;
  if (frame.isMuted) return 0;
  const { kept, trimmed } = holder.isText
    ? readSegments(xml, { from: holder.openEnd, to: closing.start }, holder.isPreserved)
    : { kept: [markSegment(frame.kind, holder)], trimmed: [] };
  holder.trimmed = trimmed;
  const codes = story.fields.filter(({ isCode }) => isCode);
  const isDivisible = parent.kind === "r" && shell === run;
  for (const segment of kept) {
    const piece: Piece = { ...segment, at: -1, holder, shell, run: isDivisible ? run : undefined };
    holder.firstPiece ??= piece;
    holder.lastPiece = piece;
    story.items.push({ piece, codes });
    story.hasPieces = true;
  }
  return kept.length;
}

function markSegment(kind: string, { start, end }: Holder): Segment {
  return { text: marks[kind] ?? "", from: start, to: end, isPlain: false, isCdata: false };
}
