import { type ChildProcess, spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Binaries } from "./binaries.ts";
import { clusterError, reasonOf, systemCode } from "./cluster-error.ts";
import { type Layout, SOCKET_PORT } from "./layout.ts";
import { type Log, readPidFile } from "./orphans.ts";
import { boundCommandAs, type RunAs, serverEnvironment } from "./run-as.ts";
import { serverSettings } from "./settings.ts";

export type Connection = { host: string; port: number; user: string; password: string; database: string };

export type ServerExit = { code: number | null; signal: NodeJS.Signals | null; reason: string };

/** A server that we started. `exited` resolves once, when it is gone; it never rejects. */
export type Postmaster = {
  child: ChildProcess;
  pid: number;
  /** Size of the server's log when this server began to write. */
  logOffset: number;
  exited: Promise<ServerExit>;
};

/** Everything that starting a server needs. */
export type Ground = {
  layout: Layout;
  runAs: RunAs;
  binaries: Binaries;
  log: Log;
  options: string | undefined;
};

const LOG_ROTATE_BYTES = 20 * 1024 * 1024;
const PROGRESS_EVERY_MS = 5_000;
const CONNECT_PATIENCE_MS = 15_000;
const STOP_STEPS: readonly (readonly [NodeJS.Signals, number])[] = [
  ["SIGINT", 60_000],
  ["SIGQUIT", 15_000],
  ["SIGKILL", 10_000],
];

export function connectionOf(layout: Layout, password: string): Connection {
  return { host: layout.socketDir, port: SOCKET_PORT, user: "postgres", password, database: "postgres" };
}

/** Starts the server; returns before it is ready. */
export function launch(ground: Ground): Postmaster {
  const { layout, runAs, binaries } = ground;
  const args = ["-D", layout.pg, ...serverSettings(layout, ground.options)];
  const command = boundCommandAs(runAs, binaries.postgres, args);
  const log = openServerLog(layout, runAs);
  const logOffset = fstatSync(log).size;
  // A session of its own: Ctrl-C at the terminal must reach us, and the server only when we have finished with it.
  const child = spawn(command.file, command.args, {
    cwd: layout.pg,
    env: serverEnvironment(),
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<ServerExit>((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, reason: error.message }));
    child.once("exit", (code, signal) =>
      resolve({ code, signal, reason: signal ? `killed by ${signal}` : `ended with status ${code}` }),
    );
  });
  return { child, pid: child.pid ?? 0, logOffset, exited };
}

/**
 * Waits until the server takes our connection, through recovery however long it lasts, and tells the log meanwhile.
 * Throws CLUSTER_START_FAILED with the end of the server's log, or CLUSTER_PASSWORD_REJECTED.
 */
export async function waitUntilReady(
  ground: Ground,
  server: Postmaster,
  connection: Connection,
): Promise<void> {
  const began = performance.now();
  let nextProgress = began + PROGRESS_EVERY_MS;
  let readySince: number | undefined;
  for (let pause = 5; ; pause = Math.min(pause * 1.2, 100)) {
    await delay(pause);
    const exit = await Promise.race([server.exited, Promise.resolve(undefined)]);
    if (exit) throw startFailed(ground, server, exit.reason);
    const file = readPidFile(ground.layout);
    if (file?.pid === server.pid && file.status === "ready") {
      readySince ??= performance.now();
      const refusal = await tryConnection(connection);
      if (refusal === undefined) return;
      if (refusal.code === "28P01") throw clusterError("CLUSTER_PASSWORD_REJECTED", refusal.message);
      const isStarting = refusal.code === "57P03";
      if (!isStarting && performance.now() - readySince > CONNECT_PATIENCE_MS) {
        throw startFailed(ground, server, `refuses our connection (${refusal.message})`);
      }
    }
    if (performance.now() >= nextProgress) {
      const seconds = Math.round((performance.now() - began) / 1000);
      const last = readServerLog(ground.layout, server.logOffset, 1);
      ground.log(`PostgreSQL is still starting or recovering after ${seconds} s. Its last words: ${last}`);
      nextProgress += PROGRESS_EVERY_MS;
    }
  }
}

