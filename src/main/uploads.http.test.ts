/** Uploads over a real connection: too large, cut off, sent twice; and what comes out again as a spreadsheet. */
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signInAs } from "../../fixtures/ask.ts";
import type { Answer } from "../../fixtures/ask.ts";
import { withTestDatabase } from "../../fixtures/database.ts";
import { insertExampleMeasures } from "../../fixtures/example-measures.ts";
import { readableText, unzip } from "../../fixtures/file-text.ts";
import { multipart, multipartEnd, multipartHead, multipartHeaders } from "../../fixtures/multipart.ts";
import { COUNTY, openSmallCounty, PASSWORD, TOWNSHIP } from "../../fixtures/small-county.ts";
import type { SmallCounty } from "../../fixtures/small-county.ts";
import { openTestServer } from "../../fixtures/test-server.ts";
import type { TestServer } from "../../fixtures/test-server.ts";
import { wordDraft } from "../../fixtures/word-draft.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let port: number;
let stats: Awaited<ReturnType<typeof signInAs>>;
let township: Awaited<ReturnType<typeof signInAs>>;

beforeAll(async () => {
  county = await openSmallCounty(database);
  await insertExampleMeasures(database);
  server = await openTestServer(database, { county: COUNTY });
  await server.app.listen({ host: "127.0.0.1", port: 0 });
  port = (server.app.server.address() as AddressInfo).port;
  stats = await signInAs(server.app, { username: "stats", password: PASSWORD });
  township = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
});
afterAll(async () => {
  await server.close();
  await county.close();
});

type Counts = { figures: string; sources: string; entries: string };
async function counts(): Promise<Counts> {
  const [row] = await database.query<Counts>(`SELECT (SELECT count(*) FROM ledger.figures) AS figures,
    (SELECT count(*) FROM ledger.sources) AS sources, (SELECT count(*) FROM audit.entries) AS entries`);
  return row as Counts;
}

const HEADER = "region,measure,basis,period,value,unit,subject,note\n";
let subjects = 0;
const line = (note = ""): string =>
  `140981000000,retail_sales,ytd,2016-07,12.5,亿元,thing:n${++subjects},${note}\n`;

type Begun = { upload: ClientRequest; answered: Promise<{ status: number; body: string }> };

/** Begins an upload over the network; the caller writes and ends, or cuts it off. */
function beginUpload(path = "/figures/import", name = "large.csv"): Begun {
  const upload = httpRequest({
    host: "127.0.0.1",
    port,
    method: "POST",
    path: `/api/v1${path}`,
    headers: { ...stats.headers, ...multipartHeaders },
  });
  const answered = once(upload, "response").then(async ([response]) => {
    let body = "";
    for await (const chunk of response as IncomingMessage) body += String(chunk);
    return { status: (response as IncomingMessage).statusCode ?? 0, body };
  });
  answered.catch(() => {});
  upload.write(multipartHead(name));
  return { upload, answered };
}

async function send(upload: ClientRequest, content: string | Buffer): Promise<void> {
  if (!upload.write(content)) await once(upload, "drain");
}

const MEGABYTE = 1024 * 1024;
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** What is held and not only waiting to be collected. */
async function liveMegabytes(): Promise<number> {
  collect();
  // buffers are given back a moment after those who held them
  await new Promise((resolve) => setTimeout(resolve, 20));
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MEGABYTE;
}

