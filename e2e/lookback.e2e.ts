/**
 * A clue's whole way in a browser: the registry and a register come in, a run finds somebody on both, the township sends
 * two people, who fill in at the door on a phone; signature, review, notice, objection and back; then the notice takes
 * effect.
 */
import { writeXlsx } from "hucre/xlsx";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTestDatabase } from "../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD, VILLAGE } from "../fixtures/small-county.ts";
import type { SmallCounty } from "../fixtures/small-county.ts";
import { idNumberOf } from "../fixtures/small-registry.ts";
import { openTestServer } from "../fixtures/test-server.ts";
import type { TestServer } from "../fixtures/test-server.ts";
import {
  expectCleanClose,
  expectFaults,
  expectNoSeriousViolations,
  expectNoSidewaysScrolling,
  launchBrowser,
  newPage,
  screenshot,
  takeFaults,
} from "./browser.ts";
import type { PageOptions } from "./browser.ts";
import { makeSystemActor } from "../src/domains/auth/index.ts";
import { remindOfClues } from "../src/domains/relief/clues/remind-job.ts";
import { signIn } from "./visit.ts";

const WANG = idNumberOf("14098119700101901");
const LI = idNumberOf("14098119720202902");
const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let browser: Browser;
let baseUrl: string;
let now = new Date("2016-08-25T02:00:00Z");

beforeAll(async () => {
  county = await openSmallCounty(database);
  server = await openTestServer(database, { county: COUNTY, clock: () => now, checkResponses: false });
  baseUrl = await server.app.listen({ port: 0, host: "127.0.0.1" });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await county.close();
});

async function openAs(username: string, options: PageOptions = {}): Promise<Page> {
  const page = await newPage(browser, { baseUrl, ...options });
  page.setDefaultTimeout(20_000);
  // The clock of the browser too: it fills days in.
  await page.clock.setFixedTime(now);
  await page.goto("/");
  await page.getByRole("textbox", { name: /^(用户名|User name)$/ }).waitFor();
  await expectFaults(page, /status of 40[14]/, 2); // nobody is signed in, and there are no demonstration accounts
  await signIn(page, username, PASSWORD);
  await expect.poll(() => page.getByRole("navigation").count()).toBeGreaterThan(0);
  return page;
}

const queueOf = async (): Promise<unknown> =>
  (await database.query("SELECT queue, visitors FROM relief.clues"))[0];
const phone: PageOptions = { width: 375, height: 812 };
const csv = `记录编号,车主姓名,证件号码,购置价,品牌\nV1,王建国,${WANG},85000,长城\nV2,无关人,,90000,大众\n`;
/** A dot of one colour and of another: the same picture twice would be one. */
const pictures = [
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
].map((text) => Buffer.from(text, "base64"));

/** Opens the one clue from the queue that it should be in. */
async function openClue(page: Page, queue: string): Promise<void> {
  await page.goto(`/clues?queue=${queue}`);
  await page
    .getByRole("link", { name: /王建国/ })
    .first()
    .click();
  await page.getByRole("heading", { name: /王建国/ }).waitFor();
}

/** The export of the national system, one line a person. */
const registry = [
  "县,乡镇,行政村代码,户编号,人编号,姓名,性别,证件号码,与户主关系,脱贫属性,主要致贫原因,联系电话,首次识别时间",
  `原平市,苏龙口镇,${VILLAGE},H0001,H000101,王建国,男,${WANG},户主,未脱贫,因病,12800001111,2014-06-30`,
  `原平市,苏龙口镇,${VILLAGE},H0001,H000102,李秀英,女,${LI},配偶,未脱贫,因病,12800001111,2014-06-30`,
].map((line) => line.split(","));

