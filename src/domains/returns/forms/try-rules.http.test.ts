/** Trying rules out over several periods and units: every record that a rule can read, and how often each rule fires. */
import { beforeAll, expect, test } from "vitest";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { fillIn, openForm, takeStep } from "../../../../fixtures/return-asking.ts";
import { COUNTY, OTHER_TOWNSHIP, separateRelief, TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { retailForm, silenced, withSmallReturns } from "../../../../fixtures/small-returns.ts";

// What the form posts has no other source.
const silent = silenced(retailForm.columns);
const { database, as } = withSmallReturns({
  form: { ...retailForm, columns: silent },
  clock: () => new Date("2016-10-08T02:00:00Z"),
});
const stats = as("stats");

/** Two townships and their county. What the month was is posted nowhere: only the returns know it. */
const form = {
  ...retailForm,
  code: "trial",
  filers: { units: [TOWNSHIP, OTHER_TOWNSHIP, COUNTY].map((region) => `unit-${region}`) },
  review: [{ level: "county" }],
  schedule: null,
  columns: retailForm.columns.slice(0, 2),
  rules: [],
};

const PERIODS = ["2015-09", "2016-07", "2016-08", "2016-09"];
/** year to date and month; the ledger has 760 and 410 of the townships for 2015-08 from elsewhere */
const FILED: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  sulongkou: [
    [880, 120],
    [700, 100],
    [820, 120],
    [900, 70],
  ],
  twoposts: [
    [460, 50],
    [350, 50],
    [400, 50],
    [455, 55],
  ],
  stats: [
    [1400, 170],
    [1050, 150],
    [1230, 170],
    [1355, 125],
  ],
};

/** Fills in and submits every period of one unit. */
async function file(filer: Asking, values: readonly (readonly [number, number])[]): Promise<void> {
  for (const [at, period] of PERIODS.entries()) {
    const { items } = (await filer("GET", `/returns?of=mine&form=trial&period=${period}`)).json;
    const [ytd, month] = values[at] as readonly [number, number];
    const [{ id }] = items;
    await fillIn(filer, id, { ytd: [null, String(ytd)], month: [null, String(month)] });
    const sent = await takeStep(filer, id, "submit");
    expect(sent.json.brief, sent.text).toMatchObject({ status: "submitted" });
  }
}

/** All but the last of the county, which is still under review. */
async function acceptAllButOne(reviewer: Asking): Promise<void> {
  const { items } = (await reviewer("GET", "/returns?of=review&form=trial")).json;
  const last = items.findLast((one: Json) => one.period === "2016-09" && one.unit.code === `unit-${COUNTY}`);
  const ready = items.filter((one: Json) => one !== last).map(({ id, step }: Json) => ({ id, step }));
  const done = await reviewer("POST", "/returns/accept", { body: { items: ready } });
  expect(done.json.done).toHaveLength(11);
}

beforeAll(async () => {
  await separateRelief(database);
  await database.query("UPDATE org.posts SET person = NULL WHERE code = 'twoposts'");
  await openForm(stats, form, PERIODS);
  for (const [username, values] of Object.entries(FILED)) await file(as(username), values);
  await acceptAllButOne(as("relief"));
});

const expressions = {
  last: "now.ytd == last.ytd + now.month",
  last_filed: "now.month >= last.month",
  last_year: "now.ytd >= lastYear.ytd",
  last_year_filed: "now.month >= lastYear.month",
  children: "now.ytd == children.ytd",
  parent: "now.ytd * 2 <= parent.retail_sales",
  ledger: "now.ytd != ledger.retail_sales",
  period: "period.month != 8",
  total: "total.ytd >= 400",
};
const rules = Object.entries(expressions).map(([code, expression]) => ({
  ...retailForm.rules[0],
  code,
  expression,
  scope: code === "total" ? "form" : "row",
}));

const tryOut = async (from: string, to: string): Promise<Json> =>
  (await stats("POST", "/returns/forms/trial/try", { body: { form: { ...form, rules }, from, to } })).json;
const counts = ({ items }: Json): Json => Object.fromEntries(items.map((one: Json) => [one.code, one.fired]));
const places = ({ items }: Json, code: string): Json =>
  items.find((one: Json) => one.code === code).examples.map(({ period, name }: Json) => `${period} ${name}`);

test("counts how often each rule fires over the quarter, and says where", async () => {
  const tried = await tryOut("2016-07", "2016-09");
  expect(tried.returns).toBe(9);
  expect(tried.items.map((one: Json) => one.asked)).toEqual(rules.map(() => 9));
  expect(counts(tried)).toEqual({
    last: 2,
    last_filed: 2,
    last_year: 3,
    last_year_filed: 2,
    children: 1,
    // blank for September, which the county has only submitted
    parent: 2,
    ledger: 8,
    period: 3,
    total: 1,
  });
  expect(places(tried, "last")).toEqual(["2016-09 苏龙口镇", "2016-08 原平市"]);
  expect(places(tried, "last_filed")).toEqual(["2016-09 原平市", "2016-09 苏龙口镇"]);
  expect(places(tried, "last_year")).toEqual(["2016-09 原平市", "2016-09 崞阳镇", "2016-08 崞阳镇"]);
  expect(places(tried, "children")).toEqual(["2016-08 原平市"]);
  expect(places(tried, "parent")).toEqual(["2016-08 苏龙口镇", "2016-07 苏龙口镇"]);
  expect(places(tried, "ledger")).toHaveLength(5);
});

test("looks at the periods that were asked for, and at no others", async () => {
  const tried = await tryOut("2016-08", "2016-08");
  expect(tried.returns).toBe(3);
  expect(counts(tried)).toMatchObject({
    last: 1,
    last_year: 1,
    children: 1,
    parent: 1,
    ledger: 3,
    period: 3,
  });
  expect(counts(await tryOut("2014-01", "2014-12"))).toMatchObject({ last: 0, ledger: 0, period: 0 });
});

test("says of each what it would say to its filer", async () => {
  const tried = await tryOut("2016-07", "2016-09");
  const { examples } = tried.items.find((one: Json) => one.code === "last");
  expect(examples[0]).toMatchObject({ unitZh: "单位", zh: "累计 900 应等于上期累计 820 加本月 70" });
});
