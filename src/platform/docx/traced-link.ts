import { BookmarkEnd, BookmarkStart, BuilderElement, TextRun } from "docx";
import type { ParagraphChild } from "docx";
import type { FigureRun, OfficialBlock, OfficialDocument, Run } from "./official-document.ts";

/**
 * A figure in the text leads to its source: an internal hyperlink, looking like plain text in print and on screen, to the
 * bookmark on the fact's row in the appendix; resting the pointer on it shows the fact's ids.
 */

/** Word allows letters, digits and underscores, a letter first, 40 at most. */
export function bookmarkName(anchor: string): string {
  const safe = anchor.replace(/[^0-9A-Za-z_]/g, (c) => `_${(c.codePointAt(0) as number).toString(16)}_`);
  return `ref_${safe}`.slice(0, 40);
}

/** Characters XML 1.0 forbids are dropped, lone surrogates too; line breaks and tabs become spaces. */
export function printable(text: string): string {
  return text.replace(/[\t\n\r\u0085\u2028\u2029]+/g, " ").replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "");
}

function blocksOf(document: OfficialDocument): OfficialBlock[] {
  return [...document.blocks, ...document.appendices.flatMap((appendix) => [...appendix.blocks])];
}

/** The anchors that rows and cells really carry: a figure whose fact is listed nowhere stays plain text. */
export function anchorsOf(document: OfficialDocument): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const block of blocksOf(document)) {
    if (block.kind !== "table") continue;
    for (const row of block.rows) {
      if (row.anchor) anchors.add(row.anchor);
      for (const cell of row.cells) if (cell.anchor) anchors.add(cell.anchor);
    }
  }
  return anchors;
}

/** What one document needs while it is written: where links may lead, which bookmarks are already set. */
export type LinkContext = { readonly anchors: ReadonlySet<string>; readonly bookmarked: Set<string> };

const shownIds = 6;
/** Word cuts a screen tip at 260 characters. */
const longestTooltip = 255;
function tooltip(figure: FigureRun): string {
  const shown = figure.refs.slice(0, shownIds).join("、");
  const rest = figure.refs.length > shownIds ? `等${figure.refs.length}条` : "";
  return printable(`${figure.how ? `${figure.how.zh}；` : ""}数据编号：${shown}${rest}`).slice(
    0,
    longestTooltip,
  );
}

export function runChild(run: Run, context: LinkContext, style?: string): ParagraphChild {
  const text = new TextRun({ text: printable(run.text), ...(style ? { style } : {}) });
  const target = run.kind === "figure" ? run.refs.find((ref) => context.anchors.has(ref)) : undefined;
  if (run.kind !== "figure" || target === undefined) return text;
  const link = new BuilderElement({
    name: "w:hyperlink",
    attributes: {
      anchor: { key: "w:anchor", value: bookmarkName(target) },
      tooltip: { key: "w:tooltip", value: tooltip(run) },
      history: { key: "w:history", value: "0" },
    },
    children: [text],
  });
  // The package's list of paragraph children names its own link class only, which cannot carry a tooltip.
  return link as unknown as ParagraphChild;
}

/** Bookmark ids are numbered anew after packing (see render-official-document.ts): here they only pair start and end. */
export function anchored(
  children: readonly ParagraphChild[],
  anchor: string | undefined,
  context: LinkContext,
): ParagraphChild[] {
  if (!anchor || context.bookmarked.has(anchor)) return [...children];
  context.bookmarked.add(anchor);
  const id = context.bookmarked.size;
  const start = new BookmarkStart(bookmarkName(anchor), id) as unknown as ParagraphChild;
  const end = new BookmarkEnd(id) as unknown as ParagraphChild;
  return [start, ...children, end];
}