/** Fast shutdown; then without checkpoint; then by force. Resolves when the server is gone. */
export async function stopPostmaster(server: Postmaster, log: Log): Promise<void> {
  server.child.ref();
  for (const [signal, patienceMs] of STOP_STEPS) {
    server.child.kill(signal);
    const patience = new AbortController();
    const gone = await Promise.race([
      server.exited.then(() => true),
      delay(patienceMs, false, { signal: patience.signal }).catch(() => false),
    ]);
    patience.abort();
    if (gone) return;
    log(`PostgreSQL did not end within ${patienceMs / 1000} s after ${signal}.`);
  }
  throw clusterError(
    "CLUSTER_ORPHAN_STUCK",
    `PostgreSQL (process ${server.pid}) does not end, not even by SIGKILL.`,
  );
}

/**
 * Gives the superuser our password, through the single-user mode, which asks for none: after a restore, or when
 * the password file was lost. Whoever may do this owns the files anyway.
 */
export async function resetPassword(ground: Ground, password: string): Promise<void> {
  const { layout, runAs, binaries } = ground;
  const args = ["--single", "-D", layout.pg, ...serverSettings(layout, ground.options), "postgres"];
  const command = boundCommandAs(runAs, binaries.postgres, args);
  const log = openServerLog(layout, runAs);
  const logOffset = fstatSync(log).size;
  const child = spawn(command.file, command.args, {
    cwd: layout.pg,
    env: serverEnvironment(),
    stdio: ["pipe", "ignore", log],
    detached: true,
  });
  closeSync(log);
  child.stdin?.on("error", () => {}); // an early end is told by its status
  child.stdin?.end(`ALTER ROLE postgres PASSWORD '${password}'\n`);
  const reason = await new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(code === 0 ? undefined : `ended with ${code ?? signal}`));
  });
  if (reason !== undefined) {
    throw startFailed(ground, { logOffset }, `could not set the superuser's password (${reason})`);
  }
}

async function tryConnection(connection: Connection): Promise<{ code: string; message: string } | undefined> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // told by connect() or query()
  try {
    await client.connect();
    await client.query("select 1");
    return undefined;
  } catch (error) {
    return { code: systemCode(error) ?? "", message: reasonOf(error) };
  } finally {
    await client.end().catch(() => {});
  }
}

function startFailed(ground: Ground, server: { logOffset: number }, reason: string) {
  const words = readServerLog(ground.layout, server.logOffset, 15);
  return clusterError(
    "CLUSTER_START_FAILED",
    `PostgreSQL did not start: ${reason}. The end of ${ground.layout.log}:\n${words}`,
    { log: ground.layout.log, reason },
  );
}

function openServerLog(layout: Layout, runAs: RunAs): number {
  if (existsSync(layout.log) && statSync(layout.log).size > LOG_ROTATE_BYTES) {
    renameSync(layout.log, `${layout.log}.1`);
  }
  const fd = openSync(layout.log, "a", 0o600);
  // The server's user owns it, so that this user can go on by himself another day.
  if (runAs.dropped) chownSync(layout.log, runAs.uid, runAs.gid);
  return fd;
}

/** The last lines of the server's log, of this start only. */
function readServerLog(layout: Layout, offset: number, lines: number): string {
  try {
    const fd = openSync(layout.log, "r");
    try {
      const size = fstatSync(fd).size;
      const from = Math.max(Math.min(offset, size), size - 16_384);
      const buffer = Buffer.alloc(size - from);
      readSync(fd, buffer, 0, buffer.length, from);
      const words = buffer.toString("utf8").trimEnd().split("\n").slice(-lines).join("\n");
      return words || "(nothing)";
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    return `(cannot be read: ${reasonOf(error)})`;
  }
}
