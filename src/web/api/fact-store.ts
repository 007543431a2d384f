/**
 * Facts behind the numbers of a page, asked for in bundles. A number on the page names its refs; the store waits for the
 * page to be drawn, asks for all that are new at once, and then each number knows whether it rests on demonstration data.
 */
import type { FactView } from "../../domains/indicators/contract.ts";
import { api } from "./routes.ts";

const bundle = 64; // what one request may name

/** A fact; "hidden" when the server does not give it to this post; undefined while it is on its way. */
export type KnownFact = FactView | "hidden" | undefined;

export type FactStore = {
  get: (ref: string) => KnownFact;
  want: (refs: readonly string[]) => void;
  subscribe: (listener: () => void) => () => void;
  /** grows with every change, for useSyncExternalStore */
  edition: () => number;
};

export function makeFactStore(ask = (refs: string) => api.facts({ refs })): FactStore {
  const known = new Map<string, KnownFact>();
  const waiting = new Set<string>();
  const listeners = new Set<() => void>();
  let edition = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = (refs: readonly string[], facts: readonly FactView[]) => {
    for (const ref of refs) known.set(ref, "hidden");
    for (const fact of facts) known.set(fact.ref, fact);
    edition += 1;
    for (const listener of listeners) listener();
  };

  const fetchWaiting = async () => {
    timer = undefined;
    const refs = [...waiting];
    waiting.clear();
    for (let at = 0; at < refs.length; at += bundle) {
      const part = refs.slice(at, at + bundle);
      try {
        settle(part, (await ask(part.join(","))).items);
      } catch {
        for (const ref of part) known.delete(ref); // asked again when somebody opens the number
      }
    }
  };

  return {
    get: (ref) => known.get(ref),
    want: (refs) => {
      for (const ref of refs) {
        if (known.has(ref)) continue;
        known.set(ref, undefined);
        waiting.add(ref);
      }
      if (waiting.size > 0) timer ??= setTimeout(() => void fetchWaiting(), 30);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    edition: () => edition,
  };
}
