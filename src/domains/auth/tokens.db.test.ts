import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import {
  actAs,
  COUNTY,
  enter,
  NEIGHBOUR,
  openSmallCounty,
  PASSWORD,
  PREFECTURE,
  refusalOf,
  TOWNSHIP,
  VILLAGE,
} from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { changeAccountState, resetPassword } from "./actions/accounts.ts";
import { changePassword } from "./actions/change-password.ts";
import { getSession, switchPost } from "./actions/session.ts";
import { createToken, endToken, listTokens } from "./actions/tokens.ts";
import type { TokenWish } from "./actions/tokens.ts";
import type { Acting } from "./principal.ts";
import { resolveActor, SESSION_COOKIE } from "./resolve-actor.ts";

const database = withTestDatabase();
let county: SmallCounty;
beforeAll(async () => {
  county = await openSmallCounty(database);
});
afterAll(() => county.close());

const request = { method: "GET", headers: {}, cookies: {}, ip: "::1", id: "r", host: "h" };

const actingAs = (username: string) => actAs(county, username);
const bearer = (token: string, extra = {}) =>
  resolveActor(county.auth, { ...request, headers: { authorization: `Bearer ${token}`, ...extra } });
const make = async (username: string, wish: Partial<TokenWish> = {}) =>
  (
    await createToken(county.auth, await actingAs(username), {
      name: "job",
      access: "write",
      days: 30,
      ...wish,
    })
  ).token;
const forget = () => county.advance(2_001);

