import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, join } from "node:path";
import { BackupManifest, MANIFEST_NAME } from "./backup-manifest.ts";
import { findBinaries } from "./binaries.ts";
import { clusterError, isClusterError, reasonOf } from "./cluster-error.ts";
import { lockDirectory } from "./directory-lock.ts";
import { layoutOf, syncDirectory } from "./layout.ts";
import { damaged, readTar, type TarEntry } from "./tar.ts";

const UNFINISHED = "pg.restore-";

/**
 * Unpacks a backup of hotCopy into an empty (or new) data directory. Everything is unpacked beside its place,
 * compared with the manifest, written to disk and only then renamed to `pg`: a damaged archive or a killed restore
 * leaves no cluster behind. The first openCluster afterwards recovers it and sets a new superuser password.
 */
export async function restoreCopy(source: string, dataDir: string): Promise<BackupManifest> {
  const file = await openBackup(source);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const layout = layoutOf(dataDir);
    refuseUsedDirectory(layout.dataDir);
    const lock = lockDirectory(layout.lock);
    try {
      refuseUsedDirectory(layout.dataDir);
      removeUnfinished(layout.dataDir);
      const work = join(layout.dataDir, `${UNFINISHED}${randomBytes(4).toString("hex")}`);
      mkdirSync(work, { mode: 0o700 });
      try {
        const manifest = await unpack(file, work).catch((error: unknown) => {
          throw isClusterError(error, "BACKUP_DAMAGED") ? incomplete(source, error.message) : error;
        });
        refuseOtherVersion(source, manifest);
        renameSync(join(work, "pg"), layout.pg);
        syncDirectory(layout.dataDir);
        return manifest;
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    } finally {
      lock.release();
    }
  } finally {
    await file.close();
  }
}

type Found = { directories: Set<string>; files: Map<string, { size: number; sha256: string }> };

async function unpack(file: FileHandle, work: string): Promise<BackupManifest> {
  const found: Found = { directories: new Set(), files: new Map() };
  let manifest: BackupManifest | undefined;
  for await (const entry of readTar(file)) {
    if (manifest) throw damaged("there is something after the manifest");
    if (entry.name === MANIFEST_NAME && !entry.isDirectory) manifest = await readManifest(entry);
    else await unpackEntry(entry, work, found);
  }
  if (!manifest) throw damaged("it has no manifest");
  compare(manifest, found);
  for (const directory of found.directories) syncDirectory(join(work, directory));
  return manifest;
}

async function unpackEntry(entry: TarEntry, work: string, found: Found): Promise<void> {
  const { name } = entry;
  const parts = name.split("/");
  const isInside = parts[0] === "pg" && parts.every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part));
  if (!isInside || found.files.has(name)) throw damaged(`unexpected entry ${JSON.stringify(name)}`);
  const path = join(work, name);
  if (entry.isDirectory) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    found.directories.add(name);
    return;
  }
  const hash = createHash("sha256");
  const target = await open(path, "wx", 0o600);
  try {
    for await (const chunk of entry.content) {
      hash.update(chunk);
      await target.writeFile(chunk);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  found.files.set(name, { size: entry.size, sha256: hash.digest("hex") });
}

function compare(manifest: BackupManifest, found: Found): void {
  for (const { name, size, sha256 } of manifest.files) {
    const file = found.files.get(name);
    if (!file) throw damaged(`${name} is missing`);
    if (file.size !== size || file.sha256 !== sha256) throw damaged(`${name} is not what was backed up`);
  }
  if (manifest.files.length !== found.files.size)
    throw damaged("it holds files that its manifest does not name");
  const missing = manifest.directories.find((name) => !found.directories.has(name));
  if (missing !== undefined) throw damaged(`${missing} is missing`);
}

async function readManifest(entry: TarEntry): Promise<BackupManifest> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry.content) chunks.push(chunk);
  const parsed = BackupManifest.safeParse(parseJson(Buffer.concat(chunks).toString("utf8")));
  if (!parsed.success)
    throw damaged(`its manifest cannot be read (${parsed.error.issues[0]?.message ?? "?"})`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function openBackup(source: string): Promise<FileHandle> {
  try {
    return await open(source, "r");
  } catch (error) {
    throw clusterError("RESTORE_REFUSED", `Cannot read the backup ${source}: ${reasonOf(error)}.`);
  }
}

/** The lock file and what a killed restore left are ours; everything else is somebody's. */
function refuseUsedDirectory(dataDir: string): void {
  const others = readdirSync(dataDir).filter((name) => name !== "lock" && !name.startsWith(UNFINISHED));
  if (others.length === 0) return;
  throw clusterError(
    "RESTORE_REFUSED",
    `${dataDir} is not empty (${others.slice(0, 5).join(", ")}). A restore never overwrites: name a new directory.`,
    { directory: dataDir },
  );
}

function removeUnfinished(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
}

function refuseOtherVersion(source: string, manifest: BackupManifest): void {
  const { major } = findBinaries();
  if (manifest.postgresMajor === major) return;
  throw clusterError(
    "RESTORE_REFUSED",
    `${basename(source)} comes from PostgreSQL ${manifest.postgresVersion}, the bundled server is ${major}. ` +
      "Restore it with the release of Taizhang that made it.",
  );
}

function incomplete(source: string, reason: string) {
  return clusterError(
    "BACKUP_DAMAGED",
    `${source} is not a complete backup: ${reason}. Nothing was restored.`,
  );
}
