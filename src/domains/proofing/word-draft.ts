/** Drafts in Word: their text, and the marked copy. Loaded only when a Word file comes. */
import { markWordComments } from "../../platform/docx/mark-word.ts";
import type { WordComment } from "../../platform/docx/mark-word.ts";
import { readWordText } from "../../platform/docx/read-word.ts";
import { WordFileError } from "../../platform/docx/word-file-error.ts";
import { DRAFT_UNREADABLE } from "./problems.ts";

/** @throws DRAFT_UNREADABLE, saying how to mend it */
export function readWordDraft(bytes: Uint8Array): string {
  return readable(() => readWordText(bytes));
}

/**
 * The same document with comments in its margin.
 * @param now when the comments were made
 * @throws DRAFT_UNREADABLE
 */
export function markWordDraft(bytes: Uint8Array, comments: readonly WordComment[], now: Date): Uint8Array {
  const options = { author: "材料校核", initials: "校", date: wordDate(now) };
  return readable(() => markWordComments(bytes, comments, options));
}

const chinaAheadMs = 8 * 3_600_000;

/** Word writes the time on the wall with a Z behind it, and shows what it finds there whatever the reader's zone. */
function wordDate(now: Date): string {
  return `${new Date(now.getTime() + chinaAheadMs).toISOString().slice(0, 19)}Z`;
}

function readable<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof WordFileError ? DRAFT_UNREADABLE({ detail: error.advice }) : error;
  }
}
