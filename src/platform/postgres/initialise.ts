import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import { clusterError } from "./cluster-error.ts";
import { type Layout, syncDirectory } from "./layout.ts";
import { listServerProcesses, signalProcess } from "./process-identity.ts";
import { boundCommandAs, giveTo, type RunAs, serverEnvironment } from "./run-as.ts";

const UNFINISHED = "pg.init-";

/** Flags tried for Chinese text: with --locale=C trigrams and ltree do not work on it. */
const INITDB_FLAGS = [
  "--username=postgres",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--lc-collate=C",
  "--lc-ctype=C.UTF-8",
  "--lc-messages=C",
  "--data-checksums",
  "--auth=scram-sha-256",
];

/**
 * Refuses a data directory in which we would do harm, before anything is written into it.
 * An existing cluster is never deleted or initialised again, whatever state it is in.
 */
export function refuseForeignDirectory(layout: Layout, major: number): void {
  if (existsSync(join(layout.dataDir, "PG_VERSION"))) {
    throw clusterError(
      "CLUSTER_FOREIGN_DIRECTORY",
      `${layout.dataDir} is itself a PostgreSQL data directory, not one of Taizhang's. Nothing was touched. ` +
        "Choose another directory (TAIZHANG_DATA), or run that server yourself and set DATABASE_URL.",
      { directory: layout.dataDir },
    );
  }
  if (!existsSync(layout.pg)) return;
  const versionFile = join(layout.pg, "PG_VERSION");
  if (!existsSync(versionFile)) {
    throw clusterError(
      "CLUSTER_FOREIGN_DIRECTORY",
      `${layout.pg} exists but is not a PostgreSQL data directory (no PG_VERSION in it). Nothing was touched. ` +
        "Move it away, or choose another directory (TAIZHANG_DATA), or restore a backup into an empty one.",
      { directory: layout.pg },
    );
  }
  const found = readFileSync(versionFile, "utf8").trim();
  if (found !== String(major)) {
    throw clusterError(
      "CLUSTER_WRONG_VERSION",
      `${layout.pg} was made by PostgreSQL ${found}, the bundled server is ${major}. Nothing was touched. ` +
        `Install the release of Taizhang that bundles PostgreSQL ${found}, or move the data with pg_upgrade.`,
      { directory: layout.pg, found, bundled: String(major) },
    );
  }
}

/** Makes `pg` if there is none: beside it first, renamed when complete, so there is never half a cluster. */
export async function ensureInitialised(
  layout: Layout,
  runAs: RunAs,
  binaries: Binaries,
  password: string,
): Promise<boolean> {
  removeUnfinished(layout, runAs);
  if (existsSync(layout.pg)) return false;
  const work = join(layout.dataDir, `${UNFINISHED}${randomBytes(4).toString("hex")}`);
  mkdirSync(work, { mode: 0o700 });
  try {
    const passwordFile = join(work, "password");
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    giveTo(runAs, work);
    const data = join(work, "data");
    await runInitdb(runAs, binaries, work, [...INITDB_FLAGS, `--pwfile=${passwordFile}`, "-D", data]);
    renameSync(data, layout.pg);
    syncDirectory(layout.dataDir);
  } finally {
    // this one's, and what an orphan that no sweep could see yet has written since the first
    removeUnfinished(layout, runAs);
  }
  return true;
}

/** What a killed initdb left behind. Only under the directory lock. */
function removeUnfinished(layout: Layout, runAs: RunAs): void {
  for (const entry of readdirSync(layout.dataDir)) {
    if (!entry.startsWith(UNFINISHED)) continue;
    const path = join(layout.dataDir, entry);
    for (const orphan of listServerProcesses(join(path, "data"), runAs)) signalProcess(orphan, "SIGKILL");
    rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

function runInitdb(runAs: RunAs, binaries: Binaries, cwd: string, flags: string[]): Promise<void> {
  const { file, args } = boundCommandAs(runAs, binaries.initdb, flags);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd,
      env: serverEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    const fail = (reason: string) =>
      reject(clusterError("CLUSTER_INITDB_FAILED", `PostgreSQL's initdb ${reason}:\n${output.trim()}`));
    child.on("error", (error) => fail(`could not be started (${error.message})`));
    child.on("close", (code, signal) => (code === 0 ? resolve() : fail(`ended with ${code ?? signal}`)));
  });
}