describe("an upload of 200 MB", () => {
  test("is refused as too large, without memory growing with it, and leaves nothing", async () => {
    const before = await counts();
    const { upload, answered } = beginUpload();
    // Good rows, so that only the size is wrong; with a long note, or the test would take a minute.
    // The same bytes again and again, or it would be the test whose memory grows.
    const piece = Buffer.from(line("x".repeat(19_000)).repeat(20));
    await send(upload, HEADER);
    const atFirst = await liveMegabytes();
    let most = atFirst;
    for (let sent = 0, looked = 0; sent < 200 * MEGABYTE && upload.writable; sent += piece.length) {
      await Promise.race([send(upload, piece), answered]);
      if (sent - looked < 20 * MEGABYTE) continue;
      looked = sent;
      most = Math.max(most, await liveMegabytes());
    }
    upload.end(multipartEnd);
    const { status, body } = await answered;
    expect(status, body).toBe(413);
    expect(JSON.parse(body)).toMatchObject({
      code: "TOO_LARGE",
      titles: { zh: expect.stringMatching(/大/) },
    });
    expect(most - atFirst, "megabytes held while it came").toBeLessThan(40);
    expect(await counts()).toEqual(before);
    expect(await stagingTables()).toBe(0);
  });

  test("of JSON is refused before it is read", async () => {
    const before = await counts();
    const payload = `{"title":"x","rows":[${"1,".repeat(2_200_000)}1]}`;
    const answer = await stats("POST", "/figures", {
      body: payload,
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(413);
    expect(answer.json.code).toBe("TOO_LARGE");
    expect(await counts()).toEqual(before);
  });
});

describe("a draft to be proofed", () => {
  const draft = "共有在库项目192个。其中，上年结转61个，本年新建132个。";
  const proofFile = (name: string, content: string | Buffer): Promise<Answer> =>
    stats("POST", "/proofing/file", multipart(name, content));

  test("of 200 MB is refused, without memory growing with it", async () => {
    const { upload, answered } = beginUpload("/proofing/file", "large.txt");
    upload.on("error", () => {}); // the server may hang up while more is coming
    const piece = Buffer.alloc(MEGABYTE, "数");
    const atFirst = await liveMegabytes();
    let most = atFirst;
    for (let sent = 0; sent < 200 && upload.writable; sent++) {
      await Promise.race([send(upload, piece), answered]);
      if (sent % 20 === 0) most = Math.max(most, await liveMegabytes());
    }
    upload.end(multipartEnd);
    const { status, body } = await answered;
    expect(status, body).toBe(413);
    expect(JSON.parse(body)).toMatchObject({
      code: "TOO_LARGE",
      details: { zh: expect.stringMatching(/20 MB/) },
    });
    expect(most - atFirst, "megabytes held while it came").toBeLessThan(60);
  });

  test("that is cut off in the middle leaves the next one to go through", async () => {
    const { upload } = beginUpload("/proofing/file", "稿.txt");
    upload.on("error", () => {});
    await send(upload, draft);
    await new Promise((resolve) => setTimeout(resolve, 100));
    upload.destroy();
    expect((await proofFile("稿.txt", draft)).json.counts.wrong).toBe(1);
  });

  test("that unpacks to far more than it is, is refused", async () => {
    const bomb = wordDraft([" ".repeat(100 * MEGABYTE)]);
    expect(bomb.length).toBeLessThan(MEGABYTE);
    const answer = await proofFile("稿.docx", bomb);
    expect([answer.status, answer.json.code], answer.text).toEqual([422, "DRAFT_UNREADABLE"]);
    expect((await proofFile("稿.docx", wordDraft([draft]))).json.counts.wrong).toBe(1);
  });

  test("does not keep others waiting while it is proofed, and many at once are all answered", async () => {
    const long = `${"本月完成投资3.5亿元，同比增长9.3%。".repeat(8000)}${draft}`;
    const proofing = Array.from({ length: 8 }, () => proofFile("稿.txt", long));
    let slowest = 0;
    for (let asked = 0; asked < 20; asked++) {
      const started = performance.now();
      expect((await stats("GET", "/measures")).status).toBe(200);
      slowest = Math.max(slowest, performance.now() - started);
    }
    expect(slowest, "milliseconds for another answer").toBeLessThan(1500);
    for (const answer of await Promise.all(proofing)) {
      expect(answer.status).toBe(200);
      expect(answer.json.counts.wrong).toBeGreaterThanOrEqual(1);
    }
  });

  test("more at once than can wait are told to come again", async () => {
    // long enough that the first is not done before the last arrives
    const longer = draft.repeat(150);
    const answers = await Promise.all(Array.from({ length: 150 }, () => proofFile("稿.txt", longer)));
    const statuses = answers.map((answer) => answer.status);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    const refused = answers.find((answer) => answer.status === 503);
    expect(refused?.json.code).toBe("PROOFING_BUSY");
  });
});

/** Temporary tables that a broken upload might have left behind. */
async function stagingTables(): Promise<number> {
  const [row] = await database.query<{ n: string }>(
    "SELECT count(*) AS n FROM pg_class WHERE relname = 'staged_figures'",
  );
  return Number(row?.n);
}

describe("a connection cut in the middle of an upload", () => {
  test.each([0, 1, 3000])(
    "after %i rows: nothing is recorded, and the next upload goes through",
    async (rows) => {
      const before = await counts();
      const { upload } = beginUpload();
      upload.on("error", () => {});
      await send(upload, HEADER);
      await send(upload, Array.from({ length: rows }, () => line()).join(""));
      await new Promise((resolve) => setTimeout(resolve, 100));
      upload.destroy();
      await expect.poll(stagingTables, { timeout: 10_000 }).toBe(0);
      await expect.poll(busyConnections, { timeout: 10_000 }).toBe(0);
      expect(await counts()).toEqual(before);
      const next = await stats("POST", "/figures/import", multipart("next.csv", HEADER + line()));
      expect(next.status, next.text).toBe(201);
    },
  );

  test("even when the last row had come and only the end of the form was missing", async () => {
    const before = await counts();
    const { upload } = beginUpload();
    upload.on("error", () => {});
    await send(upload, HEADER + line());
    await new Promise((resolve) => setTimeout(resolve, 100));
    upload.destroy();
    await expect.poll(busyConnections, { timeout: 10_000 }).toBe(0);
    expect(await counts()).toEqual(before);
  });
});

async function busyConnections(): Promise<number> {
  const [row] = await database.query<{ n: string }>(
    "SELECT count(*) AS n FROM pg_stat_activity WHERE usename = 'taizhang_app' AND datname = current_database() AND state <> 'idle'",
  );
  return Number(row?.n);
}

describe("the same upload again", () => {
  const record = (
    who: typeof stats,
    key: string | undefined,
    region: number,
    subject: string,
  ): Promise<Answer> =>
    who("POST", "/figures", {
      body: {
        title: "快报",
        rows: [
          {
            region,
            subject,
            measure: "retail_sales",
            basis: "ytd",
            period: "2016-07",
            value: "1",
            unit: "亿元",
          },
        ],
      },
      headers: key === undefined ? {} : { "idempotency-key": key },
    });

  test("with the same key records once and names the first recording", async () => {
    const before = await counts();
    const first = await record(stats, "key-1", COUNTY, "thing:a");
    const second = await record(stats, "key-1", COUNTY, "thing:a");
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json).toEqual({ source: first.json.source, rows: 1, figures: 0, repeated: true });
    const after = await counts();
    expect(Number(after.figures) - Number(before.figures)).toBe(1);
    expect(Number(after.entries) - Number(before.entries), "entries of the trail").toBe(1);
  });

  test("with the same key by another post is another recording", async () => {
    expect((await record(stats, "key-2", COUNTY, "thing:b")).status).toBe(201);
    expect((await record(township, "key-2", TOWNSHIP, "thing:b")).status).toBe(201);
  });

  test("at the same moment, five times: one is recorded, four are told so", async () => {
    const before = await counts();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => record(stats, "key-3", COUNTY, "thing:c")),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([
      200, 200, 200, 200, 201,
    ]);
    expect(new Set(answers.map((answer) => answer.json.source)).size).toBe(1);
    expect(Number((await counts()).sources) - Number(before.sources)).toBe(1);
  });

  test("of one file without a key, in a row and at the same moment, is one recording", async () => {
    const file = multipart("七月.csv", HEADER + line());
    const before = await counts();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => stats("POST", "/figures/import", file)),
    );
    expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    const again = await stats("POST", "/figures/import", file);
    expect([again.status, again.json.repeated]).toEqual([200, true]);
    const after = await counts();
    expect(Number(after.sources) - Number(before.sources)).toBe(1);
    expect(Number(after.figures) - Number(before.figures)).toBe(1);
    expect(Number(after.entries) - Number(before.entries)).toBe(1);
  });

  test("after a refusal is not taken for done", async () => {
    const bad = await record(stats, "key-4", COUNTY, "not a subject");
    expect(bad.status).toBe(422);
    expect((await record(stats, "key-4", COUNTY, "thing:d")).status).toBe(201);
  });

  test("rows of one key in two files at the same moment: one goes in, the other is told why not", async () => {
    const answers = await Promise.all([
      record(stats, "key-5", COUNTY, "thing:e"),
      record(stats, "key-6", COUNTY, "thing:e"),
    ]);
    const [done, refused] = answers.toSorted((a, b) => a.status - b.status) as [Answer, Answer];
    expect([done.status, refused.status]).toEqual([201, 422]);
    expect(refused.json.problems[0]).toMatchObject({ code: "ALREADY_RECORDED", line: 1 });
  });
});

