import type { FastifyInstance, InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { openSmallCounty, PASSWORD, serveSmallCounty } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";

const database = withTestDatabase();
let county: SmallCounty;
let app: FastifyInstance;
beforeAll(async () => {
  county = await openSmallCounty(database);
  app = await serveSmallCounty(county.auth);
});
afterAll(async () => {
  await app.close();
  await county.close();
});

type Browser = { cookie: string; csrf: string };
const call = (method: InjectOptions["method"], url: string, extra: Partial<InjectOptions> = {}) =>
  app.inject({ method, url: `/api/v1${url}`, ...extra });
async function enter(username: string, password = PASSWORD): Promise<Browser> {
  const answer = await call("POST", "/session", { payload: { username, password } });
  expect(answer.statusCode).toBe(200);
  return { cookie: String(answer.cookies[0]?.value), csrf: answer.json().csrf };
}
const by = (browser: Browser, extra: Partial<InjectOptions> = {}): Partial<InjectOptions> => ({
  ...extra,
  cookies: { taizhang_session: browser.cookie },
  headers: { "x-csrf-token": browser.csrf, ...extra.headers },
});

describe("the session cookie", () => {
  test("is for the server only, for this site only, and Secure where the address is https", async () => {
    const plain = await call("POST", "/session", { payload: { username: "leader", password: PASSWORD } });
    expect(plain.headers["set-cookie"]).toMatch(
      /^taizhang_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(plain.headers["cache-control"]).toBe("no-store");
    const config = { ...county.auth.config, publicUrl: new URL("https://tz.example.gov.cn") };
    const secure = await serveSmallCounty({ ...county.auth, config });
    const payload = { username: "leader", password: PASSWORD };
    const answer = await secure.inject({ method: "POST", url: "/api/v1/session", payload });
    expect(answer.headers["set-cookie"]).toMatch(/; HttpOnly; Secure; SameSite=Strict$/);
    await secure.close();
  });

  test("goes with signing out", async () => {
    const browser = await enter("leader");
    const answer = await call("DELETE", "/session", by(browser));
    expect(answer.statusCode).toBe(204);
    expect(answer.headers["set-cookie"]).toMatch(/^taizhang_session=; .*Expires=Thu, 01 Jan 1970/);
    expect((await call("GET", "/session", by(browser))).statusCode).toBe(401);
  });
});

describe("every route but the public ones", () => {
  test("refuses who is not signed in, and there are such routes", async () => {
    const routes = app.printRoutes({ commonPrefix: false });
    expect(routes).toContain("/api/v1/accounts");
    for (const [method, url] of [
      ["GET", "/session"],
      ["DELETE", "/session"],
      ["DELETE", "/sessions"],
      ["PUT", "/session/post"],
      ["POST", "/session/password"],
      ["POST", "/session/totp/start"],
      ["POST", "/session/totp/confirm"],
      ["POST", "/session/totp/disable"],
      ["GET", "/tokens"],
      ["POST", "/tokens"],
      ["DELETE", "/tokens/1"],
      ["GET", "/accounts"],
      ["POST", "/accounts"],
      ["POST", "/accounts/1/approve"],
      ["GET", "/regions"],
      ["GET", "/regions/140981000000"],
      ["GET", "/units"],
      ["GET", "/people"],
      ["GET", "/posts"],
      ["PUT", "/posts/1/holder"],
    ] as const) {
      const answer = await call(method, url);
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 401, "UNAUTHENTICATED"]);
    }
  });

  test("refuses a request that changes something without the session's token, or from another site", async () => {
    const browser = await enter("leader");
    const change = { payload: { name: "job", access: "read", days: 1 } };
    const cookies = { taizhang_session: browser.cookie };
    expect((await call("POST", "/tokens", { ...change, cookies })).json().code).toBe("CSRF");
    const foreign = await call(
      "POST",
      "/tokens",
      by(browser, { ...change, headers: { "sec-fetch-site": "cross-site" } }),
    );
    expect([foreign.statusCode, foreign.json().code]).toEqual([403, "CSRF"]);
    expect((await call("POST", "/tokens", by(browser, change))).statusCode).toBe(201);
  });

  test("is closed until a one-time password has been changed, but for that change and signing out", async () => {
    await database.query("UPDATE auth.accounts SET must_change = true WHERE username = 'stats'");
    const browser = await enter("stats");
    expect((await call("GET", "/session", by(browser))).json().account.mustChangePassword).toBe(true);
    for (const url of ["/regions", "/units", "/tokens"]) {
      const answer = await call("GET", url, by(browser));
      expect([answer.statusCode, answer.json().code]).toEqual([403, "PASSWORD_CHANGE_NEEDED"]);
    }
    const payload = { current: PASSWORD, next: "Blue-table-58" };
    const changed = await call("POST", "/session/password", by(browser, { payload }));
    expect(changed.statusCode).toBe(200);
    const next = { cookie: String(changed.cookies[0]?.value), csrf: changed.json().csrf };
    expect((await call("GET", "/regions", by(next))).statusCode).toBe(200);
    expect((await call("GET", "/regions", by(browser))).statusCode).toBe(401);
  });
});

