/** Proves the browser itself, so that a red journey speaks of the app: Chinese glyphs, faults, accessibility. */
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectCleanClose,
  expectNoSeriousViolations,
  launchBrowser,
  newPage,
  screenshot,
  takeFaults,
} from "./browser.ts";

const page = (body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>台账</title></head><body><main>${body}</main></body></html>`;

const good = page(
  "<h1>原平市七月份经济运行调度</h1><p>固定资产投资完成 78.5 亿元，同比增长 9.3%，增速排全市第 13 位。</p>",
);
const contentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'";

let server: Server;
let baseUrl: string;
let browser: Browser;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    return response
      .writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": contentSecurityPolicy,
      })
      .end(good);
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await new Promise((done) => {
    server.close(done);
  });
});

describe("the browser of the journeys", () => {
  test("draws Chinese, each character its own glyph", async () => {
    const tab = await newPage(browser, { baseUrl });
    await tab.goto("/");
    expect((await stat(await screenshot(tab, "self-test"))).size).toBeGreaterThan(5000);
    // A missing glyph is drawn as the same box for every character; real ones differ.
    const pictures = await tab.evaluate(`[..."台账原平市"].map((character) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 48;
      const pen = canvas.getContext("2d");
      pen.font = "40px sans-serif";
      pen.fillText(character, 0, 42);
      return canvas.toDataURL();
    })`);
    expect(new Set(pictures as string[]).size).toBe(5);
    await expectCleanClose(tab);
  });

  test("honours width and language", async () => {
    const tab = await newPage(browser, { width: 375, language: "en-US", baseUrl });
    await tab.goto("/");
    const seen = await tab.evaluate("[innerWidth, navigator.language, new Date(0).getTimezoneOffset()]");
    expect(seen).toEqual([375, "en-US", -480]);
    await tab.context().close();
  });

  test("runs axe under a strict content security policy", async () => {
    const tab = await newPage(browser, { baseUrl });
    await tab.goto("/");
    await expectNoSeriousViolations(tab);
    await tab.context().close();
  });

  test("reports a page that a screen reader cannot use", async () => {
    const tab = await newPage(browser);
    await tab.setContent(
      page('<h1>表</h1><button></button><p style="color:#ccc;background:#fff">看不清</p>'),
    );
    await expect(expectNoSeriousViolations(tab)).rejects.toThrow(/button-name[\s\S]*color-contrast/);
    await tab.context().close();
  });

  test("reports script errors, refused scripts and foreign hosts", async () => {
    const tab = await newPage(browser, { baseUrl });
    await tab.goto("/");
    await tab.evaluate(`{
      setTimeout(() => { throw new Error("broken on purpose"); });
      document.body.append(Object.assign(document.createElement("script"), { textContent: "1" }));
      document.body.append(Object.assign(new Image(), { src: "http://foreign.invalid/pixel" }));
    }`);
    await expect.poll(() => takeFaultsSoFar(tab)).toMatch(/broken on purpose[\s\S]*foreign/);
    expect(takeFaultsSoFar(tab)).toMatch(/Content Security Policy/);
    await tab.context().close();
  });
});

const collected = new WeakMap<object, string[]>();

/** `takeFaults` empties its list; a polling assertion needs all of them, in a fixed order. */
function takeFaultsSoFar(tab: Parameters<typeof takeFaults>[0]): string {
  const all = [...(collected.get(tab) ?? []), ...takeFaults(tab)];
  collected.set(tab, all);
  return all.toSorted((a, b) => Number(a.includes("foreign")) - Number(b.includes("foreign"))).join("\n");
}
