/** What every journey through returns does: open the monthly form, confirm, submit. */
import type { Page } from "playwright-core";

export const FORM = "乡镇经济运行月报";

export async function openReturn(page: Page): Promise<void> {
  await page.goto("/returns");
  await page.getByRole("link", { name: FORM }).first().click();
  await page.getByRole("heading", { level: 1, name: new RegExp(FORM) }).waitFor();
}

export async function confirm(page: Page, button: string): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

export async function submit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "提交", exact: true }).click();
  await page.getByText("没有错误，没有未说明的提示。").waitFor();
  await confirm(page, "提交");
  await page.locator(".return-facts").getByText("待审核").waitFor();
}
