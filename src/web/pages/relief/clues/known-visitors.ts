import type { ClueRow } from "../../../../domains/relief/contract.ts";

export type CluePageShape = { pages: { items: ClueRow[] }[] };

/** Who was sent out before, as the lists that this page has read know it; offered while a name is typed. */
export function knownVisitors(lists: readonly (CluePageShape | undefined)[]): string[] {
  const names = lists.flatMap((list) =>
    (list?.pages ?? []).flatMap((page) => page.items.flatMap((clue) => clue.visitors)),
  );
  return [...new Set(names)].toSorted();
}
