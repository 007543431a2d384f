/** Journeys through proofing: paste, see, accept, check again; drop a Word file and take the marked copy along. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { readableText } from "../fixtures/file-text.ts";
import { wordDraft } from "../fixtures/word-draft.ts";
import {
  expectCleanClose,
  expectFaults,
  expectNoSeriousViolations,
  expectNoSidewaysScrolling,
} from "./browser.ts";
import { withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();

const sentence = "共有在库投资项目192个。其中，2015年度结转61个，2016年新建132个。";
const words = {
  "zh-CN": {
    text: "材料全文",
    check: "校核",
    again: "重新校核",
    wrong: "1 处有误",
    settled: "1 处有误，都已处理",
    none: "没有发现有误的数字",
    change: "改为 193个",
    ignore: "忽略",
    undo: "撤销",
    copy: "复制改后全文",
    edit: "编辑",
    consistent: /相符/,
    example: "放一段例子",
    choose: "选择文件",
    download: "下载批注版 Word",
    other: "换一份材料",
    leave: "离开",
  },
  "en-US": {
    text: "Text of the draft",
    check: "Check",
    again: "Check again",
    wrong: "1 wrong",
    settled: "1 wrong, all dealt with",
    none: "No wrong figure found",
    change: "Change to 193个",
    ignore: "Ignore",
    undo: "Undo",
    copy: "Copy corrected text",
    edit: "Edit",
    consistent: /consistent/,
    example: "Try an example",
    choose: "Choose a file",
    download: "Download marked Word",
    other: "Another draft",
    leave: "Leave",
  },
} as const;

type Words = (typeof words)[keyof typeof words];
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const outcome = (page: Page, text: string) => page.getByRole("status").getByText(text, { exact: true });

async function paste(page: Page, t: Words, text: string): Promise<void> {
  await page.goto("/proofing");
  await page.getByLabel(t.text).fill(text);
  await button(page, t.check).click();
}

async function expectFits(page: Page): Promise<void> {
  await expectNoSeriousViolations(page);
  await expectNoSidewaysScrolling(page);
}

describe.each([
  [1440, "zh-CN"],
  [375, "zh-CN"],
  [1440, "en-US"],
  [375, "en-US"],
] as const)("at %i, %s", (width, language) => {
  const t = words[language];

  test("a wrong total is marked, corrected, and the text is clean when checked again", async () => {
    const page = await visit.openAs("leader", { width, language });
    await page.goto("/proofing");
    await page.getByLabel(t.text).waitFor();
    await expectFits(page);
    await paste(page, t, sentence);
    await outcome(page, t.wrong).waitFor();
    const mark = page.locator(".draft-paper .mark");
    expect(await mark.textContent()).toBe("192个");
    await expectFits(page);

    await mark.click();
    expect(await page.locator(".draft-paper .operand").allTextContents()).toEqual(["61个", "132个"]);
    const card = page.locator(".finding.here");
    await card.getByText("193个").first().waitFor();
    await button(page, t.change).click();
    await outcome(page, t.settled).waitFor();
    expect(await page.locator(".draft-paper ins").textContent()).toContain("193");
    await expectFits(page);
    await button(page, t.undo).click();
    await outcome(page, t.wrong).waitFor();
    await button(page, t.change).click();
    await button(page, t.again).click();
    await outcome(page, t.none).waitFor();
    const corrected = sentence.replace("192", "193");
    expect((await page.locator(".draft-paper").textContent())?.trim()).toBe(corrected);
    await page.getByRole("checkbox", { name: t.consistent }).check();
    expect(await page.locator(".mark-consistent").count()).toBeGreaterThan(0);
    await expectFits(page);

    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await button(page, t.copy).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(corrected);
    await expectCleanClose(page);
  });

  test("a Word file is read, and its marked copy leaves out what is ignored", async () => {
    const page = await visit.openAs("township", { width, language });
    await page.goto("/proofing");
    const second = "生产水泥120万吨，同比增加20万吨，增长16.7%。";
    const buffer = wordDraft(["项目情况", sentence, second]);
    const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    await page.getByLabel(t.choose).setInputFiles({ name: "七月稿.docx", mimeType, buffer });
    await page.locator(".mark-wrong").nth(1).waitFor();
    await page.locator(".mark-wrong").nth(1).click();
    await page.locator(".finding.here").getByRole("button", { name: t.ignore }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, t.download).click()]);
    expect(download.suggestedFilename()).toMatch(/^七月稿.*\.docx$/);
    const text = readableText(await readFile(await download.path()));
    expect(text).toContain(sentence);
    expect(text).toContain("【材料校核·有误】");
    expect(text).toContain("193个");
    expect(text).not.toContain("20.0%");
    await expectCleanClose(page);
  });
});

describe("at the keyboard and by hand", () => {
  const t = words["zh-CN"];

  test("the keys go from finding to finding, decide, and leave", async () => {
    const page = await visit.openAs("dispatcher", { width: 1440 });
    await page.goto("/proofing");
    await button(page, t.example).click();
    await button(page, t.check).click();
    await outcome(page, "2 处有误").waitFor();
    const here = () => page.locator(".finding.here .finding-number").textContent();
    const focused = () => page.evaluate(() => document.activeElement?.id ?? "");
    expect(await here()).toBe("1");
    await page.keyboard.press("j");
    await expect.poll(here).toBe("2");
    await expect.poll(focused).toMatch(/^finding-/);
    await page.keyboard.press("ArrowUp");
    await expect.poll(here).toBe("1");
    await page.keyboard.press("a");
    await outcome(page, "2 处有误，还有 1 处没有处理").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("i");
    await outcome(page, "2 处有误，都已处理").waitFor();
    await page.keyboard.press("u");
    await outcome(page, "2 处有误，还有 1 处没有处理").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(focused).toMatch(/^mark-/);
    expect(await page.locator(".finding.here").count()).toBe(0);
    await page.keyboard.press("Enter");
    await expect.poll(here).toBe("2");
    await expectCleanClose(page);
  });

  test("what is ignored stays so after an edit, and work is not lost without a question", async () => {
    const page = await visit.openAs("leader", { width: 1440 });
    await paste(page, t, `${sentence}\n生产水泥120万吨，同比增加20万吨，增长16.7%。`);
    await outcome(page, "2 处有误").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("i");
    await button(page, t.edit).click();
    const area = page.getByRole("textbox", { name: /改好后/ });
    await area.fill(`开头加一段。\n${await area.inputValue()}`);
    await button(page, t.again).click();
    await outcome(page, "2 处有误，还有 1 处没有处理").waitFor();
    await page.getByText("已忽略").waitFor();

    await page.getByRole("navigation").getByRole("link", { name: "概览" }).click();
    const question = page.getByRole("dialog", { name: "离开校核" });
    await question.getByRole("button", { name: "取消" }).click();
    expect(page.url()).toMatch(/\/proofing$/);
    await button(page, t.other).click();
    await question.getByRole("button", { name: t.leave, exact: true }).click();
    await page.getByLabel(t.text).waitFor();
    expect(await page.getByLabel(t.text).inputValue()).toBe("");
    await page.getByRole("navigation").getByRole("link", { name: "概览" }).click();
    await page.getByRole("heading", { level: 1, name: "原平市主要指标" }).waitFor();
    await expectCleanClose(page);
  });

  test("what cannot be proofed is refused with how to mend it", async () => {
    const page = await visit.openAs("stats", { width: 1280 });
    await page.goto("/proofing");
    await button(page, t.check).click();
    await page.getByRole("alert").getByText("先粘贴材料文字").waitFor();
    const chooser = page.getByLabel(t.choose);
    const buffer = Buffer.from("x");
    await chooser.setInputFiles({ name: "稿.doc", mimeType: "application/msword", buffer });
    await page.getByRole("alert").getByText("另存为 .docx").waitFor();
    await chooser.setInputFiles({ name: "稿.docx", mimeType: "application/zip", buffer });
    await page.getByRole("alert").getByText("文件无法读取").waitFor();
    await page.getByLabel(t.text).fill("字".repeat(200_001));
    await button(page, t.check).click();
    await page.getByText("现有 200,001 字").waitFor();
    await expectNoSeriousViolations(page);
    await expectFaults(page, /status of 4\d\d/);
    await expectCleanClose(page);
  });

  test("a long draft with hundreds of figures is drawn at once", async () => {
    const page = await visit.openAs("leader", { width: 1440 });
    const paragraph = `第一组：${sentence}会议要求抓好落实，确保完成全年任务。`;
    const text = Array.from({ length: 600 }, () => paragraph + "逐项推进，按月调度。".repeat(20)).join("\n");
    expect(text.length).toBeGreaterThan(140_000);
    await page.goto("/proofing");
    await page.getByLabel(t.text).fill(text);
    await button(page, t.check).click();
    await page.locator(".mark-wrong").first().waitFor();
    expect(await page.locator(".mark-wrong").count()).toBeGreaterThanOrEqual(600);
    const started = Date.now();
    await page.keyboard.press("j");
    await expect.poll(() => page.locator(".finding.here .finding-number").textContent()).toBe("2");
    expect(Date.now() - started).toBeLessThan(2000);
    await expectCleanClose(page);
  });

  test("posts without the right do not see the page", async () => {
    const page = await visit.openAs("village", { width: 375 });
    expect(await page.getByRole("navigation").getByText("校核").count()).toBe(0);
    await page.goto("/proofing");
    await page.getByText("本岗位不看这一页").waitFor();
    await page.context().close();
  });
});
