import { expect, test } from "vitest";
import { filesOfVisit } from "./visit-files.ts";

const step = (number: number, verb: "send" | "assign" | "judge" | "object", recordedAt: string) => ({
  step: number,
  verb,
  queue: "visit" as const,
  by: "somebody",
  recordedAt,
  detail: {},
});
const photo = (id: number, recordedAt: string) => ({
  id,
  kind: "photo" as const,
  takenAt: null,
  latitude: null,
  longitude: null,
  place: null,
  noFix: null,
  recordedAt,
});

test("a photo of the visit before an objection does not count for the visit after it", () => {
  const steps = [
    step(1, "send", "2016-08-22T01:00:00Z"),
    step(2, "assign", "2016-08-23T01:00:00Z"),
    step(3, "judge", "2016-08-25T01:00:00Z"),
    step(4, "object", "2016-08-30T01:00:00Z"),
  ];
  const files = [photo(1, "2016-08-25T00:30:00Z"), photo(2, "2016-08-31T02:00:00Z")];
  expect(filesOfVisit({ steps, files }).map(({ id }) => id)).toEqual([2]);
  expect(filesOfVisit({ steps: steps.slice(0, 3), files }).map(({ id }) => id)).toEqual([1, 2]);
});
