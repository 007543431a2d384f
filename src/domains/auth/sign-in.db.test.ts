import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { openSmallCounty, PASSWORD, refusalOf } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { finishTotp, startTotp, stopTotp } from "./actions/authenticator.ts";
import { getStartedSession } from "./actions/session.ts";
import { signIn } from "./actions/sign-in.ts";
import { resolveActor, SESSION_COOKIE } from "./resolve-actor.ts";
import type { Acting } from "./principal.ts";

const database = withTestDatabase();
let county: SmallCounty;
beforeAll(async () => {
  county = await openSmallCounty(database);
});
afterAll(() => county.close());

const origin = { address: "10.1.2.3", request: "req-1", agent: "test" };
const minute = 60_000;
const tryIn = (username: string, password: string, code?: string) =>
  signIn(county.auth, { username, password, code }, origin);
const stateOf = async (username: string) => {
  const rows = await database.query<{ failures: number; locked: boolean }>(
    "SELECT failures, locked_until IS NOT NULL AS locked FROM auth.accounts WHERE username = $1",
    [username],
  );
  return rows[0];
};
const auditOf = async (username: string) => {
  const rows = await database.query<{ action: string; after: unknown; address: string }>(
    "SELECT action, after, address FROM audit.entries WHERE username = $1 AND action <> 'auth.createAccount' ORDER BY id",
    [username],
  );
  return rows;
};

describe("signing in", () => {
  test("opens the first post; the cookie is stored only as a hash", async () => {
    const { cookie } = await tryIn(" TwoPosts", PASSWORD);
    expect(Buffer.from(cookie, "base64url")).toHaveLength(32);
    const view = await getStartedSession(county.auth, cookie);
    expect(view.account.username).toBe("twoposts");
    expect(view.post.id).toBe(county.posts.get("twoposts"));
    expect(view.posts.map((post) => post.id)).toEqual([
      county.posts.get("twoposts"),
      county.posts.get("twoposts-1"),
    ]);
    expect(view.county.code).toBe(140981000000);
    const dump = await database.query("SELECT * FROM auth.sessions");
    expect(JSON.stringify(dump)).not.toContain(cookie);
  });

  test("a wrong password is counted and recorded although sign-in fails; a right one ends the row", async () => {
    expect(await refusalOf(tryIn("leader", "wrong"))).toBe("WRONG_CREDENTIALS");
    expect(await stateOf("leader")).toEqual({ failures: 1, locked: false });
    await tryIn("leader", PASSWORD);
    expect(await stateOf("leader")).toEqual({ failures: 0, locked: false });
    expect((await auditOf("leader")).map((entry) => entry.action)).toEqual([
      "auth.refuseSignIn",
      "auth.signIn",
    ]);
    expect((await auditOf("leader"))[0]).toMatchObject({
      after: { reason: "password", failures: 1 },
      address: "10.1.2.3",
    });
  });

  test("20 wrong guesses in parallel: exactly 5 are tried, exactly one lock, then the right password is refused", async () => {
    const guesses = Array.from({ length: 20 }, (_, i) => refusalOf(tryIn("sulongkou", `guess-${i}`)));
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === "WRONG_CREDENTIALS")).toHaveLength(4);
    expect(answers.filter((answer) => answer === "ACCOUNT_LOCKED")).toHaveLength(16);
    expect(await stateOf("sulongkou")).toEqual({ failures: 5, locked: true });
    const entries = await auditOf("sulongkou");
    const reasons = entries.map((entry) => (entry.after as { reason?: string }).reason ?? entry.action);
    expect(reasons.filter((reason) => reason === "password")).toHaveLength(5);
    expect(reasons.filter((reason) => reason === "auth.lockAccount")).toHaveLength(1);
    expect(reasons.filter((reason) => reason === "locked")).toHaveLength(15);
    expect(await refusalOf(tryIn("sulongkou", PASSWORD))).toBe("ACCOUNT_LOCKED");
  });

  test("the lock ends after 15 minutes and not before", async () => {
    county.advance(15 * minute - 5_000);
    expect(await refusalOf(tryIn("sulongkou", PASSWORD))).toBe("ACCOUNT_LOCKED");
    county.advance(6_000);
    expect(await refusalOf(tryIn("sulongkou", PASSWORD))).toBe("nothing");
    expect(await stateOf("sulongkou")).toEqual({ failures: 0, locked: false });
  });

  test("an unknown user name gets the same answers, lock and all, and is not written down", async () => {
    const answers: string[] = [];
    for (let i = 0; i < 6; i++) answers.push(await refusalOf(tryIn("nobody-here", PASSWORD)));
    expect(answers).toEqual([
      ...Array.from({ length: 4 }, () => "WRONG_CREDENTIALS"),
      "ACCOUNT_LOCKED",
      "ACCOUNT_LOCKED",
    ]);
    const entries = await database.query("SELECT * FROM audit.entries");
    expect(JSON.stringify(entries)).not.toContain("nobody-here");
    const unknown = entries.filter((entry) => entry["object"] === "account:unknown");
    expect(unknown).toHaveLength(6);
    expect(unknown[0]).toMatchObject({ county: 140981, action: "auth.refuseSignIn" });
  });

  test("an unknown user name takes as long as a wrong password", async () => {
    const time = async (username: string) => {
      const started = performance.now();
      await refusalOf(tryIn(username, "wrong"));
      return performance.now() - started;
    };
    await time("warm-up");
    const known: number[] = [];
    const unknown: number[] = [];
    for (let i = 0; i < 4; i++) {
      known.push(await time("village"));
      unknown.push(await time(`stranger-${i}`));
    }
    // Without the dummy verification it would be some 50 times faster.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) * 0.5);
  });

  test("neither passwords nor hashes nor cookies are in the audit trail", async () => {
    const { cookie } = await tryIn("stats", PASSWORD);
    const trail = JSON.stringify(await database.query("SELECT * FROM audit.entries"));
    for (const secret of [PASSWORD, "argon2", cookie, "guess-"]) expect(trail).not.toContain(secret);
  });
});

