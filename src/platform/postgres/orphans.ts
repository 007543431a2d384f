import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { clusterError, systemCode } from "./cluster-error.ts";
import { type Layout, SOCKET_PORT } from "./layout.ts";
import {
  isUninspectable,
  listServerProcesses,
  type ServerProcess,
  signalProcess,
} from "./process-identity.ts";
import type { RunAs } from "./run-as.ts";

export type Log = (message: string) => void;

type Step = { signal: NodeJS.Signals; patienceMs: number };

/** A fast shutdown writes a checkpoint; an immediate one leaves the rest to recovery; the kernel has the last word. */
const POSTMASTER_STEPS: readonly Step[] = [
  { signal: "SIGINT", patienceMs: 60_000 },
  { signal: "SIGQUIT", patienceMs: 15_000 },
  { signal: "SIGKILL", patienceMs: 10_000 },
];

/** Backends notice by themselves that their postmaster is gone, unless they are deep in a query. */
const BACKEND_PATIENCE_MS = 5_000;
const BACKEND_STEPS: readonly Step[] = [
  { signal: "SIGQUIT", patienceMs: 5_000 },
  { signal: "SIGKILL", patienceMs: 10_000 },
];

/**
 * Stops whatever PostgreSQL still works in `pg` from an earlier owner, and removes what dead servers left lying.
 * Only under the directory lock: then nobody but us may rightly run a server here. Returns whether one was running.
 */
export async function clearTheWay(layout: Layout, runAs: RunAs, log: Log): Promise<boolean> {
  const list = () => listServerProcesses(layout.pg, runAs);
  const found = list();
  if (found.length > 0) {
    const postmaster = found.find((process) => process.pid === readPidFile(layout)?.pid);
    if (postmaster) {
      log(`A PostgreSQL server (process ${postmaster.pid}) was left behind in ${layout.pg}; stopping it.`);
      await stopAll(list, POSTMASTER_STEPS, log);
    } else {
      log(`${found.length} PostgreSQL processes outlived their server in ${layout.pg}; waiting for them.`);
      if (!(await waitUntilNone(list, BACKEND_PATIENCE_MS))) await stopAll(list, BACKEND_STEPS, log);
    }
  }
  removeLeftFiles(layout, log);
  return found.length > 0;
}

async function stopAll(list: () => ServerProcess[], steps: readonly Step[], log: Log): Promise<void> {
  for (const step of steps) {
    const living = list();
    // Children get their orders from the postmaster, as long as there is one; the topmost are those without parent.
    const pids = new Set(living.map((process) => process.pid));
    const targets =
      step.signal === "SIGKILL" ? living : living.filter((process) => !pids.has(process.parent));
    for (const target of targets) signalProcess(target, step.signal);
    if (await waitUntilNone(list, step.patienceMs)) return;
    log(`PostgreSQL did not end within ${step.patienceMs / 1000} s after ${step.signal}.`);
  }
  const pids = list().map((process) => process.pid);
  throw clusterError(
    "CLUSTER_ORPHAN_STUCK",
    `PostgreSQL processes of an earlier run do not end, not even by SIGKILL: ${pids.join(", ")}. ` +
      "Probably the disk does not answer; look there, or restart the machine.",
    { pids },
  );
}

async function waitUntilNone(list: () => ServerProcess[], patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 200)) {
    if (list().length === 0) return true;
    if (performance.now() >= until) return false;
    await delay(pause);
  }
}

/**
 * With no process of this cluster alive, its pid file and socket lock are stale. PostgreSQL would clear them
 * itself, except when an unrelated process has been given the number: then it refuses to start.
 */
function removeLeftFiles(layout: Layout, log: Log): void {
  const left = readPidFile(layout);
  if (left && isUninspectable(left.pid)) {
    throw clusterError(
      "CLUSTER_ORPHAN_STUCK",
      `${layout.pidFile} names process ${left.pid}, a PostgreSQL that this user may not look at. ` +
        "Start as the user (or root) who started it, or stop it first.",
      { pid: left.pid },
    );
  }
  if (left) log(`Removing the pid file of a server that is gone (process ${left.pid}).`);
  const socket = join(layout.socketDir, `.s.PGSQL.${SOCKET_PORT}`);
  for (const path of [layout.pidFile, socket, `${socket}.lock`]) rmSync(path, { force: true });
}

export type PidFile = {
  pid: number;
  port: number;
  socketDir: string;
  status: string;
};

/** postmaster.pid: pid, data directory, start, port, socket directory, address, shared memory, status. */
export function readPidFile(layout: Layout): PidFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(layout.pidFile, "utf8").split("\n");
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
  return {
    pid: Math.abs(Number.parseInt(lines[0] ?? "", 10)) || 0,
    port: Number.parseInt(lines[3] ?? "", 10) || 0,
    socketDir: lines[4]?.trim() ?? "",
    status: lines[7]?.trim() ?? "",
  };
}