test("the registry comes in as a workbook", async () => {
  const page = await openAs("relief");
  await page.goto("/relief");
  await page.getByText("台账里还没有户。").waitFor();
  await page.getByRole("link", { name: "导入台账" }).first().click();
  await page.locator("input[type=file]").setInputFiles({
    name: "台账.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: Buffer.from(await writeXlsx({ sheets: [{ name: "台账", rows: registry }] })),
  });
  await page.getByRole("button", { name: "导入", exact: true }).click();
  await page.getByText("1 户、2 人已导入").waitFor();
  await page.getByRole("link", { name: "查看台账" }).click();
  await page.getByText(`140981********${WANG.slice(-4)}`).waitFor();
  expect(await page.locator("body").textContent()).not.toContain(WANG);
  await expectCleanClose(page);
});

test("a register is mapped, compared and sent", async () => {
  const page = await openAs("relief");
  await page.goto("/lookback");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "车辆.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByText("列的对应按表头猜出，请核对。").waitFor();
  expect(await page.getByLabel("姓名（必须）").inputValue()).toBe("车主姓名");
  expect(await page.getByLabel("价格").inputValue()).toBe("购置价");
  expect(await page.locator("body").textContent()).not.toContain(WANG);
  await page.getByRole("button", { name: "读入名册" }).click();
  await page.getByText("机动车已读入，2 行").waitFor();
  await page.getByRole("button", { name: "开始比对" }).click();
  await page.getByRole("heading", { name: "下发" }).waitFor();
  await page.getByText("有车：价值3万元以上").first().waitFor();
  await screenshot(page, "lookback-run-1440");
  await expectNoSeriousViolations(page);
  await page.getByLabel("核实期限").fill("2016-09-10");
  await page.getByRole("button", { name: "下发 1 条线索" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "下发", exact: true }).click();
  await page.getByText("已下发").first().waitFor();
  await expectCleanClose(page);
});

test("a township names two visitors; a member is refused", async () => {
  const page = await openAs("sulongkou", phone);
  await openClue(page, "township");
  // 10 September is a Saturday.
  await page.getByText("2016-09-09", { exact: false }).first().waitFor();
  await page.getByLabel("入户人一").fill("张三");
  await page.getByLabel("入户人二").fill("李秀英");
  await page.getByRole("button", { name: "派人入户" }).click();
  await page.getByText("李秀英是该户成员，请换人").waitFor();
  await expectFaults(page, /status of 4\d\d/);
  await page.getByLabel("入户人二").fill("李四");
  await page.getByRole("button", { name: "派人入户" }).click();
  await page.getByText("待入户").first().waitFor();
  await expect.poll(queueOf).toEqual({ queue: "visit", visitors: ["张三", "李四"] });
  await expectCleanClose(page);
});

const photograph = (page: Page, which: 0 | 1): Promise<void> =>
  page
    .locator(".photo-button input[type=file]")
    .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: pictures[which] as Buffer });

async function visit(page: Page, which: 0 | 1): Promise<void> {
  await page.context().grantPermissions(["geolocation"]);
  await page.context().setGeolocation({ latitude: 38.85312, longitude: 113.02417 });
  await photograph(page, which);
  await page.getByText("照片 1 张").waitFor();
  await page.getByText("签名", { exact: true }).first().click();
  const pad = (await page.locator("canvas").boundingBox()) as {
    x: number;
    y: number;
    width: number;
    height: number;
  };
  await page.mouse.move(pad.x + 20, pad.y + 20);
  await page.mouse.down();
  await page.mouse.move(pad.x + 120, pad.y + 60 + 20 * which, { steps: 5 });
  await page.mouse.up();
  await page.getByRole("button", { name: "签好了" }).click();
  await page.getByText("签名 1 份").waitFor();
  await page.locator("fieldset").getByText("属实，剔除", { exact: true }).click();
  await page.locator("fieldset").getByText("本人或家庭成员确有所列财产", { exact: true }).click();
  await page.locator("fieldset").getByText("全户", { exact: true }).click();
}

