import { Worker } from "node:worker_threads";
import type { PaperAnswer, PaperOptions, PaperOrder } from "./briefing-paper.ts";
import type { Briefing } from "./core/briefing.ts";

/**
 * Word files are made in a thread of their own that ends when nobody wants one for a while. A briefing is half a
 * second of computing that would stop every other answer, and the picture renderer holds some 6 MB of font a chart
 * outside the heap, which the collector does not see: 30 briefings in this thread left the server at 600 MB.
 */
const idleMs = 5_000;
/** A small young generation is collected often, and with it the fonts of charts already drawn. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 192 };

type Waiting = { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void };
type Thread = { worker: Worker; waiting: Map<number, Waiting>; idle?: NodeJS.Timeout | undefined };

let thread: Thread | undefined;
let orders = 0;

/**
 * The briefing as a Word file. `today` ("2016-08-15") is the only thing that may change its bytes.
 * Rejects when the thread fails; the next call starts another.
 */
export function renderBriefing(briefing: Briefing, options: PaperOptions): Promise<Uint8Array> {
  const current = (thread ??= startThread());
  clearTimeout(current.idle);
  current.worker.ref();
  const { title, subtitles, issuer, blocks, appendices } = briefing;
  const order: PaperOrder = {
    id: ++orders,
    paper: { title, subtitles, issuer, blocks, appendices },
    options,
  };
  return new Promise((resolve, reject) => {
    current.waiting.set(order.id, { resolve, reject });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    current.worker.postMessage(order);
  });
}

function startThread(): Thread {
  const worker = new Worker(new URL("./briefing-worker.ts", import.meta.url), { resourceLimits });
  const started: Thread = { worker, waiting: new Map() };
  worker.on("message", (answer: PaperAnswer) => {
    const waiting = started.waiting.get(answer.id);
    started.waiting.delete(answer.id);
    if ("bytes" in answer) waiting?.resolve(answer.bytes);
    else waiting?.reject(new Error(answer.error));
    if (started.waiting.size === 0) rest(started);
  });
  worker.on("error", (error) => fail(started, error));
  worker.on("exit", () => fail(started, new Error("the briefing thread ended")));
  return started;
}

/** Waiting for work must not keep the process alive, nor the memory in use. */
function rest(idle: Thread): void {
  idle.worker.unref();
  idle.idle = setTimeout(() => {
    if (thread === idle) thread = undefined;
    void idle.worker.terminate();
  }, idleMs);
  idle.idle.unref();
}

function fail(failed: Thread, error: unknown): void {
  if (thread === failed) thread = undefined;
  const reason = error instanceof Error ? error : new Error(String(error));
  for (const { reject } of failed.waiting.values()) reject(reason);
  failed.waiting.clear();
}
