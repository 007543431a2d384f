/** A region that was asked for, as the range of codes below it. */
import type { Actor } from "../../platform/db/actor.ts";
import { subtree } from "../../shared/region-code.ts";
import { scopedRegion } from "../ledger/index.ts";

/** from ≤ code < to */
export type Range = { from: number; to: number };

/** @throws OUT_OF_SCOPE */
export function askedRange(actor: Actor, within: number | undefined): Range {
  return subtree(scopedRegion(actor, within));
}