test("a photograph and words that could not be sent are there after the page was thrown away", async () => {
  const page = await openAs("village", phone);
  await openClue(page, "visit");
  await page.route("**/clues/*/files", (route) => route.abort());
  await photograph(page, 0);
  await page.getByText("1 张照片没有定位，填写地点后上传").waitFor();
  await page.reload();
  await page.getByLabel("拍摄地点").fill("苏龙口村王建国家院里");
  await page.getByRole("button", { name: "填好，上传" }).click();
  await page.getByText("1 份没有上传").waitFor();
  await page.getByLabel("说明").fill("车在院里");
  await page.reload();
  await page.getByText("1 份没有上传").waitFor();
  expect(await page.getByLabel("说明").inputValue()).toBe("车在院里");
  await expectFaults(page, /ERR_FAILED/, 2); // once before and once after the reload
  await page.unroute("**/clues/*/files");
  await page.reload();
  await page.getByText("照片 1 张").waitFor();
  await page.reload();
  await page.getByText("照片 1 张").waitFor();
  expect(await page.getByText("没有上传").count()).toBe(0);
  const kept = await database.query("SELECT place, no_fix FROM relief.evidence_files");
  expect(kept).toEqual([{ place: "苏龙口村王建国家院里", no_fix: "denied" }]);
  await page.getByText("填写：苏龙口村王建国家院里").waitFor();
  await expectCleanClose(page);
});

/** Pictures of visits that lie in the browser's storage. */
const picturesKept = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("taizhang.visits");
        opening.addEventListener("success", () => {
          const counted = opening.result.transaction("evidence").objectStore("evidence").count();
          counted.addEventListener("success", () => resolve(counted.result));
        });
      }),
  );

test("signing out says what of a visit was not sent, and takes it from the phone", async () => {
  const page = await openAs("village", phone);
  await openClue(page, "visit");
  await page.route("**/clues/*/files", (route) => route.abort());
  await photograph(page, 0);
  await page.getByText("1 张照片没有定位，填写地点后上传").waitFor();
  await page.getByLabel("说明").fill("车在院里");
  const ask = async (): Promise<void> => {
    await page.getByRole("button", { name: /^账户/ }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.getByText("本机上还有 1 张照片或签名、1 份核实草稿没有发出").waitFor();
  };
  await ask();
  await page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await page.reload();
  await page.getByText("1 张照片没有定位，填写地点后上传").waitFor();
  expect(await picturesKept(page)).toBe(1);
  await ask();
  await page.getByRole("button", { name: "删除并退出" }).click();
  await page.getByRole("textbox", { name: "用户名" }).waitFor();
  await expect.poll(() => picturesKept(page)).toBe(0);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("visit")))).toEqual(
    [],
  );
  await expectFaults(page, /status of 404/); // by it the sign-in page learns that this is no demonstration
  await expectCleanClose(page);
});

test("at the door, on a phone, the visit is photographed, signed and judged", async () => {
  const page = await openAs("village", phone);
  await openClue(page, "visit");
  await expectNoSidewaysScrolling(page);
  await visit(page, 0);
  await screenshot(page, "lookback-door-375");
  await expectNoSeriousViolations(page);
  await page.getByRole("button", { name: "提交结论" }).click();
  await page.getByText("待签批").first().waitFor();
  await expectCleanClose(page);
});

async function signAndApprove(): Promise<void> {
  const township = await openAs("sulongkou");
  await openClue(township, "signoff");
  await township.getByRole("button", { name: "签批" }).click();
  await township.getByText("待复核").first().waitFor();
  await expectCleanClose(township);
  const relief = await openAs("relief");
  await openClue(relief, "review");
  await relief.getByRole("button", { name: "复核通过" }).click();
  await relief.getByText("待公示").first().waitFor();
  await expectCleanClose(relief);
}

async function postNotice(endsOn: string): Promise<void> {
  const page = await openAs("relief");
  await page.goto("/notices");
  await page.getByLabel("监督联系方式").fill("市扶贫办 0350-8220000");
  await page.getByRole("button", { name: /张贴公示（1 条）/ }).click();
  await page.getByRole("heading", { name: /“回头看”结果公示/ }).waitFor();
  await page.getByText(`公示到 ${endsOn} 为止，期满后才能生效。`).waitFor();
  await expectCleanClose(page);
}

