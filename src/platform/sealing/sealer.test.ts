import { createCipheriv, createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addKey, dropOldKeys, readKeyring } from "./keyring.ts";
import type { Keyring } from "./keyring.ts";
import { openSealer } from "./sealer.ts";

const ring: Keyring = { current: 1, keys: new Map([[1, Buffer.alloc(32, 7)]]) };
const ciphers = ["aes-256-gcm", "sm4"] as const;
const hex = (text: string): Buffer => Buffer.from(text, "hex");

describe("the algorithms of this machine", () => {
  test("SM4 is that of GB/T 32907, example 1", () => {
    const block = hex("0123456789abcdeffedcba9876543210");
    const cipher = createCipheriv("sm4-ecb", block, null).setAutoPadding(false);
    expect(cipher.update(block).toString("hex")).toBe("681edf34d206965e86b3e94f536e4246");
  });
  test("SM3 is that of GB/T 32905, example 1", () => {
    expect(createHash("sm3").update("abc").digest("hex")).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
  });
  test("AES-256-GCM is that of its specification, test case 14", () => {
    const cipher = createCipheriv("aes-256-gcm", Buffer.alloc(32), Buffer.alloc(12));
    expect(cipher.update(Buffer.alloc(16)).toString("hex")).toBe("cea7403d4d606b6e074ec5d3baf39d18");
    cipher.final();
    expect(cipher.getAuthTag().toString("hex")).toBe("d0d1c8a799996bf0265b98b5d48ab919");
  });
});

describe.each(ciphers)("sealing with %s", (cipher) => {
  const sealer = openSealer(ring, cipher);

  test("opens what it sealed, whatever it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 20 }), (plain, purpose) => {
        expect(sealer.open(sealer.seal(plain, purpose), purpose).equals(plain)).toBe(true);
      }),
    );
  });

  test("never looks the same twice, and nothing of the text shows", () => {
    const [a, b] = [sealer.seal("140981197001019018", "id"), sealer.seal("140981197001019018", "id")];
    expect(a.equals(b)).toBe(false);
    expect(a.includes("140981")).toBe(false);
  });

  test("does not open with one bit changed, another purpose, another key, or cut off", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (plain, at, bit) => {
          const sealed = sealer.seal(plain, "id");
          const changed = Buffer.from(sealed);
          const place = at % sealed.length;
          changed[place] = (changed[place] as number) ^ (1 << bit);
          expect(() => sealer.open(changed, "id")).toThrow();
          expect(() => sealer.open(sealed, "phone")).toThrow();
          expect(() => sealer.open(sealed.subarray(0, sealed.length - 1), "id")).toThrow();
        },
      ),
    );
    const other = openSealer({ current: 1, keys: new Map([[1, Buffer.alloc(32, 8)]]) }, cipher);
    expect(() => other.open(sealer.seal("x", "id"), "id")).toThrow();
  });

  test("hashes by text, purpose and key", () => {
    const hash = sealer.hash("a", "id").toString("hex");
    expect(hash).toHaveLength(64);
    expect(sealer.hash("a", "id").toString("hex")).toBe(hash);
    expect(sealer.hash("b", "id").toString("hex")).not.toBe(hash);
    expect(sealer.hash("a", "phone").toString("hex")).not.toBe(hash);
  });

  test("opens what the other cipher and older keys sealed, and tells that it is not current", () => {
    const later: Keyring = { current: 2, keys: new Map([...ring.keys, [2, Buffer.alloc(32, 9)]]) };
    const next = openSealer(later, cipher);
    for (const earlier of ciphers) {
      const sealed = openSealer(ring, earlier).seal("旧", "id");
      expect(next.open(sealed, "id").toString()).toBe("旧");
      expect(next.isCurrent(sealed)).toBe(false);
    }
    expect(next.isCurrent(next.seal("新", "id"))).toBe(true);
    expect(next.hashes("a", "id").map((each) => each.toString("hex"))).toEqual([
      next.hash("a", "id").toString("hex"),
      sealer.hash("a", "id").toString("hex"),
    ]);
  });
});

describe("the keyring", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "taizhang-keyring-"));
    await mkdir(join(dir, "secrets"), { mode: 0o700 });
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test("begins with the data key, gains one, and keeps the newest alone", async () => {
    const first = await readKeyring(dir, {});
    expect([...first.keys.keys()]).toEqual([1]);
    const both = await addKey(dir, first);
    expect(await readKeyring(dir, {})).toEqual(both);
    expect(both.keys.get(1)).toEqual(first.keys.get(1));
    const last = await dropOldKeys(dir, both);
    expect([...(await readKeyring(dir, {})).keys]).toEqual([...last.keys]);
    expect([...last.keys.keys()]).toEqual([2]);
    expect(await readdir(join(dir, "secrets"))).toEqual(["data-key", "keyring"]);
  });

  test("stops the program when it is damaged, and says where", async () => {
    const file = join(dir, "secrets", "keyring");
    const before = await readFile(file, "utf8");
    await writeFile(file, `${before}3 short\n`);
    await expect(readKeyring(dir, {})).rejects.toThrow('line 2 is not "number key"');
    await writeFile(file, "");
    await expect(readKeyring(dir, {})).rejects.toThrow("holds no key");
  });
});
