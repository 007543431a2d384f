/** What this person did on this page, to be taken back step by step. A paste is one step. */
import type { CellPlace } from "./cell-key.ts";

/** Text as it was in the cell: a value, or what could not be read. */
export type OwnEdit = CellPlace & { before: string; after: string };
export type OwnEdits = { done: readonly (readonly OwnEdit[])[]; undone: readonly (readonly OwnEdit[])[] };

const MOST = 200; // steps

export const NO_EDITS: OwnEdits = { done: [], undone: [] };

/** A new step; what had been taken back is gone for good. */
export function recordEdits(edits: OwnEdits, step: readonly OwnEdit[]): OwnEdits {
  const real = step.filter(({ before, after }) => before !== after);
  return real.length === 0 ? edits : { done: [...edits.done, real].slice(-MOST), undone: [] };
}

/** @returns the cells to put back, with the edits that are left; undefined when there is nothing to take back */
export function undoEdits(edits: OwnEdits): { edits: OwnEdits; step: OwnEdit[] } | undefined {
  const step = edits.done.at(-1);
  if (step === undefined) return undefined;
  return {
    edits: { done: edits.done.slice(0, -1), undone: [...edits.undone, step] },
    step: step.map((one) => ({ ...one, before: one.after, after: one.before })),
  };
}

export function redoEdits(edits: OwnEdits): { edits: OwnEdits; step: OwnEdit[] } | undefined {
  const step = edits.undone.at(-1);
  if (step === undefined) return undefined;
  return {
    edits: { done: [...edits.done, step], undone: edits.undone.slice(0, -1) },
    step: [...step],
  };
}
