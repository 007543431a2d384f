import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import {
  enter as signInBy,
  find,
  COUNTY,
  openSmallCounty,
  OTHER_TOWNSHIP,
  PASSWORD,
  refusalOf,
} from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { changePassword } from "./actions/change-password.ts";
import { forgetEndedSessions } from "./actions/load-accounts.ts";
import { getSession, switchPost } from "./actions/session.ts";
import { signIn, signOut, signOutEverywhere } from "./actions/sign-in.ts";
import type { Acting } from "./principal.ts";
import { resolveActor, SESSION_COOKIE } from "./resolve-actor.ts";
import type { IncomingRequest } from "./resolve-actor.ts";

const database = withTestDatabase();
let county: SmallCounty;
beforeAll(async () => {
  county = await openSmallCounty(database);
});
afterAll(() => county.close());

const origin = { address: "10.1.2.3", request: "req-1", agent: "test" };
const minute = 60_000;

const enter = (username: string, password = PASSWORD) => signInBy(county, username, password);
function requestOf(cookie: string, extra: Partial<IncomingRequest> = {}): IncomingRequest {
  return {
    method: "GET",
    headers: {},
    cookies: { [SESSION_COOKIE]: cookie },
    ip: "10.1.2.3",
    id: "req-2",
    host: "t.example",
    ...extra,
  };
}
const who = (cookie: string) => find(county, cookie);
async function actingAs(cookie: string): Promise<Acting> {
  const acting = await who(cookie);
  if (acting === undefined) throw new Error("nobody is signed in by this cookie");
  return acting;
}
/** Past what the cache remembers. */
const forget = () => county.advance(2_001);

describe("the actor of a session", () => {
  test("has door, scope and rights of the post, and the address of the request", async () => {
    const acting = await actingAs(await enter("twoposts"));
    expect(acting.actor).toMatchObject({
      door: "taizhang_actor",
      access: "write",
      region: COUNTY,
      regionFrom: COUNTY,
      regionTo: COUNTY + 1e6,
      county: 140981,
      role: "dispatcher",
      username: "twoposts",
      address: "10.1.2.3",
      request: "req-2",
    });
    expect([...acting.actor.lineage]).toContain(140900000000);
    expect(acting.permissions.has("figures.correct")).toBe(false);
  });

  test.each([
    ["sysadmin", "taizhang_admin"],
    ["secadmin", "taizhang_admin"],
    ["auditor", "taizhang_auditor"],
    ["leader", "taizhang_actor"],
  ])("%s enters by %s", async (username, door) => {
    expect((await actingAs(await enter(username))).actor.door).toBe(door);
  });

  test("no cookie, an empty one, a made-up one and an endless one are nobody", async () => {
    for (const cookie of ["", "x", "A".repeat(43), "A".repeat(1_000_000)])
      expect(await who(cookie)).toBeUndefined();
    expect(await resolveActor(county.auth, { ...requestOf(""), cookies: {} })).toBeUndefined();
  });

  test("is remembered for less than two seconds, and resolving it again takes microseconds", async () => {
    const cookie = await enter("stats");
    await who(cookie);
    await database.query("UPDATE auth.sessions SET revoked_at = now() WHERE account = $1", [
      county.accounts.get("stats"),
    ]);
    county.advance(1_999);
    expect(await who(cookie)).toBeDefined();
    const started = performance.now();
    for (let i = 0; i < 1_000; i++) await who(cookie);
    expect((performance.now() - started) / 1_000).toBeLessThan(1);
    county.advance(1);
    expect(await who(cookie)).toBeUndefined();
  });

  test("is read once for many who ask at the same moment", async () => {
    const cookie = await enter("stats");
    const found = await Promise.all(Array.from({ length: 50 }, () => who(cookie)));
    expect(found.every((acting) => acting?.actor.username === "stats")).toBe(true);
  });
});

