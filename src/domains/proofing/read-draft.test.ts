import { describe, expect, test } from "vitest";
import { Problem } from "../../platform/problem.ts";
import { decodeText, draftKindOf } from "./read-draft.ts";

const words = "固定资产投资完成78.5亿元，同比增长9.3%。";
/** "中文" in GB18030 */
const gb = Uint8Array.of(0xd6, 0xd0, 0xce, 0xc4);

function refusal(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the kind of a draft", () => {
  test.each([
    ["讲话.txt", "text"],
    ["讲话.TXT", "text"],
    ["notes.md", "text"],
    ["第1稿.v2.docx", "word"],
  ])("%s is %s", (name, kind) => {
    expect(draftKindOf(name)).toBe(kind);
  });

  test.each([
    ["讲话.doc", /\.docx/],
    ["讲话.wps", /另存为/],
    ["讲话.pdf", /粘贴/],
    ["讲话", /\.txt/],
    ["讲话.constructor", /\.txt/],
    ["dir.docx/讲话", /\.txt/],
    ["", /\.txt/],
  ])("%s is refused with what to do instead", (name, advice) => {
    const problem = refusal(() => draftKindOf(name));
    expect(problem.code).toBe("DRAFT_TYPE_UNKNOWN");
    expect(problem.detail?.zh).toMatch(advice);
  });
});

describe("text as it is saved", () => {
  const utf16 = (marked: boolean): Buffer => Buffer.from(`${marked ? "\uFEFF" : ""}${words}`, "utf16le");
  test.each<[string, Uint8Array, string]>([
    ["UTF-8", Buffer.from(words), words],
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${words}`), words],
    ["UTF-16 with a mark", utf16(true), words],
    ["UTF-16, the other way round", utf16(true).swap16(), words],
    ["GB18030", gb, "中文"],
    ["nothing", new Uint8Array(), ""],
    ["ends of lines of Windows, as they are", Buffer.from("一\r\n二"), "一\r\n二"],
    ["the end mark of DOS", Buffer.from("一\x1a"), "一\x1a"],
  ])("%s", (_name, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["a Word file by another name", Buffer.from("PK\u0003\u0004\u0014\0"), /改为 \.docx/],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), /UTF-8/],
    ["UTF-16 without a mark", utf16(false), /UTF-8/],
    ["bytes of no encoding", Uint8Array.of(0x80, 0xff, 0xff, 0x81), /UTF-8/],
  ])("%s is refused with how to mend it", (_name, bytes, advice) => {
    const problem = refusal(() => decodeText(bytes));
    expect(problem.code).toBe("DRAFT_UNREADABLE");
    expect(problem.detail?.zh).toMatch(advice);
  });
});
