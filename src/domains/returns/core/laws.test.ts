/** Laws of the course, of versions, of due days and of scores, whatever the form and the day. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { period } from "../../../shared/period.ts";
import { addDays, isWorkingDay } from "../../../shared/working-days.ts";
import { columnOf, formOf } from "../../../../fixtures/plain-form.ts";
import { compareVersions } from "./compare-versions.ts";
import { EDITABLE, FIRST_STATE, nextState, stateAfter, VERBS, verbsFrom } from "./course.ts";
import type { ReturnState, Verb } from "./course.ts";
import { daysLate, dueDayOf } from "./due-day.ts";
import type { ReturnRow } from "./form.ts";
import { scoreUnit } from "./unit-score.ts";

/** A way that a return can go: at each turn one of the verbs that lead on. */
const ways = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(), { maxLength: 40 }))
  .map(([levels, choices]) => {
    const states: ReturnState[] = [FIRST_STATE];
    const verbs: Verb[] = [];
    for (const choice of choices) {
      const state = states.at(-1) ?? FIRST_STATE;
      const open = verbsFrom(state, levels);
      const verb = open[choice % open.length] as Verb;
      verbs.push(verb);
      states.push(nextState(state, verb, levels) as ReturnState);
    }
    return { levels, verbs, states };
  });
const pairsOf = (states: readonly ReturnState[]): [ReturnState, ReturnState][] =>
  states.slice(1).map((after, at) => [states[at] as ReturnState, after]);

describe("the course", () => {
  test("never ends: some verb leads on from every state that can be reached", () => {
    fc.assert(
      fc.property(ways, ({ levels, verbs, states }) => {
        for (const state of states) expect(verbsFrom(state, levels)).not.toEqual([]);
        expect(stateAfter(verbs, levels)).toEqual(states.at(-1));
      }),
    );
  });

  test("lets versions only grow, and never writes again in one that was submitted", () => {
    fc.assert(
      fc.property(ways, ({ states }) => {
        const submitted = new Set<number>();
        for (const [before, after] of pairsOf(states)) {
          expect(after.version).toBeGreaterThanOrEqual(before.version);
          expect(after.accepted ?? 0).toBeGreaterThanOrEqual(before.accepted ?? 0);
          submitted.add(after.status === "submitted" ? after.version : 0);
          const isFrozen =
            EDITABLE.includes(after.status) && submitted.has(after.version) && after.version > 0;
          expect(isFrozen, `${after.status} in version ${after.version}`).toBe(false);
        }
      }),
    );
  });

  test("accepts only what all levels have passed, and only by accepting", () => {
    fc.assert(
      fc.property(ways, ({ levels, verbs, states }) => {
        for (const [at, [before, after]] of pairsOf(states).entries()) {
          expect(after.level).toBeLessThan(levels);
          const isNew = after.accepted !== before.accepted;
          expect(isNew).toBe(verbs[at] === "accept");
          expect(!isNew || (before.status === "submitted" && before.level === levels - 1)).toBe(true);
        }
        expect(VERBS).toEqual(expect.arrayContaining([...new Set(verbs)]));
      }),
    );
  });
});

const form = formOf({ columns: ["a", "b", "c"].map((code) => columnOf(code)) });
const cells = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom("1", "2", "3"));
const contents = fc
  .uniqueArray(fc.tuple(fc.constantFrom("s1", "s2", "s3", "s4"), cells), { selector: ([subject]) => subject })
  .map((rows) => rows.map(([subject, values]): ReturnRow => ({ subject, name: subject, values })));
const flat = (rows: readonly ReturnRow[]): Map<string, string> =>
  new Map(
    rows.flatMap((row) =>
      Object.entries(row.values).map(([code, value]) => [`${row.subject} ${code}`, value]),
    ),
  );

describe("versions compared", () => {
  test("differ in what turns one into the other, and in nothing else", () => {
    fc.assert(
      fc.property(contents, contents, (before, after) => {
        const turned = flat(before);
        for (const { subject, column, before: was, after: is } of compareVersions(form, before, after)) {
          expect(turned.get(`${subject} ${column}`) ?? null).toBe(was);
          expect(is).not.toBe(was);
          turned.delete(`${subject} ${column}`);
          for (const value of [is].filter((one) => one !== null)) turned.set(`${subject} ${column}`, value);
        }
        expect(turned).toEqual(flat(after));
        expect(compareVersions(form, after, after)).toEqual([]);
      }),
    );
  });
});

const months = fc
  .tuple(fc.integer({ min: 2014, max: 2026 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => `${year}-${String(month).padStart(2, "0")}`);
const rules = fc.oneof(
  fc.record({ kind: fc.constant("working-days" as const), count: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    kind: fc.constant("day" as const),
    day: fc.integer({ min: 1, max: 31 }),
    roll: fc.constantFrom("earlier" as const, "later" as const),
  }),
);

describe("due days", () => {
  test("are working days, and never earlier for a later month", () => {
    fc.assert(
      fc.property(rules, months, months, (rule, one, other) => {
        const [early, late] = [one, other].sort() as [string, string];
        expect(isWorkingDay(dueDayOf(rule, period(early)))).toBe(true);
        expect(dueDayOf(rule, period(early)) <= dueDayOf(rule, period(late))).toBe(true);
      }),
    );
  });

  test("are passed by more working days the later a return comes, one for each working day", () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 0, max: 800 }), (month, days) => {
        const due = dueDayOf({ kind: "working-days", count: 5 }, period(month));
        const [day, after] = [addDays(due, days), addDays(due, days + 1)];
        const more = daysLate(due, after, after) - daysLate(due, null, day);
        expect(more).toBe(isWorkingDay(after) ? 1 : 0);
        expect(daysLate(due, addDays(due, -days), after)).toBe(0);
      }),
    );
  });
});

describe("scores", () => {
  const filed = fc.record({
    daysLate: fc.nat(5),
    isSubmitted: fc.boolean(),
    sentBack: fc.nat(2),
    amended: fc.nat(2),
  });

  test("lie between 0 and 100, and a return that is right and in time never lowers one", () => {
    fc.assert(
      fc.property(fc.array(filed, { minLength: 1, maxLength: 30 }), (all) => {
        const score = scoreUnit(all);
        const good = { daysLate: 0, isSubmitted: true, sentBack: 0, amended: 0 };
        const better = scoreUnit([...all, good]);
        for (const part of ["timeliness", "quality", "score"] as const) {
          expect(score[part]).toBeGreaterThanOrEqual(0);
          expect(score[part]).toBeLessThanOrEqual(100);
          expect(better[part]).toBeGreaterThanOrEqual((score[part] ?? 0) - 1e-9);
        }
      }),
    );
  });
});
