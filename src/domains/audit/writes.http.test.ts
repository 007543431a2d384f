/** Every write leaves exactly one entry: who, through which post, what, before and after, from where. */
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { entriesAfter, lastEntry } from "../../../fixtures/audit-entries.ts";
import type { Entry } from "../../../fixtures/audit-entries.ts";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { insertExampleMeasures } from "../../../fixtures/example-measures.ts";
import { signInAs } from "../../../fixtures/ask.ts";
import type { Answer, Asking, Json } from "../../../fixtures/ask.ts";
import { listRoutes } from "../../../fixtures/list-routes.ts";
import { multipart } from "../../../fixtures/multipart.ts";
import { COUNTY, openSmallCounty, PASSWORD, TOWNSHIP } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { openTestServer } from "../../../fixtures/test-server.ts";
import type { TestServer } from "../../../fixtures/test-server.ts";

const database = withTestDatabase();
const ADDRESS = "10.20.30.40";
let county: SmallCounty;
let server: TestServer;
beforeAll(async () => {
  county = await openSmallCounty(database);
  await insertExampleMeasures(database);
  server = await openTestServer(database, { county: COUNTY });
});
afterAll(async () => {
  await server.close();
  await county.close();
});

const as = (username: string, password = PASSWORD): ReturnType<typeof signInAs> =>
  signInAs(server.app, { username, password, address: ADDRESS });

type Write = {
  by: string;
  /** what the entry says; the object by its kind */
  action: string;
  object: RegExp;
  before?: Json;
  after?: Json;
  work: (asking: Asking) => Promise<Answer>;
};

const row = (value: string, month: string) => ({
  region: COUNTY,
  measure: "fiscal_revenue",
  basis: "ytd",
  period: month,
  value,
  unit: "亿元",
});
const csv = "region,measure,basis,period,value,unit\n140981000000,retail_sales,ytd,2016-05,12.5,亿元\n";
const idOf = (username: string): number => county.accounts.get(username) as number;

/** The new figure of an earlier write, and secrets that later ones need. */
const known: { figure?: number; token?: number; created?: number; secret?: string } = {};

