/** One browser and one running program for a file of journeys, and the first steps that they share. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { expectFaults, launchBrowser, newPage } from "./browser.ts";
import type { PageOptions } from "./browser.ts";
import { startDemoProgram } from "./demo-program.ts";
import type { DemoProgram } from "./demo-program.ts";

export type Visit = {
  /** a page with cookies of its own, at the sign-in page */
  open: (options?: PageOptions) => Promise<Page>;
  /** a page where this demonstration account is signed in */
  openAs: (username: string, options?: PageOptions) => Promise<Page>;
  password: () => string;
  /** where the program keeps its data, for commands beside it */
  dataDir: () => string;
};

/** Call once at the top of a file; program and browser live from `beforeAll` to `afterAll`. */
export function withDemoProgram(): Visit {
  let program: DemoProgram | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [program, browser] = await Promise.all([startDemoProgram(), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await program?.stop();
  });

  const open = async (options: PageOptions = {}): Promise<Page> => {
    if (program === undefined || browser === undefined) throw new Error("the program runs only within tests");
    const page = await newPage(browser, { baseUrl: program.baseUrl, ...options });
    page.setDefaultTimeout(15_000);
    await page.goto("/");
    await page.getByRole("textbox", { name: /^(用户名|User name)$/ }).waitFor();
    await expectFaults(page, /status of 401/); // by it a page learns that nobody is signed in
    return page;
  };
  const password = () => program?.password ?? "";
  return {
    open,
    password,
    dataDir: () => program?.dataDir ?? "",
    openAs: async (username, options) => {
      const page = await open(options);
      await signIn(page, username, password());
      await expect.poll(() => page.getByRole("navigation").count()).toBeGreaterThan(0);
      return page;
    },
  };
}

/** Fills the form and sends it by Enter; says nothing about the outcome. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByRole("textbox", { name: /^(用户名|User name)$/ }).fill(username);
  await page.getByLabel(/^(密码|Password)$/).fill(password);
  await page.keyboard.press("Enter");
}

/** The panel of sources. */
export const sourcePanel = (page: Page) => page.locator("dialog.source-panel");
