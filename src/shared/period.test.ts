import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addMonths,
  comparePeriods,
  formOf,
  isFuture,
  lastOfYear,
  monthOf,
  monthPeriod,
  monthsElapsed,
  type Period,
  parsePeriod,
  parsePeriodText,
  period,
  periodLabel,
  previousInYear,
  sameLastYear,
  yearOf,
  addPeriods,
  daysOf,
} from "./period.ts";

test.each(["2016", "2016Q3", "2016-07", "2016-12", "1949"])("%s is a period", (text) =>
  expect(parsePeriod(text)).toEqual({ ok: true, value: text }),
);
test.each(["2016-13", "2016-00", "2016-7", "2016Q5", "1948", "2201", "2016-07-01", "", "２０１６"])(
  "%j is none",
  (text) => expect(parsePeriod(text).ok).toBe(false),
);

test.each([
  ["2016-7", "2016-07"],
  ["2016/07", "2016-07"],
  ["201607", "2016-07"],
  ["2016年7月", "2016-07"],
  ["2016年1—7月", "2016-07"],
  ["2016年1-7月份", "2016-07"],
  ["２０１６年１１月", "2016-11"],
  ["2016年三季度", "2016Q3"],
  ["2016年第3季度", "2016Q3"],
  ["2016 q4", "2016Q4"],
  ["2016年", "2016"],
  ["2016年全年", "2016"],
])("people type %s for %s", (text, canonical) =>
  expect(parsePeriodText(text)).toEqual({ ok: true, value: canonical }),
);
test.each(["2016.7", "16-07", "7月", "2016年13月", "2016年2—7月", "2016-07-01", "下月"])(
  "%s is refused",
  (text) => expect(parsePeriodText(text).ok).toBe(false),
);

test("neighbours in time", () => {
  expect(previousInYear(period("2016-07"))).toBe("2016-06");
  expect(previousInYear(period("2016-01"))).toBeUndefined();
  expect(previousInYear(period("2016Q1"))).toBeUndefined();
  expect(previousInYear(period("2016"))).toBeUndefined();
  expect(sameLastYear(period("2016-07"))).toBe("2015-07");
  expect(sameLastYear(period("2016Q3"))).toBe("2015Q3");
  expect(sameLastYear(period("2016"))).toBe("2015");
  expect(lastOfYear(period("2016-07"))).toBe("2016-12");
  expect(lastOfYear(period("2016Q2"))).toBe("2016Q4");
  expect(addMonths(period("2016-11"), 2)).toBe("2017-01");
  expect(addMonths(period("2016-12"), -12)).toBe("2015-12");
  expect(() => addMonths(period("2016Q1"), 1)).toThrow(RangeError);
  expect(monthsElapsed(period("2016Q3"))).toBe(9);
  expect(monthsElapsed(period("2016"))).toBe(12);
  expect(monthOf(period("2016"))).toBeUndefined();
});

test.each([
  ["2016-07", "2016-07-01", false],
  ["2016-08", "2016-07-31", true],
  ["2016-12", "2017-01-01", false],
  ["2017-01", "2016-12-31", true],
  ["2016Q3", "2016-06-30", true],
  ["2016Q3", "2016-07-01", false],
  ["2016", "2016-01-01", false],
  ["2017", "2016-12-31", true],
] as const)("%s seen on %s is future: %s", (p, today, future) =>
  expect(isFuture(period(p), today)).toBe(future),
);

test.each([
  ["2016-07", "ytd", "zh", "1—7月"],
  ["2016-07", "ytd", "en", "Jan–Jul 2016"],
  ["2016-01", "ytd", "zh", "1月"],
  ["2016-01", "ytd", "en", "Jan 2016"],
  ["2016-07", "month", "zh", "7月"],
  ["2016-07", "month", "en", "Jul 2016"],
  ["2016-07", "point", "zh", "7月末"],
  ["2016-07", "point", "en", "end of Jul 2016"],
  ["2016Q3", "quarter", "zh", "三季度"],
  ["2016Q3", "quarter", "en", "Q3 2016"],
  ["2016Q3", "ytd", "zh", "1—9月"],
  ["2016", "year", "zh", "2016年"],
  ["2016", "ytd", "zh", "2016年"],
  ["2016", "point", "zh", "2016年末"],
] as const)("%s %s in %s reads %s", (p, basis, lang, label) =>
  expect(periodLabel(period(p), basis, lang)).toBe(label),
);
test("the year goes in front when asked", () =>
  expect(periodLabel(period("2016-07"), "ytd", "zh", true)).toBe("2016年1—7月"));

