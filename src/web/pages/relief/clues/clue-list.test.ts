import { expect, test } from "vitest";
import type { ClueRow } from "../../../../domains/relief/contract.ts";
import { filterOf, neighboursOf } from "./clue-list.ts";

const list = [3, 8, 5].map((id) => ({ id })) as ClueRow[];

test.each([
  [3, { previous: undefined, next: 8 }],
  [8, { previous: 3, next: 5 }],
  [5, { previous: 8, next: undefined }],
  // dealt with meanwhile: the first that is left comes next
  [9, { previous: undefined, next: 3 }],
])("around clue %i", (id, expected) => {
  expect(neighboursOf(list, id)).toEqual(expected);
});

test("lateness is asked for only when it is chosen", () => {
  expect(filterOf({ queue: "visit" })).toEqual({ queue: "visit", within: undefined, rule: undefined });
  expect(filterOf({ queue: "visit", late: "yes" })).toMatchObject({ isLate: true });
});
