import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { clusterError, systemCode } from "./cluster-error.ts";

/** PostgreSQL listens on no network: the number only names the socket file. */
export const SOCKET_PORT = 5432;

/** sun_path holds 108 bytes with the closing zero. */
const SOCKET_PATH_BYTES = 107;

/** Where everything of one data directory lies. */
export type Layout = {
  dataDir: string;
  lock: string;
  pg: string;
  pidFile: string;
  log: string;
  secrets: string;
  passwordFile: string;
  socketDir: string;
};

/** Paths only; creates nothing. Symbolic links in an existing data directory's path are resolved. */
export function layoutOf(directory: string): Layout {
  const dataDir = realpathIfExists(resolve(directory));
  const pg = join(dataDir, "pg");
  const secrets = join(dataDir, "secrets");
  return {
    dataDir,
    lock: join(dataDir, "lock"),
    pg,
    pidFile: join(pg, "postmaster.pid"),
    log: join(dataDir, "pg.log"),
    secrets,
    passwordFile: join(secrets, "postgres-password"),
    socketDir: socketDirFor(dataDir),
  };
}

function socketDirFor(dataDir: string): string {
  const own = join(dataDir, "run");
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const name = `taizhang-${hash}`;
  const candidates = [own, join(tmpdir(), name), join("/tmp", name)];
  return candidates.find(fitsSocket) ?? own;
}

function fitsSocket(directory: string): boolean {
  return Buffer.byteLength(join(directory, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES;
}

/** Creates a private directory, or checks that an existing one is really a directory of `uid` or ours. */
export function ensurePrivateDirectory(directory: string, uid: number): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
    return;
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  }
  // The fallback lies in a directory that everybody can write: somebody else may have taken the name.
  const found = lstatSync(directory);
  if (!found.isDirectory() || ![uid, process.getuid?.()].includes(found.uid)) {
    throw clusterError(
      "CLUSTER_FOREIGN_DIRECTORY",
      `${directory} exists and is not a private directory of ours (owner uid ${found.uid}). Remove it and start again.`,
      { directory },
    );
  }
  chmodSync(directory, 0o700);
}

/** The superuser's password; undefined when there is none yet. */
export function findPassword(layout: Layout): string | undefined {
  try {
    return readFileSync(layout.passwordFile, "utf8").trim() || undefined;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Makes and keeps a password; it is on disk before any cluster learns it. */
export function createPassword(layout: Layout): string {
  mkdirSync(layout.secrets, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  writeDurably(layout.passwordFile, `${password}\n`);
  return password;
}

/** Writes a small private file so that after a crash it is there whole or not at all. */
export function writeDurably(path: string, text: string): void {
  const partial = `${path}.partial-${randomBytes(4).toString("hex")}`;
  const fd = openSync(partial, "wx", 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(partial, path);
  syncDirectory(join(path, ".."));
}

/** fsync of a directory: makes a rename inside it durable. */
export function syncDirectory(directory: string): void {
  const fd = openSync(directory, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function realpathIfExists(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return path;
    throw error;
  }
}