/** In this order; every route that changes something stands here. */
const writes: Readonly<Record<string, Write>> = {
  "POST /api/v1/figures": {
    by: "stats",
    action: "ledger.recordFigures",
    object: /^source:\d+$/,
    after: { title: "六月快报", rows: 1, figures: 1 },
    work: (asking) =>
      asking("POST", "/figures", { body: { title: "六月快报", rows: [row("3.4", "2016-06")] } }),
  },
  "POST /api/v1/figures/import": {
    by: "stats",
    action: "ledger.recordFigures",
    object: /^source:\d+$/,
    after: { title: "retail.csv", rows: 1, figures: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    work: (asking) => asking("POST", "/figures/import", multipart("retail.csv", csv)),
  },
  "POST /api/v1/figures/:id/corrections": {
    by: "stats",
    action: "ledger.correctFigure",
    object: /^figure:\d+$/,
    before: { value: "34000", stated: "3.4 亿元" },
    after: { value: "35000", stated: "3.5 亿元", reason: "统计局复核" },
    work: async (asking) => {
      const { json } = await asking("GET", "/figures?measure=fiscal_revenue");
      known.figure = json.items[0].id;
      const body = { value: "3.5", unit: "亿元", reason: "统计局复核" };
      return asking("POST", `/figures/${known.figure}/corrections`, { body });
    },
  },
  "GET /api/v1/figures/export": {
    by: "leader",
    action: "ledger.exportFigures",
    object: /^export:csv$/,
    after: { measure: "retail_sales" },
    work: (asking) => asking("GET", "/figures/export?format=csv&measure=retail_sales"),
  },
  "PUT /api/v1/session/post": {
    by: "twoposts",
    action: "auth.switchPost",
    object: /^account:\d+$/,
    before: { post: expect.any(Number) },
    after: { post: expect.any(Number) },
    work: (asking) => asking("PUT", "/session/post", { body: { post: county.posts.get("twoposts-1") } }),
  },
  "POST /api/v1/tokens": {
    by: "leader",
    action: "auth.createToken",
    object: /^token:\d+$/,
    after: { name: "取数", access: "read", region: TOWNSHIP },
    work: async (asking) => {
      const body = { name: "取数", access: "read", region: TOWNSHIP, days: 3 };
      const answer = await asking("POST", "/tokens", { body });
      Object.assign(known, { token: answer.json.id, secret: answer.json.token });
      return answer;
    },
  },
  "DELETE /api/v1/tokens/:id": {
    by: "leader",
    action: "auth.revokeToken",
    object: /^token:\d+$/,
    work: (asking) => asking("DELETE", `/tokens/${known.token}`),
  },
  "POST /api/v1/session/totp/start": {
    by: "sulongkou",
    action: "auth.startAuthenticator",
    object: /^account:\d+$/,
    work: (asking) => asking("POST", "/session/totp/start"),
  },
  "POST /api/v1/accounts": {
    by: "sysadmin",
    action: "auth.createAccount",
    object: /^account:\d+$/,
    after: { username: "newcomer", state: "pending" },
    work: async (asking) => {
      const body = { username: "newcomer", person: county.people.get("newcomer") };
      const answer = await asking("POST", "/accounts", { body });
      Object.assign(known, { created: answer.json.id, secret: answer.json.password });
      return answer;
    },
  },
  ...accountAction("approve", "auth.approveAccount", { state: "pending" }, { state: "active" }),
  ...accountAction("disable", "auth.disableAccount", { state: "active" }, { state: "disabled" }),
  ...accountAction("enable", "auth.enableAccount", { state: "disabled" }, { state: "active" }),
  ...accountAction("unlock", "auth.unlockAccount", { lockedUntil: null }, { lockedUntil: null }),
  ...accountAction("reset", "auth.resetPassword", null, { endedSessions: 0, endedTokens: 0 }),
  ...accountAction("revoke-sessions", "auth.revokeSessions", null, { endedSessions: 0 }),
  "PUT /api/v1/posts/:id/holder": {
    by: "secadmin",
    action: "org.handOverPost",
    object: /^post:\d+$/,
    before: { person: expect.any(Number) },
    after: { person: null },
    work: (asking) =>
      asking("PUT", `/posts/${county.posts.get("village")}/holder`, { body: { person: null } }),
  },
  "DELETE /api/v1/session": {
    by: "leader",
    action: "auth.signOut",
    object: /^account:\d+$/,
    work: (asking) => asking("DELETE", "/session"),
  },
  "DELETE /api/v1/sessions": {
    by: "leader",
    action: "auth.signOutEverywhere",
    object: /^account:\d+$/,
    after: { sessions: expect.any(Number) },
    work: (asking) => asking("DELETE", "/sessions"),
  },
  "POST /api/v1/session/password": {
    by: "fanshi",
    action: "auth.changePassword",
    object: /^account:\d+$/,
    after: { endedSessions: expect.any(Number) },
    work: (asking) =>
      asking("POST", "/session/password", { body: { current: PASSWORD, next: "Quiet-lantern-63" } }),
  },
};

function accountAction(verb: string, action: string, before: Json, after: Json): Record<string, Write> {
  const work = (asking: Asking): Promise<Answer> => asking("POST", `/accounts/${known.created}/${verb}`);
  const key = `POST /api/v1/accounts/:id/:action ${verb}`;
  return { [key]: { by: "secadmin", action, object: /^account:\d+$/, before, after, work } };
}

/** Tested by themselves below; and those that change nothing. */
const elsewhere = [
  // src/domains/relief/registry/households.http.test.ts
  "POST /api/v1/relief/persons/find",
  "POST /api/v1/relief/households/:id/unmask",
  "POST /api/v1/relief/households/:id/measures",
  "PUT /api/v1/relief/households/:id/incomes/:year",
  "POST /api/v1/relief/households/:id/actions",
  "POST /api/v1/relief/households/:id/recusals",
  // src/domains/relief/registry/imports.http.test.ts
  "POST /api/v1/relief/imports",
  // src/domains/relief/clues/clue-loop.http.test.ts
  "POST /api/v1/clues/:id/steps",
  "POST /api/v1/clues/:id/files",
  "POST /api/v1/clues/sample",
  "POST /api/v1/notices",
  "POST /api/v1/notices/:id/effect",
  "POST /api/v1/lookback/registers/inspect",
  "POST /api/v1/lookback/registers",
  "DELETE /api/v1/lookback/registers/:id",
  "PUT /api/v1/lookback/rules",
  "POST /api/v1/lookback/runs",
  "POST /api/v1/lookback/runs/:id/cancel",
  "POST /api/v1/lookback/runs/:id/send",
  // src/domains/returns/filing/course.http.test.ts and forms/forms.http.test.ts
  "PUT /api/v1/returns/forms/:code",
  "POST /api/v1/returns/forms/:code/openings",
  "PUT /api/v1/returns/forms/:code/openings/:period",
  "POST /api/v1/returns/remind",
  "POST /api/v1/returns/undelivered/again",
  "PUT /api/v1/returns/contacts/:unit",
  "POST /api/v1/returns/accept",
  "PATCH /api/v1/returns/:id/cells",
  "PUT /api/v1/returns/:id/explanations",
  "POST /api/v1/returns/:id/steps",
  "POST /api/v1/returns/:id/workbook",
  // these change nothing that counts
  "POST /api/v1/returns/forms/:code/try",
  "POST /api/v1/returns/inbox/:id/read",
  "POST /api/v1/session",
  "POST /api/v1/session/totp/confirm",
  "POST /api/v1/session/totp/disable",
  "POST /api/v1/audit/verify",
  "POST /api/v1/proofing",
  "POST /api/v1/proofing/file",
  "POST /api/v1/proofing/document",
];

describe("every route that changes something", () => {
  test("is in the list below", () => {
    const listed = new Set([
      ...Object.keys(writes).map((key) => key.split(" ").slice(0, 2).join(" ")),
      ...elsewhere,
    ]);
    const changing = listRoutes(server.app).filter((route) => !route.startsWith("GET "));
    expect(changing.length).toBeGreaterThan(15);
    expect(changing.filter((route) => !listed.has(route))).toEqual([]);
  });

  test.each(Object.keys(writes))("%s leaves one entry", async (route) => {
    const write = writes[route] as Write;
    const asking = await as(write.by);
    const before = await lastEntry(database);
    const answer = await write.work(asking);
    expect(answer.status, answer.text).toBeLessThan(300);
    const entries = await entriesAfter(database, before);
    expect(entries.map((entry) => entry.action)).toEqual([write.action]);
    const entry = entries[0] as Entry;
    expect(entry.object).toMatch(write.object);
    expect(entry).toMatchObject({
      username: write.by,
      account: String(idOf(write.by)),
      address: ADDRESS,
      request: expect.stringMatching(/\S/),
    });
    expect(entry.post_title).toMatch(/^岗位 /);
    const acting = await database.query<{ region: string }>("SELECT region FROM org.posts WHERE id = $1", [
      entry.post,
    ]);
    expect(entry.region, "the region of the post").toBe(acting[0]?.region);
    if (write.before === undefined || write.before === null) expect(entry.before).toBeNull();
    else expect(entry.before).toMatchObject(write.before);
    if (write.after === undefined) expect(entry.after).toBeNull();
    else expect(entry.after).toMatchObject(write.after);
  });
});

test("the authenticator's start, its confirming code and its end leave one entry each", async () => {
  const asking = await as("xinzhou");
  const before = await lastEntry(database);
  const { json } = await asking("POST", "/session/totp/start");
  const code = new TOTP({ secret: Secret.fromBase32(json.secret) }).generate();
  expect((await asking("POST", "/session/totp/confirm", { body: { code } })).status).toBe(200);
  expect((await asking("POST", "/session/totp/disable", { body: { password: PASSWORD } })).status).toBe(200);
  const entries = await entriesAfter(database, before);
  expect(entries.map((entry) => [entry.action, entry.username, entry.address])).toEqual(
    ["auth.startAuthenticator", "auth.enableAuthenticator", "auth.disableAuthenticator"].map((action) => [
      action,
      "xinzhou",
      ADDRESS,
    ]),
  );
  expect(JSON.stringify(entries)).not.toContain(json.secret);
});

describe("sign-in", () => {
  test("leaves one entry, and a refusal one that does not name the stranger", async () => {
    const before = await lastEntry(database);
    await as("stats");
    const attempts = { username: "stats-secret-typed-here", password: "x" };
    await server.app.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: attempts,
      remoteAddress: ADDRESS,
    });
    await server.app.inject({
      method: "POST",
      url: "/api/v1/session",
      payload: { username: "stats", password: "wrong" },
    });
    const entries = await entriesAfter(database, before);
    expect(entries.map((entry) => [entry.action, entry.username])).toEqual([
      ["auth.signIn", "stats"],
      ["auth.refuseSignIn", null],
      ["auth.refuseSignIn", "stats"],
    ]);
    expect(entries[0]).toMatchObject({ address: ADDRESS, after: { post: county.posts.get("stats") } });
  });
});

