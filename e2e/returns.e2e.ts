/**
 * A return's whole way in a browser: the template goes out and comes back with three mistakes, the marked copy is mended and
 * brought again, submitted, sent back for one cell, submitted again, accepted; then the figure stands on the indicator's page,
 * one click from its cell, and the briefing says so.
 */
import { readFile } from "node:fs/promises";
import { openXlsx, readXlsx, saveXlsx } from "hucre/xlsx";
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  expectFaults,
  expectNoFaults,
  expectNoSeriousViolations,
  expectNoSidewaysScrolling,
  screenshot,
} from "./browser.ts";
import { withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();
const FORM = "乡镇经济运行月报";
const REGION = "140981101000";
const INDICATOR = `/indicators/fixed_asset_investment?region=${REGION}&period=2016-08`;
const BRIEFING = `/briefing?region=${REGION}&period=2016-08`;

/** By code, in the unit of the form; sums follow from July's in the demonstration, read off the template. */
type Values = Readonly<Record<string, string | number>>;

async function download(page: Page, name: string): Promise<Buffer> {
  await page.waitForLoadState("networkidle");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).first().click(),
  ]);
  return readFile(await file.path());
}

/** Fills the workbook in as a person would: only in the column 本期, found by its heading. */
async function fillIn(bytes: Buffer, values: Values): Promise<Buffer> {
  const book = await openXlsx(bytes);
  const rows = book.sheets[0]?.rows ?? [];
  const head = rows.findIndex((row) => row.includes("本期"));
  const column = rows[head]?.indexOf("本期") ?? -1;
  for (const [at, row] of rows.entries()) {
    const value = values[String(row[0])];
    if (at <= head || value === undefined) continue;
    row[column] = value;
    // A cell with a comment is kept twice by the library.
    const cell = book.sheets[0]?.cells?.get(`${at},${column}`);
    if (cell !== undefined) Object.assign(cell, { value, type: typeof value });
  }
  return Buffer.from(await saveXlsx(book));
}

/** Last period's number of an item, as it stands greyed in the workbook. */
async function lastOf(bytes: Buffer, code: string): Promise<number> {
  const rows = (await readXlsx(bytes)).sheets[0]?.rows ?? [];
  const head = rows.find((row) => row.includes("上期")) ?? [];
  return Number(rows.find((row) => row[0] === code)?.[head.indexOf("上期")]);
}

async function bring(page: Page, buffer: Buffer): Promise<void> {
  await page.locator(".workbook input[type=file]").setInputFiles({
    name: "苏龙口镇八月.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer,
  });
}

async function openReturn(page: Page): Promise<void> {
  await page.goto("/returns");
  await page.getByRole("link", { name: FORM }).first().click();
  await page.getByRole("heading", { level: 1, name: new RegExp(FORM) }).waitFor();
}

async function confirm(page: Page, button: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByText("没有错误，没有未说明的提示。").waitFor();
  await confirm(page, "提交");
  await page.locator(".return-facts").getByText("待审核").waitFor();
}

/** A field says what is wrong with it: to the eye, and to a screen reader by its description. */
async function expectMarked(field: Locator, words: string, { hasFocus = false } = {}): Promise<void> {
  await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
  const ids = ((await field.getAttribute("aria-describedby")) ?? "").split(" ");
  const notes = await Promise.all(ids.map((id) => field.page().locator(`[id="${id}"]`).textContent()));
  expect(notes.join(" ")).toContain(words);
  await field.page().locator(".wrong", { hasText: words }).first().waitFor();
  expect(await field.evaluate((one) => getComputedStyle(one).borderTopColor)).toBe("rgb(179, 38, 30)");
  if (hasFocus) await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
}

const close = async (page: Page): Promise<void> => {
  expectNoFaults(page);
  await page.context().close();
};
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
  await close(page);

  const township = await visit.openAs("township", { width: 375 });
  await township.goto("/returns");
  const recent = township.getByRole("region", { name: "最近", exact: true });
  await recent.getByText("演示数据").first().waitFor();
  await expectNoSidewaysScrolling(township);
  await openReturn(township);
  await township.getByText("灰色的上期、上年同期数含演示数据").waitFor();
  await expectNoSidewaysScrolling(township);
  await close(township);
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
  await close(page);
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
  await close(page);
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
  await close(page);
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
  await close(page);
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
  await close(page);

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
  await close(stats);
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

