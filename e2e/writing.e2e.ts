/** Journeys of those who write and those who watch over them: corrections, imports, accounts, the audit trail. */
import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import { expectCleanClose, expectFaults } from "./browser.ts";
import { signIn, withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();

test("a correction shows both values before and after, and the indicator follows", async () => {
  const page = await visit.openAs("stats");
  await page.goto(
    "/figures?measure=fixed_asset_investment&region=140981000000&aspect=value&from=2016-06&to=2016-06",
  );
  await page
    .getByRole("row", { name: /2016年1—6月/ })
    .getByRole("link", { name: /^f\d+$/ })
    .click();
  await page.getByRole("heading", { name: "更正这条数据" }).waitFor();
  const old = (await page.locator(".figure-value").textContent()) ?? "";
  expect(old).toMatch(/^64\.\d+ 亿元$/);

  await page.getByLabel("改为").fill("65.2");
  await page.getByLabel("原因").fill("核减后重报");
  await page.getByRole("button", { name: "核对更正" }).click();
  const dialog = page.getByRole("dialog", { name: "确认更正" });
  await dialog.getByText(old).waitFor();
  await dialog.getByText("65.2 亿元").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await page.locator(".figure-value").textContent()).toBe(old);

  await page.getByRole("button", { name: "核对更正" }).click();
  await dialog.getByRole("button", { name: "确认更正" }).click();
  await page.getByText("已更正，原数保留在历次版本中").waitFor();
  const versions = page.getByRole("region", { name: "历次版本" });
  await versions.getByRole("row", { name: /第 2 版.*65\.2 亿元.*核减后重报/ }).waitFor();
  await versions.getByRole("row", { name: new RegExp(`第 1 版.*${old}`) }).waitFor();

  await page.goto("/indicators/fixed_asset_investment");
  const corrections = page.getByRole("region", { name: "更正" });
  await corrections.getByText("核减后重报").waitFor();
  await page.getByRole("region", { name: "研判" }).getByText("78.5 − 1—6月 65.2").waitFor();
  await expectCleanClose(page);
});

describe("import", () => {
  const head = "region,measure,basis,period,value,unit,growth";
  const file = (lines: string[]) => ({
    name: "七月月报.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`${[head, ...lines].join("\n")}\n`),
  });

  test("faults are listed by line and column, nothing is recorded; the mended file is, and only once", async () => {
    const page = await visit.openAs("stats");
    await page.goto("/figures/import");
    await page
      .getByLabel("选择文件")
      .setInputFiles(
        file([
          "140981101000,retail_sales,ytd,2016-08,0.81,吨,7.5",
          "140981101000,gdp,ytd,2016-08,2.4,亿元,",
          "140981101000,retail_sales,ytd,2036-08,0.81,亿元,7.5",
        ]),
      );
    await page.getByRole("button", { name: "导入" }).click();
    await page.getByText(/处需要修改，整份未入账/).waitFor();
    const faults = page.getByRole("alert");
    await faults.getByRole("row", { name: /^2 unit .*单位“吨”/ }).waitFor();
    await faults.getByRole("row", { name: /^3 growth .*可比价/ }).waitFor();
    await faults.getByRole("row", { name: /^4 period .*尚未到来/ }).waitFor();
    const [list] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "下载问题清单" }).click(),
    ]);
    expect(list.suggestedFilename()).toBe("taizhang-problems.csv");
    await expectFaults(page, /status of 422/);

    const good = file(["140981101000,retail_sales,ytd,2016-08,0.81,亿元,7.5"]);
    await page.getByLabel("选择文件").setInputFiles(good);
    await page.getByRole("button", { name: "导入" }).click();
    await page.getByText("1 行、2 条数据已入账").waitFor();
    await page.getByRole("button", { name: "再导入一份" }).click();
    await page.getByLabel("选择文件").setInputFiles(good);
    await page.getByRole("button", { name: "导入" }).click();
    await page.getByText("没有重复入账").waitFor();
    await page.getByRole("link", { name: "查看数据" }).click();
    await page.getByRole("row", { name: /2016年1—8月.*苏龙口镇.*0\.81 亿元/ }).waitFor();
    expect(await page.getByRole("row", { name: /2016年1—8月.*苏龙口镇.*0\.81 亿元/ }).count()).toBe(1);
    await expectCleanClose(page);
  });
});

