/**
 * Remembers for at most two seconds who a session or token is, so that a page of ten requests asks the database once.
 * Whatever changes the answer in this process drops it at once; in another process of the same database it may live
 * on for those two seconds.
 */
import type { Principal } from "./principal.ts";

export const CACHE_MILLISECONDS = 2_000;
const MOST = 10_000;

type Entry = { principal: Principal; storedAt: number };

export type ActorCache = {
  find(key: string, now: number): Principal | undefined;
  /** Loads once for all who ask at the same moment; keeps the answer unless something was dropped meanwhile. */
  load(
    key: string,
    clock: () => Date,
    read: () => Promise<Principal | undefined>,
  ): Promise<Principal | undefined>;
  dropAccount(account: number): void;
  dropAll(): void;
};

export function openActorCache(): ActorCache {
  const entries = new Map<string, Entry>();
  const loading = new Map<string, Promise<Principal | undefined>>();
  let generation = 0;

  const drop = (isGone: (entry: Entry) => boolean): void => {
    // What is being read now may have been read before the change: nobody may join it or keep it.
    generation++;
    loading.clear();
    for (const [key, entry] of entries) if (isGone(entry)) entries.delete(key);
  };
  const keep = (key: string, entry: Entry): void => {
    if (entries.size >= MOST) for (const old of [...entries.keys()].slice(0, MOST / 10)) entries.delete(old);
    entries.delete(key);
    entries.set(key, entry);
  };

  return {
    find: (key, now) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      const age = now - entry.storedAt;
      if (age >= 0 && age < CACHE_MILLISECONDS && now < entry.principal.goodUntil) return entry.principal;
      entries.delete(key);
      return undefined;
    },
    load: (key, clock, read) => {
      const running = loading.get(key);
      if (running) return running;
      const started = generation;
      const storedAt = clock().getTime();
      const promise = read()
        .then((principal) => {
          if (principal && generation === started) keep(key, { principal, storedAt });
          return principal;
        })
        .finally(() => {
          if (loading.get(key) === promise) loading.delete(key);
        });
      loading.set(key, promise);
      return promise;
    },
    dropAccount: (account) => drop((entry) => entry.principal.account === account),
    dropAll: () => drop(() => true),
  };
}
