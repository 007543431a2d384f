/**
 * Edits on their way to the server, as values: what waits, what was sent, what somebody else had changed meanwhile.
 *
 * Words:
 * - edit: a cell with what stood on the page before (`from`) and what shall stand there now (`to`)
 * - waiting: not yet sent; several edits of a cell are one, with the first `from` and the last `to`
 * - sent: in the request that is under way; there is one at a time
 * - conflict: the server found another value than `from`; both are kept until somebody chooses
 */
import type { CellPlace } from "./cell-key.ts";
import { cellKey } from "./cell-key.ts";

export type Edit = CellPlace & { from: string | null; to: string | null };
export type Conflict = CellPlace & { mine: string | null; theirs: string | null };
export type NewRow = { subject: string; name: string };
type Edits = ReadonlyMap<string, Edit>;
/** `values`: what stood in it on the page when it was taken away, blank cells left out */
export type GoneRow = { subject: string; values: Readonly<Record<string, string>> };
export type Batch = { cells: Edits; add: readonly NewRow[]; remove: readonly GoneRow[] };
export type Queue = {
  waiting: Edits;
  add: readonly NewRow[];
  remove: readonly GoneRow[];
  sent: Batch | undefined;
  /** by cell, what was sent without an answer: found on the server, it is our own */
  lost: ReadonlyMap<string, readonly (string | null)[]>;
  conflicts: ReadonlyMap<string, Conflict>;
  /** the last request got no answer */
  isOffline: boolean;
};
/** The part of the server's answer that the queue reads. */
export type Answer = {
  cells: readonly (CellPlace & { value: string | null })[];
  refused: readonly (CellPlace & { code: string; value: string | null })[];
};

const MOST_CELLS = 5000;
const MOST_ROWS = 500;

export const EMPTY_QUEUE: Queue = {
  waiting: new Map(),
  add: [],
  remove: [],
  sent: undefined,
  lost: new Map(),
  conflicts: new Map(),
  isOffline: false,
};

export function enqueue(queue: Queue, edits: readonly Edit[]): Queue {
  const waiting = new Map(queue.waiting);
  const conflicts = new Map(queue.conflicts);
  for (const edit of edits) {
    const key = cellKey(edit.subject, edit.column);
    const conflict = conflicts.get(key);
    if (conflict !== undefined) {
      conflicts.set(key, { ...conflict, mine: edit.to });
      continue;
    }
    const before = waiting.get(key) ?? queue.sent?.cells.get(key);
    const from = waiting.has(key) ? before?.from : before?.to;
    const merged = { ...edit, from: from === undefined ? edit.from : from };
    // What got no answer may have arrived: then even going back to the old value is news to the server.
    if (merged.from === merged.to && !queue.lost.has(key)) waiting.delete(key);
    else waiting.set(key, merged);
  }
  return { ...queue, waiting, conflicts };
}

export function enqueueRow(queue: Queue, row: NewRow): Queue {
  return { ...queue, add: [...queue.add, row] };
}

/** Edits of a row that goes need not be sent any more; a row that was only just added is simply forgotten. */
export function enqueueRemoval(queue: Queue, row: GoneRow): Queue {
  const { subject } = row;
  const without = <Value extends CellPlace>(cells: ReadonlyMap<string, Value>): Map<string, Value> =>
    new Map([...cells].filter(([, cell]) => cell.subject !== subject));
  const isNew = queue.add.some((other) => other.subject === subject);
  return {
    ...queue,
    waiting: without(queue.waiting),
    conflicts: without(queue.conflicts),
    add: queue.add.filter((other) => other.subject !== subject),
    remove: isNew ? queue.remove : [...queue.remove, row],
  };
}

/** What to send now; nothing while a request is under way. */
export function take(queue: Queue): { queue: Queue; batch: Batch } | undefined {
  if (queue.sent !== undefined || !isWaiting(queue)) return undefined;
  const all = [...queue.waiting];
  const batch: Batch = {
    cells: new Map(all.slice(0, MOST_CELLS)),
    add: queue.add.slice(0, MOST_ROWS),
    remove: queue.remove.slice(0, MOST_ROWS),
  };
  return {
    batch,
    queue: {
      ...queue,
      waiting: new Map(all.slice(MOST_CELLS)),
      add: queue.add.slice(MOST_ROWS),
      remove: queue.remove.slice(MOST_ROWS),
      sent: batch,
    },
  };
}