test("a row typed in by hand is recorded, with its source", async () => {
  const page = await visit.openAs("stats");
  await page.goto("/figures/record");
  await page.getByLabel("来源名称").fill("电话核实");
  await page.getByLabel("指标", { exact: true }).selectOption({ label: "社会消费品零售总额" });
  await page.getByLabel("时期").fill("2016-08");
  await page.getByLabel("数值").fill("37.9");
  await page.getByLabel("同比 %").fill("7.2");
  await page.getByRole("button", { name: "入账" }).click();
  await page.getByText("2 条数据已入账").waitFor();
  await page.getByRole("link", { name: "查看数据" }).click();
  await page.getByRole("row", { name: /2016年1—8月.*社会消费品零售总额.*37\.9 亿元.*人工/ }).waitFor();
  await expectCleanClose(page);
});

test("administrators have their own pages and no business data", async () => {
  const page = await visit.openAs("sysadmin");
  await page.getByRole("heading", { level: 1, name: "账号" }).waitFor();
  expect(await page.getByRole("navigation").getByRole("link").allTextContents()).toEqual(["账号"]);
  await page.goto("/figures");
  await page.getByText("本岗位不看这一页").waitFor();
  await page.context().close();

  const security = await visit.openAs("secadmin");
  await security.getByRole("button", { name: "停用 industry" }).click();
  await security.getByRole("dialog").getByRole("button", { name: "停用" }).click();
  await security.getByText("industry：停用已完成").waitFor();
  await security.context().close();

  const refused = await visit.open();
  await signIn(refused, "industry", visit.password());
  await refused.getByRole("alert").getByText("账号已停用").waitFor();
  await refused.context().close();
});

test("two-step sign-in is turned on with an authenticator, and then asked for", async () => {
  const page = await visit.openAs("finance");
  await page.goto("/account/totp");
  await page.getByRole("button", { name: "启用" }).click();
  const secret = ((await page.locator("code.secret").textContent()) ?? "").replaceAll(" ", "");
  const authenticator = new TOTP({ secret: Secret.fromBase32(secret) });
  await page.getByLabel("输入验证器显示的六位数字").fill(authenticator.generate());
  await page.getByRole("button", { name: "确认启用" }).click();
  await page.getByText("已启用。登录时除密码外").waitFor();
  await page.context().close();

  const again = await visit.open();
  await signIn(again, "finance", visit.password());
  const code = again.getByLabel("验证码");
  await code.waitFor();
  expect(await code.evaluate((element) => element === document.activeElement)).toBe(true);
  // A code is good once: the one used above is spent, the next one is taken half a minute early.
  await code.fill(authenticator.generate({ timestamp: Date.now() + 30_000 }));
  await again.keyboard.press("Enter");
  await again.getByRole("heading", { level: 1, name: "原平市主要指标" }).waitFor();
  await again.context().close();
});

test("the auditor finds the act, and the chain holds", async () => {
  const page = await visit.openAs("auditor");
  await page.getByRole("heading", { level: 1, name: "审计" }).waitFor();
  await page.getByLabel("用户名").fill("stats");
  const entry = page.getByRole("row", { name: /ledger\.correctFigure/ }).first();
  await entry.getByText("查看").click();
  await entry.getByText("核减后重报").waitFor();
  await page.getByRole("button", { name: "校验全链" }).click();
  await page.getByText("全部吻合").waitFor();
  await expectCleanClose(page);
});
