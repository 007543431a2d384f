/** Journeys of those who read: sign-in, a number's source, post, language, an indicator, the briefing, the keyboard. */
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { expectCleanClose, expectFaults, screenshot } from "./browser.ts";
import { signIn, sourcePanel, withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();

describe("sign-in", () => {
  test("a wrong password is refused, five lock the account, another account still enters", async () => {
    const page = await visit.open();
    for (let attempt = 0; attempt < 5; attempt++) {
      await signIn(page, "relief", `wrong password ${attempt}`);
      await page.waitForResponse((answer) => answer.url().endsWith("/session") && answer.status() >= 400);
    }
    await signIn(page, "relief", visit.password());
    await page.getByRole("alert").getByText("账号已暂时锁定").waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
    await expectFaults(page, /status of 401/, 4);
    await expectFaults(page, /status of 423/, 2); // the fifth locks, and the right one comes too late
    // The list of demonstration accounts fills in the form.
    await page
      .getByRole("button", { name: /市长.*leader/ })
      .first()
      .click();
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "原平市主要指标" }).waitFor();
    await expectCleanClose(page);
  });

  test("signing out leaves nothing behind", async () => {
    const page = await visit.openAs("leader");
    await page.getByRole("button", { name: /账户/ }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.getByRole("heading", { level: 1, name: "登录" }).waitFor();
    expect(await page.getByText("固定资产投资").count()).toBe(0);
    await page.goto("/figures");
    await page.getByRole("heading", { level: 1, name: "登录" }).waitFor();
    await page.context().close();
  });
});

describe("overview", () => {
  test("says what is late, and a number opens its source and gives the focus back", async () => {
    const page = await visit.openAs("leader");
    await page.getByText("8 项主要指标中有 3 项落后于序时进度").waitFor();
    const row = page.getByRole("row", { name: /固定资产投资/ });
    const texts = (await row.textContent()) ?? "";
    for (const number of ["78.5", "9.3%", "13/15", "41.0%", "−17.3", "112.9", "22.58", "11.21"]) {
      expect(texts).toContain(number);
    }
    const number = row.getByRole("button", { name: "78.5 亿元" });
    await number.focus();
    await page.keyboard.press("Enter");
    const panel = sourcePanel(page);
    await panel.getByText("讲话").first().waitFor();
    await panel.getByText("固定资产投资完成78.5亿元").first().waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await number.evaluate((element) => element === document.activeElement)).toBe(true);

    await row.getByRole("button", { name: "41.0%" }).click();
    await panel.getByText("78.5 ÷ 191.4").waitFor();
    await panel.getByRole("link", { name: /查看该数据/ }).click();
    await page.getByRole("heading", { level: 1, name: "固定资产投资" }).waitFor();
    await page.getByText("78.5 亿元").first().waitFor();
    await expectCleanClose(page);
  });

  test("derives the ranks, marks demonstration data and not the speech", async () => {
    const page = await visit.openAs("leader");
    await page.getByRole("heading", { name: "累计同比走势" }).waitFor();
    const ranks = await page.locator(".overview-table tbody .rank .num").allTextContents();
    expect(ranks).toEqual(["3/15", "5/15", "13/15", "1/15", "15/15", "15/15", "4/15", "4/15"]);
    const rank = page.locator(".overview-table .rank .traced").first();
    await expect.poll(() => rank.getAttribute("class")).toContain("synthetic");
    const stated = page.getByRole("row", { name: /固定资产投资/ }).getByRole("button", { name: "78.5 亿元" });
    expect(await stated.getAttribute("class")).not.toContain("synthetic");
    await screenshot(page, "overview");
    await page.context().close();
  });
});

test("switching the post narrows what is seen, everywhere", async () => {
  const page = await visit.openAs("township");
  await page.getByRole("heading", { level: 1, name: "苏龙口镇主要指标" }).waitFor();
  const before = await page.evaluate(async () => (await fetch("/api/v1/figures?region=140981101000")).text());
  expect(before).toContain("苏龙口"); // the rows exist, and this post sees them
  await page.getByRole("button", { name: /切换岗位/ }).click();
  await page.getByRole("menuitemradio", { name: /崞阳镇/ }).click();
  await page.getByRole("heading", { level: 1, name: "崞阳镇主要指标" }).waitFor();
  await page.getByRole("link", { name: "数据", exact: true }).click();
  await page
    .getByRole("row", { name: /崞阳镇/ })
    .first()
    .waitFor();
  expect(await page.getByRole("row", { name: /苏龙口/ }).count()).toBe(0);
  const after = await page.evaluate(async () => (await fetch("/api/v1/figures?region=140981101000")).text());
  expect(after).not.toContain("苏龙口");
  await page.context().close();
});

