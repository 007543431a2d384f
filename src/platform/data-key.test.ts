import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSecret, readDataKey, sealSecret } from "./data-key.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "taizhang-key-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe("readDataKey", () => {
  test("makes a key once, for the owner's eyes only, and finds it again", async () => {
    const key = await readDataKey(directory, {});
    expect(key).toHaveLength(32);
    expect((await stat(join(directory, "secrets", "data-key"))).mode & 0o777).toBe(0o600);
    expect(await readDataKey(directory, {})).toEqual(key);
    expect(await readdir(join(directory, "secrets"))).toEqual(["data-key"]);
  });

  test("several first starts at once agree on one key", async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => readDataKey(directory, {})));
    expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(1);
  });

  test("prefers the environment and writes nothing then", async () => {
    const given = Buffer.alloc(32, 3);
    expect(await readDataKey(directory, { TAIZHANG_DATA_KEY: given.toString("base64") })).toEqual(given);
    expect(await readdir(directory)).toEqual([]);
  });

  test("a key of the wrong length stops the program and is not replaced", async () => {
    await expect(readDataKey(directory, { TAIZHANG_DATA_KEY: "c2hvcnQ=" })).rejects.toThrow(
      "TAIZHANG_DATA_KEY",
    );
    await readDataKey(directory, {});
    const file = join(directory, "secrets", "data-key");
    await writeFile(file, "");
    await expect(readDataKey(directory, {})).rejects.toThrow(file);
    expect(await readFile(file, "utf8")).toBe("");
  });
});

describe("sealed secrets", () => {
  const key = Buffer.alloc(32, 5);
  const plain = Buffer.from("one secret");

  test("open with the same key and purpose, differ each time, and do not show what they hold", () => {
    const [one, other] = [sealSecret(key, plain, "totp:1"), sealSecret(key, plain, "totp:1")];
    expect(openSecret(key, one, "totp:1")).toEqual(plain);
    expect(one.equals(other)).toBe(false);
    expect(one.includes(plain)).toBe(false);
  });

  test("do not open with another key, for another purpose, or with any byte changed or missing", () => {
    const sealed = sealSecret(key, plain, "totp:1");
    expect(() => openSecret(Buffer.alloc(32, 6), sealed, "totp:1")).toThrow();
    expect(() => openSecret(key, sealed, "totp:2")).toThrow();
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] as number) ^ 1;
      expect(() => openSecret(key, changed, "totp:1")).toThrow();
      expect(() => openSecret(key, sealed.subarray(0, i), "totp:1")).toThrow();
    }
  });
});
