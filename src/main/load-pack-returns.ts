/** The history of returns that a pack makes up: filed period by period, each whole or not at all. */
import { generateReturnsOf } from "../../packs/pack-schema.ts";
import type { FigureRow, Pack } from "../../packs/pack-schema.ts";
import { makeSystemActor } from "../domains/auth/index.ts";
import { fileHistory } from "../domains/returns/index.ts";
import { withActor } from "../platform/db/actor.ts";
import type { Application } from "./application.ts";

/** @returns returns filed now */
export async function loadReturns(
  { pools }: Pick<Application, "pools">,
  pack: Pack,
  figures: readonly FigureRow[],
): Promise<number> {
  const actor = { ...makeSystemActor("taizhang_actor", pack.region), postTitle: "数据包装载 pack loader" };
  let filed = 0;
  for (const period of await generateReturnsOf(pack, figures))
    filed += await withActor(pools, actor, (tx) => fileHistory(tx, period));
  return filed;
}
