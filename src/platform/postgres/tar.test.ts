import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readTar, writeTar } from "./tar.ts";

let place: string;
let file: FileHandle;

beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), "taizhang-tar-"));
  file = await open(join(place, "a.tar"), "wx+");
});

afterEach(async () => {
  await file.close();
  rmSync(place, { recursive: true });
});

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function writeSample(): Promise<string> {
  const seen: Buffer[] = [];
  const tar = writeTar(file, 1_700_000_000);
  await tar.addDirectory("pg");
  await tar.addFile("pg/empty", 0, pieces());
  await tar.addFile("pg/exact", 512, pieces("x".repeat(500), "y".repeat(12)));
  await tar.addFile("pg/grown", 3, pieces("ab", "cdef"));
  await tar.addFile("pg/shrunk", 5, pieces("ab"), (bytes) => seen.push(bytes));
  expect(await tar.finish()).toBe((await file.stat()).size);
  return Buffer.concat(seen).toString("latin1");
}

test("what is written is read again, each file in its announced length", async () => {
  expect(await writeSample()).toBe("ab\0\0\0");
  const found: [string, boolean, string][] = [];
  for await (const entry of readTar(file)) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry.content) chunks.push(chunk);
    found.push([entry.name, entry.isDirectory, Buffer.concat(chunks).toString("latin1")]);
  }
  expect(found).toEqual([
    ["pg", true, ""],
    ["pg/empty", false, ""],
    ["pg/exact", false, `${"x".repeat(500)}${"y".repeat(12)}`],
    ["pg/grown", false, "abc"],
    ["pg/shrunk", false, "ab\0\0\0"],
  ]);
});

test("the system's tar unpacks it", async () => {
  await writeSample();
  mkdirSync(join(place, "out"));
  const run = spawnSync("tar", ["-xf", join(place, "a.tar"), "-C", join(place, "out")], { encoding: "utf8" });
  expect(run).toMatchObject({ status: 0, stderr: "" });
  expect(readFileSync(join(place, "out/pg/grown"), "utf8")).toBe("abc");
  expect(statSync(join(place, "out/pg/exact")).mtimeMs).toBe(1_700_000_000_000);
});

test("a cut or altered archive is not read to a quiet end", async () => {
  await writeSample();
  const readAll = async () => {
    for await (const entry of readTar(file)) for await (const chunk of entry.content) void chunk;
  };
  await file.truncate((await file.stat()).size - 1024);
  await expect(readAll()).rejects.toMatchObject({ code: "BACKUP_DAMAGED" });
  await file.write(Buffer.from("Z"), 0, 1, 3);
  await expect(readAll()).rejects.toMatchObject({ code: "BACKUP_DAMAGED" });
});

test("names too long for the format are refused", async () => {
  const tar = writeTar(file, 0);
  await expect(tar.addFile("pg/".padEnd(101, "x"), 0, pieces())).rejects.toMatchObject({
    code: "BACKUP_REFUSED",
  });
});