test("English is complete, remembered, and leaves the address alone", async () => {
  const page = await visit.openAs("leader");
  await page.goto("/indicators/fixed_asset_investment?period=2016-07");
  await page.getByRole("heading", { level: 1, name: /固定资产投资/ }).waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: /Fixed-asset investment/ }).waitFor();
  expect(new URL(page.url()).search).toBe("?period=2016-07");
  expect(await page.locator("html").getAttribute("lang")).toBe("en-US");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: /Fixed-asset investment/ }).waitFor();
  await page.getByRole("heading", { name: "Year-end forecast" }).waitFor();
  const head = (await page.getByRole("navigation").textContent()) ?? "";
  expect(head).not.toMatch(/[一-鿿]/);
  await page.context().close();
});

test("an indicator's page shows course, derived numbers with calculation, ranking and tables for the charts", async () => {
  const page = await visit.openAs("leader");
  await page.goto("/indicators/fiscal_revenue_general_budget");
  const derived = page.getByRole("region", { name: "研判" });
  await derived.getByText("8.58 − 3.4 = 5.18 亿元").waitFor();
  await derived.getByRole("button", { name: /−18\.7/ }).waitFor();
  const likeForLike = page.getByRole("region", { name: "同口径" });
  await likeForLike.getByText("−20.2%").waitFor();
  await likeForLike.getByText("36996 万元").waitFor();
  const chart = page.getByRole("figure", { name: "累计完成" });
  await chart.locator("svg path[stroke='#b3261e']").last().waitFor();
  await chart.getByRole("button", { name: "看表" }).click();
  await chart
    .getByRole("row", { name: /2016年1—7月/ })
    .getByText("3.40")
    .waitFor();
  await screenshot(page, "indicator");
  const here = page.getByRole("region", { name: "排名" }).locator("tr.here");
  expect(await here.textContent()).toContain("原平市");
  await expectCleanClose(page);
});

test("the briefing opens the source of a figure and downloads as a Word file", async () => {
  const page = await visit.openAs("dispatcher");
  await page.goto("/briefing");
  const paper = page.getByRole("article");
  await paper.getByText("与序时进度").first().waitFor();
  await paper.getByRole("button", { name: "41.0%", exact: true }).first().click();
  await sourcePanel(page).getByText("78.5 ÷ 191.4").waitFor();
  await sourcePanel(page).getByText("191.4 亿元").first().waitFor();
  await page.keyboard.press("Escape");
  await page
    .getByRole("region", { name: /数据来源/ })
    .getByText("SHA-256")
    .first()
    .waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "下载 Word" }).click(),
  ]);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe("PK");
  expect(bytes.includes("word/document.xml")).toBe(true);
  expect(download.suggestedFilename()).toMatch(/\.docx$/);
  await screenshot(page, "briefing");
  await expectCleanClose(page);
});

test("everything on the way from sign-in to a figure's source can be done by keyboard", async () => {
  const page = await visit.open();
  await page.getByRole("textbox", { name: "用户名" }).focus();
  await page.keyboard.type("leader");
  await page.keyboard.press("Tab");
  await page.keyboard.type(visit.password());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "原平市主要指标" }).waitFor();

  await page.keyboard.press("/");
  await page.keyboard.type("固定资产");
  await page.getByRole("option", { name: /固定资产投资/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: /固定资产投资/ }).waitFor();

  // from the top of the page: to blur alone leaves the next Tab beside whatever had the focus
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
  });
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("跳到正文");
  await page.keyboard.press("Enter");
  const seen = new Set<string>();
  for (let step = 0; step < 30 && !seen.has("78.5 亿元"); step++) {
    await page.keyboard.press("Tab");
    seen.add((await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) ?? "");
  }
  await page.keyboard.press("Enter");
  await sourcePanel(page).getByText("讲话").first().waitFor();
  await page.keyboard.press("Escape");
  await sourcePanel(page).waitFor({ state: "detached" });
  await page.context().close();
});

test("the first load stays within 350 kB of compressed scripts", async () => {
  const page = await visit.openAs("leader");
  await page.getByRole("heading", { level: 1, name: "原平市主要指标" }).waitFor();
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map((entry) => entry as PerformanceResourceTiming)
      .filter((entry) => entry.name.endsWith(".js"))
      .map((entry) => ({ name: entry.name, sent: entry.encodedBodySize, size: entry.decodedBodySize })),
  );
  expect(scripts.length).toBeGreaterThan(1);
  expect(scripts.some((script) => script.name.includes("echarts"))).toBe(false);
  const sent = scripts.reduce((sum, script) => sum + script.sent, 0);
  const size = scripts.reduce((sum, script) => sum + script.size, 0);
  expect(sent).toBeLessThan(size); // sent compressed
  expect(sent).toBeLessThanOrEqual(350 * 1024);
  await page.context().close();
});