describe("texts that a spreadsheet would run as a formula", () => {
  const formulas = [
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|'!A0",
    "@SUM(1+1)*cmd|'!A0",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://x","y")',
  ];
  beforeAll(async () => {
    const [source] = await database.query<{ id: string }>("SELECT max(id) AS id FROM ledger.sources");
    for (const [i, text] of formulas.entries()) {
      await database.query(
        `INSERT INTO ledger.figures (county, region, measure, subject, aspect, basis, period, value, stated, source, locator, recorded_by)
         VALUES (140981, $1, 2, $2, 'growth', 'ytd', '2016-01', -57.3, $3, $4, $3, 1)`,
        [COUNTY, `thing:formula${i}`, text, source?.id],
      );
    }
  });

  test("are text in an exported CSV; numbers stay numbers", async () => {
    const answer = await stats("GET", "/figures/export?format=csv&from=2016-01&to=2016-01");
    expect(answer.status).toBe(200);
    const rows = parseCsv(answer.text).slice(1);
    expect(rows.length).toBe(formulas.length);
    const cells = rows.flat();
    expect(cells.filter((cell) => /^[=+@\t\r]/.test(cell) || /^-(?!\d+(\.\d+)?$)/.test(cell))).toEqual([]);
    expect(cells.filter((cell) => cell === "-57.3").length).toBe(formulas.length);
    for (const text of formulas) expect(cells).toContain(`'${text}`);
  });

  test("are text in an exported workbook, which holds no formula at all", async () => {
    const answer = await stats("GET", "/figures/export?format=xlsx&from=2016-01&to=2016-01");
    const sheet =
      [...unzip(answer.bytes)].find(([name]) => /worksheets\/.*\.xml$/.test(name))?.[1].toString() ?? "";
    expect(sheet).toContain("<row");
    expect(sheet).not.toMatch(/<f[ >/]/);
    const text = readableText(answer.bytes);
    expect(text).toContain("cmd|");
    expect(text).not.toContain("<f>");
    expect(sheet.match(/<v>-57\.3<\/v>/g)?.length).toBe(formulas.length);
    expect([...unzip(answer.bytes).keys()].filter((name) => /vba|externalLink|\.bin$/i.test(name))).toEqual(
      [],
    );
  });
});

/** The plainest reading of RFC 4180, not the library that is used elsewhere. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const body = text.replace(/^\uFEFF/, "");
  for (let i = 0; i < body.length; i++) {
    const c = body[i] as string;
    if (quoted && c === '"' && body[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === "," || (c === "\r" && body[i + 1] === "\n"))) {
      rows.at(-1)?.push(cell);
      cell = "";
      if (c === "\r") {
        rows.push([]);
        i++;
      }
    } else cell += c;
  }
  return rows.filter((row) => row.length > 0);
}
