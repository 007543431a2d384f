/** What a list has posted is told by the names of its rows, as they were in the version that was posted. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../../../../fixtures/ask.ts";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { openSmallReturns, retailForm } from "../../../../fixtures/small-returns.ts";
import { openTestServer } from "../../../../fixtures/test-server.ts";
import type { TestServer } from "../../../../fixtures/test-server.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let township: Asking;
let stats: Asking;
let id: number;

const names = { prefix: "shop", nameZh: "商户", nameEn: "Shop" };
const items = [{ code: "mall", nameZh: "商场", nameEn: "Mall" }];
const columns = retailForm.columns.map((column) => ({ ...column, required: false }));

beforeAll(async () => {
  county = await openSmallCounty(database);
  const subjects = { kind: "list", isOpen: true, items, ...names };
  await openSmallReturns(database, county, { ...retailForm, subjects, columns, rules: [] });
  server = await openTestServer(database, { county: COUNTY, clock: () => new Date("2016-09-06T02:00:00Z") });
  township = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
  stats = await signInAs(server.app, { username: "stats", password: PASSWORD });
  ({ id } = (await township("GET", "/returns")).json.items[0]);
});
afterAll(async () => {
  await server.close();
  await county.close();
});

async function step(asking: Asking, verb: string): Promise<Json> {
  const { brief } = (await township("GET", `/returns/${id}`)).json;
  const body = { verb, step: brief.step, reason: "更正" };
  return (await asking("POST", `/returns/${id}/steps`, { body })).json;
}
const cell = (subject: string, from: string | null, to: string) => ({ subject, column: "ytd", from, to });

test("each figure once, under the name of its row, through an amendment", async () => {
  const add = [{ subject: "market", name: "集贸市场" }];
  const cells = [cell("mall", null, "90"), cell("market", null, "20")];
  await township("PATCH", `/returns/${id}/cells`, { body: { add, cells } });
  await step(township, "submit");
  await step(stats, "accept");
  await step(township, "amend");
  await township("PATCH", `/returns/${id}/cells`, { body: { cells: [cell("market", "20", "25")] } });
  await step(township, "submit");
  const { posted } = await step(stats, "accept");
  const told = posted.map(({ subject, rowName, after }: Json) => [subject, rowName, after]);
  expect(told).toEqual([
    ["shop:mall", "商场", "90"],
    ["shop:market", "集贸市场", "20"],
    ["shop:market", "集贸市场", "25"],
  ]);
});
