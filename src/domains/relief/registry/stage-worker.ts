/** A thread of an import: see stage-threads.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { openThreadSealer } from "../../../platform/sealing/sealer.ts";
import { LAST_ORDER } from "../end-thread.ts";
import { makeStageTask } from "./stage-task.ts";
import { unpack } from "./stage-threads.ts";
import type { StageAnswer, StageOrder, StageWorkerData } from "./stage-threads.ts";

const port = parentPort;
if (!port) throw new Error("stage-worker runs as a thread only");
const { plan, sealing } = workerData as StageWorkerData;
const stage = makeStageTask(plan, openThreadSealer(sealing));
port.on("message", (order: StageOrder | typeof LAST_ORDER) => {
  if (order === LAST_ORDER) port.close();
  else port.postMessage(answer(order));
});

function answer(order: StageOrder): StageAnswer {
  try {
    return { staged: stage(unpack(order)) };
  } catch (error) {
    // The message may quote a cell: kind and place of the error must do.
    const { name, stack = "" } = error as Error;
    const places = stack.split("\n").filter((line) => line.startsWith("    at "));
    return { fault: [name, ...places.slice(0, 5)].join("\n") };
  }
}
