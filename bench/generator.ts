/**
 * Load generator, in a process of its own: so many connections, each sending its next request when the answer to the
 * last has come and has been checked. Reads a LoadPlan from standard input, writes a LoadResult.
 *
 * Plain sockets and not an HTTP client: on a machine of two cores the generator must not be what is measured.
 */
import { connect } from "node:net";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { findWrong } from "./check-answer.ts";
import type { Expectation } from "./check-answer.ts";
import { summarise } from "./latencies.ts";
import type { Latencies } from "./latencies.ts";

export type LoadRequest = { path: string; expect: Expectation };
export type LoadPlan = {
  port: number;
  cookie: string;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
  requests: LoadRequest[];
};
export type LoadResult = Latencies & { wrong: number; firstWrong: string | null; cpuMs: number };

const plan = JSON.parse(await text(process.stdin)) as LoadPlan;
const from = performance.now() + plan.warmUpSeconds * 1000;
const to = from + plan.seconds * 1000;
const latencies: number[] = [];
let wrong = 0;
let firstWrong: string | null = null;
let next = 0;

async function drive(): Promise<void> {
  const ask = await open();
  while (performance.now() < to) {
    const request = plan.requests[next++ % plan.requests.length] as LoadRequest;
    const started = performance.now();
    const answer = await ask(request.path);
    const ended = performance.now();
    if (started >= from && ended <= to) latencies.push(ended - started);
    const problem = answer.status === 200 ? findWrong(request, answer.body) : `status ${answer.status}`;
    if (problem === null) continue;
    wrong++;
    firstWrong ??= `${request.path}: ${problem}\n${answer.body.slice(0, 300)}`;
  }
}

type Answer = { status: number; body: string };

function open(): Promise<(path: string) => Promise<Answer>> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(plan.port, "127.0.0.1");
    let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
    let received: Buffer[] = [];
    let length = 0;
    let needed = -1;
    socket.setNoDelay(true);
    socket.on("error", (error) => (waiting ? waiting.reject(error) : reject(error)));
    socket.on("close", () => waiting?.reject(new Error("the server closed the connection")));
    socket.on("data", (chunk) => {
      received.push(chunk);
      length += chunk.length;
      if (needed < 0) {
        received = [Buffer.concat(received)];
        needed = wholeLength(received[0] as Buffer);
      }
      if (needed < 0 || length < needed) return;
      const answer = read(Buffer.concat(received));
      received = [];
      length = 0;
      needed = -1;
      waiting?.resolve(answer);
    });
    socket.on("connect", () =>
      resolve(
        (path) =>
          new Promise((resolveAnswer, rejectAnswer) => {
            waiting = { resolve: resolveAnswer, reject: rejectAnswer };
            socket.write(
              `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${plan.port}\r\ncookie: ${plan.cookie}\r\naccept: application/json\r\n\r\n`,
            );
          }),
      ),
    );
  });
}

/** Length of head and body, or −1 while the head is incomplete. */
function wholeLength(received: Buffer): number {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return -1;
  const stated = /\r\ncontent-length: (\d+)/i.exec(received.toString("latin1", 0, end));
  if (!stated) throw new Error("an answer without content-length");
  return end + 4 + Number(stated[1]);
}

function read(answer: Buffer): Answer {
  const end = answer.indexOf("\r\n\r\n");
  return { status: Number(answer.toString("latin1", 9, 12)), body: answer.toString("utf8", end + 4) };
}

await Promise.all(Array.from({ length: plan.connections }, drive));
const { user, system } = process.cpuUsage();
const result: LoadResult = {
  ...summarise(latencies, plan.seconds),
  wrong,
  firstWrong,
  cpuMs: (user + system) / 1000,
};
process.stdout.write(JSON.stringify(result));
process.exit(0);