describe("making a token", () => {
  test("shows it once and keeps a hash", async () => {
    const acting = await actingAs("stats");
    const { token, ...view } = await createToken(county.auth, acting, {
      name: "job",
      access: "read",
      days: 1,
    });
    expect(token).toMatch(/^tz_[A-Za-z0-9_-]{43}$/);
    expect(await listTokens(county.auth, acting)).toEqual([view]);
    const stored = await database.query("SELECT t::text, e::text FROM auth.tokens t, audit.entries e");
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  test.each([PREFECTURE, NEIGHBOUR, 110000000000])(
    "for region %d outside the post is refused",
    async (region) => {
      expect(await refusalOf(make("stats", { region }))).toBe("OUT_OF_SCOPE");
    },
  );

  test("for a region that does not exist is refused at the field", async () => {
    expect(await refusalOf(make("stats", { region: 140981999000 }))).toBe("INVALID_REQUEST");
  });

  test("for writing needs a post that writes", async () => {
    expect(await refusalOf(make("leader", { access: "write" }))).toBe("FORBIDDEN");
    expect(await refusalOf(make("leader", { access: "read" }))).toBe("nothing");
  });

  test.each(["sysadmin", "secadmin", "auditor"])("is not for the %s", async (username) => {
    expect(await refusalOf(make(username, { access: "read" }))).toBe("FORBIDDEN");
  });

  test("is for people: a token makes, lists and revokes none", async () => {
    const acting = (await bearer(await make("stats"))) as Acting;
    expect(acting.permissions.has("tokens.manage")).toBe(false);
    expect(await refusalOf(createToken(county.auth, acting, { name: "x", access: "read", days: 1 }))).toBe(
      "FORBIDDEN",
    );
    expect(await refusalOf(listTokens(county.auth, acting))).toBe("FORBIDDEN");
    expect(await refusalOf(getSession(county.auth, acting))).toBe("FORBIDDEN");
    const change = { current: PASSWORD, next: "Blue-table-58" };
    expect(await refusalOf(changePassword(county.auth, acting, change))).toBe("FORBIDDEN");
  });
});

describe("acting by a token", () => {
  test("reaches the region and access asked for, and no more", async () => {
    const narrow = await bearer(await make("stats", { region: TOWNSHIP, access: "read" }));
    expect(narrow?.actor).toMatchObject({
      region: TOWNSHIP,
      regionFrom: TOWNSHIP,
      regionTo: TOWNSHIP + 1000,
      access: "read",
    });
    expect([...(narrow?.permissions ?? [])].sort()).toEqual([
      "briefing.read",
      "figures.export",
      "figures.read",
      "proofing.check",
      "returns.read",
    ]);
    const wide = await bearer(await make("stats"));
    expect(wide?.actor).toMatchObject({
      region: COUNTY,
      access: "write",
      door: "taizhang_actor",
      role: "department",
    });
    expect(wide?.permissions.has("figures.correct")).toBe(true);
  });

  test("needs no token against forged requests, since no browser sends it unasked", async () => {
    const token = await make("stats");
    const acting = await resolveActor(county.auth, {
      ...request,
      method: "POST",
      headers: { authorization: `Bearer ${token}`, origin: "https://elsewhere.example" },
    });
    expect(acting?.via).toBe("token");
  });

  test("a bad token does not fall back on the cookie that came along", async () => {
    const cookie = await enter(county, "stats");
    const both = {
      ...request,
      headers: { authorization: "Bearer tz_wrong" },
      cookies: { [SESSION_COOKIE]: cookie },
    };
    expect(await resolveActor(county.auth, both)).toBeUndefined();
  });

  test.each(["", "tz_", "tz_x", `tz_${"A".repeat(43)}`, "A".repeat(43), `tz_${"A".repeat(100_000)}`])(
    "a broken token is nobody",
    async (token) => {
      expect(await bearer(token)).toBeUndefined();
    },
  );

  test("stays with its post when its person switches to another", async () => {
    const acting = await actingAs("twoposts");
    const { token } = await createToken(county.auth, acting, { name: "job", access: "read", days: 1 });
    await switchPost(county.auth, acting, county.posts.get("twoposts-1") as number);
    expect((await bearer(token))?.actor).toMatchObject({ region: COUNTY, role: "dispatcher" });
  });

  test("is noted as used", async () => {
    const acting = await actingAs("stats");
    const { token, id } = await createToken(county.auth, acting, { name: "seen", access: "read", days: 1 });
    const usedAt = async () => (await listTokens(county.auth, acting)).find((one) => one.id === id)?.usedAt;
    expect(await usedAt()).toBeNull();
    await bearer(token);
    expect(await usedAt()).not.toBeNull();
  });
});

describe("a token dies", () => {
  test("when it is revoked, at once, and only by its owner", async () => {
    const owner = await actingAs("stats");
    const { token, id } = await createToken(county.auth, owner, { name: "job", access: "read", days: 1 });
    expect(await bearer(token)).toBeDefined();
    expect(await refusalOf(endToken(county.auth, await actingAs("leader"), id))).toBe("NOT_FOUND");
    expect(await bearer(token)).toBeDefined();
    await endToken(county.auth, owner, id);
    expect(await bearer(token)).toBeUndefined();
  });

  test("on its day", async () => {
    const token = await make("stats", { days: 1 });
    county.advance(86_400_000 - 1_000);
    expect(await bearer(token)).toBeDefined();
    county.advance(1_000);
    expect(await bearer(token)).toBeUndefined();
  });

  test("when its post is given to somebody else or left vacant", async () => {
    const token = await make("sulongkou");
    expect(await bearer(token)).toBeDefined();
    for (const holder of ["newcomer", null]) {
      const person = holder === null ? null : county.people.get(holder);
      await database.query("UPDATE org.posts SET person = $1 WHERE code = 'sulongkou'", [person]);
      forget();
      expect(await bearer(token)).toBeUndefined();
    }
    await database.query("UPDATE org.posts SET person = $1 WHERE code = 'sulongkou'", [
      county.people.get("sulongkou"),
    ]);
    expect(await bearer(token)).toBeDefined();
  });

  test("when its post shrinks below it", async () => {
    const token = await make("sulongkou", { region: TOWNSHIP });
    await database.query("UPDATE org.posts SET region = $1 WHERE code = 'sulongkou'", [VILLAGE]);
    forget();
    expect(await bearer(token)).toBeUndefined();
    await database.query("UPDATE org.posts SET region = $1 WHERE code = 'sulongkou'", [TOWNSHIP]);
  });

  test("shrinks with the rights of its post", async () => {
    const token = await make("sulongkou");
    await database.query("UPDATE org.posts SET role = 'leader' WHERE code = 'sulongkou'");
    forget();
    const acting = await bearer(token);
    expect(acting?.actor.access).toBe("read");
    expect(acting?.permissions.has("figures.write")).toBe(false);
    await database.query("UPDATE org.posts SET role = 'sysadmin' WHERE code = 'sulongkou'");
    forget();
    expect(await bearer(token)).toBeUndefined();
    await database.query("UPDATE org.posts SET role = 'township' WHERE code = 'sulongkou'");
  });

  test("when the account is disabled, at once, and stays dead when it is enabled again", async () => {
    const token = await make("village");
    expect(await bearer(token)).toBeDefined();
    const id = county.accounts.get("village") as number;
    const secadmin = await actingAs("secadmin");
    await changeAccountState(county.auth, secadmin, id, "disable");
    expect(await bearer(token)).toBeUndefined();
    await changeAccountState(county.auth, secadmin, id, "enable");
    expect(await bearer(token)).toBeUndefined();
  });

  test("while a one-time password still has to be changed", async () => {
    const token = await make("leader", { access: "read" });
    for (const mustChange of [true, false]) {
      await database.query("UPDATE auth.accounts SET must_change = $1 WHERE username = 'leader'", [
        mustChange,
      ]);
      forget();
      expect((await bearer(token)) === undefined).toBe(mustChange);
    }
  });

  test("when the password is reset; not when its owner changes it", async () => {
    const token = await make("xinzhou", { access: "read" });
    const change = { current: PASSWORD, next: "Blue-table-58" };
    await changePassword(county.auth, await actingAs("xinzhou"), change);
    expect(await bearer(token)).toBeDefined();
    // xinzhou belongs to the prefecture, outside the county's security administrator: one of the county's own
    const own = await make("stats");
    expect(await bearer(own)).toBeDefined();
    await resetPassword(county.auth, await actingAs("secadmin"), county.accounts.get("stats") as number);
    expect(await bearer(own)).toBeUndefined();
  });
});
