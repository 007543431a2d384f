/** Drafts in Word: their text, and the marked copy. Loaded only when a Word file comes. */
import { DRAFT_UNREADABLE } from "./problems.ts";

export type Comment = { readonly span: readonly [number, number]; readonly text: string };

/** @throws DRAFT_UNREADABLE */
export function readWordDraft(_bytes: Uint8Array): string {
  throw DRAFT_UNREADABLE();
}

/** The same document with comments in its margin. @param at ISO instant that the comments bear */
export function markWordDraft(_bytes: Uint8Array, _comments: readonly Comment[], _at: string): Uint8Array {
  throw DRAFT_UNREADABLE();
}
