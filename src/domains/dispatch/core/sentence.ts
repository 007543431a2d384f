/**
 * Sentences put together from what is known. A clause with anything missing in it vanishes as a whole, so that no
 * sentence shows an empty place, and the punctuation is set afterwards, so that none dangles.
 */
import type { FigureRun, Run } from "./briefing.ts";

export type Piece = string | Run | readonly Piece[] | null | undefined;
export type Clause = readonly Run[] | null;

export const text = (words: string): Run => ({ kind: "text", text: words });

function collect(piece: Piece, into: Run[]): boolean {
  if (piece === null || piece === undefined) return false;
  if (typeof piece === "string") into.push(text(piece));
  else if ("kind" in piece) into.push(piece);
  else return piece.every((part) => collect(part, into));
  return true;
}

/** Neighbouring text runs become one; figure runs stay apart, each with its own refs. */
export function merge(runs: readonly Run[]): Run[] {
  const merged: Run[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (run.kind === "text" && run.text === "") continue;
    if (run.kind === "text" && last?.kind === "text") merged[merged.length - 1] = text(last.text + run.text);
    else merged.push(run);
  }
  return merged;
}

/** A clause, or null when any piece of it is missing or it is empty. */
export function clause(...pieces: readonly Piece[]): Clause {
  const runs: Run[] = [];
  if (!collect(pieces, runs)) return null;
  const merged = merge(runs);
  return merged.length > 0 ? merged : null;
}

export function present<T>(items: readonly (T | null | undefined)[]): T[] {
  return items.filter((item): item is T => item !== null && item !== undefined);
}

/** Clauses with a separator between them; null when there are none. */
export function joined(clauses: readonly Clause[], separator: string): Clause {
  const known = present(clauses);
  if (known.length === 0) return null;
  return merge(known.flatMap((runs, index) => (index === 0 ? [...runs] : [text(separator), ...runs])));
}

/** "……，……。" from the clauses that are known; no clause, no sentence. */
export function sentence(...clauses: readonly Clause[]): Run[] {
  const body = joined(clauses, "，");
  return body ? merge([...body, text("。")]) : [];
}

/** 甲、乙、丙 */
export function listed(items: readonly Clause[]): Clause {
  return joined(items, "、");
}

export function plainText(runs: readonly Run[]): string {
  return runs.map((run) => run.text).join("");
}

export function figure(
  textShown: string,
  refs: FigureRun["refs"],
  field: string,
  how?: FigureRun["how"],
): FigureRun {
  return { kind: "figure", text: textShown, refs: [...new Set(refs)], field, ...(how ? { how } : {}) };
}
