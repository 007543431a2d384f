/**
 * What was found at a door, kept on this machine until it is sent: the network of a village comes and goes.
 * Long numbers are starred out of the note first, so that no ID number, phone or account lies in a browser's storage.
 */
import { hideLongNumbers } from "../../../../domains/relief/core/masks.ts";
import type { Verdict } from "../../../../domains/relief/core/clues/clue-loop.ts";

export type VisitDraft = {
  visitedOn: string;
  visitors: readonly [string, string];
  verdict: Verdict | "";
  reason: string;
  scope: "person" | "household";
  note: string;
};

type Kept = { draft: VisitDraft; at: number; isUnsent: boolean };

/** Whoever signs in next on this phone neither sees nor sends it. */
export type DraftOf = { clue: number; account: number };

const prefixOf = (account: number): string => `taizhang.visit.${account}.`;
const keyOf = ({ clue, account }: DraftOf): string => prefixOf(account) + String(clue);
const kept = 30 * 24 * 3_600_000; // ms

export function keepDraft(whose: DraftOf, draft: VisitDraft, isUnsent: boolean): void {
  const entry: Kept = {
    draft: { ...draft, note: hideLongNumbers(draft.note) },
    at: Date.now(),
    isUnsent,
  };
  try {
    localStorage.setItem(keyOf(whose), JSON.stringify(entry));
  } catch {
    // Storage can be full or switched off: the page works on, and what is on it is lost when it is left.
  }
}

export function readDraft(whose: DraftOf): VisitDraft | undefined {
  return read(whose)?.draft;
}

/** Whether it was sent in vain and waits for the network. */
export function readUnsent(whose: DraftOf): boolean {
  return read(whose)?.isUnsent === true;
}

export function forgetDraft(whose: DraftOf): void {
  try {
    localStorage.removeItem(keyOf(whose));
  } catch {
    // see keepDraft
  }
}

/** Clues of which this account has a draft on this machine. */
export function cluesWithDraft(account: number): number[] {
  const prefix = prefixOf(account);
  try {
    const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? "");
    return keys.filter((key) => key.startsWith(prefix)).map((key) => Number(key.slice(prefix.length)));
  } catch {
    return [];
  }
}

function read(whose: DraftOf): Kept | undefined {
  try {
    const text = localStorage.getItem(keyOf(whose));
    if (text === null) return undefined;
    const entry = JSON.parse(text) as Partial<Kept>;
    if (entry.draft === undefined || entry.at === undefined || Date.now() - entry.at > kept) {
      forgetDraft(whose);
      return undefined;
    }
    return { draft: entry.draft, at: entry.at, isUnsent: entry.isUnsent === true };
  } catch {
    return undefined;
  }
}
