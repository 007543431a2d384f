/**
 * Bad input: a clear answer in both languages that names the place, never an internal error, and afterwards ledger,
 * sources and trail are what they were before.
 */
import { deepStrictEqual } from "node:assert/strict";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ask, signInAs } from "../../fixtures/ask.ts";
import type { Answer, Asking } from "../../fixtures/ask.ts";
import { withTestDatabase } from "../../fixtures/database.ts";
import { insertExampleMeasures } from "../../fixtures/example-measures.ts";
import { listRoutes } from "../../fixtures/list-routes.ts";
import { multipart, multipartHeaders } from "../../fixtures/multipart.ts";
import { COUNTY, NEIGHBOUR, openSmallCounty, PASSWORD, TOWNSHIP } from "../../fixtures/small-county.ts";
import type { SmallCounty } from "../../fixtures/small-county.ts";
import { openTestServer } from "../../fixtures/test-server.ts";
import type { TestServer } from "../../fixtures/test-server.ts";
import { wordDraft } from "../../fixtures/word-draft.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
/** the statistics department of the county: may write and correct */
let stats: Awaited<ReturnType<typeof signInAs>>;
let auditor: Asking;

beforeAll(async () => {
  county = await openSmallCounty(database);
  await insertExampleMeasures(database);
  server = await openTestServer(database, { county: COUNTY });
  stats = await signInAs(server.app, { username: "stats", password: PASSWORD });
  auditor = await signInAs(server.app, { username: "auditor", password: PASSWORD });
  const first = await record([row({ period: "2016-05" }), row({ period: "2016-06", region: TOWNSHIP })]);
  if (first.status !== 201) throw new Error(first.text);
});
afterAll(async () => {
  await server.close();
  await county.close();
});

/** Everything that a refused request must leave alone. */
async function contents(): Promise<unknown> {
  const tables = [
    "ledger.figures",
    "ledger.sources",
    "ledger.corrections",
    "ledger.versions",
    "audit.entries",
  ];
  const digests = tables.map(async (table) => {
    const [digest] = await database.query(
      `SELECT count(*) AS rows, md5(string_agg(to_jsonb(t)::text, '|' ORDER BY to_jsonb(t)::text)) AS digest FROM ${table} t`,
    );
    return [table, digest];
  });
  return Promise.all(digests);
}
let before: unknown;
beforeEach(async () => {
  before = await contents();
  server.errors.length = 0;
});
afterEach(async () => {
  deepStrictEqual(await contents(), before, "something was written");
  deepStrictEqual(server.errors, [], "an internal error was logged");
});

type Typed = Record<string, string | number | undefined>;
const row = (change: Typed = {}): Typed => ({
  region: COUNTY,
  measure: "fiscal_revenue",
  basis: "ytd",
  period: "2016-07",
  value: "3.4",
  unit: "亿元",
  ...change,
});
const record = (rows: readonly unknown[], title = "快报"): Promise<Answer> =>
  stats("POST", "/figures", { body: { title, rows } });
const COLUMNS = ["region", "measure", "basis", "period", "value", "unit", "growth"];
const csvOf = (rows: readonly Typed[]): string =>
  [COLUMNS.join(","), ...rows.map((one) => COLUMNS.map((name) => one[name] ?? "").join(","))].join("\n");
const upload = (content: string | Buffer, name = "七月.csv"): Promise<Answer> =>
  stats("POST", "/figures/import", multipart(name, content));

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.status, answer.text).toBe(status);
  expect(String(answer.headers["content-type"])).toMatch(/^application\/problem\+json/);
  expect(answer.json).toMatchObject({ status, code, type: `urn:taizhang:problem:${code}` });
  expect(answer.json.titles.zh).toMatch(/\p{Script=Han}/u);
  expect(answer.json.titles.en).toMatch(/[a-z]{3}/);
  for (const place of answer.json.problems ?? []) {
    expect(place.zh).toMatch(/\p{Script=Han}/u);
    expect(place.en).toMatch(/[a-z]{2}/);
    expect(place.line ?? place.field ?? place.column, JSON.stringify(place)).toBeDefined();
  }
}

