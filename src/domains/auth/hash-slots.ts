/** Bounds how many passwords are being hashed: a flood of sign-ins must exhaust neither memory nor connections. */
import { TOO_MANY_SIGN_INS } from "./problems.ts";

export type HashSlots = {
  /** Runs `work` when a slot is free. @throws TOO_MANY_SIGN_INS when too many wait already */
  run<T>(work: () => Promise<T>): Promise<T>;
};

/** Two hashes at once occupy half of Node's worker threads; 64 waiting are about two seconds' work. */
export function openHashSlots(slots = 2, mayWait = 64): HashSlots {
  let free = slots;
  const waiting: (() => void)[] = [];
  return {
    run: async (work) => {
      if (free > 0) free--;
      else if (waiting.length >= mayWait) throw TOO_MANY_SIGN_INS({ headers: { "retry-after": "2" } });
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        // The slot is handed on, not freed: nobody can slip in between.
        if (next) next();
        else free++;
      }
    },
  };
}