describe("who may not sign in", () => {
  test.each([
    ["pending", "ACCOUNT_PENDING"],
    ["disabled", "ACCOUNT_DISABLED"],
  ])("an account that is %s is told so only after the right password", async (state, code) => {
    await database.query("UPDATE auth.accounts SET state = $1 WHERE username = 'xinzhou'", [state]);
    expect(await refusalOf(tryIn("xinzhou", "wrong"))).toBe("WRONG_CREDENTIALS");
    expect(await refusalOf(tryIn("xinzhou", PASSWORD))).toBe(code);
    await database.query("UPDATE auth.accounts SET state = 'active' WHERE username = 'xinzhou'");
    expect(await refusalOf(tryIn("xinzhou", PASSWORD))).toBe("nothing");
  });

  test("a person without a post", async () => {
    await database.query("UPDATE org.posts SET person = NULL WHERE code = 'fanshi'");
    expect(await refusalOf(tryIn("fanshi", PASSWORD))).toBe("NO_POST");
  });

  test("an administrator who was given another post behind the program's back", async () => {
    await database.query("UPDATE org.posts SET person = $1 WHERE code = 'stats'", [
      county.people.get("auditor"),
    ]);
    expect(await refusalOf(tryIn("auditor", PASSWORD))).toBe("POSTS_CONFLICT");
    await database.query("UPDATE org.posts SET person = $1 WHERE code = 'stats'", [
      county.people.get("stats"),
    ]);
    expect(await refusalOf(tryIn("auditor", PASSWORD))).toBe("nothing");
  });
});

describe("the second factor", () => {
  let acting: Acting;
  let totp: TOTP;
  const codeNow = () => totp.generate({ timestamp: county.auth.clock().getTime() });
  const wrongCode = () => (codeNow() === "000000" ? "000001" : "000000");

  test("is asked for once a code was confirmed, and the secret is not readable in the database", async () => {
    const { cookie } = await tryIn("leader", PASSWORD);
    const request = {
      method: "GET",
      headers: {},
      cookies: { [SESSION_COOKIE]: cookie },
      ip: "::1",
      id: "r",
      host: "h",
    };
    acting = (await resolveActor(county.auth, request)) as Acting;
    const { secret, uri } = await startTotp(county.auth, acting);
    expect(uri).toMatch(/^otpauth:\/\/totp\/.*secret=/);
    totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: "SHA1" });
    expect(await refusalOf(tryIn("leader", PASSWORD))).toBe("nothing");
    expect(await refusalOf(finishTotp(county.auth, acting, wrongCode()))).toBe("CODE_NOT_TAKEN");
    await finishTotp(county.auth, acting, codeNow());
    expect(await refusalOf(tryIn("leader", PASSWORD))).toBe("TOTP_REQUIRED");
    const [row] = await database.query<{ totp_secret: Buffer }>(
      "SELECT totp_secret FROM auth.accounts WHERE username = 'leader'",
    );
    expect(row?.totp_secret.includes(Buffer.from(Secret.fromBase32(secret).bytes))).toBe(false);
  });

  test("a code is good once; the one that confirmed is used up", async () => {
    expect(await refusalOf(tryIn("leader", PASSWORD, codeNow()))).toBe("WRONG_CODE");
    county.advance(30_000);
    const code = codeNow();
    expect(await refusalOf(tryIn("leader", PASSWORD, code))).toBe("nothing");
    expect(await refusalOf(tryIn("leader", PASSWORD, code))).toBe("WRONG_CODE");
  });

  test("wrong codes count and lock, and asking for the code in between does not begin the count anew", async () => {
    await database.query("UPDATE auth.accounts SET failures = 0 WHERE username = 'leader'");
    const answers: string[] = [];
    for (let i = 0; i < 5; i++) {
      answers.push(await refusalOf(tryIn("leader", PASSWORD, wrongCode())));
      if (i < 4) expect(await refusalOf(tryIn("leader", PASSWORD))).toBe("TOTP_REQUIRED");
    }
    expect(answers).toEqual(["WRONG_CODE", "WRONG_CODE", "WRONG_CODE", "WRONG_CODE", "ACCOUNT_LOCKED"]);
    county.advance(16 * minute);
  });

  test("is given up with the password only", async () => {
    expect(await refusalOf(stopTotp(county.auth, acting, "wrong"))).toBe("WRONG_PASSWORD");
    expect(await stateOf("leader")).toEqual({ failures: 1, locked: false });
    await stopTotp(county.auth, acting, PASSWORD);
    expect(await refusalOf(tryIn("leader", PASSWORD))).toBe("nothing");
  });
});
