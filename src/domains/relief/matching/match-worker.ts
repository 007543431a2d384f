/** A thread of a match: see match-threads.ts. */
import { parentPort } from "node:worker_threads";
import { makeTask } from "./match-task.ts";
import type { MatchOrder } from "./match-task.ts";

const port = parentPort;
const carryOut = makeTask();
if (!port) throw new Error("match-worker runs as a thread only");
port.on("message", (order: MatchOrder) => {
  try {
    port.postMessage(carryOut(order));
  } catch (error) {
    // The message may quote a row: kind and place of the error must do.
    const { name, stack = "" } = error as Error;
    const places = stack.split("\n").filter((line) => line.startsWith("    at "));
    port.postMessage({ fault: [name, ...places.slice(0, 5)].join("\n") });
  }
});
