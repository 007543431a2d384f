/** The county's random second look: drawn by seed, recorded with it, and repeatable by anybody. */
import type { Tx } from "../../../platform/db/actor.ts";
import { recordAudit } from "../../audit/index.ts";
import type { DrawSampleRequest } from "../contract.ts";
import { drawSample } from "../core/clues/draw-sample.ts";
import { askedRange } from "../region-range.ts";
import { NOTHING_TO_DRAW } from "./problems.ts";
import { takeStep } from "./step-clue.ts";
import { listClues } from "./store.ts";

/** @throws NOTHING_TO_DRAW, OUT_OF_SCOPE, CLUE_MOVED */
export async function drawRecheck(
  tx: Tx,
  { within, share, seed }: DrawSampleRequest,
  today: string,
): Promise<{ seed: string; of: number; drawn: number[] }> {
  const range = askedRange(tx.actor, within);
  const inReview = await listClues(tx, { ...range, queue: "review" }, { offset: 0, limit: 20_000 });
  // What was looked at a second time is not drawn again.
  const fresh = inReview.filter(({ verb }) => verb !== "rejudge");
  if (fresh.length === 0) throw NOTHING_TO_DRAW();
  const ids = fresh.map(({ id }) => id).sort((a, b) => a - b);
  const drawn = drawSample(ids, share, seed);
  for (const clue of fresh.filter(({ id }) => drawn.includes(id)))
    await takeStep(tx, clue, {
      verb: "draw",
      next: "recheck",
      detail: { seed, share, of: ids.length, on: today },
    });
  await recordAudit(tx, {
    action: "relief.drawSample",
    object: `region:${within}`,
    after: { seed, share, of: ids.length, from: ids, drawn },
  });
  return { seed, of: ids.length, drawn };
}
