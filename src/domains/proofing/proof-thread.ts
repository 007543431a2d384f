/**
 * Long drafts and files are read and proofed in a thread of their own, one at a time, so that no draft, however long or
 * hostile, stops every other answer: a thread that takes too long or too much memory is ended, and the next order starts
 * another. It also ends when nobody wants it for a while.
 */
import { Worker } from "node:worker_threads";
import { Problem } from "../../platform/problem.ts";
import { DRAFT_UNREADABLE, PROOFING_BUSY, PROOFING_TOO_SLOW } from "./problems.ts";
import type { Proofed, ProofAnswer, ProofOrder } from "./proof-order.ts";

const idleMs = 20_000;
const longestMs = 30_000;
const mostWaiting = 50;
const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 256 };

type Job = { order: ProofOrder; resolve: (answer: ProofAnswer) => void; reject: (error: Error) => void };

const waiting: Job[] = [];
let current: Job | undefined;
let thread: Worker | undefined;
let deadline: NodeJS.Timeout | undefined;
let idle: NodeJS.Timeout | undefined;

let inHand = 0;

/**
 * Takes one of the places there are: for what is done for a draft before and after its turn too, so that drafts pile up
 * nowhere else either. @throws PROOFING_BUSY
 */
export async function withPlace<Done>(work: () => Promise<Done>): Promise<Done> {
  if (inHand > mostWaiting) throw PROOFING_BUSY();
  inHand++;
  try {
    return await work();
  } finally {
    inHand--;
  }
}

/** @throws what the thread refused; PROOFING_BUSY, PROOFING_TOO_SLOW; DRAFT_UNREADABLE when it ran out of memory */
export async function proofInThread(order: Exclude<ProofOrder, { kind: "mark" }>): Promise<Proofed> {
  const answer = await carryOut(order);
  if (!("proofed" in answer)) throw errorOf(answer);
  return answer.proofed;
}

/** @throws as `proofInThread` */
export async function markInThread(order: Extract<ProofOrder, { kind: "mark" }>): Promise<Uint8Array> {
  const answer = await carryOut(order);
  if (!("bytes" in answer)) throw errorOf(answer);
  return answer.bytes;
}

function errorOf(answer: ProofAnswer): Error {
  if (!("problem" in answer))
    return new Error("fault" in answer ? answer.fault : "an answer to another order");
  const { code, status, title, detail } = answer.problem;
  return new Problem(code, status, title, detail === undefined ? {} : { detail });
}

function carryOut(order: ProofOrder): Promise<ProofAnswer> {
  if (waiting.length >= mostWaiting) return Promise.reject(PROOFING_BUSY());
  return new Promise((resolve, reject) => {
    waiting.push({ order, resolve, reject });
    startNext();
  });
}

function startNext(): void {
  if (current !== undefined) return;
  current = waiting.shift();
  if (current === undefined) return rest();
  clearTimeout(idle);
  thread ??= startThread();
  thread.ref();
  deadline = setTimeout(() => endThread(PROOFING_TOO_SLOW()), longestMs);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  thread.postMessage(current.order);
}

function startThread(): Worker {
  const started = new Worker(new URL("./proof-worker.ts", import.meta.url), { resourceLimits });
  started.on("message", (answer: ProofAnswer) => {
    if (started === thread) finish((job) => job.resolve(answer));
  });
  started.on("error", (error) => {
    const isFull = (error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY";
    const tooMuch = { zh: "文件内容过多，无法校核", en: "There is too much in the file" };
    if (started === thread) endThread(isFull ? DRAFT_UNREADABLE({ detail: tooMuch }) : (error as Error));
  });
  started.on("exit", () => {
    if (started === thread) endThread(new Error("the proofing thread ended"));
  });
  return started;
}

function finish(settle: (job: Job) => void): void {
  clearTimeout(deadline);
  const done = current;
  current = undefined;
  if (done !== undefined) settle(done);
  startNext();
}

function endThread(error: Error): void {
  const ended = thread;
  thread = undefined;
  void ended?.terminate();
  finish((job) => job.reject(error));
}

/** Waiting for work must not keep the process alive, nor the memory in use. */
function rest(): void {
  const resting = thread;
  if (resting === undefined) return;
  resting.unref();
  clearTimeout(idle);
  idle = setTimeout(() => {
    if (thread !== resting || current !== undefined) return;
    thread = undefined;
    void resting.terminate();
  }, idleMs);
  idle.unref();
}
