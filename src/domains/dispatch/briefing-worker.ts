/** The thread that makes Word files: see render-briefing.ts. */
import { parentPort } from "node:worker_threads";
import type { PaperAnswer, PaperOrder } from "./briefing-paper.ts";
import { renderPaper } from "./briefing-paper.ts";

const port = parentPort;
if (!port) throw new Error("briefing-worker runs as a thread only");
port.on("message", (order: PaperOrder) => {
  void renderPaper(order.paper, order.options).then(
    (bytes) => port.postMessage({ id: order.id, bytes } satisfies PaperAnswer),
    (error: unknown) => port.postMessage({ id: order.id, error: String(error) } satisfies PaperAnswer),
  );
});
