/** The thread that reads files and proofs long drafts: see proof-thread.ts. */
import { parentPort } from "node:worker_threads";
import { Problem } from "../../platform/problem.ts";
import { proofDraftText } from "./core/proof-draft.ts";
import { mostCharacters } from "./core/draft-limits.ts";
import type { ProofAnswer, ProofOrder } from "./proof-order.ts";
import { readDraft } from "./read-draft.ts";

const port = parentPort;
if (!port) throw new Error("proof-worker runs as a thread only");
port.on("message", (order: ProofOrder) => {
  void carryOut(order)
    .catch(answerOf)
    .then((answer) => port.postMessage(answer));
});

async function carryOut(order: ProofOrder): Promise<ProofAnswer> {
  if (order.kind === "mark") {
    const { markWordDraft } = await import("./word-draft.ts");
    return { bytes: markWordDraft(order.bytes, order.comments, order.now) };
  }
  const text = order.kind === "text" ? order.text : await readDraft(order.name, order.bytes);
  // A text beyond the limit goes back as it is: refusing it is the action's.
  if (text.length > mostCharacters) return { proofed: { text, claims: [], figures: [] } };
  return { proofed: { text, ...proofDraftText(text, order.names) } };
}

function answerOf(error: unknown): ProofAnswer {
  if (error instanceof Problem) {
    const { code, status, title, detail } = error;
    return { problem: { code, status, title, detail } };
  }
  // The message may quote the draft: kind and place of the error must do.
  const { name, stack = "" } = error as Error;
  const places = stack.split("\n").filter((line) => line.startsWith("    at "));
  return { fault: [name, ...places.slice(0, 5)].join("\n") };
}
