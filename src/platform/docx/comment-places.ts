/** Where in the XML of a document the marks of a span of its text belong. */
import type { Holder, Piece, Run, WordText } from "./text-piece.ts";

/** Beside a run, between two elements of a run, or within a w:t. */
export type Place =
  | { readonly kind: "beside"; readonly at: number }
  | { readonly kind: "between"; readonly at: number; readonly run: Run }
  | {
      readonly kind: "within";
      readonly at: number;
      readonly run: Run;
      readonly holder: Holder;
      readonly isCdata: boolean;
    };
export type MarkedRange = { readonly start: Place; readonly end: Place };

/** @throws RangeError for a span that is not in the text, or a document without text */
export function findRange(map: WordText, [from, to]: readonly [number, number]): MarkedRange {
  const { text, pieces } = map;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < from || to > text.length)
    throw new RangeError(`no span of a text of ${text.length} units: ${from} to ${to}`);
  const first = findFirst(pieces, (piece) => piece.at + piece.text.length > from);
  const last = findFirst(pieces, (piece) => piece.at >= to) - 1;
  if (first > last) {
    const point = pointBeside(pieces, first);
    return { start: point, end: point };
  }
  const touched = pieces.slice(first, last + 1);
  const starts = touched.map((piece) => startIn(piece, Math.max(0, from - piece.at)));
  const ends = touched.map((piece) => endIn(piece, Math.min(piece.text.length, to - piece.at)));
  // The text of a box comes after its paragraph, but the box stands in it: first in the text need not be first in the XML.
  return {
    start: starts.reduce((a, b) => (b.at < a.at ? b : a)),
    end: ends.reduce((a, b) => (b.at > a.at ? b : a)),
  };
}

function pointBeside(pieces: readonly Piece[], next: number): Place {
  const before = pieces[next - 1];
  if (before) return endIn(before, before.text.length);
  const after = pieces[next];
  if (after) return startIn(after, 0);
  throw new RangeError("no text to comment on");
}

/** Before a unit of the piece; a pair of surrogates is not divided. */
function startIn(piece: Piece, unit: number): Place {
  const { run, holder, shell } = piece;
  if (!run) return { kind: "beside", at: shell.start };
  if (unit > 0 || holder.firstPiece !== piece)
    return within(piece, run, piece.isPlain ? unit - (isInPair(piece.text, unit) ? 1 : 0) : 0);
  return holder.isFirst ? { kind: "beside", at: run.start } : { kind: "between", at: holder.start, run };
}

/** Behind the units before `unit`. */
function endIn(piece: Piece, unit: number): Place {
  const { run, holder, shell } = piece;
  const length = piece.text.length;
  if (!run) return { kind: "beside", at: shell.end };
  const stop = piece.isPlain && isInPair(piece.text, unit) ? unit + 1 : unit;
  if ((piece.isPlain && stop < length) || holder.lastPiece !== piece)
    return within(piece, run, piece.isPlain ? stop : length);
  return run.last === holder ? { kind: "beside", at: run.end } : { kind: "between", at: holder.end, run };
}

function within({ holder, from, to, isPlain, isCdata }: Piece, run: Run, unit: number): Place {
  const at = isPlain ? from + unit : unit === 0 ? from : to;
  return { kind: "within", at, run, holder, isCdata };
}

function isInPair(text: string, unit: number): boolean {
  return (
    unit > 0 && /^[\udc00-\udfff]/.test(text.charAt(unit)) && /[\ud800-\udbff]$/.test(text.charAt(unit - 1))
  );
}

/** Of a list that fails a test up to somewhere and passes it from there on, the first that passes, or the length. */
function findFirst<T>(list: readonly T[], passes: (item: T) => boolean): number {
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (passes(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
