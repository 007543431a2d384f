/** The program under measurement, run as users run it: `node bin/taizhang.mjs start` in a process of its own. */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/taizhang.mjs", import.meta.url));

export type Program = {
  url: string;
  port: number;
  pid: number;
  /** from spawn to the first 200 of /health/ready */
  readyMs: number;
  /** processor time of the Node process until then; unlike the clock it does not depend on what else the machine does */
  readyCpuMs: number;
  stop(): Promise<void>;
};

/** @param nodeArgs flags of Node, for profiling: `--cpu-prof` */
export async function startProgram(dataDir: string, nodeArgs: readonly string[] = []): Promise<Program> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...nodeArgs, bin, "start"], {
    env: { ...process.env, TAIZHANG_DATA: dataDir, PORT: String(port), TAIZHANG_LOG: "error" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4000)));
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}:\n${words}`);
    await delay(10);
  }
  const readyMs = performance.now() - started;
  const pid = child.pid as number;
  return {
    url,
    port,
    pid,
    readyMs,
    readyCpuMs: await cpuMs(pid),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Processor time of a process so far, user and system (Linux). */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process in MB (Linux). */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** The highest resident memory while `work` runs, looked at twenty times a second. */
export async function peakResidentMb<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ value: T; mb: number }> {
  let mb = await residentMb(pid);
  const watch = setInterval(() => {
    residentMb(pid).then(
      (now) => (mb = Math.max(mb, now)),
      () => {}, // it has ended; the work will say so
    );
  }, 50);
  try {
    const value = await work();
    return { value, mb };
  } finally {
    clearInterval(watch);
  }
}

export type SignedIn = { cookie: string; csrf: string; region: number };

/** Signs one of the demonstration's people in. */
export async function signIn(program: Program, dataDir: string, username: string): Promise<SignedIn> {
  const password = (await readFile(join(dataDir, "secrets", "demo-password"), "utf8")).trim();
  const response = await fetch(`${program.url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  const session = (await response.json()) as { csrf: string; post: { region: { code: number } } };
  if (response.status !== 200) throw new Error(`sign-in of ${username}: ${JSON.stringify(session)}`);
  const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] as string;
  return { cookie, csrf: session.csrf, region: session.post.region.code };
}
