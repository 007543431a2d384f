/** Proofing over HTTP: what comes in, what is refused and how, and that nothing of a draft stays behind. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signInAs } from "../../../fixtures/ask.ts";
import type { Answer } from "../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { readableText } from "../../../fixtures/file-text.ts";
import { multipart } from "../../../fixtures/multipart.ts";
import { COUNTY, openSmallCounty, PASSWORD } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { openTestServer } from "../../../fixtures/test-server.ts";
import type { TestServer } from "../../../fixtures/test-server.ts";
import { wordDraft } from "../../../fixtures/word-draft.ts";
import type { ClaimView } from "./contract.ts";
import { claimKey } from "./core/claim-key.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
type Who = Awaited<ReturnType<typeof signInAs>>;
let leader: Who;
let village: Who;
let auditor: Who;

beforeAll(async () => {
  county = await openSmallCounty(database);
  // every line that the server logs is kept in server.errors
  server = await openTestServer(database, { county: COUNTY, env: { TAIZHANG_LOG: "debug" } });
  const signIn = (username: string): Promise<Who> => signInAs(server.app, { username, password: PASSWORD });
  leader = await signIn("leader");
  village = await signIn("village");
  auditor = await signIn("auditor");
});
afterAll(async () => {
  await server.close();
  await county.close();
});
beforeEach(() => {
  server.errors.length = 0;
});

const sentence = "共有在库项目192个。其中，上年结转61个，本年新建132个。";
const lastDigit = "1—6月完成投资3370万元，占年度任务8200万元的41.0%。";
const proof = (text: unknown, who = leader): Promise<Answer> => who("POST", "/proofing", { body: { text } });
const send = (path: string, file: ReturnType<typeof multipart>, who = leader): Promise<Answer> =>
  who("POST", path, file);

function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.json).toMatchObject({ status, code });
  expect(answer.json.titles.zh).toMatch(/\p{Script=Han}/u);
  expect(answer.json.titles.en).toMatch(/[a-z]{3}/);
}

function expectFound({ json, status, text }: Answer): void {
  expect(status, text).toBe(200);
  expect(json.counts.wrong).toBe(1);
  const found = json.claims.find((claim: ClaimView) => claim.verdict === "inconsistent");
  expect(found).toMatchObject({ relation: "sum", severity: "wrong", stated: "192个", computed: "193个" });
  expect(json.text.slice(...found.spans[0])).toBe("192个");
}

describe("a text", () => {
  test("is answered with its claims", async () => {
    const answer = await proof(sentence);
    expectFound(answer);
    expect(answer.json.text).toBe(sentence);
  });

  test("of any length up to the limit is answered, a long one by the thread", async () => {
    const filler = "会议研究了有关工作，要求抓好落实。\n".repeat(4000);
    const answer = await proof(`${filler}${sentence}`);
    expectFound(answer);
    expect(answer.json.claims[0].spans[0][0]).toBeGreaterThan(filler.length);
  });

  test("beyond the limit is refused with how long it may be", async () => {
    const answer = await proof("字".repeat(200_001));
    expectProblem(answer, 413, "DRAFT_TOO_LONG");
    expect(answer.json.details.zh).toContain("200,000");
    expect(answer.json.details.en).toContain("200,001");
    expect((await proof("字".repeat(200_000))).status).toBe(200);
  });

  test.each(["", " \n\u3000"])("without words is refused", async (text) => {
    expectProblem(await proof(text), 422, "DRAFT_EMPTY");
  });

  test.each([[undefined], [3], [["a"]], [{ a: 1 }]])("that is none is refused by name", async (text) => {
    const answer = await proof(text);
    expectProblem(answer, 400, "INVALID_REQUEST");
    expect(answer.json.problems[0].field).toBe("body.text");
  });

  test.each([
    "<script>alert(1)</script>192个",
    "__proto__",
    "9".repeat(5000),
    "，".repeat(5000),
    "％‰℃①⑨〇零两俩\u200b\ufeff1",
  ])("with odd content is answered: %s", async (text) => {
    const answer = await proof(text);
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(answer.json.text).toBe(text);
  });
});

describe("a file", () => {
  const gb18030 = Buffer.from("ubLT0NTav+LP7sS/MTkyuPahow==", "base64");
  test.each<[string, string, Buffer]>([
    ["UTF-8", "稿.txt", Buffer.from(sentence)],
    ["UTF-8 with a mark", "稿.txt", Buffer.from(`\uFEFF${sentence}`)],
    ["UTF-16 with a mark", "稿.md", Buffer.from(`\uFEFF${sentence}`, "utf16le")],
    ["Word", "稿.docx", wordDraft(["标题", sentence])],
  ])("in %s is read", async (_kind, name, content) => {
    const answer = await send("/proofing/file", multipart(name, content));
    expectFound(answer);
    expect(answer.json.name).toBe(name);
    expect(answer.json.text).not.toContain("\uFEFF");
  });

  test("in GB18030 is read", async () => {
    const answer = await send("/proofing/file", multipart("稿.txt", gb18030));
    expect(answer.json.text).toBe("共有在库项目192个。");
  });

  test("whose name leads out of a folder keeps only its name", async () => {
    const answer = await send("/proofing/file", multipart("../../etc/稿.txt", sentence));
    expect(answer.json.name).toBe("稿.txt");
  });

  test.each<[string, string, string | Buffer, number, string, RegExp]>([
    ["an old Word file", "稿.doc", "x", 415, "DRAFT_TYPE_UNKNOWN", /另存为 \.docx/],
    ["a PDF", "稿.pdf", "%PDF-1.7", 415, "DRAFT_TYPE_UNKNOWN", /粘贴/],
    ["a program", "稿.exe", "MZ", 415, "DRAFT_TYPE_UNKNOWN", /\.txt/],
    ["no extension", "稿", sentence, 415, "DRAFT_TYPE_UNKNOWN", /\.txt/],
    [
      "a picture called text",
      "稿.txt",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]),
      422,
      "DRAFT_UNREADABLE",
      /UTF-8/,
    ],
    ["Word called text", "稿.txt", wordDraft([sentence]), 422, "DRAFT_UNREADABLE", /\.docx/],
    ["text called Word", "稿.docx", sentence, 422, "DRAFT_UNREADABLE", /./],
    ["a Word file cut off", "稿.docx", wordDraft([sentence]).subarray(0, 300), 422, "DRAFT_UNREADABLE", /./],
    ["a Word file without words", "稿.docx", wordDraft([""]), 422, "DRAFT_EMPTY", /扫描件/],
    ["an empty file", "稿.txt", "", 422, "DRAFT_EMPTY", /./],
    ["too many words", "稿.txt", "字".repeat(200_001), 413, "DRAFT_TOO_LONG", /200,000/],
    [
      "too many words in Word",
      "稿.docx",
      wordDraft(["字".repeat(200_001)]),
      413,
      "DRAFT_TOO_LONG",
      /200,000/,
    ],
  ])(
    "that is no good is refused with how to mend it: %s",
    async (_kind, name, content, status, code, advice) => {
      const answer = await send("/proofing/file", multipart(name, content));
      expectProblem(answer, status, code);
      expect(answer.json.details.zh).toMatch(advice);
      expect(answer.json.details.en).toMatch(/[a-z]{3}/);
    },
  );

  test("of more than 20 MB is refused, whatever is in it", async () => {
    const answer = await send(
      "/proofing/file",
      multipart("稿.txt", Buffer.alloc(20 * 1024 * 1024 + 1, 0x20)),
    );
    expectProblem(answer, 413, "TOO_LARGE");
    expect(answer.json.details.zh).toContain("20 MB");
  });

  test("that is missing is asked for", async () => {
    expectProblem(await leader("POST", "/proofing/file", { body: {} }), 400, "INVALID_REQUEST");
    const empty = multipart("稿.txt", "").headers;
    const nothing = { body: Buffer.from("------boundary-of-the-test--\r\n"), headers: empty };
    expectProblem(await send("/proofing/file", nothing), 422, "DRAFT_UNREADABLE");
  });
});

describe("the marked copy", () => {
  const file = wordDraft(["项目情况", sentence, lastDigit]);
  const mark = (fields: Record<string, string> = {}, after = false): Promise<Answer> =>
    send("/proofing/document", multipart("七月 稿.docx", file, fields, after));

  test("is the Word file with a comment at the finding", async () => {
    const answer = await mark();
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(answer.headers["content-type"]).toMatch(/wordprocessingml/);
    expect(decodeURIComponent(String(answer.headers["content-disposition"]))).toContain(
      "七月 稿（校核）.docx",
    );
    const text = readableText(answer.bytes);
    expect(text).toContain(sentence);
    expect(text).toContain("【材料校核·有误】");
    expect(text).not.toContain("末位之差");
  });

  test("has last digits too when all are asked for, with the fields before or behind the file", async () => {
    for (const after of [false, true])
      expect(readableText((await mark({ all: "yes" }, after)).bytes)).toContain("【材料校核·末位之差】");
    expect(readableText((await mark({ all: "no" })).bytes)).not.toContain("末位之差");
  });

  test("leaves out what is ignored, and is then the same document without comments", async () => {
    const { json } = await send("/proofing/file", multipart("稿.docx", file));
    const keys = json.claims.map((claim: ClaimView) => claimKey(claim));
    const answer = await mark({ ignored: JSON.stringify(keys) });
    expect(answer.status).toBe(200);
    expect(readableText(answer.bytes)).toContain(sentence);
    expect(readableText(answer.bytes)).not.toContain("材料校核");
  });

  test.each(["{}", "[1]", "nonsense", '{"__proto__":[]}', "[", '["x"'])(
    "is refused when the list of ignored is %s",
    async (ignored) => {
      const answer = await mark({ ignored });
      expectProblem(answer, 400, "INVALID_REQUEST");
      expect(answer.json.problems[0].field).toBe("ignored");
    },
  );

  test("is made of Word only", async () => {
    const answer = await send("/proofing/document", multipart("稿.txt", sentence));
    expectProblem(answer, 415, "DRAFT_TYPE_UNKNOWN");
    expect(answer.json.details.zh).toContain(".docx");
  });
});

describe("who may", () => {
  test("leaders may; a village and the auditor may not, on any of the routes", async () => {
    const word = multipart("稿.docx", wordDraft([sentence]));
    for (const who of [village, auditor]) {
      expectProblem(await proof(sentence, who), 403, "FORBIDDEN");
      expectProblem(await send("/proofing/file", word, who), 403, "FORBIDDEN");
      expectProblem(await send("/proofing/document", word, who), 403, "FORBIDDEN");
    }
    expect((await proof(sentence)).status).toBe(200);
    expect((await send("/proofing/file", word)).status).toBe(200);
    expect((await send("/proofing/document", word)).status).toBe(200);
  });

  test("a token that only reads may: proofing changes nothing", async () => {
    const made = await leader("POST", "/tokens", { body: { name: "x", access: "read", days: 1 } });
    const answer = await server.app.inject({
      method: "POST",
      url: "/api/v1/proofing",
      headers: { authorization: `Bearer ${made.json.token}` },
      payload: { text: sentence },
    });
    expect(answer.statusCode).toBe(200);
  });
});

describe("nothing of a draft stays behind", () => {
  const secret = "绝密甲乙丙";

  test("neither in the log, whatever becomes of it, nor in the trail", async () => {
    const [before] = await database.query("SELECT count(*) FROM audit.entries");
    const text = `${secret}${sentence}`;
    await proof(text);
    await proof(`${text}${"长".repeat(20_000)}`);
    await proof(secret.repeat(100_000));
    await proof(text, village);
    const malformed = { body: `{"text":"${secret}`, headers: { "content-type": "application/json" } };
    expect((await leader("POST", "/proofing", malformed)).status).toBe(400);
    for (const name of [`${secret}.txt`, `${secret}.doc`, `${secret}.docx`]) {
      await send("/proofing/file", multipart(name, text));
      await send("/proofing/document", multipart(name, text, { ignored: secret }));
    }
    await send("/proofing/document", multipart(`${secret}.docx`, wordDraft([text]), { ignored: "[]" }));
    const logged = server.errors.join("\n");
    expect(logged).toContain("DRAFT_UNREADABLE"); // the log was open
    expect(logged).not.toContain(secret);
    expect(decodeURIComponent(logged.replaceAll(/%(?![0-9A-F]{2})/g, ""))).not.toContain(secret);
    expect(await database.query("SELECT count(*) FROM audit.entries")).toEqual([before]);
  });
});
