/** When wrong sign-ins lock an account. Times are milliseconds since 1970. */

export const LOCK_AFTER_FAILURES = 5;
export const LOCK_MINUTES = 15;

export type Lockout = { failures: number; lockedUntil: number | null };

export function isLocked(state: Lockout, now: number): boolean {
  return state.lockedUntil !== null && state.lockedUntil > now;
}

/** Minutes to wait, rounded up: what the locked person is told. */
export function minutesLeft(state: Lockout, now: number): number {
  return isLocked(state, now) ? Math.ceil(((state.lockedUntil as number) - now) / 60_000) : 0;
}

/**
 * The state after one evaluated sign-in. Five failures in a row lock for 15 minutes (GB/T 22239-2019, handling of
 * failed sign-ins; HANDBOOK section 8). After a lock has passed, counting begins anew. While the account is locked
 * nothing is evaluated, so nothing changes.
 */
export function decideLockout(state: Lockout, outcome: "right" | "wrong", now: number): Lockout {
  if (isLocked(state, now)) return state;
  if (outcome === "right") return { failures: 0, lockedUntil: null };
  const failures = (state.lockedUntil === null ? state.failures : 0) + 1;
  return { failures, lockedUntil: failures >= LOCK_AFTER_FAILURES ? now + LOCK_MINUTES * 60_000 : null };
}
