/**
 * Cutting a draft into paragraphs and pieces, so that each figure of a claim can be shown in its place.
 *
 * Words:
 * - tag: a stretch of the text that matters to a claim: its head (the figure that was worked out), another operand, or the
 *   figure that an accepted correction replaces
 * - run, piece: stretches with the same heads and operands, and within them with the same replacement; they join up to the
 *   paragraph, whatever tags overlap
 */
import type { ClaimView } from "../../../domains/proofing/contract.ts";
import type { Decision } from "./decisions.ts";

export type Tag = {
  readonly from: number;
  readonly to: number;
  /** index of the claim */
  readonly claim: number;
  readonly kind: "head" | "operand" | "replaced";
  /** what stands there now; kind replaced only */
  readonly replacement?: string;
};

export type Piece = {
  readonly text: string;
  readonly isReplaced: boolean;
  /** to be shown after this piece */
  readonly inserted: string;
};

/** Pieces under the same heads, which make one mark; without heads, plain text. */
export type Run = {
  readonly pieces: readonly Piece[];
  readonly heads: readonly number[];
  /** those heads that begin and end with this run */
  readonly begins: readonly number[];
  readonly ends: readonly number[];
  readonly operands: readonly number[];
};

export type ParagraphForm = "title" | "heading" | "subheading" | "body" | "blank";
export type Paragraph = {
  readonly from: number;
  readonly text: string;
  readonly form: ParagraphForm;
  readonly runs: readonly Run[];
  /** claims with a tag in it */
  readonly claims: readonly number[];
  /** equal for paragraphs that look the same */
  readonly signature: string;
};

/** The tags of those claims that are shown. */
export function tagClaims(
  claims: readonly ClaimView[],
  shown: ReadonlySet<number>,
  decisionOf: (claim: ClaimView) => Decision | undefined,
): Tag[] {
  return claims.flatMap((claim, index): Tag[] => {
    if (!shown.has(index)) return [];
    const tags = claim.spans.map(
      ([from, to], at): Tag => ({ from, to, claim: index, kind: at === 0 ? "head" : "operand" }),
    );
    if (decisionOf(claim) === "accepted" && claim.correction !== undefined) {
      const { span, replacement } = claim.correction;
      tags.push({ from: span[0], to: span[1], claim: index, kind: "replaced", replacement });
    }
    return tags;
  });
}

export function cutDraft(text: string, tags: readonly Tag[]): Paragraph[] {
  const lines = text.split("\n");
  const starts: number[] = [];
  let next = 0;
  for (const line of lines) {
    starts.push(next);
    next += line.length + 1;
  }
  const tagged = shareOut(tags, starts);
  let title = lines.findIndex((line) => line.trim() !== "");
  if (!isTitle(lines[title] ?? "")) title = -1;
  return lines.map((line, index) => {
    const from = starts[index] as number;
    const form = index === title ? "title" : formOf(line);
    return cutParagraph({ text: line, from, form }, tagged.get(index) ?? []);
  });
}

/** Tags by line; one that runs over the end of a line belongs to both. */
function shareOut(tags: readonly Tag[], starts: readonly number[]): Map<number, Tag[]> {
  const byLine = new Map<number, Tag[]>();
  for (const tag of tags) {
    for (let line = lineAt(starts, tag.from); line < starts.length; line++) {
      if ((starts[line] as number) >= tag.to) break;
      const known = byLine.get(line);
      if (known === undefined) byLine.set(line, [tag]);
      else known.push(tag);
    }
  }
  return byLine;
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

type Line = { text: string; from: number; form: ParagraphForm };

function cutParagraph({ text, from, form }: Line, tags: readonly Tag[]): Paragraph {
  const end = from + text.length;
  const clipped = tags.map((tag) => ({
    tag,
    from: Math.max(tag.from, from) - from,
    to: Math.min(tag.to, end) - from,
  }));
  const runs = cutAt(
    text,
    clipped.filter(({ tag }) => tag.kind !== "replaced"),
  ).map(([start, stop]): Run => {
    const here = clipped.filter((one) => one.from <= start && one.to >= stop);
    const heads = here.filter(({ tag }) => tag.kind === "head");
    return {
      pieces: cutPieces(
        text,
        [start, stop],
        clipped.filter(({ tag }) => tag.kind === "replaced"),
      ),
      heads: heads.map(({ tag }) => tag.claim),
      begins: heads.filter((one) => one.from === start).map(({ tag }) => tag.claim),
      ends: heads.filter((one) => one.to === stop).map(({ tag }) => tag.claim),
      operands: here.filter(({ tag }) => tag.kind === "operand").map(({ tag }) => tag.claim),
    };
  });
  return {
    from,
    text,
    form,
    runs,
    claims: [...new Set(tags.map((tag) => tag.claim))],
    signature: tags
      .map((tag) => [tag.from - from, tag.to - from, tag.claim, tag.kind, tag.replacement].join())
      .join(";"),
  };
}

type Clipped = { tag: Tag; from: number; to: number };

/** The stretches between the ends of the tags; none is empty. */
function cutAt(text: string, clipped: readonly Clipped[]): [number, number][] {
  const cuts = [...new Set([0, text.length, ...clipped.flatMap((one) => [one.from, one.to])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((stop, index) => [cuts[index] as number, stop]);
}

function cutPieces(text: string, [start, stop]: [number, number], replaced: readonly Clipped[]): Piece[] {
  const inside = replaced
    .filter((one) => one.from < stop && one.to > start)
    .map((one) => ({ ...one, from: Math.max(one.from, start) - start, to: Math.min(one.to, stop) - start }));
  return cutAt(text.slice(start, stop), inside).map(([from, to]) => ({
    text: text.slice(start + from, start + to),
    isReplaced: inside.some((one) => one.from <= from && one.to >= to),
    inserted: replaced.find((one) => one.to === start + to)?.tag.replacement ?? "",
  }));
}

/** A short first line without a full stop. */
function isTitle(line: string): boolean {
  const words = line.trim();
  return words.length > 0 && words.length <= 40 && !/[。；：，！？.;:,!?]/.test(words);
}

/** Headings as official documents number them: 一、 and （一） on a line of their own. */
function formOf(line: string): ParagraphForm {
  const words = line.trim();
  if (words === "") return "blank";
  if (words.length > 40 || /[。；]/.test(words)) return "body";
  if (/^[一二三四五六七八九十百]+、/.test(words)) return "heading";
  return /^（[一二三四五六七八九十百]+）/.test(words) ? "subheading" : "body";
}
