import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { basename } from "node:path";
import { systemCode } from "./cluster-error.ts";
import { commandAs, type RunAs } from "./run-as.ts";

/** A living process of the PostgreSQL that works in one directory. `startTime` tells it from a reuse of its pid. */
export type ServerProcess = { pid: number; parent: number; startTime: string };

type Status = ServerProcess & { name: string; state: string };

/**
 * Every living PostgreSQL process whose working directory is `pg`, the postmaster and its children.
 *
 * A process is known by what it runs (/proc/PID/exe) and where (/proc/PID/cwd), compared by device and inode so
 * that renames and bind mounts do not matter. `kill(pid, 0)` proves nothing: it says yes to zombies and to
 * strangers who were given the same number, and EPERM means alive.
 */
export function listServerProcesses(pg: string, runAs: RunAs): ServerProcess[] {
  const place = placeOf(pg);
  if (place === undefined) return [];
  const found: ServerProcess[] = [];
  const hidden: Status[] = [];
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const status = readStatus(Number(entry));
    // `setpriv` is our own launch in the moment before it becomes postgres.
    if (status === undefined || !["postgres", "setpriv"].includes(status.name)) continue;
    const where = inspect(status.pid);
    if (where === "hidden") hidden.push(status);
    else if (where !== undefined && where.place === place && isServer(where.program)) found.push(status);
  }
  for (const where of inspectAs(runAs, hidden)) {
    if (where.place === place && isServer(where.program)) found.push(where.status);
  }
  return found.map(({ pid, parent, startTime }) => ({ pid, parent, startTime }));
}

/** Whether exactly this process (not a later one with its number) still lives; a zombie does not. */
export function isAlive(process: { pid: number; startTime: string }): boolean {
  return readStatus(process.pid)?.startTime === process.startTime;
}

/** Whether some process has this pid and is no zombie: for messages and patience, not for identity. */
export function isRunning(pid: number): boolean {
  return readStatus(pid) !== undefined;
}

/** Whether this pid is a living postgres that we have no right to look at. */
export function isUninspectable(pid: number): boolean {
  return readStatus(pid)?.name === "postgres" && process.getuid?.() !== 0 && inspect(pid) === "hidden";
}

/** Signals exactly this process; a process that is gone is no error. */
export function signalProcess(target: ServerProcess, signal: NodeJS.Signals): void {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, signal);
  } catch (error) {
    if (systemCode(error) !== "ESRCH") throw error;
  }
}

/** /proc/PID/stat: readable for every process by everybody. Undefined for dead processes and zombies. */
function readStatus(pid: number): Status | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "latin1");
  } catch {
    return undefined;
  }
  // The name stands in parentheses and may itself contain any character, so count fields from the last ")".
  const close = text.lastIndexOf(")");
  const name = text.slice(text.indexOf("(") + 1, close);
  const fields = text.slice(close + 2).split(" ");
  const [state = "", parent = "0"] = fields;
  if (state === "Z" || state === "X") return undefined;
  return { pid, name, state, parent: Number(parent), startTime: fields[19] ?? "" };
}

type Where = { program: string; place: string };

function inspect(pid: number): Where | "hidden" | undefined {
  try {
    const program = readlinkSync(`/proc/${pid}/exe`);
    const cwd = statSync(`/proc/${pid}/cwd`, { bigint: true });
    return { program, place: `${cwd.dev}:${cwd.ino}` };
  } catch (error) {
    const code = systemCode(error);
    return code === "EACCES" || code === "EPERM" ? "hidden" : undefined;
  }
}

/**
 * Root without CAP_SYS_PTRACE (the default in Docker) may not look at another user's process. The server's user
 * may, when it holds the same capabilities as the server: so ask as that user.
 */
function inspectAs(runAs: RunAs, hidden: Status[]): (Where & { status: Status })[] {
  if (hidden.length === 0 || !runAs.dropped) return [];
  const script =
    'for p in "$@"; do echo "$p|$(stat -L -c %d:%i /proc/$p/cwd)|$(readlink /proc/$p/exe)"; done 2>/dev/null';
  const pids = hidden.map((status) => String(status.pid));
  const { file, args } = commandAs(runAs, "/bin/sh", ["-c", script, "sh", ...pids]);
  const run = spawnSync(file, args, { cwd: "/", encoding: "utf8" });
  const byPid = new Map(hidden.map((status) => [String(status.pid), status]));
  return (run.stdout ?? "").split("\n").flatMap((line) => {
    const [pid = "", place = "", ...program] = line.split("|");
    const status = byPid.get(pid);
    return status && place ? [{ status, place, program: program.join("|") }] : [];
  });
}

function isServer(program: string): boolean {
  // An npm install while the server runs leaves "… (deleted)" behind the name.
  return ["postgres", "setpriv"].includes(basename(program.replace(/ \(deleted\)$/, "")));
}

function placeOf(directory: string): string | undefined {
  try {
    const stat = statSync(directory, { bigint: true });
    return `${stat.dev}:${stat.ino}`;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