test("signed, reviewed, made public; an objection brings it back to the door", async () => {
  await signAndApprove();
  await postNotice("2016-09-01");
  const page = await openAs("relief");
  await openClue(page, "notice");
  await page.locator("summary", { hasText: "提出异议" }).click();
  await page.getByLabel("提出人").fill("村民甲");
  await page.getByLabel("异议内容").fill("车已卖给外村");
  await page.getByRole("button", { name: "提出异议" }).click();
  await page.getByText("待入户").first().waitFor();
  await expect.poll(queueOf).toMatchObject({ queue: "visit" });
  await expectCleanClose(page);
});

test("two working days before it is due the township is reminded", async () => {
  now = new Date("2016-09-07T02:00:00Z");
  const system = makeSystemActor("taizhang_actor", 0);
  expect(await remindOfClues(county.pools, system, "2016-09-07")).toBe(1);
  const page = await openAs("sulongkou", phone);
  await page.goto("/clues");
  await page.getByText("两个工作日内到期 1 条").click();
  await page.getByRole("listitem").getByText("有车：价值3万元以上").waitFor();
  await page.getByRole("listitem").getByRole("link", { name: "王建国" }).click();
  await page.getByRole("heading", { name: /王建国/ }).waitFor();
  await expectCleanClose(page);
});

/** Pages that there is something on only now, with what shows that it is there. */
const pages: readonly (readonly [path: string, zh: string, en: string])[] = [
  ["/relief", "王建国", "王建国"],
  ["/relief/households/1", "家庭成员", "Members"],
  ["/lookback", "历次比对", "Runs"],
  ["/lookback/runs/1", "比对结果", "What was found"],
  ["/clues", "两个工作日内到期 1 条", "1 due within two working days"],
  ["/clues/1?queue=visit", "办理过程", "Course"],
  ["/notices", "公示期", "Days"],
  ["/notices/1", "公示名单", "On this notice"],
];

test.each([
  ["zh-CN", 1440],
  ["en-US", 375],
] as const)("its pages in %s at %i pixels can be read by everybody", async (language, width) => {
  const page = await openAs("relief", { language, width });
  for (const [path, zh, en] of pages) {
    await page.goto(path);
    await page.getByText({ "zh-CN": zh, "en-US": en }[language]).first().waitFor();
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await page.waitForLoadState("networkidle");
    await screenshot(page, `relief${path.replaceAll(/[/?=]/g, "-")}-${language}-${width}`);
    await expectNoSeriousViolations(page);
    await expectNoSidewaysScrolling(page);
    expect(takeFaults(page), path).toEqual([]);
  }
  await page.context().close();
});

test("verified again, it takes effect when the days are over, and the household shows both states", async () => {
  const village = await openAs("village", phone);
  await openClue(village, "visit");
  await village.getByText("还没有照片").waitFor();
  await visit(village, 1);
  await village.getByRole("button", { name: "提交结论" }).click();
  await village.getByText("待签批").first().waitFor();
  await expectCleanClose(village);
  await signAndApprove();
  await postNotice("2016-09-14");
  now = new Date("2016-09-15T02:00:00Z");
  const page = await openAs("relief");
  await page.goto("/notices");
  await page
    .getByRole("link", { name: /“回头看”结果公示/ })
    .first()
    .click();
  await page.getByRole("button", { name: "生效" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "生效" }).click();
  await page.getByText("已了结").first().waitFor();
  await screenshot(page, "notice-1440");
  const removed = await database.query("SELECT FROM relief.registry_actions WHERE kind = 'remove'");
  expect(removed.length).toBe(1);
  await page.goto("/relief");
  await page.getByRole("link", { name: "H0001" }).first().click();
  const history = page.getByRole("region", { name: "台账变动" });
  await history.getByText("剔除").first().waitFor();
  await history.getByText("在册").first().waitFor();
  await page.goto("/lookback");
  await page.getByRole("region", { name: "以往准确率" }).getByText("100").first().waitFor();
  await expectCleanClose(page);
});
