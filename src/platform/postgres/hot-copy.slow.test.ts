import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BackupReport, type Cluster, hotCopy, openCluster, restoreCopy } from "./index.ts";

const place = mkdtempSync(join(tmpdir(), "taizhang-backup-"));
const backup = join(place, "a.tar");
const log = () => {};
let cluster: Cluster;
let report: BackupReport;
/** Rows acknowledged before the copy began, and before it ended. */
let before = 0;
let during = 0;

async function connect(to: Cluster): Promise<pg.Client> {
  const client = new pg.Client(to.connection);
  await client.connect();
  return client;
}

async function rowsOf(of: Cluster): Promise<{ rows: number; highest: number }> {
  const client = await connect(of);
  const { rows } = await client.query<{ rows: number; highest: number }>(
    "select count(*)::int as rows, max(id)::int as highest from written",
  );
  await client.end();
  return rows[0] ?? { rows: 0, highest: 0 };
}

beforeAll(async () => {
  cluster = await openCluster({ dataDir: join(place, "original"), log });
  const writer = await connect(cluster);
  await writer.query("create table written (id int primary key, words text)");
  await writer.query("insert into written select n, repeat('早', 200) from generate_series(1, 30000) n");
  const written = { highest: 30_000, isEnough: false };
  const writing = (async () => {
    // Rows, and checkpoints that would recycle the log of the copy if nothing held it.
    while (!written.isEnough) {
      const next = written.highest + 1;
      await writer.query(
        "insert into written select n, repeat('晚', 200) from generate_series($1::int, $1::int + 99) n",
        [next],
      );
      written.highest += 100;
      if (written.highest % 8000 === 0) {
        await writer.query("select pg_switch_wal()");
        await writer.query("checkpoint");
      }
    }
  })();
  while (written.highest < 31_000) await new Promise((resolve) => setTimeout(resolve, 5));
  before = written.highest;
  report = await hotCopy(cluster, backup);
  during = written.highest;
  written.isEnough = true;
  await writing;
  await writer.end();
});

afterAll(async () => {
  await cluster?.stop();
  rmSync(place, { recursive: true, force: true });
});

test("a copy made during writes restores to a cluster with every row acknowledged before it", async () => {
  expect(during).toBeGreaterThan(before); // else nothing was tried
  const dataDir = join(place, "restored");
  const manifest = await restoreCopy(backup, dataDir);
  expect(manifest.files.length).toBe(report.files);
  const restored = await openCluster({ dataDir, log });
  try {
    const found = await rowsOf(restored);
    expect(found.highest).toBeGreaterThanOrEqual(before);
    expect(found.rows).toBe(found.highest); // no holes: the rows were written in order
    expect((found.highest - 30_000) % 100).toBe(0); // no half statement
    console.log(
      `backup of ${report.bytes} bytes: ${before} rows before, ${during} at its end, ${found.rows} restored`,
    );
    const client = await connect(restored);
    await client.query("set enable_seqscan = off");
    await client.query("select count(*) from written where id > 0");
    await client.query("insert into written values (-1, 'after')");
    await client.end();
    expect(restored.connection.password).not.toBe(cluster.connection.password);
  } finally {
    await restored.stop();
  }
});

test("the copy leaves nothing behind in the server, and its archive is private and can be listed", async () => {
  const client = await connect(cluster);
  const { rows } = await client.query("select 1 from pg_replication_slots");
  await client.end();
  expect(rows).toEqual([]);
  expect(statSync(backup).mode & 0o777).toBe(0o600);
  expect(readdirSync(place).filter((name) => name.includes("partial"))).toEqual([]);
  const listed = spawnSync("tar", ["-tf", backup], { encoding: "utf8" });
  expect(listed).toMatchObject({ status: 0, stderr: "" });
  const names = listed.stdout.trim().split("\n");
  expect(names).toContain("pg/backup_label");
  expect(names.at(-1)).toBe("manifest.json");
  expect(names.filter((name) => /postmaster|secrets|password/.test(name))).toEqual([]);
  const sum = spawnSync("sha256sum", [backup], { encoding: "utf8" });
  expect(sum.stdout.split(" ")[0]).toBe(report.sha256);
});

test("nothing is overwritten: not a file by a backup, not a directory by a restore", async () => {
  await expect(hotCopy(cluster, backup)).rejects.toMatchObject({ code: "BACKUP_REFUSED" });
  const used = join(place, "used");
  mkdirSync(used);
  writeFileSync(join(used, "letter.txt"), "dear");
  await expect(restoreCopy(backup, used)).rejects.toMatchObject({ code: "RESTORE_REFUSED" });
  expect(readdirSync(used)).toEqual(["letter.txt"]);
  expect(readFileSync(join(used, "letter.txt"), "utf8")).toBe("dear");
});

test("a copy to where nothing can be written is refused", async () => {
  await expect(hotCopy(cluster, join(place, "missing", "b.tar"))).rejects.toMatchObject({
    code: "BACKUP_REFUSED",
  });
});

test.each([
  ["one byte changed in a row", (path: string) => alter(path, readFileSync(path).indexOf("早早"))],
  ["the last megabyte cut off", (path: string) => truncateSync(path, statSync(path).size - 1024 * 1024)],
  ["half of it cut off", (path: string) => truncateSync(path, Math.floor(statSync(path).size / 1024) * 512)],
  ["something else entirely", (path: string) => writeFileSync(path, "a letter ".repeat(500))],
  ["nothing in it", (path: string) => writeFileSync(path, "")],
])("a damaged archive restores nothing: %s", async (name, damage) => {
  const path = join(place, "damaged.tar");
  copyFileSync(backup, path);
  damage(path);
  const dataDir = join(place, `from ${name}`);
  await expect(restoreCopy(path, dataDir)).rejects.toMatchObject({
    code: "BACKUP_DAMAGED",
    message: expect.stringContaining(path),
  });
  expect(existsSync(join(dataDir, "pg"))).toBe(false);
  expect(readdirSync(dataDir)).toEqual(["lock"]);
  // And the refusal does not stand in the way of a good one.
  if (name.startsWith("nothing")) expect((await restoreCopy(backup, dataDir)).formatVersion).toBe(1);
});

function alter(path: string, at: number): void {
  const fd = openSync(path, "r+");
  writeSync(fd, Buffer.from([7]), 0, 1, at); // no byte of Chinese text
  closeSync(fd);
}
