/** The state of one sheet outside of React, so that saving goes on while the page draws. */
import type { SheetState } from "./sheet-state.ts";

export type SheetStore = {
  get: () => SheetState;
  update: (change: (state: SheetState) => SheetState) => void;
  subscribe: (listener: () => void) => () => void;
};

export function makeSheetStore(initial: SheetState): SheetStore {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update: (change) => {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
