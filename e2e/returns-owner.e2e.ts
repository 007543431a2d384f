/** What the department does whose form it is: it sends again what did not leave the house, and says who files. */
import pg from "pg";
import { expect, test } from "vitest";
import { attachCluster } from "../src/platform/postgres/index.ts";
import {
  expectCleanClose,
  expectNoSeriousViolations,
  expectNoSidewaysScrolling,
  screenshot,
} from "./browser.ts";
import { withDemoProgram } from "./visit.ts";

const visit = withDemoProgram();

/** As if the chat group had refused what was written to the units, six times each; the demonstration has no group. */
async function refuseAll(): Promise<number> {
  const cluster = await attachCluster({ dataDir: visit.dataDir() });
  const client = new pg.Client({ ...cluster.connection, database: "taizhang" });
  await client.connect();
  const { rowCount } = await client.query(
    `INSERT INTO returns.deliveries (county, message, channel, region, unit, address, state, refusals, last_error)
     SELECT county, id, 'webhook', region, unit, '', 'failed', 6, 'the chat robot refused: token expired' FROM returns.messages`,
  );
  await client.end();
  return rowCount ?? 0;
}

test("what the group refused is shown with its reason on a phone, and goes out again at a touch", async () => {
  const page = await visit.openAs("stats", { width: 375 });
  await page.goto("/returns/board?form=township-economy");
  await page.getByRole("button", { name: /^提醒 \d+ 个单位/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^提醒/ }).click();
  await page.getByText(/^已提醒 \d+ 个单位/).waitFor();
  const refused = await refuseAll();
  expect(refused).toBeGreaterThan(1);

  await page.goto("/returns");
  const section = page.getByRole("region", { name: "未送达的提醒" });
  await section.getByText("没有送达，不再自动重试").first().waitFor();
  await section.getByText("the chat robot refused: token expired").first().waitFor();
  await expectNoSidewaysScrolling(page);
  await expectNoSeriousViolations(page);
  await screenshot(page, "returns-undelivered-375");

  await section.getByRole("button", { name: `再次发送 ${refused} 条` }).click();
  await section.getByText("等待再次发送").first().waitFor();
  expect(await section.getByRole("button").count()).toBe(0);
  await expectCleanClose(page);
});

test("a form is held to the units of one township, which is counted and shown", async () => {
  const page = await visit.openAs("stats");
  await page.goto("/returns/forms/township-economy");
  await page.getByRole("button", { name: "修改", exact: true }).click();
  const filers = page.getByRole("group", { name: "填报单位" });
  await filers.getByText("现有 22 个单位填报").waitFor();
  await filers.getByLabel(/^只限这些乡镇街道以内/).fill("苏龙");
  await filers.getByRole("button", { name: "苏龙口镇", exact: true }).click();
  await filers.getByText("现有 1 个单位填报").waitFor();
  await expectNoSeriousViolations(page);
  await page.getByRole("button", { name: "存为新版本" }).click();
  await page.getByText("苏龙口镇的各乡镇（街道）、各开发区").waitFor();
  await expectCleanClose(page);
});
