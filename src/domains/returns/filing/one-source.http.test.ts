/** A figure has one source: whose return may post it, told when a form is saved, a period opened, a return accepted. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../../../../fixtures/ask.ts";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD, TOWNSHIP } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { openSmallReturns, retailForm } from "../../../../fixtures/small-returns.ts";
import { openTestServer } from "../../../../fixtures/test-server.ts";
import type { TestServer } from "../../../../fixtures/test-server.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let township: Asking;
let stats: Asking;

beforeAll(async () => {
  county = await openSmallCounty(database);
  await openSmallReturns(database, county);
  const clock = () => new Date("2016-09-06T02:00:00Z");
  server = await openTestServer(database, { county: COUNTY, clock });
  township = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
  stats = await signInAs(server.app, { username: "stats", password: PASSWORD });
});
afterAll(async () => {
  await server.close();
  await county.close();
});

const again = { ...retailForm, code: "retail-again", nameZh: "零售补充报表", schedule: null, rules: [] };

/** Submits what the township says of August, and asks for its acceptance. */
async function file(form: string, ytd: string): Promise<Answer> {
  const { items } = (await township("GET", "/returns")).json;
  const { id } = items.find((item: Json) => item.form === form && item.status !== "accepted");
  const cells = [
    ["month", String(Number(ytd) - 700)],
    ["ytd", ytd],
  ].map(([column, to]) => ({ subject: "region", column, from: null, to }));
  const { step } = (await township("PATCH", `/returns/${id}/cells`, { body: { cells } })).json;
  const sent = await township("POST", `/returns/${id}/steps`, { body: { verb: "submit", step } });
  return stats("POST", `/returns/${id}/steps`, { body: { verb: "accept", step: sent.json.brief.step } });
}

const figures = (): Promise<Json> =>
  database.query(
    `SELECT f.version, f.value::text AS value FROM ledger.figures f
     WHERE f.period = '2016-08' AND f.region = ${TOWNSHIP} AND f.basis = 'ytd' ORDER BY f.version`,
  );

test("what one return has posted another does not correct, and says which one it was", async () => {
  expect(
    (await stats("PUT", "/returns/forms/retail-again", { body: { basedOn: 0, form: again } })).status,
  ).toBe(200);
  await stats("POST", "/returns/forms/retail-again/openings", { body: { period: "2016-08" } });
  expect((await file("retail-monthly", "820")).json.brief.status).toBe("accepted");
  const refused = await file("retail-again", "830");
  expect(refused.json.code).toBe("FIGURES_REFUSED");
  expect(refused.json.problems).toMatchObject([
    {
      code: "POSTED_ELSEWHERE",
      zh: expect.stringMatching(/“社会消费品零售月报 2016年8月 .*（820）.*（830）/),
    },
  ]);
  expect(await figures()).toEqual([{ version: 1, value: "820" }]);
  const { items } = (await stats("GET", "/returns?of=review")).json;
  expect(items).toMatchObject([{ form: "retail-again", status: "submitted" }]);
});

test("who says the same is accepted, and posts nothing new", async () => {
  const [{ id, step }] = (await stats("GET", "/returns?of=review")).json.items;
  const back = { verb: "sendBack", step, reason: "与月报不一致" };
  const { brief } = (await stats("POST", `/returns/${id}/steps`, { body: back })).json;
  const cells = [{ subject: "region", column: "ytd", from: "830", to: "820" }];
  await township("PATCH", `/returns/${id}/cells`, { body: { cells } });
  const sent = await township("POST", `/returns/${id}/steps`, {
    body: { verb: "submit", step: brief.step },
  });
  const accepted = await stats("POST", `/returns/${id}/steps`, {
    body: { verb: "accept", step: sent.json.brief.step },
  });
  expect(accepted.json.brief.status).toBe("accepted");
  expect(await figures()).toEqual([{ version: 1, value: "820" }]);
});

test("two units of one region cannot both file what is posted as that region's", async () => {
  await database.query(
    `INSERT INTO org.units (county, region, code, name_zh, name_en, kind)
     VALUES (140981, ${TOWNSHIP}, 'market-office', '苏龙口商管所', 'Market office', 'office')`,
  );
  const units = [...retailForm.filers.units, "market-office"];
  const form = { ...again, code: "retail-both", filers: { units } };
  const put = (body: object) => stats("PUT", "/returns/forms/retail-both", { body: { basedOn: 0, ...body } });
  const refused = await put({ form });
  expect(refused.json).toMatchObject({
    code: "FORM_REFUSED",
    problems: [{ field: "filers", zh: expect.stringContaining("苏龙口商管所") }],
  });
  const silent = form.columns.map((column) => ({ ...column, posts: null }));
  expect((await put({ form: { ...form, columns: silent } })).status).toBe(200);
});

test("a unit that joined the region since is noticed when the next period is opened", async () => {
  await database.query("UPDATE org.units SET kind = 'shop' WHERE code = 'market-office'");
  const form = {
    ...again,
    code: "retail-later",
    filers: { units: retailForm.filers.units, kinds: ["shop"] },
  };
  await database.query("UPDATE org.units SET region = $1 WHERE code = 'market-office'", [COUNTY]);
  expect(
    (await stats("PUT", "/returns/forms/retail-later", { body: { basedOn: 0, form } })).json,
  ).toMatchObject({ version: 1 });
  await database.query("UPDATE org.units SET region = $1 WHERE code = 'market-office'", [TOWNSHIP]);
  const opened = await stats("POST", "/returns/forms/retail-later/openings", { body: { period: "2016-08" } });
  expect(opened.json).toMatchObject({
    code: "OPENING_REFUSED",
    detail: expect.stringContaining("Sulongkou"),
  });
});
