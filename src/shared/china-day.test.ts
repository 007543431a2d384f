import { expect, it } from "vitest";
import { dayInChina } from "./china-day.ts";

it.each([
  ["2016-08-30T15:59:59Z", "2016-08-30"],
  ["2016-08-30T16:00:00Z", "2016-08-31"],
  ["2016-12-31T16:00:00Z", "2017-01-01"],
])("%s is %s in China", (at, day) => {
  expect(dayInChina(new Date(at))).toBe(day);
});
