/** Every page, at the width of a desk and of a phone: axe, no sideways scrolling, no faults. */
import { describe, expect, test } from "vitest";
import {
  expectCleanClose,
  expectNoSeriousViolations,
  expectNoSidewaysScrolling,
  takeFaults,
} from "./browser.ts";
import { sourcePanel, withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();

/** account → pages of its own, each with what shows that it is there */
const pages: readonly (readonly [username: string, path: string, sign: string | RegExp])[] = [
  ["leader", "/", "累计同比走势"],
  ["leader", "/indicators", "一行一个指标"],
  ["leader", "/indicators/fiscal_revenue_general_budget", "下级地区"],
  ["leader", "/briefing", "与序时进度"],
  ["leader", "/proofing", "放一段例子"],
  ["leader", "/no-such-page", "没有这一页"],
  ["stats", "/figures", "再看 50 条"],
  ["stats", "/figures/9", "历次版本"],
  ["stats", "/figures/import", "选择文件"],
  ["stats", "/figures/record", "第 1 行"],
  ["stats", "/account/password", "再输一遍新密码"],
  ["stats", "/account/totp", "尚未启用"],
  ["stats", "/account/tokens", "还没有令牌"],
  ["relief", "/relief", "扶贫台账"],
  ["relief", "/relief/import", "存疑照录"],
  ["relief", "/lookback", "历次比对"],
  ["relief", "/lookback/rules", "修改阈值"],
  ["relief", "/clues", "还没有线索"],
  ["relief", "/notices", "没有待公示的线索"],
  ["village", "/clues", "还没有线索"],
  ["township", "/returns", "待报"],
  ["township", "/returns/board?form=township-economy", "及时率：按时报送"],
  ["industry", "/returns/1", "加一行"],
  ["stats", "/returns/review", "西镇乡人民政府"],
  ["stats", "/returns/board", "及时率：按时报送"],
  ["stats", "/returns/forms", "可修改"],
  ["stats", "/returns/forms/township-economy", "试算"],
  ["leader", "/returns/forms/fai-monthly", "本岗位只看"],
  ["sysadmin", "/accounts", "新建账号"],
  ["secadmin", "/accounts", "强制下线"],
  ["auditor", "/audit", "auth.signIn"],
];

describe.each([1280, 375])("at a width of %i", (width) => {
  test("sign-in", async () => {
    const page = await visit.open({ width });
    await page.getByText("演示账号").waitFor();
    await expectNoSeriousViolations(page);
    await page.context().close();
  });

  test.each([...new Set(pages.map(([username]) => username))])("the pages of %s", async (username) => {
    const page = await visit.openAs(username, { width });
    for (const [, path, sign] of pages.filter(([owner]) => owner === username)) {
      await page.goto(path);
      await page.getByText(sign).first().waitFor();
      await page.waitForLoadState("networkidle");
      await expectNoSeriousViolations(page);
      await expectNoSidewaysScrolling(page);
      expect(takeFaults(page), path).toEqual([]);
    }
    await page.context().close();
  });

  test("the panel of sources and the menus", async () => {
    const page = await visit.openAs("dispatcher", { width });
    await page.locator(".overview-table .rank .traced").first().click();
    await sourcePanel(page).getByText("演示数据").first().waitFor();
    await expectNoSeriousViolations(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /切换岗位/ }).click();
    await page.getByRole("menu").waitFor();
    await expectNoSeriousViolations(page);
    await expectCleanClose(page);
  });
});

test("no width between makes a page scroll sideways, not even in English", async () => {
  const page = await visit.openAs("stats", { language: "en-US" });
  for (const [path, sign] of [
    ["/", "Cumulative growth"],
    ["/indicators", "One row an indicator"],
    ["/indicators/fixed_asset_investment", "Regions below"],
    ["/figures", "50 more"],
    ["/proofing", "Try an example"],
    ["/returns/board?form=township-economy", "Timeliness: in time"],
    ["/returns/forms/township-economy", "Try out"],
  ] as const) {
    await page.goto(path);
    await page.getByText(sign).first().waitFor();
    for (const width of [320, 560, 768, 1001, 1024, 1180, 1280, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSidewaysScrolling(page);
    }
  }
  await page.context().close();
});
