import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findBinaries } from "./binaries.ts";
import { attachCluster, type Cluster, openCluster, openOrAttachCluster } from "./index.ts";
import { layoutOf } from "./layout.ts";
import { runOwner } from "./owner.fixture.ts";
import { isAlive, listServerProcesses } from "./process-identity.ts";
import { chooseRunAs, commandAs, serverEnvironment } from "./run-as.ts";
import { serverSettings } from "./settings.ts";

const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
const SELF = dirname(new URL(import.meta.url).pathname);

let place: string;
let dataDir: string;
let said: string[];
const log = (message: string) => void said.push(message);
const opened: Cluster[] = [];
const started: ChildProcess[] = [];

// initdb takes longer than all the rest of most tests: they begin with a copy of one stopped cluster.
const template = mkdtempSync(join(tmpdir(), "taizhang-pg-template-"));

beforeAll(async () => {
  await (await openCluster({ dataDir: join(template, "data"), log: () => {} })).stop();
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

function useExisting(): void {
  spawnSync("cp", ["-a", join(template, "data"), dataDir]);
}

beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), "taizhang-pg-"))); // 0700
  dataDir = join(place, "data");
  said = [];
});

afterEach(async () => {
  for (const cluster of opened.splice(0)) await cluster.stop();
  for (const child of started.splice(0)) child.kill("SIGKILL");
  // A server whose owner was killed is still shutting down, and would write files under our removal.
  const isLeft = () => existsSync(join(dataDir, "pg", "PG_VERSION")) && serversIn(dataDir).length > 0;
  for (let wait = 0; wait < 200 && isLeft(); wait++) await delay(50);
  rmSync(place, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

async function open(options: Partial<Parameters<typeof openCluster>[0]> = {}): Promise<Cluster> {
  const cluster = await openCluster({ dataDir, log, ...options });
  opened.push(cluster);
  return cluster;
}

async function ask(cluster: Cluster, sql: string): Promise<string[]> {
  const client = new pg.Client(cluster.connection);
  await client.connect();
  try {
    const results = [await client.query<Record<string, unknown>>(sql)].flat(); // one for each statement
    return (results.at(-1)?.rows ?? []).map((row) => String(Object.values(row)[0]));
  } finally {
    await client.end();
  }
}

function serversIn(directory: string) {
  const layout = layoutOf(directory);
  return listServerProcesses(layout.pg, chooseRunAs(layout.dataDir, layout.pg, findBinaries()));
}

describe("an ordinary life", () => {
  test("a fresh directory, then the same again, with what was written", async () => {
    const began = performance.now();
    const first = await open();
    await ask(first, "create table kept (x int); insert into kept values (42)");
    const fresh = performance.now() - began;
    expect(await ask(first, "show data_checksums")).toEqual(["on"]);
    expect(await ask(first, "show server_encoding")).toEqual(["UTF8"]);
    expect(await ask(first, "select datlocale from pg_database where datname = 'postgres'")).toEqual([
      "C.UTF-8",
    ]);
    expect(await ask(first, "show listen_addresses")).toEqual([""]);
    expect(await ask(first, "show timezone")).toEqual(["UTC"]);
    await first.stop();
    expect(serversIn(dataDir)).toEqual([]);

    const again = performance.now();
    const second = await open();
    expect(await ask(second, "select x from kept")).toEqual(["42"]);
    console.log(
      `fresh directory to first query ${Math.round(fresh)} ms, ` +
        `restart to first query ${Math.round(performance.now() - again)} ms`,
    );
  });

  test("the password is private, and needed", async () => {
    useExisting();
    const cluster = await open();
    const file = join(dataDir, "secrets", "postgres-password");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8").trim()).toBe(cluster.connection.password);
    const wrong = new pg.Client({ ...cluster.connection, password: "wrong" });
    await expect(wrong.connect()).rejects.toMatchObject({ code: "28P01" });
    expect(await ask(cluster, "select distinct auth_method from pg_hba_file_rules")).toEqual([
      "scram-sha-256",
    ]);
  });

  test("a lost password file is made anew", async () => {
    useExisting();
    await (await open()).stop();
    rmSync(join(dataDir, "secrets"), { recursive: true });
    expect(await ask(await open(), "select 1")).toEqual(["1"]);
  });

  test("a wrong password file is mended", async () => {
    useExisting();
    await (await open()).stop();
    writeFileSync(join(dataDir, "secrets", "postgres-password"), "not-the-one\n");
    expect(await ask(await open(), "select 1")).toEqual(["1"]);
  });

  test("a path too long for a socket gets one elsewhere", async () => {
    dataDir = join(place, "a-long-name-".repeat(8));
    useExisting();
    const cluster = await open();
    expect(cluster.connection.host.startsWith(dataDir)).toBe(false);
    expect(statSync(cluster.connection.host).mode & 0o777).toBe(0o700);
    expect(await ask(cluster, "select 1")).toEqual(["1"]);
    await cluster.stop();
    rmSync(cluster.connection.host, { recursive: true });
  });

  test("the server restarted after its death keeps its address, and says when it is ready", async () => {
    useExisting();
    const exits: string[] = [];
    const cluster = await open({ onExit: (exit) => exits.push(exit.reason) });
    const states: string[] = [];
    const isBack = new Promise<void>((resolve) => {
      cluster.onState((state) => {
        states.push(state);
        if (state === "ready") resolve();
      });
    });
    const before = cluster.pid;
    process.kill(before, "SIGKILL");
    await isBack;
    expect(states).toEqual(["restarting", "ready"]);
    expect(exits).toEqual(["killed by SIGKILL"]);
    expect(cluster.pid).not.toBe(before);
    expect(await ask(cluster, "select 1")).toEqual(["1"]);
  });

  test("stop() during a restart leaves nothing behind", async () => {
    useExisting();
    const cluster = await open();
    const isDown = new Promise<void>((resolve) => void cluster.onState(() => resolve()));
    process.kill(cluster.pid, "SIGKILL");
    await isDown;
    await delay(150);
    await cluster.stop();
    expect(cluster.state()).toBe("stopped");
    expect(serversIn(dataDir)).toEqual([]);
    await (await open()).stop();
  });

  test.each(["once", "leave"])("a program comes to its end (%s), and its server with it", async (mode) => {
    useExisting();
    const owner = runOwner([mode, dataDir]);
    expect(await owner.ended).toEqual({ code: 0, signal: null });
    for (let wait = 0; wait < 100 && serversIn(dataDir).length > 0; wait++) await delay(50);
    expect(serversIn(dataDir)).toEqual([]);
  });

  test("a setting that the server refuses is told with the server's words", async () => {
    useExisting();
    await expect(open({ options: "shared_buffers=much" })).rejects.toMatchObject({
      code: "CLUSTER_START_FAILED",
      message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    });
    expect(await ask(await open({ options: "work_mem='7 MB'" }), "show work_mem")).toEqual(["7MB"]);
  });
});

describe("two that want the same directory", () => {
  test("the second is refused while the first lives, and can attach", async () => {
    useExisting();
    const owner = runOwner(["write", dataDir]);
    await owner.said(/^ack /);
    await expect(open()).rejects.toMatchObject({
      code: "CLUSTER_IN_USE",
      details: { pid: owner.child.pid, since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
    });
    const second = runOwner(["once", dataDir]);
    expect(await second.ended).toEqual({ code: 2, signal: null });
    expect(second.lines.join()).toContain(`in use by process ${owner.child.pid}`);

    const attached = await attachCluster({ dataDir });
    expect(Number((await ask(attached, "select count(*) from written"))[0])).toBeGreaterThan(0);
    await attached.stop();
    const either = await openOrAttachCluster({ dataDir, log });
    expect(either.owned).toBe(false);
    await owner.said(/^ack /, owner.lines.length); // neither disturbed it

    owner.child.kill("SIGKILL");
    await owner.ended;
    await open();
  });

  test("of two in one process one is refused", async () => {
    useExisting();
    await open();
    await expect(open()).rejects.toMatchObject({ code: "CLUSTER_IN_USE", details: { pid: process.pid } });
  });

  test("openOrAttach waits for one that is still starting", async () => {
    const owner = runOwner(["write", dataDir]);
    while (!existsSync(join(dataDir, "lock"))) await delay(5);
    await delay(20);
    const cluster = await openOrAttachCluster({ dataDir, log });
    expect(cluster.owned).toBe(false);
    owner.child.kill("SIGTERM");
    await owner.ended;
  });

  test("nothing to attach to is said", async () => {
    await expect(attachCluster({ dataDir })).rejects.toMatchObject({ code: "CLUSTER_NOT_RUNNING" });
  });
});

describe("what was left behind", () => {
  test("a live server whose owner is gone is replaced", async () => {
    useExisting();
    await (await open()).stop();
    const layout = layoutOf(dataDir);
    const runAs = chooseRunAs(layout.dataDir, layout.pg, findBinaries());
    // Without the bond to its parent: as if the kernel had not told it.
    const args = ["-D", layout.pg, ...serverSettings(layout, undefined)];
    const command = commandAs(runAs, findBinaries().postgres, args);
    const orphan = spawn(command.file, command.args, {
      cwd: layout.pg,
      env: serverEnvironment(),
      stdio: "ignore",
      detached: true,
    });
    started.push(orphan);
    const attached = await waitForServer();
    await ask(attached, "create table theirs (x int); insert into theirs values (1)");
    const cluster = await open();
    expect(cluster.adoptedOrphan).toBe(true);
    expect(cluster.pid).not.toBe(orphan.pid);
    expect(await ask(cluster, "select x from theirs")).toEqual(["1"]);
  });

  async function waitForServer(): Promise<Cluster> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await attachCluster({ dataDir });
      } catch (error) {
        if (attempt === 100) throw error;
        await delay(50);
      }
    }
  }

  test("the pid of a stranger, of a zombie, of ourselves or nothing at all in postmaster.pid", async () => {
    useExisting();
    await (await open()).stop();
    const layout = layoutOf(dataDir);
    const runAs = chooseRunAs(layout.dataDir, layout.pg, findBinaries());
    // The server's own user runs the stranger: only then PostgreSQL by itself would refuse to start.
    const sleep = commandAs(runAs, "/bin/sleep", ["600"]);
    const stranger = spawn(sleep.file, sleep.args, { stdio: "ignore" });
    started.push(stranger);
    const parent = spawn("/bin/sh", ["-c", "sleep 0.2 & echo $!; exec sleep 600"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    started.push(parent);
    const zombie = await new Promise<string>((resolve) =>
      parent.stdout.once("data", (line) => resolve(String(line).trim())),
    );
    // it ends after the shell has become a sleep that waits for no child: a shell might have
    await delay(700);
    expect(readFileSync(`/proc/${zombie}/stat`, "utf8")).toContain(") Z ");

    for (const pid of [String(stranger.pid), zombie, String(process.pid), "4194304", ""]) {
      const lines = [pid, layout.pg, "1700000000", "5432", layout.socketDir, "", "", "ready   "];
      for (const file of [layout.pidFile, join(layout.socketDir, ".s.PGSQL.5432.lock")]) {
        writeFileSync(file, pid === "" ? "" : `${lines.join("\n")}\n`, { mode: 0o600 });
        if (isRoot) chownSync(file, runAs.uid, runAs.gid);
      }
      const cluster = await open();
      expect(await ask(cluster, "select 1")).toEqual(["1"]);
      expect(cluster.adoptedOrphan).toBe(false);
      await cluster.stop();
    }
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
  });

  test("initdb killed in the middle", async () => {
    for (const pause of [0, 120, 400]) {
      const owner = runOwner(["once", dataDir]);
      while (!hasUnfinished()) await delay(2);
      await delay(pause);
      owner.child.kill("SIGKILL");
      await owner.ended;
      expect(existsSync(join(dataDir, "pg"))).toBe(false);
    }
    expect(await ask(await open(), "select 1")).toEqual(["1"]);
    expect(hasUnfinished()).toBe(false);
  });

  function hasUnfinished(): boolean {
    return existsSync(dataDir) && readdirSync(dataDir).some((name) => name.startsWith("pg.init-"));
  }

  test("a clone of the pid's number is not taken for the process", async () => {
    useExisting();
    const cluster = await open();
    const [server] = serversIn(dataDir);
    if (!server) throw new Error("no server found");
    expect(isAlive(server)).toBe(true);
    expect(isAlive({ ...server, startTime: "1" })).toBe(false);
    await cluster.stop();
    expect(isAlive(server)).toBe(false);
  });
});

describe("directories that are not ours", () => {
  const inventory = (directory: string) =>
    readdirSync(directory, { recursive: true })
      .map((name) => `${String(name)} ${statSync(join(directory, String(name))).mtimeMs}`)
      .sort();

  test.each([
    ["a pg without PG_VERSION", "CLUSTER_FOREIGN_DIRECTORY", { "pg/letters/one.txt": "dear" }],
    [
      "a cluster of another version",
      "CLUSTER_WRONG_VERSION",
      { "pg/PG_VERSION": "15\n", "pg/base/1/2": "x" },
    ],
    ["somebody's own data directory", "CLUSTER_FOREIGN_DIRECTORY", { PG_VERSION: "18\n", "base/1/2": "x" }],
  ])("%s is refused and untouched", async (_, code, files) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dataDir, name)), { recursive: true });
      writeFileSync(join(dataDir, name), text);
    }
    const before = inventory(dataDir);
    await expect(open()).rejects.toMatchObject({ code });
    expect(inventory(dataDir)).toEqual(before);
  });

  test("a cluster moved to another place goes on there", async () => {
    useExisting();
    const cluster = await open();
    await ask(cluster, "create table moved (x int)");
    await cluster.stop();
    const there = join(place, "elsewhere");
    renameSync(dataDir, there);
    dataDir = there;
    expect(await ask(await open(), "select count(*) from moved")).toEqual(["0"]);
  });
});

