/** The morning's work on returns: periods that are over are opened, and who has not reported is reminded. */
import { withActor } from "../../platform/db/actor.ts";
import type { Actor } from "../../platform/db/actor.ts";
import type { Pools } from "../../platform/db/pool.ts";
import { openScheduled } from "./forms/openings.ts";
import { remindOfReturns } from "./inbox/remind.ts";

/** @returns new reminders */
export async function openAndRemind(pools: Pools, actor: Actor, today: string): Promise<number> {
  return withActor(pools, actor, async (tx) => {
    await openScheduled(tx, today);
    return remindOfReturns(tx, today);
  });
}
