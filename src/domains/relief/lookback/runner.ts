/**
 * Carries out runs one after the other in the background. The run's row is the job: what waits or was broken off is taken
 * up again at the next start, and two programs that carry out one run meet in its last step.
 */
import type { Actor } from "../../../platform/db/actor.ts";
import { withActor } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import type { Sealer } from "../../../platform/sealing/sealer.ts";
import { carryOutRun } from "./run-match.ts";
import type { RunProgress } from "./runs.ts";
import { listOpenRuns } from "./run-store.ts";

export type LookbackRunner = {
  /** looks for runs to carry out */
  wake(): void;
  progressOf: (run: number) => RunProgress | null;
  /** stops the work on a run that was cancelled */
  abort(run: number): void;
  /** resolves when nothing is left to do; for tests and for stopping */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export type RunnerOptions = {
  pools: Pools;
  sealer: Sealer;
  /** the program itself, over everything */
  actor: Actor;
  threads: number;
  log: (line: string) => void;
};

export function openRunner({ pools, sealer, actor, threads, log }: RunnerOptions): LookbackRunner {
  const progress = new Map<number, RunProgress>();
  const failed = new Set<number>();
  let current: { run: number; abort: AbortController } | undefined;
  let isStopped = false;
  let working: Promise<void> = Promise.resolve();
  let isAsked = false;

  const next = async (): Promise<{ id: number; region: number } | undefined> => {
    if (isStopped) return undefined;
    const open = await withActor(pools, actor, listOpenRuns, { readOnly: true });
    return open.find(({ id }) => !failed.has(id));
  };
  const carryOut = async (id: number, region: number): Promise<void> => {
    const abort = new AbortController();
    current = { run: id, abort };
    try {
      await carryOutRun(id, {
        pools,
        sealer,
        threads,
        actor: narrow(actor, region),
        signal: abort.signal,
        progress: (step) => progress.set(id, step),
      });
    } catch (error) {
      // Its data are in no message: what the engine and the database say names places, not values.
      log(`look-back run ${id}: ${(error as Error).name}: ${(error as Error).message.slice(0, 200)}`);
      failed.add(id);
    } finally {
      current = undefined;
      progress.delete(id);
    }
  };
  const work = async (): Promise<void> => {
    for (let run = await next(); run !== undefined; run = await next()) await carryOut(run.id, run.region);
  };
  const wake = (): void => {
    if (isAsked || isStopped) return;
    isAsked = true;
    working = working
      .then(() => {
        isAsked = false;
        return work();
      })
      .catch((error: Error) => log(`look-back: ${error.message.slice(0, 200)}`));
  };
  return {
    wake,
    progressOf: (run) => progress.get(run) ?? null,
    abort: (run) => {
      if (current?.run === run) current.abort.abort();
    },
    idle: async () => {
      for (let last; last !== working; ) {
        last = working;
        await last;
      }
    },
    stop: async () => {
      isStopped = true;
      current?.abort.abort();
      await working;
    },
  };
}

/** The program within one county: a run reads and writes nothing beyond. */
function narrow(actor: Actor, region: number): Actor {
  const county = Math.floor(region / 1_000_000);
  return { ...actor, county, region, regionFrom: region, regionTo: region + 1_000_000 };
}
