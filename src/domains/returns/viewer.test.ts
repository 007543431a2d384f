/** Who reviews: the right level and unit, within the scope, and nobody his own. */
import { expect, test } from "vitest";
import { formOf } from "../../../fixtures/plain-form.ts";
import { mayReview } from "./viewer.ts";

const form = formOf({ review: [{ level: "township" }, { level: "county", units: ["stats"] }] });
const at = (region: number, id: number, code: string) => ({
  unit: { id, code, county: 140981 },
  region,
  account: 8,
  rights: new Set(["returns.review"]),
});
const village = { unit: 7, region: 140981101202, submittedBy: 9, passedBy: [] };
const byOneself = { ...village, submittedBy: 8 };
const passedByOneself = { ...village, passedBy: [4, 8] };

test.each([
  ["a township the village in it", at(140981101000, 5, "town"), village, 0, true],
  [
    "but not its own return",
    at(140981101000, 5, "town"),
    { ...village, unit: 5, region: 140981101000 },
    0,
    false,
  ],
  ["nor what the same person has submitted", at(140981101000, 5, "town"), byOneself, 0, false],
  ["at no level", at(140981000000, 1, "stats"), byOneself, 1, false],
  ["nor what the same person has passed before", at(140981000000, 1, "stats"), passedByOneself, 1, false],
  ["which does not bind others", at(140981000000, 1, "stats"), { ...village, passedBy: [4, 9] }, 1, true],
  ["nor another township's", at(140981102000, 6, "other"), village, 0, false],
  ["nor at the county's level", at(140981101000, 5, "town"), village, 1, false],
  ["the county's named unit", at(140981000000, 1, "stats"), village, 1, true],
  ["and no other unit of it", at(140981000000, 2, "finance"), village, 1, false],
] as const)("%s", (_name, viewer, placed, level, expected) => {
  expect(mayReview(viewer, form, placed, level)).toBe(expected);
  expect(mayReview({ ...viewer, rights: new Set() }, form, placed, level)).toBe(false);
});
