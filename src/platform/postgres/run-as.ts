import { spawnSync } from "node:child_process";
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { clusterError, systemCode } from "./cluster-error.ts";

/** Under which user the server's programs run, and the words of `setpriv` that make it so. */
export type RunAs = {
  uid: number;
  gid: number;
  user: string;
  /** True when we are root and step down to another user. */
  dropped: boolean;
  privileges: readonly string[];
};

type Account = { user: string; uid: number; gid: number };

const SYSTEM_USER = "taizhang";
const FALLBACK_USERS = ["nobody", "daemon"];
const SBIN = "/usr/local/sbin:/usr/sbin:/sbin";

/** A clean environment: no PG* variables, no LD_LIBRARY_PATH, messages in English. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: `${process.env.PATH ?? "/usr/bin:/bin"}:${SBIN}`, LC_ALL: "C", TZ: "UTC" };
}

/** A command line that runs `program` as the server's user. */
export function commandAs(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): { file: string; args: string[] } {
  if (!runAs.dropped) return { file: program, args: [...args] };
  return { file: "setpriv", args: [...runAs.privileges, "--", program, ...args] };
}

/**
 * The same, for a program that must not outlive us: the kernel sends it SIGINT (fast shutdown) when the thread
 * that started it ends, however that happens. `setpriv` becomes the program, so the pid stays.
 */
export function boundCommandAs(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): { file: string; args: string[] } {
  return { file: "setpriv", args: [...runAs.privileges, "--pdeathsig", "INT", "--", program, ...args] };
}

/**
 * Decides who runs the server in `directory` (which must exist). An ordinary user runs it himself. PostgreSQL
 * refuses root, so root steps down to the owner of the existing cluster or to a system user, with exactly one
 * capability more if that user could not otherwise reach the directory or the programs.
 */
export function chooseRunAs(directory: string, clusterDir: string, binaries: Binaries): RunAs {
  const me = process.getuid?.() ?? 0;
  if (me !== 0) {
    refuseForeignOwner(clusterDir, me);
    const account = findAccount((entry) => entry.uid === me);
    const gid = process.getgid?.() ?? me;
    return { uid: me, gid, user: account?.user ?? String(me), dropped: false, privileges: [] };
  }
  const account = ownerOf(clusterDir) ?? systemAccount();
  return withAccess(account, directory, binaries);
}

/**
 * Gives a tree to the server's user, the top last, so that an interrupted run is seen and done again. A server left
 * behind by a killed owner may be shutting down meanwhile: what it takes away need not be given.
 */
export function giveTo(runAs: RunAs, path: string): void {
  if (!runAs.dropped) return;
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) {
    for (const entry of readdirSync(path)) giveTo(runAs, join(path, entry));
  }
  // Not through symbolic links: pg_wal may be moved elsewhere, and that is its owner's business.
  if (!stat.isSymbolicLink() && (stat.uid !== runAs.uid || stat.gid !== runAs.gid)) {
    try {
      chownSync(path, runAs.uid, runAs.gid);
    } catch (error) {
      if (systemCode(error) !== "ENOENT") throw error;
    }
  }
}

function refuseForeignOwner(clusterDir: string, me: number): void {
  if (!existsSync(clusterDir)) return;
  const owner = statSync(clusterDir).uid;
  if (owner === me) return;
  const name = findAccount((entry) => entry.uid === owner)?.user ?? `uid ${owner}`;
  throw clusterError(
    "CLUSTER_UNREACHABLE_DIRECTORY",
    `${clusterDir} belongs to ${name}, and this process runs as uid ${me}. ` +
      "Start as the user who started it first (root, if it was root).",
    { directory: clusterDir, owner },
  );
}

function ownerOf(clusterDir: string): Account | undefined {
  if (!existsSync(clusterDir)) return undefined;
  const { uid } = statSync(clusterDir);
  // Files of root (a copy made by root) or of nobody known (another machine's user) get a new owner.
  return uid === 0 ? undefined : findAccount((entry) => entry.uid === uid);
}

