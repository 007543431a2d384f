/**
 * Staging in threads once a file turns out to be large: a prefecture's takes half the time on two processors. A county's
 * is done before threads have started.
 *
 * A batch goes to a thread as one text, which costs a tenth of copying tens of thousands of cells one by one.
 */
import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Sealer, ThreadKey } from "../../../platform/sealing/sealer.ts";
import { endThread } from "../end-thread.ts";
import type { SheetRow } from "../read-sheet.ts";
import { makeStageTask } from "./stage-task.ts";
import type { Staged, StagePlan } from "./stage-task.ts";

export type StageWorkerData = { plan: StagePlan; sealing: ThreadKey };
export type StageOrder = { lines: Int32Array; text: string };
export type StageAnswer = { staged: Staged } | { fault: string };

export type Staging = {
  /** in the order of the batches */
  stageAll(batches: AsyncIterable<SheetRow[]>): AsyncGenerator<Staged>;
  end(): Promise<void>;
};

/** Rows that are done in the caller's own thread first. */
const FIRST_ROWS = 25_000;
const MOST_THREADS = 4;
const CELL = "\u001F";
const ROW = "\u001E";

export function openStaging(plan: StagePlan, sealer: Sealer): Staging {
  const workers: Worker[] = [];
  const own = makeStageTask(plan, sealer);
  const count = Math.min(availableParallelism(), MOST_THREADS);
  let next = 0;
  const give = (rows: readonly SheetRow[]): Promise<Staged> => {
    const order = pack(rows);
    if (order === undefined) return Promise.resolve(own(rows));
    if (workers.length === 0)
      for (let i = 0; i < count; i++) workers.push(startWorker({ plan, sealing: sealer.forThread() }));
    return ask(workers[next++ % count] as Worker, order);
  };
  return {
    stageAll: async function* (batches) {
      const pending: Promise<Staged>[] = [];
      let done = 0;
      for await (const rows of batches) {
        done += rows.length;
        if (done <= FIRST_ROWS || count === 1) yield own(rows);
        else pending.push(heard(give(rows)));
        if (pending.length >= 2 * count) yield (await pending.shift()) as Staged;
      }
      for (const one of pending) yield await one;
    },
    end: async () => void (await Promise.all(workers.map(endThread))),
  };
}

/** Awaited later, in its turn: until then a failure must not pass for one that nobody hears of. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** @returns undefined where a cell holds one of the two marks: its row is refused, and told of in the caller's thread */
function pack(rows: readonly SheetRow[]): StageOrder | undefined {
  const text = rows.map(({ cells }) => cells.join(CELL)).join(ROW);
  const marks = rows.reduce((sum, { cells }) => sum + Math.max(cells.length, 1), -1);
  let found = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x1e || code === 0x1f) found++;
  }
  if (found !== marks) return undefined;
  return { lines: Int32Array.from(rows, ({ line }) => line), text };
}

export function unpack({ lines, text }: StageOrder): SheetRow[] {
  return text.split(ROW).map((row, i) => ({ line: lines[i] as number, cells: row.split(CELL) }));
}

/** A thread inherits no cache of compiled code; with one it starts in a third of the time. */
function startWorker(workerData: StageWorkerData): Worker {
  const cache = getCompileCacheDir();
  const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) };
  const worker = new Worker(new URL("./stage-worker.ts", import.meta.url), {
    env,
    workerData,
    // A batch is of a megabyte or two; without a limit garbage is left to lie.
    resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 24 },
  });
  worker.setMaxListeners(0);
  return worker;
}

/** Answers come in the order of the orders of one thread. */
function ask(worker: Worker, order: StageOrder): Promise<Staged> {
  return new Promise((resolve, reject) => {
    const waiting = waitersOf(worker);
    waiting.push({ resolve, reject });
    worker.postMessage(order, [order.lines.buffer as ArrayBuffer]);
  });
}

type Waiter = { resolve: (staged: Staged) => void; reject: (error: Error) => void };
const waiters = new WeakMap<Worker, Waiter[]>();
function waitersOf(worker: Worker): Waiter[] {
  const known = waiters.get(worker);
  if (known) return known;
  const waiting: Waiter[] = [];
  waiters.set(worker, waiting);
  const failAll = (error: Error): void => {
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  worker.on("message", (answer: StageAnswer) => {
    const first = waiting.shift();
    if ("staged" in answer) first?.resolve(answer.staged);
    else first?.reject(new Error(`a thread of the import failed: ${answer.fault}`));
  });
  worker.on("error", failAll);
  worker.on("exit", () => failAll(new Error("a thread of the import ended")));
  return waiting;
}