describe("signing in over HTTP", () => {
  test("from a page of another site is refused before anything is tried", async () => {
    const payload = { username: "leader", password: "wrong" };
    const answer = await call("POST", "/session", { payload, headers: { origin: "https://evil.example" } });
    expect([answer.statusCode, answer.json().code]).toEqual([403, "CSRF"]);
    const [row] = await database.query<{ failures: number }>(
      "SELECT failures FROM auth.accounts WHERE username = 'leader'",
    );
    expect(row?.failures).toBe(0);
  });

  test("works although an old cookie came along", async () => {
    const cookies = { taizhang_session: "stale" };
    const answer = await call("POST", "/session", {
      payload: { username: "leader", password: PASSWORD },
      cookies,
    });
    expect(answer.statusCode).toBe(200);
  });

  test("a lock says how long, to people and to programs", async () => {
    const answers = [];
    for (let i = 0; i < 5; i++)
      answers.push(await call("POST", "/session", { payload: { username: "xinzhou", password: "x" } }));
    expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 401, 401, 423]);
    expect(answers[4]?.json().details.zh).toContain("15 分钟");
    expect(answers[4]?.headers["retry-after"]).toBe("900");
  });

  test.each([
    {},
    { username: "leader" },
    { username: "leader", password: "" },
    { username: 7, password: "x" },
    null,
  ])("malformed requests are told so: %j", async (payload) => {
    expect((await call("POST", "/session", { payload: payload as object })).statusCode).toBe(400);
  });
});

describe("tokens, posts and accounts over HTTP", () => {
  test("a token acts without a cookie, within its reach", async () => {
    const browser = await enter("leader");
    const payload = { name: "job", access: "read", region: 140981101000, days: 365 };
    const { token, id } = (await call("POST", "/tokens", by(browser, { payload }))).json();
    const headers = { authorization: `Bearer ${token}` };
    const regions = (await call("GET", "/regions", { headers })).json();
    expect(regions.items.map((region: { code: number }) => region.code)).toEqual([
      140981101000, 140981101202,
    ]);
    expect((await call("GET", "/regions/140981000000", { headers })).json().code).toBe("NOT_FOUND");
    expect((await call("GET", "/accounts", { headers })).json().code).toBe("FORBIDDEN");
    expect((await call("DELETE", `/tokens/${id}`, by(browser))).statusCode).toBe(204);
    expect((await call("GET", "/regions", { headers })).statusCode).toBe(401);
    expect(
      (await call("POST", "/tokens", by(browser, { payload: { ...payload, days: 366 } }))).statusCode,
    ).toBe(400);
  });

  test("switching posts answers with the session as it is now", async () => {
    const browser = await enter("twoposts");
    const post = county.posts.get("twoposts-1");
    const view = (await call("PUT", "/session/post", by(browser, { payload: { post } }))).json();
    expect(view.post).toMatchObject({ id: post, role: "township", region: { nameZh: "崞阳镇" } });
    const answer = await call("GET", "/session", { cookies: { taizhang_session: browser.cookie } });
    expect(answer.json()).toEqual(view);
  });

  test("the administrators work on accounts", async () => {
    const [sysadmin, secadmin] = [await enter("sysadmin"), await enter("secadmin")];
    const person = county.people.get("newcomer");
    const made = await call("POST", "/accounts", by(sysadmin, { payload: { username: "newcomer", person } }));
    expect([made.statusCode, made.headers["cache-control"]]).toEqual([201, "no-store"]);
    const { id, password } = made.json();
    expect(password).toHaveLength(16);
    for (const action of ["approve", "disable", "enable", "unlock", "revoke-sessions"]) {
      const answer = await call("POST", `/accounts/${id}/${action}`, by(secadmin));
      expect([action, answer.statusCode, answer.json().password]).toEqual([action, 200, undefined]);
    }
    expect((await call("POST", `/accounts/${id}/reset`, by(secadmin))).json().password).toHaveLength(16);
    expect((await call("POST", `/accounts/${id}/explode`, by(secadmin))).statusCode).toBe(400);
    const list = (await call("GET", "/accounts?state=active&q=newcomer", by(secadmin))).json();
    expect(list).toMatchObject({ total: 1, items: [{ username: "newcomer", state: "active" }] });
    expect((await call("GET", "/people?q=newcomer", by(secadmin))).json()).toMatchObject({
      total: 1,
      items: [{ hasAccount: true }],
    });
    const post = county.posts.get("village");
    const given = await call("PUT", `/posts/${post}/holder`, by(secadmin, { payload: { person: null } }));
    expect(given.json()).toMatchObject({ id: post, holder: null });
    expect((await call("GET", "/posts?q=village", by(secadmin))).json().total).toBe(1);
  });
});
