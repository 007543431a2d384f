/** The program as a user starts it, on a data directory of its own: embedded PostgreSQL, demonstration, web app. */
import { execFile, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { access, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { inject } from "vitest";

const root = resolve(import.meta.dirname, "..");

export type DemoProgram = { baseUrl: string; password: string; dataDir: string; stop: () => Promise<void> };

/**
 * The first in a run sets the demonstration up and leaves it behind as the template; each then runs on a copy, which is
 * there in a third of the time. Ready when the program prints its address. Throws with what it said when it ends before.
 */
export async function startDemoProgram(): Promise<DemoProgram> {
  await access(join(root, "dist", "web", "index.html")).catch(() => {
    throw new Error("dist/web is missing: build the web app first (npm start or npm test do)");
  });
  const template = inject("demoTemplate");
  if ((await readdir(template)).length === 0) await (await run(template)).stop();
  const dataDir = await mkdtemp(join(tmpdir(), "taizhang-e2e-"));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    // Owners and modes stay: under root the cluster is a system user's.
    await promisify(execFile)("cp", ["-a", `${template}/.`, dataDir]);
    const { stop, ...announced } = await run(dataDir);
    return {
      ...announced,
      dataDir,
      stop: async () => {
        await stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

type Running = { baseUrl: string; password: string; stop: () => Promise<void> };

/** `taizhang start` */
async function run(dataDir: string): Promise<Running> {
  const child = spawn(process.execPath, [join(root, "bin", "taizhang.mjs"), "start"], {
    cwd: root,
    env: { ...process.env, TAIZHANG_DATA: dataDir, PORT: "0", HOST: "127.0.0.1", DATABASE_URL: undefined },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => end(child);
  try {
    return { ...(await untilAnnounced(child)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address and the password, as they are printed for people. */
function untilAnnounced(child: ChildProcess): Promise<{ baseUrl: string; password: string }> {
  let said = "";
  return new Promise((done, fail) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const baseUrl = /(http:\/\/127\.0\.0\.1:\d+)\n/.exec(said)?.[1];
      const password = /password: (\S+)/.exec(said)?.[1];
      if (baseUrl !== undefined && password !== undefined) done({ baseUrl, password });
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("error", fail);
    child.on("exit", (code) => fail(new Error(`taizhang start ended with ${code}:\n${said}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
  });
  child.kill("SIGINT");
  const patience = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await ended;
  clearTimeout(patience);
}