function systemAccount(): Account {
  const named = (user: string) => findAccount((entry) => entry.user === user && entry.uid !== 0);
  const existing = named(SYSTEM_USER);
  if (existing) return existing;
  spawnSync(
    "useradd",
    [
      "--system",
      "--no-create-home",
      "--home-dir",
      "/nonexistent",
      "--shell",
      "/usr/sbin/nologin",
      SYSTEM_USER,
    ],
    { env: serverEnvironment(), stdio: "ignore" },
  );
  // Asked again whatever useradd said: another process may have created the user at the same moment.
  for (const user of [SYSTEM_USER, ...FALLBACK_USERS]) {
    const account = named(user);
    if (account) return account;
  }
  throw clusterError(
    "CLUSTER_NO_SYSTEM_USER",
    "PostgreSQL refuses to run as root and there is no other user to run it as. " +
      `Create one (\`useradd --system ${SYSTEM_USER}\`), start as an ordinary user, or set DATABASE_URL.`,
  );
}

/** Entries of /etc/passwd, or of the name service where users live elsewhere. */
function findAccount(matches: (account: Account) => boolean): Account | undefined {
  return (
    parseAccounts(readIfExists("/etc/passwd")).find(matches) ??
    parseAccounts(spawnSync("getent", ["passwd"], { encoding: "utf8" }).stdout ?? "").find(matches)
  );
}

function parseAccounts(text: string): Account[] {
  return text.split("\n").flatMap((line) => {
    const [user, , uid, gid] = line.split(":");
    return user && uid && gid ? [{ user, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

function readIfExists(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

/**
 * The weakest privileges with which the account reaches both the directory and the programs.
 *
 * The programs test each other with access(2), which by default ignores a non-root user's capabilities; the
 * secure bit `no_setuid_fixup` makes it honour them. Without it initdb in a clone under /root finds no postgres.
 */
function withAccess(account: Account, directory: string, binaries: Binaries): RunAs {
  const plain = [`--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  const withCapability = (name: string) => [
    ...plain,
    "--securebits=+no_setuid_fixup",
    `--inh-caps=+${name}`,
    `--ambient-caps=+${name}`,
  ];
  let reason = "";
  for (const privileges of [plain, withCapability("dac_read_search"), withCapability("dac_override")]) {
    const runAs = { ...account, dropped: true, privileges };
    const failure = probe(runAs, directory, binaries);
    if (failure === undefined) return runAs;
    reason ||= failure;
  }
  const closed = [directory, binaries.postgres].map(firstClosed).find((found) => found !== undefined);
  throw clusterError(
    "CLUSTER_UNREACHABLE_DIRECTORY",
    `PostgreSQL runs as the user ${account.user}, who cannot reach ${closed ?? directory}: ${reason}. ` +
      `Let others pass through it (chmod o+x ${closed ?? directory}), move the data directory (TAIZHANG_DATA), ` +
      "start as an ordinary user, or set DATABASE_URL.",
    { directory: closed ?? directory, user: account.user },
  );
}

/** Undefined when it works, else the words of what failed. */
function probe(runAs: RunAs, directory: string, binaries: Binaries): string | undefined {
  // `initdb --show` starts nothing and writes nothing, but looks for postgres and the share directory.
  const script = 'cd "$1" && exec "$2" --show -D "$1/pg"';
  const { file, args } = commandAs(runAs, "/bin/sh", ["-c", script, "sh", directory, binaries.initdb]);
  const run = spawnSync(file, args, { cwd: "/", env: serverEnvironment(), encoding: "utf8" });
  if (run.status === 0) return undefined;
  if (run.error) return run.error.message;
  return run.stderr.trim().split("\n").at(-1) || `ended with ${run.status ?? run.signal}`;
}

/** The topmost directory on the way that others may not pass. */
function firstClosed(path: string): string | undefined {
  const parents: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    parents.unshift(at);
    if (at === dirname(at)) break;
  }
  return parents.find(
    (at) => existsSync(at) && statSync(at).isDirectory() && (statSync(at).mode & 0o001) === 0,
  );
}
