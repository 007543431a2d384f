/** Which number's source is open, and the facts that the page already knows. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { ReactNode } from "react";
import { makeFactStore } from "../api/fact-store.ts";
import type { FactStore, KnownFact } from "../api/fact-store.ts";

/** A number as it was pressed. */
export type OpenedNumber = {
  title: string;
  text: string;
  how?: { zh: string; en: string };
  refs: readonly string[];
  /** where the focus goes back to */
  opener: HTMLElement;
};

type Sources = {
  store: FactStore;
  opened: OpenedNumber | undefined;
  open: (number: OpenedNumber) => void;
  close: () => void;
};

const SourcesContext = createContext<Sources | undefined>(undefined);

/** Mounted anew for each post: facts that one post saw are not kept for the next. */
export function SourcesProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => makeFactStore());
  const [opened, setOpened] = useState<OpenedNumber>();
  const close = useCallback(() => setOpened(undefined), []);
  const sources = useMemo(() => ({ store, opened, open: setOpened, close }), [store, opened, close]);
  return <SourcesContext value={sources}>{children}</SourcesContext>;
}

export function useSources(): Sources {
  const sources = useContext(SourcesContext);
  if (sources === undefined) throw new Error("useSources outside of SourcesProvider");
  return sources;
}

/** The facts of these refs, asked for when not known yet. */
export function useFacts(refs: readonly string[]): Map<string, KnownFact> {
  const { store } = useSources();
  useSyncExternalStore(store.subscribe, store.edition);
  const names = refs.join(",");
  useEffect(() => {
    if (names !== "") store.want(names.split(","));
  }, [store, names]);
  return new Map(refs.map((ref) => [ref, store.get(ref)]));
}

/** Whether a number rests on demonstration data; false while that is not known. */
export function useSynthetic(refs: readonly string[]): boolean {
  for (const fact of useFacts(refs).values()) {
    if (fact !== undefined && fact !== "hidden" && fact.source.kind === "synthetic") return true;
  }
  return false;
}
