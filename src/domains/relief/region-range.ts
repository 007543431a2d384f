/** A region that was asked for, as the range of codes below it. */
import type { Actor } from "../../platform/db/actor.ts";
import { OUT_OF_SCOPE } from "../../platform/problem.ts";
import { contains, subtree } from "../../shared/region-code.ts";

/** from ≤ code < to */
export type Range = { from: number; to: number };

/** The region itself, or the acting post's own where none was asked for. @throws OUT_OF_SCOPE */
export function askedRegion(actor: Actor, within: number | undefined): number {
  if (within === undefined) return actor.region;
  if (!contains(actor.region, within)) throw OUT_OF_SCOPE();
  return within;
}

export function askedRange(actor: Actor, within: number | undefined): Range {
  return subtree(askedRegion(actor, within));
}
