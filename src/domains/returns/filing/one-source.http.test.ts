/** A figure has one source: whose return may post it, told when a form is saved, a period opened, a return accepted. */
import { describe, expect, test } from "vitest";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { fillIn, forceColumns, takeStep } from "../../../../fixtures/return-asking.ts";
import { COUNTY, TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { retailForm, silenced, withSmallReturns } from "../../../../fixtures/small-returns.ts";
import { makeSystemActor } from "../../auth/index.ts";
import { openAndRemind } from "../open-and-remind.ts";

const served = withSmallReturns({ clock: () => new Date("2016-10-08T02:00:00Z") });
const { database } = served;
const township = served.as("sulongkou");
const stats = served.as("stats");

const again = { ...retailForm, code: "retail-again", nameZh: "零售补充报表", schedule: null, rules: [] };

/** Submits what the township says of August, and asks for its acceptance. */
async function file(form: string, ytd: string): Promise<Answer> {
  const { items } = (await township("GET", "/returns")).json;
  const { id } = items.find((item: Json) => item.form === form && item.status !== "accepted");
  await fillIn(township, id, { month: [null, String(Number(ytd) - 700)], ytd: [null, ytd] });
  await takeStep(township, id, "submit");
  return takeStep(stats, id, "accept");
}

const figures = (): Promise<Json> =>
  database.query(
    `SELECT f.version, f.value::text AS value FROM ledger.figures f
     WHERE f.period = '2016-08' AND f.region = ${TOWNSHIP} AND f.basis = 'ytd' ORDER BY f.version`,
  );

const silent = silenced(again.columns);
const save = (form: typeof again) =>
  stats("PUT", `/returns/forms/${form.code}`, { body: { basedOn: 0, form } });

test("a form that posts what another does is refused when it is saved, at the column", async () => {
  const refused = await save(again);
  expect(refused.json).toMatchObject({ code: "FORM_REFUSED" });
  expect(refused.json.problems).toMatchObject([
    {
      code: "POSTED_ELSEWHERE",
      field: "columns.1.posts",
      zh: expect.stringMatching(/“社会消费品零售月报”.*“累计零售额”.*苏龙口镇/),
      en: expect.stringContaining("Sulongkou"),
    },
  ]);
  const elsewhere = { ...again, code: "retail-county", filers: { units: ["retail-office"] } };
  await database.query(
    `INSERT INTO org.units (county, region, code, name_zh, name_en, kind)
     VALUES (140981, ${COUNTY}, 'retail-office', '商务局', 'Retail office', 'office')`,
  );
  expect((await save(elsewhere)).json.version, "another region").toBe(1);
  const next = { ...again, code: "retail-next", schedule: { from: "2016-09", to: "2016-10" } };
  expect((await save(next as never)).json.version, "another time").toBe(1);
});

test("what one return has posted another does not correct, and says which one it was", async () => {
  expect((await save({ ...again, columns: silent })).status).toBe(200);
  await stats("POST", "/returns/forms/retail-again/openings", { body: { period: "2016-08" } });
  await forceColumns(database, "retail-again", again.columns);
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
  const [{ id }] = (await stats("GET", "/returns?of=review")).json.items;
  await takeStep(stats, id, "sendBack", "与月报不一致");
  await fillIn(township, id, { ytd: ["830", "820"] });
  await takeStep(township, id, "submit");
  expect((await takeStep(stats, id, "accept")).json.brief.status).toBe("accepted");
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
  expect((await put({ form: { ...form, columns: silent } })).status).toBe(200);
});

test("a unit that joined the region since is noticed when the next period is opened", async () => {
  await database.query("UPDATE org.units SET kind = 'shop' WHERE code = 'market-office'");
  const growth = { unit: "%", posts: { measure: "retail_sales", basis: "ytd", aspect: "growth" } };
  const form = {
    ...again,
    columns: again.columns.slice(0, 1).map((column) => ({ ...column, ...growth })),
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

const schedule = (code: string, value: object): Promise<unknown> =>
  database.query(
    "UPDATE returns.forms SET definition = jsonb_set(definition, '{schedule}', $2::jsonb) WHERE code = $1",
    [code, JSON.stringify(value)],
  );

describe("a period that is opened by itself", () => {
  const opened = (form: string) =>
    database.query("SELECT period FROM returns.openings WHERE form = $1 ORDER BY period", [form]);
  const returnsOf = (form: string) => database.query("SELECT FROM returns.returns WHERE form = $1", [form]);
  const morning = () =>
    openAndRemind(served.county.pools, makeSystemActor("taizhang_actor", COUNTY), "2016-10-08");
  const blockedOf = async (asking: Asking, code: string): Promise<Json> => {
    const row = (await asking("GET", "/returns/forms")).json.items.find((one: Json) => one.code === code);
    const view = (await asking("GET", `/returns/forms/${code}`)).json;
    expect(view.blocked).toEqual(row.blocked);
    return row.blocked;
  };

  test("stays closed as a whole while two filers meet, tells its owner alone, and opens once it is mended", async () => {
    await schedule("retail-later", { from: "2016-09", to: "2016-09" });
    await morning();
    expect(await opened("retail-later")).toEqual([]);
    expect(await returnsOf("retail-later")).toEqual([]);
    expect(await opened("retail-next"), "the others go on").toEqual([{ period: "2016-09" }]);
    expect(await blockedOf(stats, "retail-later")).toMatchObject([
      { period: "2016-09", zh: expect.stringContaining("苏龙口商管所") },
    ]);
    expect(await blockedOf(township, "retail-later")).toEqual([]);
    await database.query("UPDATE org.units SET region = $1 WHERE code = 'market-office'", [COUNTY]);
    await morning();
    expect(await opened("retail-later")).toEqual([{ period: "2016-09" }]);
    expect(await returnsOf("retail-later")).toHaveLength(3);
    expect(await blockedOf(stats, "retail-later")).toEqual([]);
  });

  test("nor opens beside another form that posts the same, by the morning's work or by hand", async () => {
    await schedule("retail-again", { from: "2016-09", to: "2016-09" });
    await morning();
    expect(await opened("retail-again")).toEqual([{ period: "2016-08" }]);
    expect(await blockedOf(stats, "retail-again")).toMatchObject([
      { period: "2016-09", zh: expect.stringContaining("“零售补充报表”") },
    ]);
    const body = { period: "2016-09" };
    const byHand = await stats("POST", "/returns/forms/retail-again/openings", { body });
    expect(byHand.json.code).toBe("OPENING_REFUSED");
  });
});
