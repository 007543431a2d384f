/** The command as a person or a script calls it: what it prints, what it writes, its exit status. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readableText } from "../../../fixtures/file-text.ts";
import { wordDraft } from "../../../fixtures/word-draft.ts";

const program = resolve(import.meta.dirname, "../../../bin/taizhang.mjs");
const wrong = "共有在库项目192个。其中，上年结转61个，本年新建132个。";
const right = wrong.replace("192", "193");
const lastDigit = "1—6月完成投资3370万元，占年度任务8200万元的41.0%。";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "taizhang-proof-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Done = { status: number | null; out: string; err: string };
/** With settings that no other command would start with: this one has no need of them, nor of a database. */
function run(args: readonly string[], input = ""): Promise<Done> {
  const child = spawn(process.execPath, [program, "proof", ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATABASE_URL: "nonsense", PORT: "nonsense" },
  });
  const done = { status: null, out: "", err: "" } as Done;
  child.stdout.setEncoding("utf8").on("data", (text: string) => (done.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (done.err += text));
  child.stdin.on("error", () => {}); // a refusal does not read it
  child.stdin.end(input);
  return new Promise((settle) => {
    child.on("close", (status) => settle({ ...done, status }));
  });
}

async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return name;
}

describe("taizhang proof FILE", () => {
  test("tells place, figure, sum and correction; the status says that something is wrong", async () => {
    const { status, out, err } = await run([await file("wrong.txt", `开头\n${wrong}\n`)]);
    expect([status, err]).toEqual([1, ""]);
    expect(out).toMatch(/^wrong\.txt:2:7 {2}有误 · 合计\n/);
    expect(out).toContain("共有在库项目【192个】。");
    expect(out).toContain("原文 192个，应为 193个");
    expect(out.trimEnd().split("\n").at(-1)).toContain("有误 1");
  });

  test("speaks English with --lang en, and finds nothing in a right text", async () => {
    const { status, out } = await run([await file("right.md", right), "--lang", "en"]);
    expect([status, out.split("\n").length]).toEqual([0, 2]);
    expect(out).toContain("0 wrong");
  });

  test("reads standard input", async () => {
    expect(await run(["-"], wrong)).toMatchObject({ status: 1, out: expect.stringContaining("-:1:7") });
  });

  test.each([
    ["with a mark", Buffer.from(`\uFEFF${wrong}`)],
    ["in UTF-16", Buffer.from(`\uFEFF${wrong}`, "utf16le")],
    ["in Word", wordDraft([wrong])],
  ])("reads a file %s", async (kind, content) => {
    const name = await file(kind === "in Word" ? "draft.docx" : "draft.txt", content);
    const { status, out } = await run([name, "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(out).claims[0].spans[0]).toEqual([6, 10]);
  });

  test("prints one object with --json: right, unclear and wrong, and with --all the last digits", async () => {
    const name = await file("both.txt", `${wrong}\n${right}\n${lastDigit}`);
    const few = JSON.parse((await run([name, "--json"])).out);
    expect(Object.keys(few)).toEqual(["claims"]);
    const kinds = (claims: { verdict: string; severity: string }[]) =>
      new Set(claims.map((claim) => `${claim.verdict} ${claim.severity}`));
    expect(kinds(few.claims)).toContain("inconsistent wrong");
    expect(kinds(few.claims)).toContain("consistent look");
    expect(kinds(few.claims)).not.toContain("inconsistent last-digit");
    const found = few.claims.find((claim: { verdict: string }) => claim.verdict === "inconsistent");
    expect(found).toMatchObject({
      relation: "sum",
      severity: "wrong",
      spans: [
        [6, 10],
        [18, 21],
        [26, 30],
      ],
      stated: "192个",
      computed: "193个",
      message: { zh: expect.stringMatching(/193/), en: expect.stringMatching(/193/) },
    });
    const all = JSON.parse((await run([name, "--json", "--all"])).out);
    expect(kinds(all.claims)).toContain("inconsistent last-digit");
  });

  test("a last digit is nothing wrong", async () => {
    const name = await file("digit.txt", lastDigit);
    expect((await run([name])).status).toBe(0);
    expect(await run([name, "--all"])).toMatchObject({ status: 0, out: expect.stringContaining("末位之差") });
  });

  test("writes a marked copy of a Word file", async () => {
    const name = await file("草稿.docx", wordDraft(["标题", wrong]));
    expect((await run([name, "--marked", "批注.docx"])).status).toBe(1);
    expect(readableText(await readFile(join(folder, "批注.docx")))).toContain("【材料校核·有误】");
  });
});

describe("--ledger", () => {
  test("opens no database unless it is asked for, and says when there is none", async () => {
    const name = await file("wrong.txt", wrong);
    const { status, out, err } = await run([name, "--ledger", "--lang", "en"]);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toContain("There is no ledger to compare with");
    expect(err).toContain("DATABASE_URL");
  });

  test.each([
    ["--region", "140981000000"],
    ["--period", "2016-07"],
    ["--ledger", "--period", "2016-7"],
    ["--ledger", "--region", "140981"],
    ["--ledger", "--batch", "x.jsonl"],
  ])("is called wrongly with %s %s", async (...args) => {
    const name = args.includes("--batch") ? [] : [await file("right.txt", right)];
    expect(await run([...name, ...args])).toMatchObject({ status: 2, err: expect.stringContaining("usage") });
  });
});

describe("what cannot be read", () => {
  test.each<[string, string, Buffer, RegExp]>([
    ["a picture", "a.txt", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0]), /UTF-8/],
    ["an old Word file", "a.doc", Buffer.from("x"), /另存为 \.docx/],
    ["text called Word", "a.docx", Buffer.from("x"), /\.docx/],
    ["a damaged Word file", "b.docx", wordDraft([wrong]).subarray(0, 300), /./],
  ])("%s: the status is 2, and the message says how to mend it", async (_kind, name, content, advice) => {
    const { status, out, err } = await run([await file(name, content)]);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toMatch(advice);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  test("a file that is not there, or a folder", async () => {
    expect(await run(["nothing.txt"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("没有这个文件"),
    });
    expect(await run(["nothing.txt", "--lang", "en"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("there is no such file"),
    });
    expect((await run(["."])).status).toBe(2);
  });
});

describe("called wrongly", () => {
  test.each([
    [[]],
    [["a.txt", "b.txt"]],
    [["a.txt", "--nonsense"]],
    [["a.txt", "--lang", "fr"]],
    [["a.txt", "--marked", "b.docx"]],
    [["a.docx", "--marked", "a.docx"]],
    [["a.docx", "--marked", "b.txt"]],
    [["--batch", "a.jsonl", "b.txt"]],
    [["--batch", "a.jsonl", "--json"]],
  ])("%j: the status is 2, with the usage", async (args) => {
    const { status, err } = await run(args);
    expect(status).toBe(2);
    expect(err).toContain("usage: taizhang proof");
  });
});

describe("--batch", () => {
  test("answers line for line, in order", async () => {
    const rows = [
      { id: "一", text: wrong },
      { id: 2, text: right },
      { id: "三", text: "" },
    ];
    const name = await file("batch.jsonl", `\uFEFF${rows.map((row) => JSON.stringify(row)).join("\n\n")}\n`);
    const { status, out } = await run(["--batch", name]);
    expect(status).toBe(1);
    const answers = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers.map((answer) => answer.id)).toEqual(["一", 2, "三"]);
    expect(answers[0].claims[0].verdict).toBe("inconsistent");
    expect(answers[1].claims.every((claim: { verdict: string }) => claim.verdict !== "inconsistent")).toBe(
      true,
    );
    expect(answers[2].claims).toEqual([]);
  });

  test("a line that is none stops it, with its number; what came before is answered", async () => {
    for (const bad of ["{", "[]", '{"id":1}', '{"text":"x"}', '{"id":{},"text":"x"}', "null"]) {
      const { status, out, err } = await run(["--batch", "-"], `{"id":1,"text":"x"}\n${bad}\n`);
      expect([status, out], bad).toEqual([2, '{"id":1,"claims":[]}\n']);
      expect(err).toContain("-:2:");
    }
  });

  test("a file that is not there", async () => {
    expect((await run(["--batch", "nothing.jsonl"])).status).toBe(2);
  });
});
