import { createHash, randomBytes } from "node:crypto";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import pg from "pg";
import { type BackupManifest, MANIFEST_NAME } from "./backup-manifest.ts";
import { clusterError, systemCode } from "./cluster-error.ts";
import { syncDirectory } from "./layout.ts";
import type { Cluster } from "./supervise.ts";
import { type TarWriter, writeTar } from "./tar.ts";

export type BackupReport = {
  path: string;
  bytes: number;
  /** Of the whole archive, to be noted elsewhere. */
  sha256: string;
  files: number;
  createdAt: string;
};

/** Directories whose contents a starting server makes anew; pg_wal is copied apart, as much of it as is needed. */
const EMPTIED = new Set([
  "pg_wal",
  "pg_replslot",
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|current_logfiles(\.tmp)?|pg_internal\.init.*|pgsql_tmp.*)$/;
const CONTROL = "global/pg_control";

type Copy = { tar: TarWriter; pgDir: string; directories: string[]; files: BackupManifest["files"] };

/**
 * Copies the running cluster into one tar file, while others go on writing (PostgreSQL 18, 25.3.3 "Making a Base
 * Backup Using the Low Level API"). It holds every write acknowledged before the call, and the write-ahead log
 * that makes the copied files agree; no passwords of ours and nothing outside the database. `destination` must not
 * exist; it appears when it is complete and on disk.
 */
export async function hotCopy(
  cluster: Pick<Cluster, "connection" | "dataDir">,
  destination: string,
): Promise<BackupReport> {
  const path = resolve(destination);
  if (existsSync(path))
    throw clusterError("BACKUP_REFUSED", `${path} exists already; a backup never overwrites.`);
  const partial = `${path}.partial-${randomBytes(4).toString("hex")}`;
  const file = await openNew(partial);
  const client = new pg.Client({ ...cluster.connection, application_name: "taizhang backup" });
  client.on("error", () => {}); // a lost connection is told by the next query
  try {
    await client.connect();
    const manifest = await copyCluster(client, join(cluster.dataDir, "pg"), file);
    await file.sync();
    const sha256 = await hashFile(file);
    const { size: bytes } = await file.stat();
    await file.close();
    await rename(partial, path);
    syncDirectory(dirname(path));
    return { path, bytes, sha256, files: manifest.files.length, createdAt: manifest.createdAt };
  } catch (error) {
    await file.close();
    await rm(partial, { force: true });
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

async function copyCluster(client: pg.Client, pgDir: string, file: FileHandle): Promise<BackupManifest> {
  const createdAt = new Date();
  // The write-ahead log that is written during the copy must not be recycled under us: a slot holds it.
  // It is temporary, so it goes with this session, and so does the backup mode of the server.
  const slot = `taizhang_backup_${randomBytes(4).toString("hex")}`;
  await client.query("select pg_create_physical_replication_slot($1, true, true)", [slot]);
  const begun = await one(client, ["lsn"], "select pg_backup_start($1, true)::text as lsn", ["taizhang"]);
  const copy: Copy = { tar: writeTar(file, createdAt.getTime() / 1000), pgDir, directories: [], files: [] };
  await addDirectory(copy, "");
  // Last of the data files, as pg_basebackup does.
  await addBytes(copy, CONTROL, await readSteady(join(pgDir, CONTROL)));
  const stopped = await one(
    client,
    ["lsn", "labelfile", "spcmapfile"],
    "select lsn::text as lsn, labelfile, spcmapfile from pg_backup_stop(wait_for_archive => false)",
  );
  if (stopped.spcmapfile.trim() !== "") {
    throw clusterError(
      "BACKUP_REFUSED",
      "The cluster has tablespaces outside its directory; use pg_basebackup.",
    );
  }
  await addBytes(copy, "backup_label", Buffer.from(stopped.labelfile));
  await addLog(copy, client, begun.lsn, stopped.lsn);
  const version = await one(
    client,
    ["name", "number"],
    "select current_setting('server_version') as name, current_setting('server_version_num') as number",
  );
  const manifest: BackupManifest = {
    format: "taizhang-backup",
    formatVersion: 1,
    createdAt: createdAt.toISOString(),
    postgresVersion: version.name,
    postgresMajor: Math.floor(Number(version.number) / 10_000),
    startLsn: begun.lsn,
    stopLsn: stopped.lsn,
    directories: copy.directories,
    files: copy.files,
  };
  const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  await copy.tar.addFile(MANIFEST_NAME, text.length, only(text));
  await copy.tar.finish();
  return manifest;
}

async function addDirectory(copy: Copy, inside: string): Promise<void> {
  const name = inside === "" ? "pg" : `pg/${inside}`;
  await copy.tar.addDirectory(name);
  copy.directories.push(name);
  if (EMPTIED.has(inside)) return;
  for (const entry of listIfExists(join(copy.pgDir, inside))) {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    if (LEFT_OUT.test(entry.name) || path === CONTROL) continue;
    if (entry.isDirectory() || EMPTIED.has(path)) await addDirectory(copy, path);
    else if (entry.isFile()) await addFile(copy, path);
    else throw clusterError("BACKUP_REFUSED", `${join(copy.pgDir, path)} is neither a file nor a directory.`);
  }
}

async function addFile(copy: Copy, path: string): Promise<void> {
  const source = await openIfExists(join(copy.pgDir, path));
  if (source === undefined) return; // a table dropped meanwhile; the write-ahead log knows
  try {
    const { size } = await source.stat();
    await addContent(copy, path, size, chunksOf(source));
  } finally {
    await source.close();
  }
}

function addBytes(copy: Copy, path: string, bytes: Buffer): Promise<void> {
  return addContent(copy, path, bytes.length, only(bytes));
}

async function addContent(
  copy: Copy,
  path: string,
  size: number,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const hash = createHash("sha256");
  const name = `pg/${path}`;
  await copy.tar.addFile(name, size, content, (bytes) => hash.update(bytes));
  copy.files.push({ name, size, sha256: hash.digest("hex") });
}

/** The segments of write-ahead log from the start of the copy to its end; pg_backup_stop has closed the last. */
async function addLog(copy: Copy, client: pg.Client, startLsn: string, stopLsn: string): Promise<void> {
  const range = await one(
    client,
    ["first", "last", "wanted"],
    `select pg_walfile_name($1) as first, pg_walfile_name($2) as last,
       ((pg_split_walfile_name(pg_walfile_name($2))).segment_number
       - (pg_split_walfile_name(pg_walfile_name($1))).segment_number + 1)::text as wanted`,
    [startLsn, stopLsn],
  );
  const wal = realpathSync(join(copy.pgDir, "pg_wal"));
  const names = readdirSync(wal)
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= range.first && name <= range.last)
    .sort();
  if (names.length !== Number(range.wanted)) {
    throw clusterError(
      "BACKUP_REFUSED",
      `Of ${range.wanted} segments of write-ahead log ${range.first} … ${range.last} only ${names.length} are there.`,
    );
  }
  for (const name of names) await addFile(copy, `pg_wal/${name}`);
}

/** pg_control is rewritten in place: read it until two readings agree, so that half a write is not taken. */
async function readSteady(path: string): Promise<Buffer> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const [first, second] = [await readWhole(path), await readWhole(path)];
    if (first.equals(second)) return first;
  }
  throw clusterError("BACKUP_REFUSED", `${path} changes at every reading.`);
}

async function readWhole(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(1024 * 1024), 0, 1024 * 1024, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function hashFile(file: FileHandle): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of chunksOf(file)) hash.update(chunk);
  return hash.digest("hex");
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, "wx+", 0o600);
  } catch (error) {
    throw clusterError("BACKUP_REFUSED", `Cannot write ${path}: ${systemCode(error) ?? String(error)}.`);
  }
}

async function openIfExists(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function listIfExists(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** The only row of a query, all of whose columns are text. */
async function one<T extends string>(
  client: pg.Client,
  columns: readonly T[],
  sql: string,
  values: unknown[] = [],
): Promise<Record<T, string>> {
  const { rows } = await client.query<Record<string, string | null>>(sql, values);
  const row = rows[0] ?? {};
  return Object.fromEntries(columns.map((name) => [name, row[name] ?? ""])) as Record<T, string>;
}
