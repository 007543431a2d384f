/** Filers by region: units of a kind, within some townships alone. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../../../../fixtures/ask.ts";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import {
  COUNTY,
  openSmallCounty,
  OTHER_TOWNSHIP,
  PASSWORD,
  TOWNSHIP,
  VILLAGE,
} from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { openSmallReturns, retailForm } from "../../../../fixtures/small-returns.ts";
import { openTestServer } from "../../../../fixtures/test-server.ts";
import type { TestServer } from "../../../../fixtures/test-server.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let stats: Asking;

beforeAll(async () => {
  county = await openSmallCounty(database);
  await openSmallReturns(database, county);
  for (const [code, region] of [
    ["mill", TOWNSHIP],
    ["kiln", VILLAGE],
    ["mine", OTHER_TOWNSHIP],
    ["plant", COUNTY],
  ])
    await database.query(
      `INSERT INTO org.units (county, region, code, name_zh, name_en, kind)
       VALUES (140981, $1, $2::text, $2::text, $2::text, 'works')`,
      [region, code],
    );
  server = await openTestServer(database, { county: COUNTY, clock: () => new Date("2016-09-06T02:00:00Z") });
  stats = await signInAs(server.app, { username: "stats", password: PASSWORD });
});
afterAll(async () => {
  await server.close();
  await county.close();
});

const columns = retailForm.columns.map((column) => ({ ...column, posts: null }));
const save = (code: string, filers: object, also: object = {}): Promise<Answer> => {
  const form = { ...retailForm, code, nameZh: code, schedule: null, rules: [], columns, filers, ...also };
  return stats("PUT", `/returns/forms/${code}`, { body: { basedOn: 0, form } });
};
async function filersOf(code: string): Promise<Json[]> {
  await stats("POST", `/returns/forms/${code}/openings`, { body: { period: "2016-08" } });
  const { items } = (await stats("GET", `/returns?of=all&form=${code}`)).json;
  return items.map((item: Json) => item.unit.nameZh).toSorted();
}

test.each([
  ["everywhere", { kinds: ["works"] }, ["kiln", "mill", "mine", "plant"]],
  ["in-one", { kinds: ["works"], within: [TOWNSHIP] }, ["kiln", "mill"]],
  ["in-both", { kinds: ["works"], within: [TOWNSHIP, OTHER_TOWNSHIP] }, ["kiln", "mill", "mine"]],
  ["and-one", { kinds: ["works"], within: [OTHER_TOWNSHIP], units: ["plant"] }, ["mine", "plant"]],
])("a form for works %s has a return of each of them and of no other", async (code, filers, wanted) => {
  expect((await save(code, filers)).status).toBe(200);
  expect(await filersOf(code)).toEqual(wanted);
});

test("a form that posts what another does is a clash in that one's regions, and none elsewhere", async () => {
  const posting = { columns: retailForm.columns };
  const refused = await save("post-there", { kinds: ["works"], within: [OTHER_TOWNSHIP] }, posting);
  expect(refused.json).toMatchObject({
    problems: [{ code: "POSTED_ELSEWHERE", zh: expect.stringContaining("社会消费品零售月报") }],
  });
  expect((await save("post-elsewhere", { kinds: ["works"], within: [VILLAGE] }, posting)).status).toBe(200);
});

test("nor do two filers of one region meet that files only elsewhere", async () => {
  const posting = { columns: retailForm.columns, schedule: { from: "2016-09", to: null } };
  await database.query("UPDATE org.units SET region = $1 WHERE code = 'plant'", [VILLAGE]);
  const refused = await save("meet", { kinds: ["works"], within: [VILLAGE] }, posting);
  expect(refused.json.problems).toMatchObject([{ field: "filers", zh: expect.stringContaining("kiln") }]);
  expect((await save("meet-not", { kinds: ["works"], within: [OTHER_TOWNSHIP] }, posting)).status).toBe(200);
});

test("a region that is not below the county, and regions without a kind, are refused at their field", async () => {
  const faultsOf = async (filers: object): Promise<unknown> =>
    ((await save("wrong", filers)).json.problems ?? []).map(({ field }: Json) => field);
  expect(await faultsOf({ kinds: ["works"], within: [COUNTY] })).toEqual(["filers.within"]);
  expect(await faultsOf({ kinds: ["works"], within: [140982001000, 140981999000] })).toEqual([
    "filers.within",
    "filers.within",
  ]);
  expect(await faultsOf({ kinds: [], within: [TOWNSHIP], units: ["mill"] })).toEqual(["filers.within"]);
});
