/**
 * A form of one's own: made from nothing, filed, accepted with a refusal on the way; each fault is marked where it is mended,
 * and a period that cannot be opened is told to whoever owns the form.
 */
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import {
  expectCleanClose,
  expectFaults,
  expectNoSeriousViolations,
  expectNoSidewaysScrolling,
  screenshot,
} from "./browser.ts";
import { confirm, submit } from "./return-steps.ts";
import { withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();

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
  await expectCleanClose(page);

  const phone = await visit.openAs("beicheng", { width: 375 });
  await phone.goto("/returns");
  await phone.getByRole("link", { name: "招商引资月报" }).click();
  await phone.getByLabel("合计（累计），万元").fill("1.2亿");
  await phone.getByLabel("合计（累计），万元").press("Enter");
  await phone.getByText("已保存").waitFor();
  await submit(phone);
  await expectCleanClose(phone);
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
  await expectCleanClose(page);
  await expectCleanClose(design);
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
  await expectCleanClose(page);
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
  await expectCleanClose(page);
});

type Answer = { status: number; json: ReturnType<typeof JSON.parse> };
