/** A few threads that share out orders among themselves. Little work is done in the caller's own. */
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { endThread } from "../end-thread.ts";
import { makeBatch, takeNext } from "./match-batch.ts";
import type { Batch, BatchAnswer } from "./match-batch.ts";
import { makeTask } from "./match-task.ts";
import type { MatchAnswer, MatchOrder } from "./match-task.ts";

export type MatchThreads = {
  /** answers in the order of the orders; `each` is called as they come */
  doAll: (orders: readonly MatchOrder[], each?: () => void) => Promise<MatchAnswer[]>;
  /** to every thread */
  tell: (order: MatchOrder) => Promise<MatchAnswer[]>;
  end: () => Promise<void>;
};

/** Less is done before a thread has started. */
const littleWork = 2 << 20;
/** Every thread compiles what it runs for itself: with less to do each, more of them take no less time and twice the work. */
const workOfThread = 24 << 20;

export type ThreadOptions = {
  /** at most so many */
  count: number;
  /** of all files */
  bytes: number;
  /** the caller has nothing else to do, so that its own thread is one of them */
  ownWorks: boolean;
  /** stops before the next order is taken */
  signal?: AbortSignal | undefined;
};

export function startThreads({ count, bytes, ownWorks, signal }: ThreadOptions): MatchThreads {
  const wanted = bytes <= littleWork ? 0 : Math.min(count, Math.ceil(bytes / workOfThread));
  const others = ownWorks ? Math.max(0, wanted - 1) : wanted;
  return shareOut(Array.from({ length: others }, startWorker), ownWorks || others === 0, signal);
}

function shareOut(
  workers: readonly Worker[],
  ownWorks: boolean,
  signal: AbortSignal | undefined,
): MatchThreads {
  const own = ownWorks ? makeTask() : undefined;
  const doBatch = async (batch: Batch, take: (answer: MatchAnswer, index: number) => void): Promise<void> => {
    const { orders, next } = batch;
    try {
      const others = workers.map((worker) => ask(worker, batch, take));
      await Promise.all([...others, own === undefined ? undefined : workOff(own, batch, { take, signal })]);
    } finally {
      Atomics.store(next, 0, orders.length); // when one fails, the others take no more
    }
    signal?.throwIfAborted();
  };
  return {
    doAll: async (orders, each) => {
      signal?.throwIfAborted();
      const answers: MatchAnswer[] = [];
      const batch = makeBatch(orders);
      const stop = (): void => void Atomics.store(batch.next, 0, orders.length);
      signal?.addEventListener("abort", stop);
      try {
        await doBatch(batch, (answer, index) => {
          answers[index] = answer;
          each?.();
        });
      } finally {
        signal?.removeEventListener("abort", stop);
      }
      return answers;
    },
    tell: async (order) => {
      signal?.throwIfAborted();
      const answers: MatchAnswer[] = [];
      const take = (answer: MatchAnswer): void => void answers.push(answer);
      const others = workers.map((worker) => ask(worker, makeBatch([order]), take));
      if (own !== undefined) take(own(order));
      await Promise.all(others);
      return answers;
    },
    end: async () => void (await Promise.all(workers.map(endThread))),
  };
}

async function workOff(
  carryOut: (order: MatchOrder) => MatchAnswer,
  batch: Batch,
  { take, signal }: { take: (answer: MatchAnswer, index: number) => void; signal: AbortSignal | undefined },
): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve)); // lets answers in, and progress be written
    signal?.throwIfAborted();
    const index = takeNext(batch);
    if (index < 0) return;
    take(carryOut(batch.orders[index] as MatchOrder), index);
  }
}

/** A thread inherits no cache of compiled code; with one it starts in a third of the time. */
function startWorker(): Worker {
  const cache = getCompileCacheDir();
  const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) };
  return new Worker(new URL("./match-worker.ts", import.meta.url), { env });
}

function ask(
  worker: Worker,
  batch: Batch,
  take: (answer: MatchAnswer, index: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
      finish();
    };
    const onMessage = (message: BatchAnswer): void => {
      if ("answer" in message) take(message.answer, message.index);
      else settle(() => ("fault" in message ? reject(new Error(message.fault)) : resolve()));
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (status: number): void =>
      settle(() => reject(new Error(`a thread of the match ended with status ${status}`)));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(batch);
  });
}