describe("a session ends", () => {
  test("by idling for 30 minutes; use keeps it open, and is written down at most once a minute", async () => {
    const cookie = await enter("leader");
    const seenAt = async () => {
      const rows = await database.query<{ seen: string }>(
        "SELECT max(seen_at)::text AS seen FROM auth.sessions WHERE account = $1",
        [county.accounts.get("leader")],
      );
      return rows[0]?.seen;
    };
    const first = await seenAt();
    county.advance(59_000);
    expect(await who(cookie)).toBeDefined();
    expect(await seenAt()).toBe(first);
    county.advance(29 * minute);
    expect(await who(cookie)).toBeDefined();
    expect(await seenAt()).not.toBe(first);
    county.advance(29 * minute);
    expect(await who(cookie)).toBeDefined();
    county.advance(30 * minute);
    expect(await who(cookie)).toBeUndefined();
  });

  test("after 12 hours, however much it is used", async () => {
    const cookie = await enter("leader");
    for (let i = 0; i < 71; i++) {
      county.advance(10 * minute);
      expect(await who(cookie)).toBeDefined();
    }
    county.advance(10 * minute);
    expect(await who(cookie)).toBeUndefined();
  });

  test("by signing out, at once; the other session of the same person stays", async () => {
    const [one, other] = [await enter("leader"), await enter("leader")];
    await signOut(county.auth, await actingAs(one));
    expect(await who(one)).toBeUndefined();
    expect(await who(other)).toBeDefined();
    await signOutEverywhere(county.auth, await actingAs(other));
    expect(await who(other)).toBeUndefined();
  });

  test("by a new sign-in in its place", async () => {
    const old = await enter("leader");
    await who(old);
    const next = await signIn(county.auth, { username: "leader", password: PASSWORD }, origin, old);
    expect(await who(old)).toBeUndefined();
    expect(await who(next.cookie)).toBeDefined();
  });

  test("when the account is disabled or the post is taken away, in another process within two seconds", async () => {
    const cookie = await enter("village");
    await who(cookie);
    await database.query("UPDATE auth.accounts SET state = 'disabled' WHERE username = 'village'");
    forget();
    expect(await who(cookie)).toBeUndefined();
    await database.query("UPDATE auth.accounts SET state = 'active' WHERE username = 'village'");
    expect(await who(cookie)).toBeDefined();
    await database.query("UPDATE org.posts SET person = NULL WHERE code = 'village'");
    forget();
    expect(await who(cookie)).toBeUndefined();
  });

  test("and is forgotten 30 days later, not before", async () => {
    const count = async () => (await database.query("SELECT FROM auth.sessions")).length;
    const before = await count();
    const now = county.auth.clock().getTime();
    expect(await forgetEndedSessions(county.pools, new Date(now))).toBe(0);
    await forgetEndedSessions(county.pools, new Date(now + 40 * 1440 * minute));
    expect(before).toBeGreaterThan(0);
    expect(await count()).toBe(0);
  });
});

describe("switching posts", () => {
  test("changes scope and role at once, renews the token against forged requests, and is recorded", async () => {
    const cookie = await enter("twoposts");
    const before = await actingAs(cookie);
    const township = county.posts.get("twoposts-1") as number;
    const view = await switchPost(county.auth, before, township);
    expect(view.post.id).toBe(township);
    expect(view.csrf).not.toBe(before.csrf);
    const after = await actingAs(cookie);
    expect(after.actor).toMatchObject({
      region: OTHER_TOWNSHIP,
      regionTo: OTHER_TOWNSHIP + 1000,
      role: "township",
    });
    expect(after.permissions.has("briefing.read")).toBe(false);
    const rows = await database.query(
      "SELECT before, after FROM audit.entries WHERE action = 'auth.switchPost'",
    );
    expect(rows).toEqual([{ before: { post: before.post }, after: { post: township } }]);
  });

  test("to somebody else's post is not found", async () => {
    const acting = await actingAs(await enter("twoposts"));
    expect(await refusalOf(switchPost(county.auth, acting, county.posts.get("leader") as number))).toBe(
      "NOT_FOUND",
    );
    expect((await getSession(county.auth, acting)).post.id).toBe(county.posts.get("twoposts"));
  });
});