describe("a row that cannot be right", () => {
  const cases: readonly (readonly [string, Typed, Typed])[] = [
    ["a wrong unit", { unit: "吨" }, { code: "WRONG_UNIT", column: "unit" }],
    ["no unit", { unit: undefined }, { code: "UNIT_MISSING", column: "unit" }],
    ["a period in the future", { period: "2199-01" }, { code: "PERIOD_IN_FUTURE", column: "period" }],
    ["a month that there is not", { period: "2016-13" }, { code: "BAD_PERIOD", column: "period" }],
    ["a growth typed as a value", { value: "12.5%" }, { code: "GROWTH_TYPED_AS_VALUE", column: "value" }],
    ["percent as the unit", { unit: "%" }, { code: "GROWTH_TYPED_AS_VALUE" }],
    [
      "no growth at comparable prices",
      { measure: "gdp" },
      { code: "COMPARABLE_GROWTH_MISSING", column: "growth" },
    ],
    ["an unknown measure", { measure: "nosuch" }, { code: "UNKNOWN_MEASURE", column: "measure" }],
    ["an unknown region", { region: 140981999000 }, { code: "UNKNOWN_REGION", column: "region" }],
    ["no region code", { region: "原平" }, { code: "BAD_REGION", column: "region" }],
    ["an unknown basis", { basis: "weekly" }, { code: "BAD_BASIS", column: "basis" }],
    ["no number", { value: "许多" }, { code: "BAD_NUMBER", column: "value" }],
    ["a number with two points", { value: "1.2.3" }, { code: "BAD_NUMBER", column: "value" }],
    ["a negative value", { value: "-3" }, { code: "NEGATIVE_NOT_ALLOWED", column: "value" }],
    ["no value and no growth", { value: undefined }, { code: "NO_NUMBER", column: "value" }],
    ["not a number at all", { value: "NaN" }, { code: "BAD_NUMBER", column: "value" }],
    ["infinity", { value: "Infinity" }, { code: "BAD_NUMBER", column: "value" }],
    ["an exponent", { value: "1e400" }, { code: "BAD_NUMBER", column: "value" }],
  ];

  test.each(cases)("%s, typed: names line and column", async (_name, change, problem) => {
    const answer = await record([row(), row(change)]);
    expectProblem(answer, 422, "FIGURES_REFUSED");
    expect(answer.json.problems).toHaveLength(1);
    expect(answer.json.problems[0]).toMatchObject({ line: 2, ...problem });
  });

  test.each(cases)("%s, in a file: names the line of the file", async (_name, change, problem) => {
    const answer = await upload(csvOf([row(), row(change)]));
    expectProblem(answer, 422, "FIGURES_REFUSED");
    expect(answer.json.problems).toHaveLength(1);
    expect(answer.json.problems[0]).toMatchObject({ line: 3, ...problem });
  });

  test("a region outside the scope is refused in the words for one that may not be there", async () => {
    const answers = [
      await record([row({ region: NEIGHBOUR })]),
      await record([row({ region: 659004999000 })]),
    ];
    for (const answer of answers) expectProblem(answer, 403, "OUT_OF_SCOPE");
    const told = answers.map((answer) => JSON.stringify(answer.json.problems).replaceAll(/\d{12}/g, ""));
    expect(told[0]).toBe(told[1]);
  });

  test("all problems of a file are told at once, up to a number, with how many there are", async () => {
    const answer = await upload(csvOf(Array.from({ length: 500 }, () => row({ unit: "吨" }))));
    expectProblem(answer, 422, "FIGURES_REFUSED");
    expect(answer.json.problems).toHaveLength(200);
    expect(answer.json.detail).toContain("500 problems");
    expect(answer.json.details.zh).toContain("500");
  });
});

