import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addWorkingDays,
  countWorkingDays,
  isAnnounced,
  isWorkingDay,
  lastWorkingDay,
} from "./working-days.ts";

const anyDay = fc
  .date({ min: new Date("2014-01-01"), max: new Date("2026-11-30"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

function workingDaysOf(from: string, to: string): number {
  let count = 0;
  for (let day = from; day <= to; day = addDays(day, 1)) count += Number(isWorkingDay(day));
  return count;
}

describe("working days of 2016", () => {
  // 国办发明电〔2015〕18号
  test.each([
    ["2016-02-06", true],
    ["2016-02-14", true],
    ["2016-06-12", true],
    ["2016-09-18", true],
    ["2016-10-08", true],
    ["2016-10-09", true],
    ["2016-01-01", false],
    ["2016-02-08", false],
    ["2016-09-15", false],
    ["2016-09-10", false],
    ["2016-09-09", true],
  ])("%s: %s", (day, works) => expect(isWorkingDay(day)).toBe(works));

  test("are 250, and 21, 18 and 22 in September, October and November", () => {
    expect(workingDaysOf("2016-01-01", "2016-12-31")).toBe(250);
    expect(workingDaysOf("2016-09-01", "2016-09-30")).toBe(21);
    expect(workingDaysOf("2016-10-01", "2016-10-31")).toBe(18);
    expect(workingDaysOf("2016-11-01", "2016-11-30")).toBe(22);
  });

  test.each([
    ["2016-09-01", 20, "2016-09-30"],
    ["2016-09-14", 3, "2016-09-20"],
    ["2016-09-28", 15, "2016-10-24"],
    ["2016-09-30", 1, "2016-10-08"],
    ["2016-02-05", 5, "2016-02-17"],
  ])("%s and %d more: %s", (day, count, end) => expect(addWorkingDays(day, count)).toBe(end));

  test("the deadline of the look-back, a Saturday, is the Friday before", () => {
    expect(lastWorkingDay("2016-09-10")).toBe("2016-09-09");
    expect(lastWorkingDay("2016-10-08")).toBe("2016-10-08");
  });
});

describe("each announced year", () => {
  test("has between 246 and 252 working days", () => {
    for (let year = 2014; isAnnounced(year); year++) {
      const days = workingDaysOf(`${year}-01-01`, `${year}-12-31`);
      expect(days, String(year)).toBeGreaterThanOrEqual(246);
      expect(days, String(year)).toBeLessThanOrEqual(252);
    }
    expect([2013, 2014, 2026, 2027].map(isAnnounced)).toEqual([false, true, true, false]);
  });
});

describe("laws", () => {
  test("adding and counting undo one another", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 400 }), (day, count) => {
        const end = addWorkingDays(day, count);
        expect(isWorkingDay(end)).toBe(true);
        expect(countWorkingDays(day, end)).toBe(count);
      }),
    );
  });

  test("days before a day are counted as days late", () => {
    expect(countWorkingDays("2016-09-12", "2016-09-09")).toBe(-1);
    expect(countWorkingDays("2016-09-09", "2016-09-09")).toBe(0);
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(countWorkingDays(a, b) + countWorkingDays(b, a)).toBe(0);
      }),
    );
  });

  test("the last working day is one, not later, and nothing works between", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const last = lastWorkingDay(day);
        expect(last <= day && isWorkingDay(last)).toBe(true);
        expect(countWorkingDays(last, day)).toBe(0);
      }),
    );
  });
});
