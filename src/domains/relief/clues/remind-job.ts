/** The morning's work on clues: reminders, and rows of registers that nobody used for too long. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { addDays } from "../../../shared/working-days.ts";
import { deletePieces, listStale } from "../lookback/register-store.ts";
import { remind } from "./reminders.ts";

/** Days for which the rows of a register are kept when no run is sent. */
const KEEP_DAYS = 30;

/** @returns new reminders */
export async function remindOfClues(pools: Pools, actor: Actor, today: string): Promise<number> {
  return withActor(pools, actor, async (tx) => {
    const reminded = await remind(tx, today);
    await deletePieces(tx, await listStale(tx, addDays(today, -KEEP_DAYS)));
    return reminded;
  });
}