test("a form is made from nothing, opened and filed", async () => {
  const page = await visit.openAs("stats", { width: 1440 });
  await page.goto("/returns/forms");
  await page.getByRole("link", { name: "新建报表" }).click();
  await page.getByRole("heading", { level: 1, name: "新建报表" }).waitFor();
  const save = page.getByRole("button", { name: "保存报表" });
  const head = page.getByRole("region", { name: "表头" });
  await head.getByLabel("名称", { exact: true }).fill("招商引资月报");
  await head.getByLabel("英文名称").fill("Investment attracted, monthly");
  await head.getByLabel("代码").fill("investment-monthly");
  await save.click();
  await page.getByRole("alert").getByText("填报单位 没有填报单位").waitFor();
  await expectFaults(page, /status of 422/);
  await expectMarked(head.getByLabel("另加单位"), "没有填报单位", { hasFocus: true });
  await head.getByLabel("各乡镇（街道）").check();
  await head.getByLabel("另加单位").fill("开发区");
  await head.getByRole("button", { name: "原平经济技术开发区管理委员会" }).click();
  await expectNoSeriousViolations(page);
  await page.getByRole("link", { name: "未报情况" }).click();
  await page.getByRole("dialog").getByText("还没有保存").waitFor();
  await page.keyboard.press("Escape");
  await save.click();
  await page.getByRole("heading", { level: 1, name: /招商引资月报/ }).waitFor();
  await page.getByText("各乡镇（街道）、原平经济技术开发区管理委员会").waitFor();
  await page.getByLabel("报告期", { exact: true }).fill("2016-08");
  await page.getByRole("button", { name: "布置", exact: true }).click();
  await page.getByText("2016-08已布置").waitFor();
  await close(page);

  const phone = await visit.openAs("beicheng", { width: 375 });
  await phone.goto("/returns");
  await phone.getByRole("link", { name: "招商引资月报" }).click();
  await phone.getByLabel("合计（累计），万元").fill("1.2亿");
  await phone.getByLabel("合计（累计），万元").press("Enter");
  await phone.getByText("已保存").waitFor();
  await submit(phone);
  await close(phone);
});

test("several accepted at once: the refused one tells why and where, and is tried again by itself", async () => {
  const page = await visit.openAs("stats", { width: 1440 });
  const design = await visit.openAs("stats", { width: 1440 });
  await design.goto("/returns/forms/investment-monthly");
  const toggleLock = async (): Promise<void> => {
    await design.getByRole("button", { name: "改期或封账" }).click();
    await design.getByRole("dialog").getByRole("checkbox").click();
    await design.getByRole("dialog").getByLabel("原因").fill("季度封账");
    await confirm(design, "保存");
  };
  await page.goto("/returns/review");
  await page.getByRole("link", { name: /北城/ }).waitFor();
  await toggleLock();
  await page.getByRole("checkbox", { name: "全选" }).check();
  await page.getByRole("button", { name: /^通过 \d+ 份$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^通过/ }).click();
  const outcome = page.getByRole("status").filter({ hasText: "没有通过" });
  await outcome.getByText("本期已封账，如需变动请联系报表的主管部门解锁").waitFor();
  await outcome.getByRole("link", { name: /北城.*招商引资月报/ }).waitFor();
  await expectNoSeriousViolations(page);
  await screenshot(page, "returns-refused-1440");
  await toggleLock();
  await page.getByRole("button", { name: "只再试这 1 份" }).click();
  await confirm(page, "通过 1 份");
  await page.getByText("已通过 1 份").waitFor();
  await close(page);
  await close(design);
});

