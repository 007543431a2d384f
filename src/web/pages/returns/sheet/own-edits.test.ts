import { expect, test } from "vitest";
import { NO_EDITS, recordEdits, redoEdits, undoEdits } from "./own-edits.ts";

const edit = (before: string, after: string) => ({ subject: "region", column: "a", before, after });

test("steps are taken back in turn and can be done again", () => {
  const two = recordEdits(recordEdits(NO_EDITS, [edit("", "1")]), [edit("1", "2")]);
  const undone = undoEdits(two);
  expect(undone?.step).toEqual([edit("2", "1")]);
  expect(redoEdits(undone?.edits ?? NO_EDITS)?.step).toEqual([edit("1", "2")]);
  const all = undoEdits(undone?.edits ?? NO_EDITS);
  expect(all?.step).toEqual([edit("1", "")]);
  expect(undoEdits(all?.edits ?? NO_EDITS)).toBeUndefined();
});

test("a new step after taking back leaves nothing to do again", () => {
  const undone = undoEdits(recordEdits(NO_EDITS, [edit("", "1")]))?.edits ?? NO_EDITS;
  expect(redoEdits(recordEdits(undone, [edit("", "3")]))).toBeUndefined();
});

test("what changed nothing is no step", () => {
  expect(recordEdits(NO_EDITS, [edit("1", "1")])).toBe(NO_EDITS);
});