/**
 * The server has answered. An answer that was lost on its way leads to the same edit twice: the server then finds what it
 * shall write already there, which is no conflict.
 */
export function settle(queue: Queue, answer: Answer): Queue {
  const waiting = new Map(queue.waiting);
  const conflicts = new Map(queue.conflicts);
  const lost = new Map(queue.lost);
  const rebase = (key: string, value: string | null): void => {
    const later = waiting.get(key);
    if (later === undefined) return;
    if (later.to === value) waiting.delete(key);
    else waiting.set(key, { ...later, from: value });
  };
  for (const { subject, column, value } of answer.cells) rebase(cellKey(subject, column), value);
  for (const { subject, column, code, value } of answer.refused) {
    const key = cellKey(subject, column);
    const edit = queue.sent?.cells.get(key);
    if (edit === undefined || code !== "CONFLICT" || value === edit.to) {
      rebase(key, value);
      continue;
    }
    const later = waiting.get(key);
    const mine = later === undefined ? edit.to : later.to;
    waiting.delete(key);
    if (mine === value) continue;
    if (lost.get(key)?.includes(value)) waiting.set(key, { subject, column, from: value, to: mine });
    else conflicts.set(key, { subject, column, mine, theirs: value });
  }
  for (const key of queue.sent?.cells.keys() ?? []) if (!waiting.has(key)) lost.delete(key);
  return { ...queue, waiting, conflicts, lost, sent: undefined, isOffline: false };
}

/** No answer came: everything waits again, with what stood there before it was first sent. */
export function putBack(queue: Queue, isOffline: boolean): Queue {
  const { sent } = queue;
  if (sent === undefined) return { ...queue, isOffline };
  const waiting = new Map(sent.cells);
  const lost = new Map(queue.lost);
  for (const [key, { to }] of sent.cells) lost.set(key, [...(lost.get(key) ?? []), to]);
  for (const [key, later] of queue.waiting) {
    const before = waiting.get(key);
    waiting.set(key, before === undefined ? later : { ...later, from: before.from });
  }
  return {
    ...queue,
    waiting,
    add: [...sent.add, ...queue.add],
    remove: [...sent.remove, ...queue.remove],
    sent: undefined,
    lost,
    isOffline,
  };
}

/** Mine is sent again, now on top of theirs; theirs stays as it is. */
export function choose(queue: Queue, cell: CellPlace, side: "mine" | "theirs"): Queue {
  const key = cellKey(cell.subject, cell.column);
  const conflict = queue.conflicts.get(key);
  if (conflict === undefined) return queue;
  const conflicts = new Map(queue.conflicts);
  conflicts.delete(key);
  const rest = { ...queue, conflicts };
  const { subject, column, mine, theirs } = conflict;
  return side === "mine" ? enqueue(rest, [{ subject, column, from: theirs, to: mine }]) : rest;
}

export function isWaiting(queue: Queue): boolean {
  return queue.waiting.size > 0 || queue.add.length > 0 || queue.remove.length > 0;
}

export type SaveState = "saved" | "waiting" | "saving" | "offline" | "conflict";

/** What the page says about it; the first that holds. */
export function saveState(queue: Queue): SaveState {
  if (queue.conflicts.size > 0) return "conflict";
  if (queue.isOffline) return "offline";
  if (queue.sent !== undefined) return "saving";
  return isWaiting(queue) ? "waiting" : "saved";
}

/** What shall stand in a cell; undefined: nothing of ours is on its way. */
export function pendingValue(queue: Queue, key: string): string | null | undefined {
  const pending = queue.waiting.get(key);
  if (pending !== undefined) return pending.to;
  const conflict = queue.conflicts.get(key);
  if (conflict !== undefined) return conflict.mine;
  return queue.sent?.cells.get(key)?.to;
}
