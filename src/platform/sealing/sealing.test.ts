/** Published vectors of the algorithms, then the laws of a sealed value and of the keys. */
import { createCipheriv, createHash, createHmac } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readKeyring } from "./keyring.ts";
import type { Keyring } from "./keyring.ts";
import { openSealer } from "./sealer.ts";
import type { Sealer, SealingCipher } from "./sealer.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("the algorithms of this Node give the published results", () => {
  test("SM4: GB/T 32907-2016, annex A.1 and A.2 (a million rounds)", () => {
    const key = hex("0123456789abcdeffedcba9876543210");
    const encrypt = (block: Buffer): Buffer =>
      createCipheriv("sm4-ecb", key, null).setAutoPadding(false).update(block);
    expect(encrypt(key).toString("hex")).toBe("681edf34d206965e86b3e94f536e4246");
    const cipher = createCipheriv("sm4-ecb", key, null).setAutoPadding(false);
    let block = key;
    for (let i = 0; i < 1_000_000; i++) block = cipher.update(block);
    expect(block.toString("hex")).toBe("595298c7c6fd271f0402f804c33d3f66");
  });

  test("SM3: GB/T 32905-2016, annex A.1 and A.2", () => {
    const sm3 = (text: string): string => createHash("sm3").update(text).digest("hex");
    expect(sm3("abc")).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    expect(sm3("abcd".repeat(16))).toBe("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  });

  test("HMAC-SHA256: RFC 4231, case 2; AES-256-GCM: McGrew and Viega, case 16", () => {
    expect(createHmac("sha256", "Jefe").update("what do ya want for nothing?").digest("hex")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
    const key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    const cipher = createCipheriv("aes-256-gcm", key, hex("cafebabefacedbaddecaf888"));
    cipher.setAAD(hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
    const plain = hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    );
    expect(cipher.update(plain).toString("hex")).toBe(
      "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
    );
    cipher.final();
    expect(cipher.getAuthTag().toString("hex")).toBe("76fc6ece0f4e1768cddf8853bb2d551b");
  });
});

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "taizhang-sealing-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const envOf = (byte: number): Record<string, string> => ({
  TAIZHANG_DATA_KEY: Buffer.alloc(32, byte).toString("base64"),
});
const openAt = (): Promise<Keyring> => readKeyring(directory, envOf(9));
const keysDirectory = (): string => join(directory, "secrets", "sealing-keys");

describe.each<SealingCipher>(["aes-256-gcm", "sm4"])("a value sealed with %s", (cipher) => {
  let sealer: Sealer;
  beforeEach(async () => {
    sealer = openSealer(await openAt(), cipher);
  });

  test("opens with its purpose, whatever its bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, purpose) => {
        const plain = Buffer.from(bytes);
        expect(sealer.open(sealer.seal(plain, purpose), purpose)).toEqual(plain);
      }),
    );
    expect(sealer.open(sealer.seal("文 1", "id"), "id").toString()).toBe("文 1");
  });

  test("opens with no other purpose, and with no byte changed or missing", () => {
    const sealed = sealer.seal("14098119620307123X", "id 1");
    expect(() => sealer.open(sealed, "id 2")).toThrow();
    expect(() => sealer.open(sealed, "")).toThrow();
    const changed = Array.from(sealed, (byte, i) => {
      const copy = Buffer.from(sealed);
      copy[i] = byte ^ 1;
      return copy;
    });
    const shorter = Array.from(sealed, (_, i) => sealed.subarray(0, i));
    expect(changed.length + shorter.length).toBe(2 * sealed.length);
    for (const wrong of [...changed, ...shorter]) expect(() => sealer.open(wrong, "id 1")).toThrow();
  });

  test("never looks the same twice, holds nothing of the plain text, and says format and key first", () => {
    const plain = "14098119620307123X";
    const sealed = Array.from({ length: 2000 }, () => sealer.seal(plain, "id").toString("latin1"));
    expect(new Set(sealed).size).toBe(2000);
    expect(sealed.join("")).not.toContain(plain.slice(0, 8));
    expect(sealed[0]?.slice(0, 2)).toBe(cipher === "sm4" ? "\x02\x01" : "\x01\x01");
  });

  test("may be a photograph of several megabytes", () => {
    const photo = Buffer.alloc(12 * 1024 * 1024, 5);
    expect(sealer.open(sealer.seal(photo, "photo"), "photo").equals(photo)).toBe(true);
  });

  test("a hash is the same for the same text and purpose only", () => {
    const hash = sealer.hash("14098119620307123X", "id");
    expect(hash).toHaveLength(18);
    expect(sealer.hash("14098119620307123X", "id")).toEqual(hash);
    expect(sealer.hash("140981196203071230", "id")).not.toEqual(hash);
    expect(sealer.hash("X", "id14098119620307123")).not.toEqual(hash);
    expect(sealer.hash("14098119620307123X", "phone")).not.toEqual(hash);
    expect(sealer.hashes("14098119620307123X", "id")).toHaveLength(2);
    expect(sealer.hashes("14098119620307123X", "id")[0]).toEqual(hash);
  });

  test("another data key opens nothing and finds nothing", async () => {
    const other = openSealer(await readKeyring(directory, envOf(8)), cipher);
    expect(() => other.open(sealer.seal("x", "id"), "id")).toThrow();
    expect(other.hash("x", "id")).not.toEqual(sealer.hash("x", "id"));
  });
});

