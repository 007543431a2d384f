/** A few threads that take orders in turn. One thread is the caller's own. */
import { Worker } from "node:worker_threads";
import { carryOut } from "./match-task.ts";
import type { MatchAnswer, MatchOrder } from "./match-task.ts";

export type MatchThreads = {
  /** answers in the order of the orders; `each` is called as they come */
  doAll: (orders: readonly MatchOrder[], each?: () => void) => Promise<MatchAnswer[]>;
  /** to every thread */
  tell: (order: MatchOrder) => Promise<void>;
  end: () => Promise<void>;
};

/** @param signal stops before the next order is given */
export function startThreads(count: number, signal?: AbortSignal): MatchThreads {
  return count <= 1 ? inOwnThread(signal) : inWorkers(count, signal);
}

function inOwnThread(signal: AbortSignal | undefined): MatchThreads {
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
    tell: async (order) => void carryOut(order),
    end: async () => {},
  };
}

function inWorkers(count: number, signal: AbortSignal | undefined): MatchThreads {
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL("./match-worker.ts", import.meta.url)),
  );
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
    tell: async (order) => void (await Promise.all(workers.map((worker) => ask(worker, order)))),
    end: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

function ask(worker: Worker, order: MatchOrder): Promise<MatchAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off("message", onMessage);
      worker.off("error", reject);
      finish();
    };
    const onMessage = (answer: MatchAnswer | { fault: string }): void =>
      settle(() => {
        if ("fault" in answer && typeof answer.fault === "string") reject(new Error(answer.fault));
        else resolve(answer as MatchAnswer);
      });
    worker.on("message", onMessage);
    worker.on("error", reject);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(order);
  });
}
