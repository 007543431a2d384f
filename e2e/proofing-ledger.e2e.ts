/** Journeys from a figure of a draft to the ledger: compared, said with what, and its source opened. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { wordDraft } from "../fixtures/word-draft.ts";
import { expectCleanClose, expectNoSeriousViolations, expectNoSidewaysScrolling } from "./browser.ts";
import { sourcePanel, withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();

const draft = "1—7月，全市固定资产投资完成87.5亿元，同比增长9.3%，居忻州市第13位。";
const words = {
  "zh-CN": {
    text: "材料全文",
    check: "校核",
    period: "时期",
    region: "地区",
    source: "查看来源",
    compared: "与台账比对：原平市，2016年1—7月，3 个数",
    earlier: "与台账比对：原平市，2016年1—6月，0 个数",
    township: /与台账比对：苏龙口镇，.*，\d 个数/,
    change: "改为 78.5亿元",
    again: "重新校核",
    none: "没有发现有误的数字",
  },
  "en-US": {
    text: "Text of the draft",
    check: "Check",
    period: "Period",
    region: "Region",
    source: "Show source",
    compared: "Compared with the ledger: Yuanping, Jan–Jul 2016, 3 figures",
    earlier: "Compared with the ledger: Yuanping, Jan–Jun 2016, 0 figures",
    township: /Compared with the ledger: Sulongkou.*, .*, \d figures?/,
    change: "Change to 78.5亿元",
    again: "Check again",
    none: "No wrong figure found",
  },
} as const;

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

  test("a figure that the ledger has otherwise leads to its source, and is right once it is changed", async () => {
    const page = await visit.openAs("leader", { width, language });
    await page.goto("/proofing");
    await page.getByLabel(t.period, { exact: true }).waitFor();
    await expectFits(page);
    await page.getByLabel(t.text).fill(draft);
    await page.getByRole("button", { name: t.check, exact: true }).click();
    await page.getByText(t.compared, { exact: true }).waitFor();
    expect(await page.locator(".draft-paper .mark-wrong").allTextContents()).toEqual(["87.5亿元"]);
    await page.locator(".draft-paper .mark-wrong").click();
    await expectFits(page);
    const card = page.locator(".finding.here");
    await card
      .getByText(/87\.5亿元/)
      .first()
      .waitFor();
    await card.getByRole("button", { name: t.source }).click();
    const panel = sourcePanel(page);
    await panel.getByText("78.5").first().waitFor();
    await expectFits(page);
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "hidden" });

    await page.getByLabel(t.period, { exact: true }).selectOption("2016-06");
    await page.getByText(t.earlier, { exact: true }).waitFor();
    expect(page.url()).toContain("period=2016-06");
    await page.getByLabel(t.period, { exact: true }).selectOption("2016-07");
    await page.getByText(t.compared, { exact: true }).waitFor();
    await page.locator(".draft-paper .mark-wrong").click();
    await page.getByRole("button", { name: t.change, exact: true }).click();
    // decided, and still the same draft: asking for another region does not lead away from it
    await page.getByLabel(t.region, { exact: true }).selectOption("140981101000");
    await page.getByText(t.township).waitFor();
    await page.getByLabel(t.region, { exact: true }).selectOption("140981000000");
    await page.getByText(t.compared, { exact: true }).waitFor();
    await page.getByRole("status").getByText(t.none, { exact: true }).waitFor();
    await expectCleanClose(page);
  });
});

test("a Word file is compared again when another month is asked for", async () => {
  const page = await visit.openAs("stats", { width: 1440 });
  await page.goto("/proofing?period=2016-07");
  const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  await page
    .getByLabel("选择文件")
    .setInputFiles({ name: "七月稿.docx", mimeType, buffer: wordDraft([draft]) });
  await page.getByText(words["zh-CN"].compared, { exact: true }).waitFor();
  await page.getByLabel("时期").selectOption("2016-06");
  await page.getByText(words["zh-CN"].earlier, { exact: true }).waitFor();
  expect(await page.locator(".draft-paper .mark-wrong").count()).toBe(0);
  await page.getByLabel("时期").selectOption("2016-07");
  await page.locator(".draft-paper .mark-wrong").waitFor();
  await expectCleanClose(page);
});

test("the command compares beside the running program", async () => {
  const file = join(visit.dataDir(), "draft.txt");
  await writeFile(file, draft);
  const program = resolve(import.meta.dirname, "../bin/taizhang.mjs");
  const env = { ...process.env, TAIZHANG_DATA: visit.dataDir(), DATABASE_URL: undefined };
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [program, "proof", file, ...args], { env }).catch(
      (error: { code: number; stdout: string }) => error,
    );
  const compared = await run("--ledger");
  expect(compared).toMatchObject({ code: 1 });
  expect(compared.stdout).toContain("与台账比对：原平市，2016-07，3 个数");
  expect(compared.stdout).toContain("原文 87.5亿元，应为 78.5亿元");
  const earlier = await run("--ledger", "--period", "2016-06", "--json");
  expect(JSON.parse(earlier.stdout)).toMatchObject({ claims: [], ledger: { compared: 0 } });
  expect((await run()).stdout).not.toContain("台账");
});