test("a change of the cipher hides nothing, and says what is not of the chosen one", async () => {
  const keyring = await openAt();
  const [before, after] = [openSealer(keyring), openSealer(keyring, "sm4")];
  const [sealed, hash] = [before.seal("x", "p"), before.hash("x", "p")];
  expect(after.open(sealed, "p").toString()).toBe("x");
  expect(after.hashes("x", "p")).toContainEqual(hash);
  for (const value of [sealed, hash])
    expect([before.isCurrent(value), after.isCurrent(value)]).toEqual([true, false]);
  expect(after.isCurrent(after.seal("x", "p"))).toBe(true);
});

describe("the keyring", () => {
  test("makes the first key once, for the owner's eyes only", async () => {
    const rings = await Promise.all(Array.from({ length: 6 }, () => openAt()));
    const sealed = openSealer(rings[0] as Keyring).seal("x", "p");
    for (const ring of rings) expect(openSealer(ring).open(sealed, "p").toString()).toBe("x");
    expect(await readdir(keysDirectory())).toEqual(["1"]);
    expect((await stat(join(keysDirectory(), "1"))).mode & 0o777).toBe(0o600);
  });

  test("the same data key on another machine has the same first key", async () => {
    const sealed = openSealer(await openAt()).seal("x", "p");
    await rm(keysDirectory(), { recursive: true });
    expect(
      openSealer(await openAt())
        .open(sealed, "p")
        .toString(),
    ).toBe("x");
  });

  test("old and new keys live side by side, and a running process notices the new one by itself", async () => {
    const running = openSealer(await openAt());
    const old = { sealed: running.seal("x", "p"), hash: running.hash("x", "p") };
    const rotating = await openAt();
    await rotating.add();
    const renewed = openSealer(rotating);
    // At once, because the value says so; for sealing within a second.
    expect(running.open(renewed.seal("y", "p"), "p").toString()).toBe("y");
    expect(running.open(old.sealed, "p").toString()).toBe("x");
    expect(running.isCurrent(old.sealed)).toBe(false);
    expect(running.seal("z", "p")[1]).toBe(2);
    expect(running.hashes("x", "p")).toHaveLength(4);
    expect(running.hashes("x", "p")).toContainEqual(old.hash);
    expect(running.hash("x", "p")).not.toEqual(old.hash);
  });

  test("a retired key finds nothing any more and still opens what a backup brings back", async () => {
    const ring = await openAt();
    const sealer = openSealer(ring);
    const sealed = sealer.seal("x", "p");
    await ring.add();
    await ring.retire(1);
    expect((await readdir(keysDirectory())).sort()).toEqual(["1.retired", "2"]);
    expect(sealer.hashes("x", "p")).toHaveLength(2);
    expect(
      openSealer(await openAt())
        .open(sealed, "p")
        .toString(),
    ).toBe("x");
  });

  test("two who add a key at once add one", async () => {
    const [a, b] = [await openAt(), await openAt()];
    await Promise.all([a.add(), b.add()]);
    expect((await readdir(keysDirectory())).sort()).toEqual(["1", "2"]);
    expect(openSealer(b).open(openSealer(a).seal("x", "p"), "p").toString()).toBe("x");
  });

  test("a damaged file stops the program, is named and not replaced", async () => {
    await openAt();
    const file = join(keysDirectory(), "1");
    await writeFile(file, "{");
    await expect(openAt()).rejects.toThrow(file);
    expect(await readFile(file, "utf8")).toBe("{");
  });

  test("a key that is not there is named", async () => {
    const sealer = openSealer(await openAt());
    const sealed = sealer.seal("x", "p");
    sealed[1] = 77;
    expect(() => sealer.open(sealed, "p")).toThrow(/sealing key 77 is missing/);
  });
});
