/** The clues of a queue under some conditions: the list itself, and what comes before and after one of them. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ClueRow } from "../../../../domains/relief/contract.ts";
import { api } from "../../../api/routes.ts";
import type { ClueSearch } from "../../../search-params.ts";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** what was just done with a clue, told on the page that comes next */
    clueDone?: string;
  }
}

export function filterOf({ queue, within, rule, late }: ClueSearch) {
  return { queue, within, rule, ...(late === "yes" ? { isLate: true } : {}) };
}

export function useClueList(search: ClueSearch, enabled = true) {
  const filter = filterOf(search);
  return useInfiniteQuery({
    queryKey: ["clues", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => api.clues({ ...filter, cursor: pageParam }, {}, signal),
    getNextPageParam: (page) => page.cursor ?? undefined,
    enabled,
  });
}

export type Neighbours = { previous: number | undefined; next: number | undefined };

export function neighboursOf(items: readonly ClueRow[], id: number): Neighbours {
  const at = items.findIndex((one) => one.id === id);
  if (at < 0) return { previous: undefined, next: items[0]?.id };
  return { previous: items[at - 1]?.id, next: items[at + 1]?.id };
}
