/** Rows of an open list come and go over HTTP, and none goes with work in it that nobody has seen. */
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
let id: number;

const mall = { code: "mall", nameZh: "商场", nameEn: "Mall" };
const subjects = {
  kind: "list",
  prefix: "shop",
  nameZh: "商户",
  nameEn: "Shop",
  isOpen: true,
  items: [mall],
};

beforeAll(async () => {
  county = await openSmallCounty(database);
  await openSmallReturns(database, county, { ...retailForm, subjects, rules: [] });
  server = await openTestServer(database, { county: COUNTY, clock: () => new Date("2016-09-06T02:00:00Z") });
  township = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
  ({ id } = (await township("GET", "/returns")).json.items[0]);
});
afterAll(async () => {
  await server.close();
  await county.close();
});

const edit = async (body: object): Promise<Json> =>
  (await township("PATCH", `/returns/${id}/cells`, { body })).json;
const rows = async (): Promise<Json> =>
  (await township("GET", `/returns/${id}`)).json.items.map((row: Json) => [row.subject, row.values]);
const cell = (from: string | null, to: string | null) => ({ subject: "market", column: "ytd", from, to });

test("a row comes in empty and is filled in", async () => {
  const added = await edit({ add: [{ subject: "market", name: "集贸市场" }], cells: [cell(null, "90")] });
  expect(added).toMatchObject({ refused: [], cells: [{ subject: "market", value: "90" }] });
  expect(await rows()).toEqual([
    ["mall", {}],
    ["market", { ytd: "90" }],
  ]);
});

test.each([
  ["filled in", {}],
  ["changed", { ytd: "80" }],
  ["emptied in part", { ytd: "90", month: "10" }],
])("what somebody else has %s meanwhile stays, and it is said why", async (_, values) => {
  const kept = await edit({ remove: [{ subject: "market", values }] });
  expect(kept.refused).toMatchObject([
    { subject: "market", code: "ROW_CHANGED", zh: expect.stringContaining("集贸市场") },
  ]);
  expect(await rows()).toContainEqual(["market", { ytd: "90" }]);
});

test("a row of the form's own stays; one that was seen as it is goes, and to take it away twice is no fault", async () => {
  const fixed = await edit({ remove: [{ subject: "mall", values: {} }] });
  expect(fixed.refused).toMatchObject([{ subject: "mall", code: "CLOSED_LIST" }]);
  const body = { remove: [{ subject: "market", values: { ytd: "90" } }] };
  expect((await edit(body)).refused).toEqual([]);
  expect(await rows()).toEqual([["mall", {}]]);
  expect((await edit(body)).refused).toEqual([]);
});

test("what is typed into a row that has gone is told, with nothing written", async () => {
  expect((await edit({ cells: [cell("90", "95")] })).refused).toMatchObject([{ code: "NO_SUCH_CELL" }]);
  expect(await rows()).toEqual([["mall", {}]]);
});