describe("the same figure twice", () => {
  test("in one file: both lines are named", async () => {
    const answer = await upload(csvOf([row(), row({ period: "2016-04" }), row({ value: "9" })]));
    expectProblem(answer, 422, "FIGURES_REFUSED");
    expect(answer.json.problems).toEqual([expect.objectContaining({ code: "REPEATED_IN_FILE", line: 4 })]);
    expect(answer.json.problems[0].zh).toContain("第 2 行");
    expect(answer.json.problems[0].en).toContain("line 2");
  });

  test("already in the ledger: the figure is named", async () => {
    const answer = await record([row({ period: "2016-05", value: "7" })]);
    expectProblem(answer, 422, "FIGURES_REFUSED");
    const [figure] = await database.query<{ id: string }>(
      "SELECT id FROM ledger.figures WHERE period = '2016-05'",
    );
    expect(answer.json.problems).toEqual([expect.objectContaining({ code: "ALREADY_RECORDED", line: 1 })]);
    expect(answer.json.problems[0].en).toContain(`number ${figure?.id}`);
  });
});

describe("a request that cannot be read", () => {
  const post = (
    payload: string | Buffer,
    type = "application/json",
    url = "/api/v1/figures",
  ): Promise<Answer> =>
    ask(server.app, { method: "POST", url, payload, headers: { ...stats.headers, "content-type": type } });

  test.each([
    ["cut off", '{"title":"x","rows":[{"region":1409'],
    ["a comma too many", '{"title":"x",}'],
    ["no JSON", "title=x"],
    ["empty", ""],
    ["polluting a prototype", '{"title":"x","rows":[],"__proto__":{"admin":true}}'],
    ["polluting a constructor", '{"title":"x","constructor":{"prototype":{"admin":true}}}'],
  ])("JSON that is %s", async (_name, payload) => {
    const answer = await post(payload);
    expect(answer.status, answer.text).toBe(400);
    expectProblem(answer, 400, answer.json.code);
    expect(answer.json.details?.en ?? JSON.stringify(answer.json.problems)).toMatch(/\S/);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test("malformed JSON is told with its place", async () => {
    const answer = await post('{\n  "title": "七月",\n  "rows": [ { "region": 140981000000, } ]\n}');
    expectProblem(answer, 400, "MALFORMED_JSON");
    expect(answer.json.details.en).toMatch(/line 3 column \d+|position \d+/);
    expect(answer.json.details.zh).toMatch(/第 ?3 ?行|position \d+/);
  });

  test.each([
    ["plain text", "text/plain"],
    ["XML", "application/xml"],
    ["a form", "application/x-www-form-urlencoded"],
    ["nothing known", "application/x-whatever"],
  ])("%s instead of JSON", async (_name, type) => {
    const answer = await post("<figures/>", type);
    expect([400, 415]).toContain(answer.status);
    expectProblem(answer, answer.status, answer.json.code);
  });

  test.each(["figures/import", "proofing/file", "proofing/document"])(
    "JSON where a file is wanted, by %s",
    async (path) => {
      expectProblem(await post("{}", "application/json", `/api/v1/${path}`), 400, "INVALID_REQUEST");
    },
  );

  test.each([
    ["without a boundary", "multipart/form-data", "x"],
    [
      "that ends in the middle of its head",
      multipartHeaders["content-type"],
      "------boundary-of-the-test\r\nContent-Dis",
    ],
    [
      "that ends in the middle of its content",
      multipartHeaders["content-type"],
      multipart("a.csv", csvOf([row()])).body.subarray(0, 200),
    ],
    ["that holds nothing", multipartHeaders["content-type"], "------boundary-of-the-test--\r\n"],
  ])("a multipart upload %s", async (_name, type, payload) => {
    for (const path of ["figures/import", "proofing/file", "proofing/document"]) {
      const answer = await post(payload, type, `/api/v1/${path}`);
      expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
      expect(answer.status, answer.text).toBeLessThan(500);
      expectProblem(answer, answer.status, answer.json.code);
    }
  });

  test.each<[string, unknown, string]>([
    ["no rows", { title: "x", rows: [] }, "body.rows"],
    ["rows that are no list", { title: "x", rows: "y" }, "body.rows"],
    ["no title", { rows: [row()] }, "body.title"],
    ["a blank title", { title: "  ", rows: [row()] }, "body.title"],
    ["a title of 300 characters", { title: "长".repeat(300), rows: [row()] }, "body.title"],
    ["a number where text belongs", { title: "x", rows: [row({ value: 3 })] }, "body.rows.0.value"],
    ["a row too many", { title: "x", rows: Array.from({ length: 5001 }, () => row()) }, "body.rows"],
  ])("%s: the field is named", async (_name, body, field) => {
    const answer = await stats("POST", "/figures", { body });
    expectProblem(answer, 400, "INVALID_REQUEST");
    expect(answer.json.problems[0].field).toBe(field);
  });
});

describe("a file that is no good", () => {
  test.each<[string, string | Buffer, string]>([
    ["empty", "", "FIGURES_REFUSED"],
    ["only a header", "region,measure,basis,period,value\n", "FIGURES_REFUSED"],
    ["a header with an unknown column", "region,measure,basis,period,amount\n", "FIGURES_REFUSED"],
    ["without the column period", "region,measure,basis,value\n", "FIGURES_REFUSED"],
    ["a row with a cell too many", `${csvOf([row()])},extra`, "UNREADABLE_FILE"],
    ["an open quotation mark", `${csvOf([row()])}\n"140981000000,`, "UNREADABLE_FILE"],
    ["a cell of a megabyte", `${csvOf([row({ value: "9".repeat(1_000_000) })])}\n`, "UNREADABLE_FILE"],
    ["a cell of 10,000 characters", csvOf([row({ value: "9".repeat(10_000) })]), "FIGURES_REFUSED"],
    [
      "a picture",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      "FIGURES_REFUSED",
    ],
    ["zeros", Buffer.alloc(5000), "FIGURES_REFUSED"],
    ["a NUL in a cell", csvOf([row({ measure: "fiscal_revenue\u0000" })]), "FIGURES_REFUSED"],
    ["two columns of one name", "region,measure,basis,period,value,value\n", "FIGURES_REFUSED"],
    ["a workbook called CSV", Buffer.from("PK\u0003\u0004\u0014\u0000\u0006\u0000binary"), "FIGURES_REFUSED"],
  ])("%s", async (_name, content, code) => {
    const answer = await upload(content);
    expectProblem(answer, 422, code);
    expect(answer.json.problems.length).toBeGreaterThan(0);
  });

  test("random bytes are refused, whatever they are", async () => {
    for (let i = 0; i < 20; i++) {
      const bytes = Buffer.from(
        Array.from({ length: 3000 }, (_, k) => (k * 7919 * (i + 1) + (k >> 3)) % 256),
      );
      const answer = await upload(bytes);
      expect(answer.status, answer.text).toBe(422);
    }
  });

  test("a name that leads out of the folder is only a name", async () => {
    const answer = await upload(csvOf([row({ unit: "吨" })]), "../../../etc/passwd");
    expectProblem(answer, 422, "FIGURES_REFUSED");
  });
});

/** Every string that a question can carry, with what does harm elsewhere. */
const hostile = [
  "'; DROP TABLE ledger.figures; --",
  '" OR 1=1 --',
  "1) UNION SELECT password_hash FROM auth.accounts --",
  "$1",
  "\\",
  "%",
  "_",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "2016-13",
  "0000-00",
  "9".repeat(400),
  "-1",
  "1e309",
  "NaN",
  "999999999999999999999",
  "9007199254740993",
  "140981000000.5",
  "<script>alert(1)</script>",
  "=cmd|' /C calc'!A0",
  "../../../../etc/passwd",
  "__proto__",
  "constructor",
  "{}",
  "[]",
  "f99999999999999999999999999",
  "f9007199254740993,t9223372036854775808,o99999999999999999999",
  "f1e5",
  "原".repeat(200),
  "",
];

/** An address can carry no half characters. */
const whole = (text: string): string => text.replaceAll(/\p{Cs}/gu, "\ufffd");

describe("hostile texts in every parameter", () => {
  const questions: readonly (readonly [string, (text: string) => string])[] = [
    ...["within", "region", "measure", "aspect", "basis", "from", "to", "sort", "limit", "cursor"].map(
      (name): [string, (text: string) => string] => [`figures ${name}`, (text) => `/figures?${name}=${text}`],
    ),
    ["figures from and to with a sort", (text) => `/figures?measure=gdp&sort=value&from=${text}&to=${text}`],
    ["a figure", (text) => `/figures/${text}`],
    ["export measure", (text) => `/figures/export?format=csv&measure=${text}`],
    ["export format", (text) => `/figures/export?format=${text}`],
    ["export cursor", (text) => `/figures/export?format=csv&region=${NEIGHBOUR}&cursor=${text}`],
    ["facts", (text) => `/facts?refs=${text}`],
    ["search", (text) => `/search?q=${text}`],
    ["overview region", (text) => `/overview?region=${text}`],
    ["overview period", (text) => `/overview?period=${text}`],
    ["indicator", (text) => `/indicators/${text}`],
    ["indicator period", (text) => `/indicators/gdp?period=${text}`],
    ["ranking measure", (text) => `/rankings?period=2016-07&measure=${text}`],
    ["ranking period", (text) => `/rankings?measure=gdp&period=${text}`],
    ["ranking set", (text) => `/rankings?measure=gdp&period=2016-07&set=${text}`],
    ["briefing region", (text) => `/briefing?region=${text}`],
    ["briefing period", (text) => `/briefing?period=${text}`],
    ["briefing document period", (text) => `/briefing/document?period=${text}`],
    ["regions q", (text) => `/regions?q=${text}`],
    ["regions within", (text) => `/regions?within=${text}`],
    ["regions limit", (text) => `/regions?limit=${text}`],
    ["a region", (text) => `/regions/${text}`],
    ["units q", (text) => `/units?q=${text}`],
  ];

  test.each(questions)("%s", async (_name, url) => {
    for (const text of hostile) {
      const answer = await stats("GET", url(encodeURIComponent(whole(text))));
      expect(answer.status, `${url(text)} ${answer.text}`).toBeLessThan(500);
      if (answer.status >= 400) expectProblem(answer, answer.status, answer.json.code);
    }
  });

  test.each(["action", "username", "before", "limit"])("audit entries %s", async (name) => {
    for (const text of hostile) {
      const answer = await auditor("GET", `/audit/entries?${name}=${encodeURIComponent(whole(text))}`);
      expect(answer.status, `${name}=${text} ${answer.text}`).toBeLessThan(500);
    }
  });

  test("a draft to be proofed: its text, the name of its file, the fields beside it", async () => {
    const word = wordDraft(["共有项目192个。"]);
    for (const text of hostile) {
      const answers = [
        await stats("POST", "/proofing", { body: { text } }),
        await stats("POST", "/proofing/file", multipart(`${text}.txt`, "共有项目192个。")),
        await stats("POST", "/proofing/file", multipart("稿.txt", text)),
        await stats("POST", "/proofing/file", multipart(text, "共有项目192个。")),
        await stats("POST", "/proofing/document", multipart("稿.docx", word, { ignored: text, all: text })),
        await stats("POST", "/proofing/document", multipart(`${text}.docx`, word, { [text]: "x" })),
      ];
      for (const answer of answers) {
        expect(answer.status, `${text} ${answer.text.slice(0, 300)}`).toBeLessThan(500);
        if (answer.status >= 400) expectProblem(answer, answer.status, answer.json.code);
      }
    }
    const named = await stats("POST", "/proofing", { body: { text: "标题\u0000" } });
    expectProblem(named, 400, "INVALID_REQUEST");
    expect(named.json.problems[0].field).toBe("body.text");
  });

  test.each(["accounts", "people", "posts"])("%s q", async (list) => {
    const sysadmin = await signInAs(server.app, { username: "sysadmin", password: PASSWORD });
    before = await contents();
    for (const text of hostile) {
      const answer = await sysadmin("GET", `/${list}?q=${encodeURIComponent(whole(text))}`);
      expect(answer.status, `${text} ${answer.text}`).toBeLessThan(500);
    }
  });

  test("months that there are not, and never were", async () => {
    for (const month of ["2016-00", "2016-13", "2016-99", "0000-01", "9999-12"]) {
      for (const path of [
        "/overview?",
        "/indicators/gdp?",
        "/rankings?measure=gdp&",
        "/briefing?",
        "/briefing/document?",
      ]) {
        const answer = await stats("GET", `${path}period=${month}`);
        expect(answer.status, `${path}${month} ${answer.text}`).toBeLessThan(500);
      }
    }
  });

  test("cursors of somebody else's making", async () => {
    const made = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const cursors = [
      "garbage",
      "e30",
      made(),
      made(null, null, null, null, null),
      made("2016-07", 2 ** 31, COUNTY, 1, "1"),
      made("2016-07", 2 ** 53, 1, 1, "1"),
      made("2016-07", -1, -1, -1, "-1"),
      made("2016\u0000", 1, COUNTY, 1, "1"),
      made("2016-07", 1, COUNTY, 1, "1; DROP TABLE ledger.figures"),
      made("2016-07", 1, COUNTY, 1, "9".repeat(60)),
      made("'", 1.5, "x", {}, []),
      "A".repeat(201),
    ];
    for (const cursor of cursors) {
      for (const sort of ["period", "-period", "id", "-id"]) {
        const answer = await stats("GET", `/figures?sort=${sort}&cursor=${cursor}`);
        expect([200, 400], `${cursor} ${answer.text}`).toContain(answer.status);
        if (answer.status === 400) expectProblem(answer, 400, answer.json.code);
      }
    }
  });

  test("absurd regions and limits", async () => {
    const numbers = [
      "0",
      "-1",
      "1",
      "99",
      "999999999999",
      "1000000000000",
      "9007199254740991",
      "-9007199254740991",
    ];
    for (const number of numbers) {
      for (const path of [
        "/figures?within=",
        "/figures?region=",
        "/overview?region=",
        "/regions?within=",
        "/regions/",
      ]) {
        const answer = await stats("GET", `${path}${number}`);
        expect([400, 403, 404], `${path}${number} ${answer.text}`).toContain(answer.status);
      }
    }
    for (const limit of ["0", "-5", "201", "1e9", "99999999999999999999"]) {
      expectProblem(await stats("GET", `/figures?limit=${limit}`), 400, "INVALID_REQUEST");
    }
  });

  test("texts that no database can hold are refused by name in what is sent", async () => {
    for (const text of ["标题\u0000", "标题\ud800"]) {
      const titled = await record([row({ unit: "吨" })], text);
      expect(titled.status, titled.text).toBe(400);
      expect(titled.json.problems[0].field).toBe("body.title");
      const fine = row({ period: "2016-03" });
      const named = await record([fine, { ...fine, measure: text }]);
      expect([400, 422], named.text).toContain(named.status);
      const reason = { value: "3.9", unit: "亿元", reason: text };
      const [figure] = await database.query<{ id: string }>(
        "SELECT id FROM ledger.figures WHERE period = '2016-05'",
      );
      const corrected = await stats("POST", `/figures/${figure?.id}/corrections`, { body: reason });
      expect(corrected.status, corrected.text).toBe(400);
      expect(corrected.json.problems[0].field).toBe("body.reason");
      const token = await stats("POST", "/tokens", { body: { name: text, access: "read", days: 1 } });
      expect(token.status, token.text).toBe(400);
    }
  });

  test("in signing in", async () => {
    for (const text of hostile.slice(0, 10)) {
      const answer = await ask(server.app, {
        method: "POST",
        url: "/api/v1/session",
        payload: { username: `x${text}`.slice(0, 60), password: `y${text}` },
      });
      expect(answer.status, `${text} ${answer.text}`).toBeLessThan(500);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
    before = await contents();
  });
});

describe("credentials that are no good", () => {
  const routes = (): string[] => listRoutes(server.app).filter((route) => route.includes(" /api/v1/"));
  const open = new Set(["POST /api/v1/session", "GET /api/v1/openapi.json", "GET /api/v1/demo"]);

  test.each<[string, Record<string, string>]>([
    ["none", {}],
    ["a broken token", { authorization: "Bearer tz_broken" }],
    ["no token at all", { authorization: "Bearer " }],
    ["another scheme", { authorization: "Basic c3RhdHM6eA==" }],
    ["a token of bytes", { authorization: `Bearer tz_${"%00".repeat(20)}` }],
    ["a token of 10,000 characters", { authorization: `Bearer tz_${"a".repeat(10_000)}` }],
    ["a cookie that nobody gave", { cookie: `taizhang_session=${"A".repeat(43)}` }],
    ["a cookie with SQL in it", { cookie: "taizhang_session=' OR ''='" }],
  ])("%s: no route answers", async (_name, headers) => {
    const closed = routes().filter((route) => !open.has(route));
    expect(closed.length).toBeGreaterThan(30);
    for (const route of closed) {
      const [method, path] = route.split(" ") as ["GET", string];
      const url = path
        .replace(":action", "approve")
        .replace(/:(id|code)/, "1")
        .replace(":measure", "gdp");
      const answer = await ask(server.app, {
        method,
        url,
        headers,
        ...(method === "GET" ? {} : { payload: {} }),
      });
      expectProblem(answer, 401, "UNAUTHENTICATED");
    }
  });

  test("a token that ended, was revoked, or whose post was given to another", async () => {
    const make = async (): Promise<{ id: number; token: string }> => {
      const answer = await stats("POST", "/tokens", { body: { name: "x", access: "read", days: 1 } });
      return answer.json;
    };
    const tokens = [await make(), await make(), await make(), await make()] as const;
    before = await contents();
    const [expired, revoked, narrowed, good] = tokens;
    await database.query("UPDATE auth.tokens SET expires_at = now() - interval '1 second' WHERE id = $1", [
      expired.id,
    ]);
    await database.query("UPDATE auth.tokens SET revoked_at = now() WHERE id = $1", [revoked.id]);
    await database.query("UPDATE auth.tokens SET region = $1 WHERE id = $2", [NEIGHBOUR, narrowed.id]);
    const use = (token: string): Promise<Answer> =>
      ask(server.app, {
        method: "GET",
        url: "/api/v1/figures",
        headers: { authorization: `Bearer ${token}` },
      });
    for (const one of [expired, revoked, narrowed])
      expectProblem(await use(one.token), 401, "UNAUTHENTICATED");
    expect((await use(good.token)).status).toBe(200);
    const upper = `Bearer ${good.token.toUpperCase()}`;
    const changed = await ask(server.app, {
      method: "GET",
      url: "/api/v1/figures",
      headers: { authorization: upper },
    });
    expectProblem(changed, 401, "UNAUTHENTICATED");
  });

  test("a session without its token against forged requests, or from another site", async () => {
    const { cookie } = stats.headers as { cookie: string };
    const send = (headers: Record<string, string>): Promise<Answer> =>
      ask(server.app, {
        method: "POST",
        url: "/api/v1/figures",
        headers,
        payload: { title: "x", rows: [row()] },
      });
    expectProblem(await send({ cookie }), 403, "CSRF");
    expectProblem(await send({ cookie, "x-csrf-token": "x" }), 403, "CSRF");
    expectProblem(await send({ ...stats.headers, origin: "https://evil.example" }), 403, "CSRF");
    expectProblem(await send({ ...stats.headers, "sec-fetch-site": "cross-site" }), 403, "CSRF");
  });
});

describe("paths", () => {
  test.each([
    "/../package.json",
    "/..%2f..%2fpackage.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/../../../package.json",
    "/assets/..%5c..%5cpackage.json",
    "/assets/%00",
    "/api/docs/static/../../../package.json",
    "/api/docs/static/%2e%2e%2f%2e%2e%2fpackage.json",
    "/.git/config",
    "//etc/passwd",
    "/api/v1/../../package.json",
    "/%",
    "/%zz",
  ])("%s gives no file of the machine", async (url) => {
    const answer = await ask(server.app, { method: "GET", url });
    expect(answer.status, answer.text.slice(0, 200)).toBeLessThan(500);
    expect(answer.text).not.toMatch(/"dependencies"|root:.*:0:0|repositoryformatversion/);
  });

  test("an address that there is not, by any method", async () => {
    for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"] as const) {
      const answer = await ask(server.app, { method, url: "/api/v1/nosuch" });
      expectProblem(answer, 404, "NOT_FOUND");
    }
  });
});
