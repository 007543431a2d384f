/**
 * The whole program under kill −9: what it acknowledged is there afterwards, whoever was killed, and it comes back
 * without help. The launcher has a test of its own with many more kills (platform/postgres); this one goes through
 * `taizhang start`, HTTP and the audit trail.
 */
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const program = fileURLToPath(new URL("../../bin/taizhang.mjs", import.meta.url));
const KILLS = 8;
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

let dataDir: string;
let port: number;
let server: ChildProcess | undefined;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "taizhang-crash-"));
  port = await freePort();
});
afterAll(async () => {
  server?.kill("SIGTERM");
  if (server && server.exitCode === null) await new Promise((resolve) => server?.once("exit", resolve));
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
}

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  TAIZHANG_DATA: dataDir,
  PORT: String(port),
  TAIZHANG_LOG: "silent",
  DATABASE_URL: "",
});

async function startProgram(): Promise<void> {
  const child = spawn(process.execPath, [program, "start"], {
    env: environment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4000);
  });
  server = child;
  for (const end = Date.now() + 90_000; Date.now() < end; await delay(50)) {
    if (child.exitCode !== null) throw new Error(`taizhang start ended with ${child.exitCode}:\n${said}`);
    if (await isReady()) return;
  }
  throw new Error(`not ready within 90 s:\n${said}`);
}

async function isReady(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (answer) => answer.status === 200,
    () => false,
  );
}

type Session = { cookie: string; csrf: string };

async function signIn(): Promise<Session> {
  const password = readFileSync(join(dataDir, "secrets", "demo-password"), "utf8").trim();
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "dispatcher", password }),
  });
  const { csrf } = (await answer.json()) as { csrf: string };
  return { cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "", csrf };
}

/** Writes figures one by one until told to stop; a number enters `acknowledged` only after the answer 201. */
async function write(
  session: Session,
  next: () => number,
  acknowledged: Set<number>,
  stop: { now: boolean },
): Promise<void> {
  while (!stop.now) {
    const n = next();
    const row = {
      region: 140981000000,
      subject: `project:p${n}`,
      measure: "fixed_asset_investment",
      basis: "month",
      period: "2016-06",
    };
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/figures`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: session.cookie, "x-csrf-token": session.csrf },
      body: JSON.stringify({ title: `write ${n}`, rows: [{ ...row, value: String(n), unit: "万元" }] }),
    }).catch(() => undefined);
    if (answer?.status === 201) acknowledged.add(n);
    else await delay(20);
  }
}

async function readSubjects(session: Session): Promise<Set<number>> {
  const found = new Set<number>();
  let cursor: string | null = null;
  do {
    const query: string = `measure=fixed_asset_investment&basis=month&from=2016-06&to=2016-06&limit=200${cursor ? `&cursor=${cursor}` : ""}`;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/figures?${query}`, {
      headers: { cookie: session.cookie },
    });
    expect(answer.status).toBe(200);
    const page = (await answer.json()) as {
      items: { subject: string; value: string }[];
      next: string | null;
    };
    for (const item of page.items) {
      const n = Number(item.subject.replace("project:p", ""));
      if (item.subject.startsWith("project:p")) expect(Number(item.value)).toBe(n);
      found.add(n);
    }
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, "pg", "postmaster.pid"), "utf8").split("\n")[0]);
}

it(`loses no acknowledged write in ${KILLS} kills of program or database (SEED=${seed})`, {
  timeout: 400_000,
}, async () => {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  await startProgram();
  const acknowledged = new Set<number>();
  let counter = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const session = await signIn();
    const stop = { now: false };
    const writing = Promise.all([1, 2, 3].map(() => write(session, () => ++counter, acknowledged, stop)));
    const before = acknowledged.size;
    for (const end = Date.now() + 20_000; acknowledged.size < before + 3 && Date.now() < end; )
      await delay(5);
    await delay(random(300));
    if (kill % 2 === 0) {
      const gone = new Promise((resolve) => server?.once("exit", resolve));
      server?.kill("SIGKILL");
      await gone;
      stop.now = true;
      await writing;
      await startProgram();
    } else {
      process.kill(postmasterPid(), "SIGKILL");
      await delay(50);
      for (const end = Date.now() + 60_000; !(await isReady()) && Date.now() < end; ) await delay(50);
      stop.now = true;
      await writing;
    }
    const there = await readSubjects(await signIn());
    expect(
      [...acknowledged].filter((n) => !there.has(n)),
      `lost after kill ${kill + 1}`,
    ).toEqual([]);
  }
  expect(acknowledged.size).toBeGreaterThan(KILLS * 3 - 1);

  const verified = spawnSync(process.execPath, [program, "audit", "verify"], {
    env: environment(),
    encoding: "utf8",
  });
  expect(verified.stdout).toContain("the trail is intact");
  const second = spawnSync(process.execPath, [program, "start"], {
    env: environment(),
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(/in use|already|another/i);
});
