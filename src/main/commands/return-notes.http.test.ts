/** `taizhang return upload` of a workbook that is right, and says something about how it was read. */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD } from "../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../fixtures/small-county.ts";
import { openSmallReturns, retailForm } from "../../../fixtures/small-returns.ts";
import { openTestServer } from "../../../fixtures/test-server.ts";
import type { TestServer } from "../../../fixtures/test-server.ts";
import { handMade } from "../../domains/returns/workbook/sample-books.fixture.ts";
import type { HandCell } from "../../domains/returns/workbook/sample-books.fixture.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let folder: string;
let address: string;
let token: string;

const rule = { code: "part", kind: "limit", expression: "now.online <= now.ytd", column: "online" };
const soft = { ...rule, severity: "soft", messageZh: "网上大于累计", messageEn: "Online is above" };

beforeAll(async () => {
  county = await openSmallCounty(database);
  const subjects = {
    kind: "list",
    prefix: "shop",
    nameZh: "商户",
    nameEn: "Shop",
    isOpen: false,
    items: [{ code: "mall", nameZh: "商场", nameEn: "Mall" }],
  };
  await openSmallReturns(database, county, { ...retailForm, subjects, rules: [soft] });
  server = await openTestServer(database, { county: COUNTY });
  address = await server.app.listen({ port: 0, host: "127.0.0.1" });
  folder = await mkdtemp(join(tmpdir(), "taizhang-return-"));
  const asking = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
  const body = { name: "统计程序", access: "write", days: 7, password: PASSWORD };
  token = (await asking("POST", "/tokens", { body })).json.token;
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await server.close();
  await county.close();
});

/** Sends a workbook of one shop. @returns exit status, and severity and code of what was told */
async function upload(rows: HandCell[][], more: string[] = []): Promise<unknown> {
  const file = join(folder, "shops.xlsx");
  await writeFile(file, await handMade(rows));
  const args = [
    "return",
    "upload",
    file,
    "--form",
    "retail-monthly",
    "--period",
    "2016-08",
    "--url",
    address,
  ];
  const child = spawn(process.execPath, ["bin/taizhang.mjs", ...args, ...more], {
    env: { ...process.env, TAIZHANG_TOKEN: token },
  });
  const closed = new Promise((resolve) => {
    child.on("close", resolve);
  });
  const out = await text(child.stdout);
  return [
    await closed,
    ...out
      .trim()
      .split("\n")
      .map((line) => line.split("\t").slice(0, 3).join(" ").slice(0, 24)),
  ];
}

const head = ["商户", "本月零售额", "累计零售额", "其中：网上零售", "备注"];
const sum = { formula: "B2+700", result: 800 };

test("what has to be explained is no note, whatever else there is", async () => {
  const found = await upload([head, ["商场", 100, sum, 900, ""]]);
  expect(found).toEqual([
    1,
    expect.stringMatching(/^soft Sheet1!D2/),
    expect.stringMatching(/^note Sheet1!C2/),
  ]);
});

test("a column that is not the form's is looked at while one of the form's is missing: it may be that one", async () => {
  const found = await upload([head.with(3, "网络销售"), ["商场", 100, 800, 5, ""]], ["--submit"]);
  expect(found).toEqual([
    1,
    expect.stringMatching(/^soft Sheet1!D1/),
    expect.stringMatching(/^note Sheet1 没有/),
  ]);
  expect(await database.query("SELECT FROM returns.returns WHERE status = 'submitted'")).toEqual([]);
});

test("with a formula and a column of one's own it is submitted, and the status is 0", async () => {
  const found = await upload(
    [
      [...head, "经办人意见"],
      ["商场", 100, sum, 5, "", "无"],
    ],
    ["--submit"],
  );
  expect(found).toEqual([
    0,
    expect.stringMatching(/^note Sheet1!F1/),
    expect.stringMatching(/^note Sheet1!C2/),
  ]);
  expect(await database.query("SELECT FROM returns.returns WHERE status = 'submitted'")).toHaveLength(1);
});
