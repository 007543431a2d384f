import { spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { clusterError, reasonOf } from "./cluster-error.ts";

export type DirectoryLock = { release: () => void };

/** Who wrote the lock file last; only for messages, never for a decision. */
export type LockOwner = { pid: number | null; since: string | null };

/**
 * Takes the exclusive lock on a data directory, or throws CLUSTER_IN_USE at once.
 *
 * Node has no flock(2). A flock belongs to the *open file description*, though, not to the process that asked
 * for it: `flock -n 3`, run with our descriptor inherited as number 3, locks it for us and exits, and the
 * kernel drops the lock when our last copy closes: on release() and on kill −9 alike. So there is no stale
 * state to judge. The file is never deleted, else two processes could hold locks on two files of one name.
 * Node opens with O_CLOEXEC: PostgreSQL does not inherit the descriptor and cannot outlive us as lock holder.
 */
export function lockDirectory(lockFile: string): DirectoryLock {
  const fd = openLockFile(lockFile);
  const run = spawnSync("flock", ["-n", "3"], { stdio: ["ignore", "ignore", "pipe", fd], encoding: "utf8" });
  if (run.status === 0) {
    const owner = `${process.pid}\n${new Date().toISOString()}\n`;
    ftruncateSync(fd, 0);
    writeSync(fd, owner, 0);
    return { release: once(() => closeSync(fd)) };
  }
  closeSync(fd);
  if (run.error || run.status !== 1) {
    const reason = run.error?.message ?? run.stderr.trim();
    throw clusterError(
      "CLUSTER_LOCK_FAILED",
      `Cannot lock ${lockFile}: ${reason || `flock ended with ${run.status ?? run.signal}`}. ` +
        "The command `flock` (package util-linux) and a file system with working locks are needed.",
      { lockFile },
    );
  }
  throw inUse(lockFile, readLockOwner(lockFile));
}

export function readLockOwner(lockFile: string): LockOwner {
  try {
    const [pid, since] = readFileSync(lockFile, "utf8").split("\n");
    return { pid: /^\d+$/.test(pid ?? "") ? Number(pid) : null, since: since || null };
  } catch {
    return { pid: null, since: null };
  }
}

function openLockFile(lockFile: string): number {
  try {
    // "a+" creates without truncating: the words of a living owner must survive our attempt.
    return openSync(lockFile, "a+", 0o600);
  } catch (error) {
    throw clusterError(
      "CLUSTER_LOCK_FAILED",
      `Cannot open ${lockFile}: ${reasonOf(error)}. Start as the user who owns the data directory.`,
      { lockFile },
    );
  }
}

function inUse(lockFile: string, owner: LockOwner) {
  const who = owner.pid === null ? "another process" : `process ${owner.pid}`;
  const since = owner.since === null ? "" : ` since ${owner.since}`;
  return clusterError(
    "CLUSTER_IN_USE",
    `The data directory is in use by ${who}${since} (lock: ${lockFile}). ` +
      "Stop that process first, or choose another directory.",
    { lockFile, ...owner },
  );
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
