/** A real Chromium for the browser journeys: pages, screenshots, accessibility, and what went wrong on a page. */
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { AxeResults, ImpactValue, RunOptions } from "axe-core";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { prepareChromium } from "./chromium.ts";

const require = createRequire(import.meta.url);
const screenshots = resolve(import.meta.dirname, "..", "dist", "screenshots");

/** STACK's flags; the package's own contain `--single-process` and `--disable-web-security`, which hide real faults. */
const flags = [
  "--no-sandbox", // a container's root has no user namespaces; only our own pages are opened
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

export type PageOptions = {
  /** CSS pixels; 375 is the phone of a village office */
  width?: number;
  height?: number;
  language?: "zh-CN" | "en-US";
  /** what relative addresses in `page.goto` mean */
  baseUrl?: string;
};

/** Starts Chromium with a fresh profile; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await prepareChromium();
  return await chromium.launch({ executablePath, args: flags, env: { ...definedEnvironment(), ...env } });
}

/** A page with cookies and storage of its own, in Beijing time. End it by `expectCleanClose`. */
export async function newPage(browser: Browser, options: PageOptions = {}): Promise<Page> {
  const { width = 1280, height = width < 600 ? 812 : 800, language = "zh-CN", baseUrl } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce", // a chart caught half-way through its entrance is no evidence
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
  });
  const page = await context.newPage();
  watch(page);
  return page;
}

const faults = new WeakMap<Page, string[]>();

/** Whatever a user would not see but must not happen: script errors, error logs (CSP refusals too), foreign hosts. */
function watch(page: Page): void {
  const seen: string[] = [];
  faults.set(page, seen);
  page.on("pageerror", (error) => seen.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") seen.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isLocal = ["127.0.0.1", "localhost", "[::1]", ""].includes(url.hostname);
    if (!isLocal) seen.push(`request to a foreign host: ${request.url()}`);
  });
}

/** Faults of a page so far; reading them empties the list. */
export function takeFaults(page: Page): string[] {
  return faults.get(page)?.splice(0) ?? [];
}

/**
 * Waits until the browser has logged `count` faults like `expected` and forgets those; every other fault stays.
 * It waits because the log of a refused request may come after the page has told of the refusal.
 */
export async function expectFaults(page: Page, expected: RegExp, count = 1): Promise<void> {
  const seen = faults.get(page) ?? [];
  const isExpected = (fault: string) => expected.test(fault);
  await expect.poll(() => seen.filter(isExpected).length, { timeout: 5000 }).toBeGreaterThanOrEqual(count);
  seen.splice(0, seen.length, ...seen.filter((fault) => !isExpected(fault)));
}

/** Ends a page, and fails when it had a script error, an error in its console or a request to a foreign host. */
export async function expectCleanClose(page: Page): Promise<void> {
  const seen = takeFaults(page);
  if (seen.length > 0) throw new Error(`${page.url()} had ${seen.length} faults:\n  ${seen.join("\n  ")}`);
  await page.context().close();
}

/** Writes dist/screenshots/NAME.png (whole page, git-ignored) and returns its path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  await mkdir(screenshots, { recursive: true });
  const path = join(screenshots, `${name}.png`);
  await page.evaluate("document.fonts.ready.then(() => undefined)");
  await page.screenshot({ path, fullPage: true });
  return path;
}

/** Fails when a page is wider than what shows it; the scroll bar is no part of that. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }));
  if (scrollWidth > clientWidth)
    throw new Error(`${page.url()} scrolls sideways: ${scrollWidth} wide in ${clientWidth}`);
}

const serious: readonly ImpactValue[] = ["serious", "critical"];

/**
 * Fails with rule, place and help for each serious or critical finding of axe (WCAG 2.0 to 2.2, A and AA).
 * The library goes in through the debugger, which the page's content security policy does not hinder; so the policy
 * stays on in journeys.
 */
export async function expectNoSeriousViolations(page: Page): Promise<void> {
  await page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
  const options: RunOptions = {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  };
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`);
  // Without this line a page that axe could not read at all would pass.
  if (results.passes.length === 0) throw new Error(`axe examined nothing on ${page.url()}`);
  const found = results.violations.filter((violation) => serious.includes(violation.impact ?? null));
  if (found.length === 0) return;
  const lines = found.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.impact} ${violation.id}: ${node.target.join(" ")} (${violation.help})`,
    ),
  );
  throw new Error(
    `${page.url()} has ${lines.length} serious accessibility violations:\n  ${lines.join("\n  ")}`,
  );
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
