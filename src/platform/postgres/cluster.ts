import { mkdirSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { findBinaries } from "./binaries.ts";
import { clusterError, isClusterError, reasonOf, systemCode } from "./cluster-error.ts";
import { type DirectoryLock, lockDirectory, readLockOwner } from "./directory-lock.ts";
import { ensureInitialised, refuseForeignDirectory } from "./initialise.ts";
import { createPassword, ensurePrivateDirectory, findPassword, type Layout, layoutOf } from "./layout.ts";
import { clearTheWay, type Log, readPidFile } from "./orphans.ts";
import { connectionOf, type Ground, type ServerExit } from "./postmaster.ts";
import { isRunning } from "./process-identity.ts";
import { chooseRunAs, giveTo } from "./run-as.ts";
import { type Cluster, mendPassword, startServer, supervise } from "./supervise.ts";

export type OpenOptions = {
  dataDir: string;
  log: Log;
  /** The server died although nobody asked it to; it is being restarted. */
  onExit?: (exit: ServerExit) => void;
  /** Settings over ours; by default TAIZHANG_PG_OPTIONS. */
  options?: string;
};

const DEAD_OWNER_PATIENCE_MS = 3_000;

/**
 * Owns and runs the PostgreSQL server of a data directory, making the directory and the cluster when there is none.
 * Resolves when the server takes queries. Throws CLUSTER_IN_USE when another process owns the directory, and the
 * other codes of ClusterErrorCode; after a refusal nothing is left running and the lock is free.
 *
 * Call it from the main thread: the kernel ends the server with the thread that started it.
 */
export async function openCluster(options: OpenOptions): Promise<Cluster> {
  const binaries = findBinaries();
  const layout = prepareDirectory(options.dataDir, binaries.major);
  const lock = await lockPatiently(layout);
  try {
    refuseForeignDirectory(layout, binaries.major);
    const runAs = chooseRunAs(layout.dataDir, layout.pg, binaries);
    const ground: Ground = {
      layout,
      runAs,
      binaries,
      log: options.log,
      options: options.options ?? process.env.TAIZHANG_PG_OPTIONS,
    };
    const known = findPassword(layout);
    const password = known ?? createPassword(layout);
    const isNew = await ensureInitialised(layout, runAs, binaries, password);
    if (isNew) options.log(`Made a new PostgreSQL ${binaries.major} cluster in ${layout.pg}.`);
    giveTo(runAs, layout.pg);
    ensurePrivateDirectory(layout.socketDir, runAs.uid);
    giveTo(runAs, layout.socketDir);
    const adoptedOrphan = await clearTheWay(layout, runAs, options.log);
    if (!isNew && known === undefined) await mendPassword(ground, password);
    const connection = connectionOf(layout, password);
    const server = await startServer(ground, connection);
    return supervise({
      ground,
      connection,
      server,
      adoptedOrphan,
      onExit: options.onExit,
      release: lock.release,
    });
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Makes the directory if there is none, after making sure that it is not somebody else's. */
function prepareDirectory(dataDir: string, major: number): Layout {
  try {
    refuseForeignDirectory(layoutOf(dataDir), major);
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return layoutOf(dataDir);
  } catch (error) {
    if (isClusterError(error)) throw error;
    throw clusterError(
      "CLUSTER_UNREACHABLE_DIRECTORY",
      `Cannot use ${dataDir} as data directory: ${reasonOf(error)}. ` +
        "Choose another one (TAIZHANG_DATA), or start as the user who owns it.",
      { directory: dataDir },
    );
  }
}

/**
 * A process that was killed while starting another leaves the lock to that child for the moment until it has become
 * another program. So a lock whose owner is dead is asked for again; one whose owner lives is refused at once.
 */
async function lockPatiently(layout: Layout): Promise<DirectoryLock> {
  for (const until = performance.now() + DEAD_OWNER_PATIENCE_MS; ; await delay(50)) {
    try {
      return lockDirectory(layout.lock);
    } catch (error) {
      if (!isClusterError(error, "CLUSTER_IN_USE") || performance.now() > until) throw error;
      const { pid } = readLockOwner(layout.lock);
      if (pid !== null && isRunning(pid)) throw error;
    }
  }
}

/** Connects to the server that another process runs on this directory. Throws CLUSTER_NOT_RUNNING. */
export async function attachCluster({ dataDir }: { dataDir: string }): Promise<Cluster> {
  const layout = layoutOf(dataDir);
  const file = readOrExplain(layout, () => readPidFile(layout));
  const password = readOrExplain(layout, () => findPassword(layout));
  if (file === undefined || file.status !== "ready" || password === undefined) throw notRunning(layout);
  const connection = { ...connectionOf(layout, password), host: file.socketDir, port: file.port };
  // The socket lies in a private directory: who answers there with our password is our server.
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    // A wrong password will stay wrong. Everything else is a server that starts, recovers or stops just now.
    if (systemCode(error) === "28P01") throw error;
    throw notRunning(layout);
  } finally {
    await client.end().catch(() => {});
  }
  return {
    connection,
    dataDir: layout.dataDir,
    pid: file.pid,
    adoptedOrphan: false,
    owned: false,
    state: () => "ready",
    onState: () => () => {},
    stop: async () => {},
  };
}

/** For commands: own the server if nobody does, else use the one that runs, waiting while it starts. */
export async function openOrAttachCluster(options: OpenOptions, patienceMs = 60_000): Promise<Cluster> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const inUse = await openCluster(options).catch((error: unknown) => {
      if (isClusterError(error, "CLUSTER_IN_USE")) return error;
      throw error;
    });
    if (!(inUse instanceof Error)) return inUse;
    try {
      return await attachCluster(options);
    } catch (error) {
      if (!isClusterError(error, "CLUSTER_NOT_RUNNING")) throw error;
      // Held but not answering: it starts, recovers or stops.
      if (performance.now() > until) throw inUse;
      await delay(200);
    }
  }
}

function notRunning(layout: Layout) {
  const owner = readLockOwner(layout.lock);
  return clusterError(
    "CLUSTER_NOT_RUNNING",
    `No PostgreSQL server answers for ${layout.dataDir}. Start it with \`npm start\`.`,
    { dataDir: layout.dataDir, ...owner },
  );
}

function readOrExplain<T>(layout: Layout, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw clusterError(
      "CLUSTER_UNREACHABLE_DIRECTORY",
      `Cannot read ${layout.dataDir}: ${reasonOf(error)}. Run as the user who started the server.`,
      { directory: layout.dataDir },
    );
  }
}
