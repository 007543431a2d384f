import { setTimeout as delay } from "node:timers/promises";
import { isClusterError, reasonOf } from "./cluster-error.ts";
import { clearTheWay } from "./orphans.ts";
import {
  type Connection,
  type Ground,
  launch,
  type Postmaster,
  resetPassword,
  type ServerExit,
  stopPostmaster,
  waitUntilReady,
} from "./postmaster.ts";

/** "restarting": the server died and is being brought back; queries fail until "ready" comes again. */
export type ClusterState = "ready" | "restarting" | "stopping" | "stopped";

export type Cluster = {
  /** For pg's Client and Pool; it stays valid when the server is restarted. */
  readonly connection: Connection;
  readonly dataDir: string;
  /** The postmaster's, which changes when the server is restarted. */
  readonly pid: number;
  /** A server left behind by a killed owner was found, stopped and replaced by ours. */
  readonly adoptedOrphan: boolean;
  /** False when another process runs the server: then stop() leaves it alone. */
  readonly owned: boolean;
  state: () => ClusterState;
  /** Returns the function that ends the subscription. */
  onState: (listener: (state: ClusterState) => void) => () => void;
  stop: () => Promise<void>;
};

const RESTART_FIRST_MS = 100;
const RESTART_MOST_MS = 30_000;
/** A server that lived this long is started again without waiting. */
const STEADY_AFTER_MS = 10_000;
const START_ATTEMPTS = 3;

/** Starts and waits. `onLaunch` hears of the server before it is ready, so that it can be stopped meanwhile. */
export async function startServer(
  ground: Ground,
  connection: Connection,
  onLaunch: (server: Postmaster) => void = () => {},
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const server = launch(ground);
    onLaunch(server);
    try {
      await waitUntilReady(ground, server, connection);
      server.child.unref(); // a server must not keep alive a process that has nothing else to do
      return server;
    } catch (error) {
      await stopPostmaster(server, ground.log);
      // A last launch of a killed owner can slip in between our looking and our start: look again.
      const slippedIn = await clearTheWay(ground.layout, ground.runAs, ground.log);
      const rejected = isClusterError(error, "CLUSTER_PASSWORD_REJECTED");
      if (attempt >= START_ATTEMPTS || !(slippedIn || rejected)) throw error;
      if (rejected) await mendPassword(ground, connection.password);
    }
  }
}

export async function mendPassword(ground: Ground, password: string): Promise<void> {
  ground.log(
    "The cluster does not know the password in secrets/postgres-password (restored or lost): setting it.",
  );
  await resetPassword(ground, password);
}

export type Supervised = {
  ground: Ground;
  connection: Connection;
  server: Postmaster;
  adoptedOrphan: boolean;
  onExit: ((exit: ServerExit) => void) | undefined;
  release: () => void;
};

/** What changes while a server is looked after. */
type Watch = Supervised & {
  state: ClusterState;
  enter: (state: ClusterState) => void;
  halt: AbortController;
  restarting: Promise<void> | undefined;
};

/** Looks after a running server until stop(): when it dies unasked it is started again, for as long as it takes. */
export function supervise(start: Supervised): Cluster {
  const listeners = new Set<(state: ClusterState) => void>();
  const watch: Watch = {
    ...start,
    state: "ready",
    enter: (state) => {
      watch.state = state;
      for (const listener of listeners) listener(state);
    },
    halt: new AbortController(),
    restarting: undefined,
  };
  let stopped: Promise<void> | undefined;
  void lookAfter(watch);
  return {
    connection: start.connection,
    dataDir: start.ground.layout.dataDir,
    adoptedOrphan: start.adoptedOrphan,
    owned: true,
    get pid() {
      return watch.server.pid;
    },
    state: () => watch.state,
    onState: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => {
      stopped ??= stopWatched(watch);
      return stopped;
    },
  };
}

async function lookAfter(watch: Watch): Promise<void> {
  const { halt, ground } = watch;
  let waitMs = RESTART_FIRST_MS;
  for (;;) {
    const since = performance.now();
    const exit = await watch.server.exited;
    if (halt.signal.aborted) return;
    waitMs = performance.now() - since > STEADY_AFTER_MS ? RESTART_FIRST_MS : longer(waitMs);
    ground.log(`PostgreSQL died unasked (${exit.reason}); restarting it. Its log: ${ground.layout.log}`);
    watch.restarting = bringBack(watch, waitMs);
    watch.enter("restarting");
    watch.onExit?.(exit);
    await watch.restarting;
    if (halt.signal.aborted) return;
    watch.enter("ready");
  }
}

async function bringBack(watch: Watch, firstWaitMs: number): Promise<void> {
  const { ground, halt } = watch;
  for (let waitMs = firstWaitMs; ; waitMs = longer(waitMs)) {
    await delay(waitMs, undefined, { signal: halt.signal }).catch(() => {});
    if (halt.signal.aborted) return;
    try {
      await clearTheWay(ground.layout, ground.runAs, ground.log);
      if (halt.signal.aborted) return;
      watch.server = await startServer(ground, watch.connection, (launched) => {
        watch.server = launched;
      });
      ground.log(`PostgreSQL is back (process ${watch.server.pid}).`);
      return;
    } catch (error) {
      if (halt.signal.aborted) return;
      ground.log(`${reasonOf(error)}\nNext attempt in ${longer(waitMs) / 1000} s.`);
    }
  }
}

async function stopWatched(watch: Watch): Promise<void> {
  const { ground } = watch;
  watch.halt.abort();
  try {
    watch.enter("stopping");
    await stopPostmaster(watch.server, ground.log);
    // A restart in progress sees its server gone, and ends.
    await watch.restarting;
    await clearTheWay(ground.layout, ground.runAs, ground.log);
  } finally {
    watch.release();
    watch.enter("stopped");
  }
}

function longer(waitMs: number): number {
  return Math.min(waitMs * 2, RESTART_MOST_MS);
}
