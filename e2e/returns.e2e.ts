/**
 * A return's whole way in a browser: the template goes out and comes back with three mistakes, the marked copy is mended and
 * brought again, submitted, sent back for one cell, submitted again, accepted; then the figure stands on the indicator's page,
 * one click from its cell, and the briefing says so. At last it is amended, and two people write at one return.
 */
import { readXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  expectCleanClose,
  expectFaults,
  expectNoSeriousViolations,
  expectNoSidewaysScrolling,
  screenshot,
} from "./browser.ts";
import { bring, download, fillIn, lastOf } from "./fill-workbook.ts";
import type { Values } from "./fill-workbook.ts";
import { FORM, confirm, openReturn, submit } from "./return-steps.ts";
import { withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();
const REGION = "140981101000";
const INDICATOR = `/indicators/fixed_asset_investment?region=${REGION}&period=2016-08`;
const BRIEFING = `/briefing?region=${REGION}&period=2016-08`;

const textOf = async (page: Page, path: string): Promise<string> => {
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  return (await page.locator("main").textContent()) ?? "";
};

let july: { iva: number; fai: number; retail: number; budget: number };
const right = (): Values => ({
  iva_ytd: july.iva + 1500,
  iva_growth: 3.5,
  fai_month: 4000,
  fai_ytd: july.fai + 4000,
  fai_growth: 2.1,
  retail_month: 1000,
  retail_ytd: july.retail + 1000,
  budget_month: 150,
  budget_ytd: july.budget + 150,
});

test("what came before August stands on the board with who was late, and beside the numbers of August, and is marked", async () => {
  const page = await visit.openAs("stats", { width: 1440 });
  await page.goto("/returns/board?form=township-economy");
  const table = page.getByRole("table", { name: "未报情况" });
  const cells = table.getByRole("link", { name: /演示数据$/ });
  await expect.poll(() => cells.count()).toBe(3 * 22);
  expect(await table.getByRole("link", { name: /迟 \d 个工作日/ }).count()).toBeGreaterThanOrEqual(3);
  expect(await cells.first().evaluate((one) => getComputedStyle(one).borderBottomStyle)).toBe("dotted");
  const scores = await table.locator("tbody tr td:last-child").allTextContents();
  expect(new Set(scores).size).toBeGreaterThan(2);
  expect(scores.every((score) => Number(score) >= 0 && Number(score) <= 100)).toBe(true);
  await page.getByText("带虚线的期次为演示数据").waitFor();
  await expectNoSeriousViolations(page);
  await screenshot(page, "returns-board-1440");
  await page.getByRole("link", { name: /苏龙口镇.*2016年7月/ }).click();
  await page.getByText("这份报送由演示数据包编写").waitFor();
  await expectNoSeriousViolations(page);
  await expectCleanClose(page);

  const township = await visit.openAs("township", { width: 375 });
  await township.goto("/returns");
  const recent = township.getByRole("region", { name: "最近", exact: true });
  await recent.getByText("演示数据").first().waitFor();
  await expectNoSidewaysScrolling(township);
  await openReturn(township);
  await township.getByText("灰色的上期、上年同期数含演示数据").waitFor();
  await expectNoSidewaysScrolling(township);
  await expectCleanClose(township);
});

test("a workbook with three mistakes comes back marked, is mended and submitted", async () => {
  const page = await visit.openAs("township", { width: 1440 });
  await openReturn(page);
  const template = await download(page, "下载预填表");
  july = {
    iva: await lastOf(template, "iva_ytd"),
    fai: await lastOf(template, "fai_ytd"),
    retail: await lastOf(template, "retail_ytd"),
    budget: await lastOf(template, "budget_ytd"),
  };
  await bring(
    page,
    await fillIn(template, { ...right(), iva_ytd: "约一万二", fai_month: "4000吨", budget_ytd: -5 }),
  );
  await page.getByText("3 处要改，整份没有填入").waitFor();
  await screenshot(page, "returns-problems-1440");
  await expectNoSeriousViolations(page);
  const marked = await download(page, "下载批注版");
  const comments = [...((await readXlsx(marked)).sheets[0]?.cells?.values() ?? [])].filter(
    (cell) => cell.comment !== undefined,
  );
  expect(comments.length).toBe(3);
  await bring(page, await fillIn(marked, right()));
  await page
    .getByText(/^已填入/)
    .first()
    .waitFor();
  await expect.poll(() => page.getByLabel("固定资产投资（累计），万元").inputValue()).toContain(",");
  await submit(page);
  await screenshot(page, "returns-submitted-1440");
  await expectCleanClose(page);
});

test("the department sends one cell back, with its reason", async () => {
  const page = await visit.openAs("stats", { width: 1440 });
  await page.goto("/returns/review");
  await page.getByRole("link", { name: /苏龙口镇/ }).click();
  await page.getByRole("button", { name: /^固定资产投资（累计）/ }).click();
  await page.getByLabel("这一格的原因").fill("漏了新入库的项目，请核实");
  await confirm(page, "退回修改");
  await page.getByRole("button", { name: "退回", exact: true }).click();
  await confirm(page, "退回");
  await expect.poll(() => page.locator(".return-facts").textContent()).toContain("已退回");
  await expectCleanClose(page);
});

test("on a phone the township sees why, mends the cell by hand and submits again", async () => {
  const page = await visit.openAs("township", { width: 375 });
  await page.goto("/returns");
  await page.getByRole("heading", { name: "退回待改" }).waitFor();
  await page.getByRole("link", { name: FORM }).first().click();
  await page.getByText("退回：漏了新入库的项目，请核实").waitFor();
  await expectNoSeriousViolations(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  const cell = (name: string) => page.getByLabel(`固定资产投资（${name}），万元`);
  await cell("累计").fill(String(july.fai + 4500));
  await cell("累计").press("Enter");
  // The rule is run in the browser: it is told before anything is saved.
  await page.getByText(/固定资产投资累计.*应等于上期累计/).waitFor();
  await cell("本月").fill("4,500");
  await cell("本月").press("Enter");
  await page.getByText(/固定资产投资累计.*应等于上期累计/).waitFor({ state: "detached" });
  await page.getByText("已保存").waitFor();
  const changes = page.getByRole("region", { name: "改动" });
  const show = (n: number) => n.toLocaleString("en-US");
  await changes
    .getByRole("row", { name: new RegExp(`累计.*${show(july.fai + 4000)}.*${show(july.fai + 4500)}`) })
    .waitFor();
  expect(await changes.getByRole("row").count()).toBe(1 + 2); // head, and the two cells that were mended
  await screenshot(page, "returns-mended-375");
  await submit(page);
  await expectCleanClose(page);
});

test("accepted, the figure is one click away, and the briefing has changed", async () => {
  const page = await visit.openAs("stats", { width: 1440 });
  const before = await textOf(page, BRIEFING);
  await expectFaults(page, /status of 404/); // no briefing yet
  await page.goto("/returns/review");
  await page.getByText("2 格").waitFor();
  await page.getByRole("checkbox", { name: /苏龙口镇/ }).check();
  await expectNoSeriousViolations(page);
  await page.getByRole("button", { name: "通过 1 份" }).click();
  await confirm(page, "通过 1 份");
  await page.getByText("已通过 1 份").waitFor();
  await page.goto("/returns/board?form=township-economy");
  await page.getByRole("link", { name: /苏龙口镇.*8月.*已通过/ }).click();
  const posted = page.getByRole("region", { name: "入账" });
  await posted.getByRole("link", { name: "固定资产投资" }).first().waitFor();
  await screenshot(page, "returns-accepted-1440");
  await expectNoSeriousViolations(page);
  await posted
    .getByRole("row", { name: new RegExp((july.fai + 4500).toLocaleString("en-US")) })
    .getByRole("link", { name: /^f\d+$/ })
    .click();
  await page.getByText("报表", { exact: true }).first().waitFor();
  const yi = String((july.fai + 4500) / 10_000);
  expect(await textOf(page, INDICATOR)).toContain(yi);
  const after = await textOf(page, BRIEFING);
  expect(before).toContain("这一期还写不成材料");
  expect(after).toContain(`固定资产投资。1—8月完成${Number(yi).toFixed(1)}亿元`);
  await expectCleanClose(page);
});

test("an amendment keeps both values, why, and what it moved; until it is accepted it can be recalled and dropped", async () => {
  const page = await visit.openAs("township", { width: 1440 });
  const cell = (name: string) => page.getByLabel(`固定资产投资（${name}），万元`);
  const take = async (verb: string) => {
    await page.getByRole("button", { name: verb, exact: true }).click();
    await confirm(page, verb);
  };
  const amend = async (reason: string) => {
    await page.getByRole("button", { name: "修订", exact: true }).click();
    await page.getByLabel("修订原因").fill(reason);
    await confirm(page, "修订");
    await page.locator(".return-facts").getByText("修订中").waitFor();
  };
  await openReturn(page);
  await amend("试一试");
  await take("放弃修订");
  await page.locator(".return-facts").getByText("已通过").waitFor();
  await amend("漏报一个项目");
  for (const [name, value] of [
    ["本月", "5000"],
    ["累计", String(july.fai + 5000)],
  ] as const) {
    await cell(name).fill(value);
    await cell(name).press("Enter");
  }
  await page.getByText("已保存").waitFor();
  await page
    .getByRole("region", { name: "改动" })
    .getByRole("row", { name: /固定资产投资（本月）.*4,500.*5,000/ })
    .waitFor();
  await screenshot(page, "returns-amending-1440");
  await submit(page);
  await take("撤回");
  await page.locator(".return-facts").getByText("修订中").waitFor();
  await submit(page);
  await page.goto("/returns");
  await page.getByText("提醒邮箱").click();
  await page.getByLabel("苏龙口镇人民政府").fill("sulongkou@a.example");
  await page.getByRole("button", { name: "保存", exact: true }).click();
  await page.getByText("已保存").waitFor();
  await expectCleanClose(page);

  const stats = await visit.openAs("stats", { width: 1440 });
  await stats.goto("/returns/review");
  await stats.getByRole("link", { name: "苏龙口镇人民政府" }).click();
  await stats.getByRole("button", { name: "审核通过", exact: true }).click();
  await confirm(stats, "审核通过");
  const moved = stats.getByRole("region", { name: "入账" }).getByRole("row", {
    name: new RegExp(
      `${(july.fai + 4500).toLocaleString("en-US")}.*${(july.fai + 5000).toLocaleString("en-US")}`,
    ),
  });
  await moved.waitFor();
  await stats.getByText("漏报一个项目").first().waitFor();
  await screenshot(stats, "returns-amended-1440");
  await expectNoSeriousViolations(stats);
  await expectCleanClose(stats);
});

test("two people at one return: nothing is written over unseen; without a network it is kept and sent later", async () => {
  const first = await visit.openAs("beicheng");
  const second = await visit.openAs("beicheng");
  const cell = (page: Page, name: string) => page.getByLabel(`固定资产投资（${name}），万元`);
  await openReturn(first);
  await openReturn(second);
  await cell(second, "本月").waitFor();
  await cell(first, "本月").fill("100");
  await cell(first, "本月").press("Enter");
  await first.locator(".return-facts").getByText("填报中").waitFor();
  await cell(second, "本月").fill("200");
  await cell(second, "本月").press("Enter");
  await second.getByText("两边都改了这些单元格").waitFor();
  await expectNoSeriousViolations(second);
  await second.getByRole("button", { name: "用我的" }).click();
  await second.getByText("已保存").waitFor();
  await second.context().setOffline(true);
  await cell(second, "累计").fill("300");
  await cell(second, "累计").press("Enter");
  await second.getByText("没有网络，内容留在本机，恢复后自动保存").waitFor();
  await expectFaults(second, /ERR_INTERNET_DISCONNECTED/);
  await second.context().setOffline(false);
  await second.getByText("已保存").waitFor();
  await first.reload();
  await expect.poll(() => cell(first, "本月").inputValue()).toBe("200");
  expect(await cell(first, "累计").inputValue()).toBe("300");
  await first.context().close();
  await second.context().close();
});
