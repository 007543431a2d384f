/** A thread of a match: see match-threads.ts. */
import { parentPort } from "node:worker_threads";
import { LAST_ORDER } from "../end-thread.ts";
import { takeNext } from "./match-batch.ts";
import type { Batch, BatchAnswer } from "./match-batch.ts";
import { makeTask } from "./match-task.ts";
import type { MatchOrder } from "./match-task.ts";

const port = parentPort;
const carryOut = makeTask();
if (!port) throw new Error("match-worker runs as a thread only");
const post = (message: BatchAnswer): void => port.postMessage(message);
port.on("message", (batch: Batch | typeof LAST_ORDER) => {
  if (batch === LAST_ORDER) {
    port.close();
    return;
  }
  try {
    for (let index = takeNext(batch); index >= 0; index = takeNext(batch))
      post({ index, answer: carryOut(batch.orders[index] as MatchOrder) });
    post({ isOver: true });
  } catch (error) {
    // The message may quote a row: kind and place of the error must do.
    const { name, stack = "" } = error as Error;
    const places = stack.split("\n").filter((line) => line.startsWith("    at "));
    post({ fault: [name, ...places.slice(0, 5)].join("\n") });
  }
});
