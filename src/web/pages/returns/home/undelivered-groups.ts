/** A robot that refuses is refused to all at once: what went wrong in the same way is one line. */
import type { UndeliveredView } from "../../../../domains/returns/contract.ts";

export type UndeliveredGroup = { key: string; first: UndeliveredView; units: number };

/** In the order of their first message. */
export function groupUndelivered(items: readonly UndeliveredView[]): UndeliveredGroup[] {
  const groups = new Map<string, UndeliveredView[]>();
  for (const item of items) {
    const { brief, kind, channel, isGivenUp, refusals, reason } = item;
    const key = JSON.stringify([brief.form, brief.period, kind, channel, isGivenUp, refusals, reason]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].map(([key, members]) => ({
    key,
    first: members[0] as UndeliveredView,
    units: new Set(members.map(({ brief }) => brief.unit.id)).size,
  }));
}
