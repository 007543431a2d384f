/** Ends a thread when it has done what it was told, rather than in the midst of it: what shares memory with it lives on. */
import type { Worker } from "node:worker_threads";

/** What a thread is sent last; it closes its port and so comes to its end. */
export const LAST_ORDER = null;

export async function endThread(worker: Worker): Promise<void> {
  const hasEnded = worker.threadId === -1;
  if (hasEnded) return;
  await new Promise<void>((resolve) => {
    worker.once("exit", () => {
      resolve();
    });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(LAST_ORDER);
  });
}