const year = fc.integer({ min: 1950, max: 2199 });
const months = fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => monthPeriod(y, m));
const quarters = fc.tuple(year, fc.integer({ min: 1, max: 4 })).map(([y, q]) => period(`${y}Q${q}`));
const years = year.map((y) => period(`${y}`));
const thirds = fc
  .tuple(months, fc.integer({ min: 1, max: 3 }))
  .map(([month, third]) => period(`${month}T${third}`));
const any = fc.oneof(months, quarters, years, thirds);
const textOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

test("within one form, text order is time order", () => {
  for (const form of [months, quarters, years, thirds]) {
    fc.assert(fc.property(form, form, (a, b) => Math.sign(comparePeriods(a, b)) === textOrder(a, b)));
  }
});

test("comparePeriods is a total order over all forms", () => {
  fc.assert(
    fc.property(any, any, any, (a, b, c) => {
      expect(Math.sign(comparePeriods(a, b))).toBe(0 - Math.sign(comparePeriods(b, a)));
      expect(comparePeriods(a, b) === 0).toBe(a === b);
      if (comparePeriods(a, b) <= 0 && comparePeriods(b, c) <= 0)
        expect(comparePeriods(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});

test("adding months and taking them away gives the period back", () => {
  fc.assert(
    fc.property(months, fc.integer({ min: -500, max: 0 }), (p, n) => {
      fc.pre(yearOf(p) + n / 12 > 1950);
      expect(addMonths(addMonths(p, n), -n)).toBe(p);
    }),
  );
});

test("previousInYear stays in the year and steps back one", () => {
  fc.assert(
    fc.property(any, (p: Period) => {
      const before = previousInYear(p);
      if (before === undefined) return;
      expect(yearOf(before)).toBe(yearOf(p));
      expect(formOf(before)).toBe(formOf(p));
      expect(comparePeriods(before, p)).toBeLessThan(0);
    }),
  );
});

test.each([
  ["2016-02T3", "2016-02-21", "2016-02-29"],
  ["2016-08T1", "2016-08-01", "2016-08-10"],
  ["2015-02", "2015-02-01", "2015-02-28"],
  ["2100-02", "2100-02-01", "2100-02-28"],
  ["2016Q3", "2016-07-01", "2016-09-30"],
  ["2016", "2016-01-01", "2016-12-31"],
] as const)("%s runs from %s to %s", (p, first, last) => expect(daysOf(period(p))).toEqual({ first, last }));

test.each([
  ["2016年8月上旬", "2016-08T1"],
  ["2016年8月下旬", "2016-08T3"],
  ["2016-08T2", "2016-08T2"],
])("%s is read as %s", (typed, wanted) =>
  expect(parsePeriodText(typed)).toEqual({ ok: true, value: wanted }),
);

test("a third of a month is named by its days", () => {
  expect(periodLabel(period("2016-08T2"), "point", "zh", true)).toBe("2016年8月中旬");
  expect(periodLabel(period("2016-02T3"), "point", "en")).toBe("21–29 Feb 2016");
});

test("periods of one form follow each other without a gap, day on day", () => {
  fc.assert(
    fc.property(any, fc.integer({ min: -40, max: 40 }), (p, n) => {
      fc.pre(yearOf(p) > 1995 && yearOf(p) < 2150);
      const next = addPeriods(p, 1);
      expect(addPeriods(addPeriods(p, n), -n)).toBe(p);
      expect(Date.parse(daysOf(next).first) - Date.parse(daysOf(p).last)).toBe(86_400_000);
    }),
  );
});