test("on a phone, in English, each fault of a form is marked where it is mended", async () => {
  const page = await visit.openAs("stats", { width: 375, language: "en-US" });
  await page.goto("/returns/forms/new?from=township-economy");
  const head = page.getByRole("region", { name: "Head" });
  await head.getByLabel("Name", { exact: true }).fill("Mistaken");
  await head.getByLabel("Code", { exact: true }).fill("9-mistaken");
  await head.getByRole("combobox", { name: "Rows" }).selectOption("list");
  await head.getByLabel("rows can be added").uncheck();
  const save = page.getByRole("button", { name: "Save the form" });
  await save.click();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  await expectFaults(page, /status of 4../);
  await expectMarked(head.getByLabel("Chinese name", { exact: true }), "Fill this in", { hasFocus: true });
  await expectMarked(head.getByLabel("Code", { exact: true }), "Begins with a small letter");
  await head.getByLabel("Chinese name", { exact: true }).fill("有误的表");
  await expect.poll(() => alert.getByRole("button").allTextContents()).toEqual(["Code"]);
  await head.getByLabel("Code", { exact: true }).fill("mistaken");
  await alert.waitFor({ state: "hidden" });

  const trial = page.getByRole("region", { name: "Try out" });
  const outcome = trial.getByRole("listitem").filter({ hasText: /\bfai_sum\b/ });
  await expect.poll(() => outcome.textContent()).toContain("not asked: figures missing");
  await trial.getByLabel("Period", { exact: true }).fill("2016-08");
  const typeIn = (name: string, text: string) => trial.getByLabel(name, { exact: true }).fill(text);
  const fai = "Fixed-asset investment, year to date";
  await typeIn(`${fai} This period`, "150");
  await typeIn(`${fai} Last period`, "100");
  await typeIn("Fixed-asset investment, month This period", "40");
  await expect.poll(() => outcome.textContent()).toMatch(/does not hold.*150 should be last period's 100/);
  await typeIn("Fixed-asset investment, month This period", "50");
  await expect.poll(() => outcome.textContent()).toMatch(/^holds/);

  const rule = page.getByRole("group", { name: "fai_sum", exact: true });
  await rule.getByLabel("Expression (CEL)").fill("now.fai_ytd >");
  const columns = page.getByRole("region", { name: "Columns" });
  const columnCode = columns
    .locator("tbody tr")
    .nth(2)
    .getByRole("textbox", { name: / Code$/ });
  await columnCode.fill("iva_ytd");
  await save.click();
  await expectFaults(page, /status of 422/);
  await expectMarked(head.getByLabel(/^Fixed rows/), "No rows", { hasFocus: true });
  await expectMarked(columnCode, "is there twice");
  await expectMarked(rule.getByLabel("Expression (CEL)"), "The expression");
  await expectNoSeriousViolations(page);
  await expectNoSidewaysScrolling(page);
  await alert.getByRole("button", { name: /^Columns/ }).click();
  await expectMarked(columnCode, "is there twice", { hasFocus: true });
  await close(page);
});

test("a period that cannot be opened is told to its form's owner, in the inbox, on the board and at the form", async () => {
  const page = await visit.openAs("stats", { width: 375 });
  const call = (method: string, path: string, body?: object): Promise<Answer> =>
    page.evaluate(
      async (asked) => {
        const { csrf } = await (await fetch("/api/v1/session")).json();
        const headers = { "content-type": "application/json", "x-csrf-token": csrf };
        const answer = await fetch(`/api/v1${asked.path}`, {
          method: asked.method,
          headers,
          body: asked.body,
        });
        return { status: answer.status, json: await answer.json() };
      },
      { method, path, body: JSON.stringify(body) },
    );
  const { form } = (await call("GET", "/returns/forms/investment-monthly")).json;
  const posts = { measure: "fixed_asset_investment", basis: "month", aspect: "value" };
  const posting = {
    ...form,
    filers: { kinds: ["enterprise"], units: ["drc"] },
    columns: form.columns.map((column: object) => ({ ...column, posts })),
  };
  const save = (code: string, nameZh: string, schedule: object) =>
    call("PUT", `/returns/forms/${code}`, { basedOn: 0, form: { ...posting, code, nameZh, schedule } });
  expect((await save("before", "旧投资月报", { from: "2016-03", to: "2016-03" })).status).toBe(200);
  expect((await save("after", "新投资月报", { from: "2016-04", to: "2016-04" })).status).toBe(200);
  expect((await call("POST", "/returns/forms/before/openings", { period: "2016-04" })).status).toBe(200);

  await page.goto("/returns");
  const entry = page.getByRole("region", { name: /^未能自动布置/ }).getByRole("listitem");
  await entry.getByText("“旧投资月报”也把“合计（累计）”入账为原平市的同一数据").waitFor();
  await expectNoSidewaysScrolling(page);
  await screenshot(page, "returns-blocked-375");
  await page.goto("/returns/board?form=after");
  await page.getByRole("status").getByText("2016年4月").waitFor();
  await expectNoSidewaysScrolling(page);
  await page.getByRole("link", { name: "去改这张报表" }).click();
  await page.getByRole("heading", { level: 1, name: /新投资月报/ }).waitFor();
  await page.getByRole("region", { name: "布置" }).getByText("“旧投资月报”也把").waitFor();
  await close(page);
});

type Answer = { status: number; json: ReturnType<typeof JSON.parse> };
