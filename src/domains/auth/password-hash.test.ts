import { argon2Sync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { validatePassword } from "./core/password-rules.ts";
import { generatePassword, hashPassword, verifyNobody, verifyPassword } from "./password-hash.ts";

describe("password hashes", () => {
  test("are argon2id in PHC text, as strong as decided, salted, and say yes to the right password only", async () => {
    const [one, other] = await Promise.all([hashPassword("Grey-kettle-47"), hashPassword("Grey-kettle-47")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(one, "Grey-kettle-47")).toBe(true);
    expect(await verifyPassword(one, "Grey-kettle-48")).toBe(false);
    expect(await verifyPassword(one, "")).toBe(false);
  });

  test("are what argon2id says they are, with the cost read from the text", async () => {
    const nonce = Buffer.from("sixteen bytes ok");
    const made = argon2Sync("argon2id", {
      message: "x",
      nonce,
      memory: 64,
      passes: 3,
      parallelism: 2,
      tagLength: 24,
    });
    const plain = (bytes: Buffer) => bytes.toString("base64").replaceAll("=", "");
    const phc = `$argon2id$v=19$m=64,t=3,p=2$${plain(nonce)}$${plain(made)}`;
    expect(await verifyPassword(phc, "x")).toBe(true);
    expect(await verifyPassword(phc, "y")).toBe(false);
  });

  test("take the same password from a full-width keyboard", async () => {
    expect(await verifyPassword(await hashPassword("Ｇrey-47"), "Grey-47")).toBe(true);
  });

  test.each([
    "",
    "plain",
    "$2b$10$abc",
    "$argon2i$v=19$m=64,t=3,p=2$AAAA$AAAA",
    "$argon2id$v=16$m=64,t=3,p=2$AAAAAAAAAAA$AAAA",
  ])("of another kind are an error and not a wrong password: %s", async (phc) => {
    await expect(verifyPassword(phc, "x")).rejects.toThrow("malformed");
  });

  test("nobody's password is never right", async () => {
    expect(await verifyNobody("")).toBe(false);
  });
});

describe("generated passwords", () => {
  test("pass the rules and do not repeat", () => {
    const made = Array.from({ length: 500 }, generatePassword);
    for (const password of made) {
      expect(password).toHaveLength(16);
      expect(validatePassword(password, "sysadmin")).toEqual([]);
    }
    expect(new Set(made).size).toBe(500);
  });
});
