/**
 * Numbers that could not be saved yet, kept on this machine in case the page is closed. Only cells of number columns: texts
 * may name persons, and those stay out of a browser's storage.
 */
import type { Column } from "../../../../domains/returns/core/form.ts";
import type { Edit, Queue } from "./save-queue.ts";

const prefix = "taizhang.return.";
const kept = 14 * 24 * 3_600_000; // ms
const MOST = 2000; // cells

type Kept = { at: number; edits: Edit[] };

/** @param who account and post: another person on the same machine does not get them */
export function keepEdits(id: number, who: string, queue: Queue, columns: readonly Column[]): void {
  const numbers = new Set(columns.filter(({ kind }) => kind === "number").map(({ code }) => code));
  const all = [...(queue.sent?.cells.values() ?? []), ...queue.waiting.values()];
  const edits = all.filter(({ column }) => numbers.has(column)).slice(-MOST);
  try {
    if (edits.length === 0) localStorage.removeItem(`${prefix}${id}.${who}`);
    else
      localStorage.setItem(`${prefix}${id}.${who}`, JSON.stringify({ at: Date.now(), edits } satisfies Kept));
  } catch {
    // Storage can be full or switched off: the page works on, and what is on it is lost when it is left.
  }
}

export function readKeptEdits(id: number, who: string): Edit[] {
  try {
    const text = localStorage.getItem(`${prefix}${id}.${who}`);
    if (text === null) return [];
    const entry = JSON.parse(text) as Partial<Kept>;
    return entry.edits === undefined || Date.now() - (entry.at ?? 0) > kept ? [] : entry.edits;
  } catch {
    return [];
  }
}