describe("requests that change something", () => {
  const post = (cookie: string, headers: IncomingRequest["headers"]) =>
    resolveActor(county.auth, requestOf(cookie, { method: "POST", headers }));

  test("need the session's token, whole and exact", async () => {
    const cookie = await enter("leader");
    const csrf = (await actingAs(cookie)).csrf as string;
    expect(await refusalOf(post(cookie, {}))).toBe("CSRF");
    expect(await refusalOf(post(cookie, { "x-csrf-token": csrf.slice(0, -1) }))).toBe("CSRF");
    expect(await refusalOf(post(cookie, { "x-csrf-token": "" }))).toBe("CSRF");
    expect((await post(cookie, { "x-csrf-token": csrf }))?.actor.username).toBe("leader");
  });

  test("are refused when the browser says that another site sent them, token or not", async () => {
    const cookie = await enter("leader");
    const token = { "x-csrf-token": (await actingAs(cookie)).csrf as string };
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://t.example.evil.example" },
    ]) {
      expect(await refusalOf(post(cookie, { ...token, ...headers }))).toBe("CSRF");
    }
    for (const headers of [{ "sec-fetch-site": "same-origin" }, { origin: "http://t.example" }]) {
      expect(await post(cookie, { ...token, ...headers })).toBeDefined();
    }
  });
});

describe("changing the password", () => {
  test("ends every other session at once and opens a new one", async () => {
    const [here, elsewhere] = [await enter("xinzhou"), await enter("xinzhou")];
    const acting = await actingAs(here);
    await who(elsewhere);
    const { cookie } = await changePassword(county.auth, acting, {
      current: PASSWORD,
      next: "Blue-table-58",
    });
    expect(await who(here)).toBeUndefined();
    expect(await who(elsewhere)).toBeUndefined();
    expect((await who(cookie))?.post).toBe(acting.post);
    expect(await refusalOf(enter("xinzhou", PASSWORD))).toBe("WRONG_CREDENTIALS");
  });

  test("asks for the present one and counts failures as at sign-in", async () => {
    const acting = await actingAs(await enter("xinzhou", "Blue-table-58"));
    for (let i = 0; i < 4; i++) {
      const change = { current: "wrong", next: "Red-window-69" };
      expect(await refusalOf(changePassword(county.auth, acting, change))).toBe("WRONG_PASSWORD");
    }
    const fifth = changePassword(county.auth, acting, { current: "wrong", next: "Red-window-69" });
    expect(await refusalOf(fifth)).toBe("ACCOUNT_LOCKED");
    expect(await refusalOf(enter("xinzhou", "Blue-table-58"))).toBe("ACCOUNT_LOCKED");
    county.advance(16 * minute);
  });

  test("tells every rule that is broken, at the field", async () => {
    const acting = await actingAs(await enter("xinzhou", "Blue-table-58"));
    const refused = await changePassword(county.auth, acting, {
      current: "Blue-table-58",
      next: "short",
    }).catch((error) => error);
    expect(refused.code).toBe("PASSWORD_NOT_TAKEN");
    expect(
      refused.places.map((place: { code: string; field: string }) => `${place.field} ${place.code}`),
    ).toEqual(["next PASSWORD_TOO_SHORT", "next PASSWORD_TOO_SIMPLE"]);
  });

  test("refuses the last five passwords, the present one among them, and takes the sixth last", async () => {
    let present = "Blue-table-58";
    let cookie = await enter("xinzhou", present);
    const change = async (next: string) => {
      const started = await changePassword(county.auth, await actingAs(cookie), { current: present, next });
      [cookie, present] = [started.cookie, next];
    };
    expect(await refusalOf(change(PASSWORD))).toBe("PASSWORD_NOT_TAKEN");
    for (const next of ["Green-lamp-11", "Green-lamp-22", "Green-lamp-33"]) await change(next);
    for (const old of [PASSWORD, "Blue-table-58", "Green-lamp-11", "Green-lamp-22", "Green-lamp-33"]) {
      expect(await refusalOf(change(old))).toBe("PASSWORD_NOT_TAKEN");
    }
    await change("Green-lamp-44");
    await change(PASSWORD);
  });
});