describe.skipIf(!isRoot)("as root (skipped for other users: only root can step down)", () => {
  test("below a directory that the server's user may not pass", async () => {
    const closed = join(place, "closed");
    mkdirSync(closed, { mode: 0o700 });
    dataDir = join(closed, "deeper", "data");
    const cluster = await open();
    expect(statSync(join(dataDir, "pg")).uid).not.toBe(0);
    expect(await ask(cluster, "select 1")).toEqual(["1"]);
  });

  test("with programs below such a directory, as in a clone under /root", () => {
    const { privileges } = chooseRunAs(place, join(place, "none"), copyOfBinaries());
    expect(privileges.join(" ")).toContain("dac_read_search");
  });

  test("where neither capability can be had, the directory is named", () => {
    const wrap = [
      "--bounding-set=-dac_read_search,-dac_override",
      "--inh-caps=-dac_read_search,-dac_override",
    ];
    const script = `
      import { chooseRunAs } from ${JSON.stringify(join(SELF, "run-as.ts"))};
      import { findBinaries } from ${JSON.stringify(join(SELF, "binaries.ts"))};
      try { chooseRunAs(${JSON.stringify(place)}, "/none", findBinaries()); console.log("no error"); }
      catch (error) { console.log(error.code, error.message); }`;
    const args = [...wrap, process.execPath, "--input-type=module", "-e", script];
    const run = spawnSync("setpriv", args, { encoding: "utf8" });
    expect(run.stdout).toContain("CLUSTER_UNREACHABLE_DIRECTORY");
    expect(run.stdout).toContain(place);
  });

  test.each([
    ["no right to look at other users' processes, as in Docker", "sys_ptrace"],
    ["no right to read and search, so that override must serve", "dac_read_search"],
    ["neither", "sys_ptrace,-dac_read_search"],
  ])("with %s", async (_, dropped) => {
    useExisting();
    const wrap = ["setpriv", `--bounding-set=-${dropped}`, `--inh-caps=-${dropped}`];
    const first = runOwner(["write", dataDir], wrap);
    await first.said(/^ack /);
    const [server] = serversIn(dataDir);
    // Stopped, the server cannot follow its owner: the next start must find it and end it.
    const postmaster = Number(/\d+/.exec(await first.said(/^open /))?.[0]);
    expect(server).toBeDefined();
    process.kill(postmaster, "SIGSTOP");
    first.child.kill("SIGKILL");
    await first.ended;
    setTimeout(() => process.kill(postmaster, "SIGCONT"), 2_000);
    const second = runOwner(["once", dataDir], wrap);
    expect(await second.said(/^open /)).toContain("adopted");
    expect(await second.ended).toEqual({ code: 0, signal: null });
  });

  const asNobody = ["setpriv", `--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  const readable =
    spawnSync("setpriv", [...asNobody.slice(1), "test", "-r", join(SELF, "index.ts")]).status === 0;
  const unread = "this checkout lies where an ordinary user cannot read it";

  test("an ordinary user runs his own server, and root goes on with it as that user", async ({ skip }) => {
    skip(!readable, unread);
    chmodSync(place, 0o711);
    mkdirSync(dataDir, { mode: 0o700 });
    chownSync(dataDir, NOBODY, NOBODY);
    const owner = runOwner(["once", dataDir], asNobody);
    expect({ ...(await owner.ended), lines: owner.lines }).toMatchObject({ code: 0 });
    const cluster = await open();
    expect(await ask(cluster, "select 1")).toEqual(["1"]);
    await cluster.stop();
    expect(statSync(join(dataDir, "pg")).uid).toBe(NOBODY);
    const again = runOwner(["once", dataDir], asNobody);
    expect({ ...(await again.ended), lines: again.lines }).toMatchObject({ code: 0 });
  });

  test("an ordinary user is told whose the cluster is", async ({ skip }) => {
    skip(!readable, unread);
    useExisting();
    await (await open()).stop();
    chmodSync(place, 0o755);
    for (const path of [dataDir, join(dataDir, "pg")]) chmodSync(path, 0o755);
    chmodSync(join(dataDir, "lock"), 0o666);
    const owner = runOwner(["once", dataDir], asNobody);
    expect({ ...(await owner.ended), lines: owner.lines }).toMatchObject({ code: 2 });
    expect(owner.lines.join()).toContain("CLUSTER_UNREACHABLE_DIRECTORY");
  });

  function copyOfBinaries() {
    const found = findBinaries();
    const closed = join(place, "root-only");
    mkdirSync(closed, { mode: 0o700 });
    spawnSync("cp", ["-a", join(dirname(found.postgres), ".."), join(closed, "native")]);
    const bin = join(closed, "native", "bin");
    return { ...found, initdb: join(bin, "initdb"), postgres: join(bin, "postgres") };
  }
});
