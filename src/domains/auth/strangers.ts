/**
 * Failed sign-ins under user names that do not exist. They "lock" like real ones, so that five guesses do not tell
 * which user names exist. Kept in memory: what is lost at a restart is only a pretence.
 */
import { hash } from "node:crypto";
import { decideLockout, isLocked } from "./core/lockout.ts";
import type { Lockout } from "./core/lockout.ts";

const MOST = 10_000;
const UNKNOWN: Lockout = { failures: 0, lockedUntil: null };

export type Strangers = {
  find(username: string): Lockout;
  /** Counts a failure and returns the state before and after. */
  fail(username: string, now: number): { locked: boolean; state: Lockout };
};

export function openStrangers(): Strangers {
  const states = new Map<string, Lockout>();
  // Hashed: people type passwords into the wrong box.
  const keyOf = (username: string): string => hash("sha256", username);
  return {
    find: (username) => states.get(keyOf(username)) ?? UNKNOWN,
    fail: (username, now) => {
      const key = keyOf(username);
      const before = states.get(key) ?? UNKNOWN;
      const state = decideLockout(before, "wrong", now);
      states.delete(key);
      states.set(key, state);
      const oldest = states.size > MOST ? states.keys().next().value : undefined;
      if (oldest !== undefined) states.delete(oldest);
      return { locked: isLocked(state, now), state };
    },
  };
}
