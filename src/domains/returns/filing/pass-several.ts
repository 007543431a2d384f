/** Several returns passed or accepted, each in a transaction of its own: one that is refused holds up no other. */
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { Problem } from "../../../platform/problem.ts";
import type { BulkStepView, RefusedStep, ReturnBrief } from "../contract.ts";
import { loadViewer } from "../viewer.ts";
import { toBrief } from "./brief.ts";
import { passReturn } from "./step-return.ts";
import { findReturn } from "./store.ts";

type Passing = { pools: Pools; permissions: ReadonlySet<string>; now: Date; today: string };

const MOST_PLACES = 20;

export async function passSeveral(
  { pools, permissions, now, today }: Passing,
  actor: Actor,
  items: readonly { id: number; step: number }[],
): Promise<BulkStepView> {
  const answer: BulkStepView = { done: [], refused: [] };
  /** Read after the refusal: somebody else's step may be what it was refused for. */
  const briefOf = (id: number): Promise<ReturnBrief | null> =>
    withActor(
      pools,
      actor,
      async (tx) => {
        const one = await findReturn(tx, id, await loadViewer(tx, permissions));
        return one === undefined ? null : toBrief(one, today);
      },
      { readOnly: true },
    );
  for (const { id, step } of items) {
    try {
      await withActor(pools, actor, async (tx) =>
        passReturn(tx, id, step, { viewer: await loadViewer(tx, permissions), now }),
      );
      answer.done.push(id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      answer.refused.push(toRefusal(id, error, await briefOf(id)));
    }
  }
  return answer;
}

function toRefusal(id: number, problem: Problem, now: ReturnBrief | null): RefusedStep {
  const { code, title, detail, places } = problem;
  return {
    id,
    code,
    title,
    detail: detail ?? null,
    places: places.slice(0, MOST_PLACES),
    placeCount: places.length,
    now,
  };
}
