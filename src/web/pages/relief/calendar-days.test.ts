import { expect, test } from "vitest";
import { addDays, isWeekend } from "./calendar-days.ts";

test.each([
  ["2016-08-28", 7, "2016-09-04"],
  ["2016-02-28", 1, "2016-02-29"],
  ["2016-12-31", 1, "2017-01-01"],
  ["not a day", 7, "not a day"],
])("%s and %i days more", (day, days, expected) => {
  expect(addDays(day, days)).toBe(expected);
});

test.each([
  ["2016-09-10", true],
  ["2016-09-11", true],
  ["2016-09-09", false],
  ["", false],
])("%s is at a weekend: %s", (day, expected) => {
  expect(isWeekend(day)).toBe(expected);
});