describe("nothing is entered", () => {
  test.each<[string, string, Parameters<Asking>]>([
    [
      "a refused record",
      "leader",
      ["POST", "/figures", { body: { title: "x", rows: [row("1", "2016-06")] } }],
    ],
    [
      "a record with an error",
      "stats",
      ["POST", "/figures", { body: { title: "x", rows: [row("?", "2016-06")] } }],
    ],
    [
      "a record outside the scope",
      "sulongkou",
      ["POST", "/figures", { body: { title: "x", rows: [row("1", "2016-04")] } }],
    ],
    ["an export outside the scope", "stats", ["GET", "/figures/export?format=csv&region=140924000000"]],
    [
      "a correction of nothing",
      "stats",
      ["POST", "/figures/987654/corrections", { body: { value: "1", unit: "", reason: "无此数" } }],
    ],
    ["an account that is not there", "secadmin", ["POST", "/accounts/987654/disable"]],
    [
      "a token too wide",
      "sulongkou",
      ["POST", "/tokens", { body: { name: "x", access: "read", region: COUNTY, days: 1 } }],
    ],
    ["reading", "stats", ["GET", "/figures"]],
    ["verifying", "auditor", ["POST", "/audit/verify"]],
  ])("for %s", async (_what, username, [method, url, extra]) => {
    const asking = await as(username);
    const before = await lastEntry(database);
    await asking(method, url, extra);
    expect(await entriesAfter(database, before)).toEqual([]);
  });
});

test("no entry holds a password, a token, an authenticator's secret or a hash of one", async () => {
  const [all] = await database.query<{ text: string }>(
    "SELECT string_agg(to_jsonb(e)::text, E'\\n') AS text FROM audit.entries e",
  );
  const hashes = await database.query<{ hash: string }>("SELECT password_hash AS hash FROM auth.accounts");
  expect(known.secret).toMatch(/\S{8}/);
  for (const secret of [PASSWORD, "Quiet-lantern-63", known.secret, ...hashes.map((row_) => row_.hash)]) {
    expect(all?.text).not.toContain(secret);
  }
});
