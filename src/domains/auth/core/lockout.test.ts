import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decideLockout, isLocked, minutesLeft } from "./lockout.ts";
import type { Lockout } from "./lockout.ts";

const minute = 60_000;
const fresh: Lockout = { failures: 0, lockedUntil: null };
const now = Date.UTC(2016, 7, 4, 1, 0, 0);
const failTimes = (times: number, at: number): Lockout => {
  let state = fresh;
  for (let i = 0; i < times; i++) state = decideLockout(state, "wrong", at);
  return state;
};

describe("decideLockout", () => {
  test("four failures do not lock, the fifth locks for 15 minutes", () => {
    expect(failTimes(4, now)).toEqual({ failures: 4, lockedUntil: null });
    expect(failTimes(5, now)).toEqual({ failures: 5, lockedUntil: now + 15 * minute });
  });

  test("a success in between begins anew", () => {
    expect(decideLockout(failTimes(4, now), "right", now)).toEqual(fresh);
  });

  test("while locked nothing changes: neither the right password nor another wrong one", () => {
    const locked = failTimes(5, now);
    expect(decideLockout(locked, "right", now + minute)).toBe(locked);
    expect(decideLockout(locked, "wrong", now + minute)).toBe(locked);
  });

  test("after the lock counting begins anew: one failure is one", () => {
    expect(decideLockout(failTimes(5, now), "wrong", now + 15 * minute)).toEqual({
      failures: 1,
      lockedUntil: null,
    });
  });

  test("the last millisecond is locked, the next is not; the wait is rounded up", () => {
    const locked = failTimes(5, now);
    expect(isLocked(locked, now + 15 * minute - 1)).toBe(true);
    expect(isLocked(locked, now + 15 * minute)).toBe(false);
    expect(minutesLeft(locked, now)).toBe(15);
    expect(minutesLeft(locked, now + 15 * minute - 1)).toBe(1);
    expect(minutesLeft(locked, now + 15 * minute)).toBe(0);
  });

  test("whatever the order, no more than 5 wrong ones are evaluated within 15 minutes of a lock without a success", () => {
    const step = fc.record({
      outcome: fc.constantFrom("wrong" as const, "wrong" as const, "right" as const),
      wait: fc.nat(4 * minute),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let state = fresh;
        let at = now;
        let inRow = 0;
        for (const { outcome, wait } of steps) {
          at += wait;
          if (isLocked(state, at)) continue;
          inRow = outcome === "right" ? 0 : inRow + 1;
          state = decideLockout(state, outcome, at);
          expect(state.failures).toBe(inRow);
          expect(isLocked(state, at)).toBe(inRow === 5);
          if (inRow === 5) inRow = 0;
        }
      }),
    );
  });
});
