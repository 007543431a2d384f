import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { findBinaries } from "./binaries.ts";
import { attachCluster, type Cluster, openCluster, openOrAttachCluster } from "./index.ts";
import { type Owner, runOwner } from "./owner.fixture.ts";
import { listServerProcesses, signalProcess } from "./process-identity.ts";
import { chooseRunAs } from "./run-as.ts";

const ROUNDS = 24;
const KINDS = ["owner", "postmaster", "backend", "owner and postmaster"] as const;

const dataDir = join(mkdtempSync(join(tmpdir(), "taizhang-crash-")), "data");
const pgDir = join(dataDir, "pg");
let owner: Owner | undefined;

afterAll(async () => {
  owner?.child.kill("SIGKILL");
  await owner?.ended;
  await delay(300);
  rmSync(join(dataDir, ".."), { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

test("no acknowledged row is lost by kill −9 of the owner, the postmaster or a backend", {
  timeout: 240_000,
}, async () => {
  const seed = Number(process.env.TAIZHANG_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = randomFrom(seed);
  const acked = new Set<number>();
  const collect = (from: Owner) => from.acked.splice(0).forEach((id) => acked.add(id));
  const start = async () => {
    const started = runOwner(["write", dataDir, String(1 + Math.max(0, ...acked) + 1000)]);
    await started.said(/^open /);
    return started;
  };
  let kills = 0;
  let startsKilled = 0;
  const recoveries: number[] = [];
  owner = await start();
  const runAs = chooseRunAs(dataDir, pgDir, findBinaries());

  for (let round = 0; round < ROUNDS; round++) {
    const kind = KINDS[round % KINDS.length];
    const words = `seed ${seed}, round ${round}, kill of ${kind}`;
    await owner.said(/^ack /, owner.lines.length);
    await delay(random() * 300);
    const servers = await listUntil(() => listServerProcesses(pgDir, runAs), 3);
    const postmaster = servers.find((one) => one.pid === postmasterPid(owner as Owner));
    const backends = servers.filter((one) => one.pid !== postmaster?.pid);
    const victim = backends[Math.floor(random() * backends.length)];
    if (!postmaster || !victim) throw new Error(`${words}: no server to kill`);
    const heard = owner.lines.length;
    const began = performance.now();
    kills++;
    if (kind === "backend") signalProcess(victim, "SIGKILL");
    if (kind === "postmaster" || kind === "owner and postmaster") signalProcess(postmaster, "SIGKILL");
    if (kind === "owner" || kind === "owner and postmaster") {
      owner.child.kill("SIGKILL");
      await owner.ended;
      collect(owner);
      // The next start is itself killed somewhere on its way, every other time.
      if (random() < 0.5) {
        const unlucky = runOwner(["write", dataDir, String(1 + Math.max(0, ...acked) + 1000)]);
        await delay(50 + random() * 700);
        unlucky.child.kill("SIGKILL");
        await unlucky.ended;
        collect(unlucky);
        kills++;
        startsKilled++;
      }
      owner = await start();
    } else {
      // Nobody starts anything here: the owner brings its server back by itself.
      if (kind === "postmaster") await owner.said(/^state ready/, heard);
      await owner.said(/^ack /, owner.lines.length);
    }
    recoveries.push(performance.now() - began);
    collect(owner);
    const before = [...acked];
    const cluster = await openOrAttachCluster({ dataDir, log: () => {} });
    const there = await writtenIds(cluster);
    const lost = before.filter((id) => !there.has(id));
    expect({ words, owned: cluster.owned, lost }).toEqual({ words, owned: false, lost: [] });
  }

  owner.child.kill("SIGKILL");
  await owner.ended;
  kills++;
  collect(owner);
  const cluster = await openCluster({ dataDir, log: () => {} });
  try {
    const there = await writtenIds(cluster);
    const lost = [...acked].filter((id) => !there.has(id));
    const worst = Math.round(Math.max(...recoveries));
    console.log(
      `kill test: seed ${seed}, ${kills} kills (${startsKilled} during a start), ` +
        `${acked.size} rows acknowledged, ${lost.length} lost, slowest way back ${worst} ms`,
    );
    expect(lost).toEqual([]);
    expect(acked.size).toBeGreaterThan(ROUNDS * 10);
  } finally {
    await cluster.stop();
  }
  await expect(attachCluster({ dataDir })).rejects.toMatchObject({ code: "CLUSTER_NOT_RUNNING" });
});

/** After a backend's death the server is for a moment alone with itself. */
async function listUntil<T>(list: () => T[], atLeast: number): Promise<T[]> {
  for (let attempt = 0; ; attempt++) {
    const found = list();
    if (found.length >= atLeast || attempt === 100) return found;
    await delay(20);
  }
}

/** The last one told of: restarted servers are named in the log line "PostgreSQL is back (process N)". */
function postmasterPid(of: Owner): number {
  const told = of.lines.findLast((line) => /^open \d|is back \(process/.test(line)) ?? "";
  return Number(/\d+/.exec(told)?.[0]);
}

async function writtenIds(cluster: Cluster): Promise<Set<number>> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client(cluster.connection);
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ id: string }>("select id::text as id from written");
      return new Set(rows.map((row) => Number(row.id)));
    } catch (error) {
      // A killed backend makes the server start its other processes anew, and refuse for that moment.
      if (attempt === 100) throw error;
      await delay(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** mulberry32: small and the same everywhere for one seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
