/** A few threads that take orders in turn. Little work is done in the caller's own. */
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
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
/** Every thread compiles what it runs for itself: with less to do each, more of them take longer. */
const workOfThread = 16 << 20;

/** @param count at most so many @param bytes of all files @param signal stops before the next order is given */
export function startThreads(count: number, bytes: number, signal?: AbortSignal): MatchThreads {
  if (bytes <= littleWork) return inOwnThread(signal);
  return inWorkers(Math.min(count, Math.ceil(bytes / workOfThread)), signal);
}

function inOwnThread(signal: AbortSignal | undefined): MatchThreads {
  const carryOut = makeTask();
  return {
    doAll: async (orders, each) => {
      const answers: MatchAnswer[] = [];
      for (const order of orders) {
        signal?.throwIfAborted();
        answers.push(carryOut(order));
        each?.();
        await new Promise((resolve) => setImmediate(resolve)); // lets progress be written
      }
      return answers;
    },
    tell: async (order) => [carryOut(order)],
    end: async () => {},
  };
}

function inWorkers(count: number, signal: AbortSignal | undefined): MatchThreads {
  const workers = Array.from({ length: count }, startWorker);
  return {
    doAll: async (orders, each) => {
      const answers: MatchAnswer[] = [];
      let next = 0;
      await Promise.all(
        workers.map(async (worker) => {
          while (next < orders.length) {
            signal?.throwIfAborted();
            const index = next++;
            answers[index] = await ask(worker, orders[index] as MatchOrder);
            each?.();
          }
        }),
      );
      return answers;
    },
    tell: async (order) => {
      signal?.throwIfAborted();
      return Promise.all(workers.map((worker) => ask(worker, order)));
    },
    end: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

/** A thread inherits no cache of compiled code; with one it starts in a third of the time. */
function startWorker(): Worker {
  const cache = getCompileCacheDir();
  const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) };
  return new Worker(new URL("./match-worker.ts", import.meta.url), { env });
}

function ask(worker: Worker, order: MatchOrder): Promise<MatchAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", onError);
      worker.off("exit", onExit);
      finish();
    };
    const onMessage = (answer: MatchAnswer | { fault: string }): void =>
      settle(() => {
        if ("fault" in answer && typeof answer.fault === "string") reject(new Error(answer.fault));
        else resolve(answer as MatchAnswer);
      });
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (status: number): void =>
      settle(() => reject(new Error(`a thread of the match ended with status ${status}`)));
    worker.on("message", onMessage);
    worker.on("error", onError);
    worker.on("exit", onExit);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(order);
  });
}
