/** A figure stays its return's though somebody corrects it by hand: no other return posts over the correction. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../../../../fixtures/ask.ts";
import type { Answer, Asking, Json } from "../../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD, TOWNSHIP } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { openSmallReturns, retailForm } from "../../../../fixtures/small-returns.ts";
import { openTestServer } from "../../../../fixtures/test-server.ts";
import type { TestServer } from "../../../../fixtures/test-server.ts";
import { FormDefinition } from "../contract.ts";

const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let township: Asking;
let stats: Asking;

beforeAll(async () => {
  county = await openSmallCounty(database);
  await openSmallReturns(database, county, { ...retailForm, rules: [] });
  server = await openTestServer(database, { county: COUNTY, clock: () => new Date("2016-09-06T02:00:00Z") });
  township = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
  stats = await signInAs(server.app, { username: "stats", password: PASSWORD });
});
afterAll(async () => {
  await server.close();
  await county.close();
});

const columns = retailForm.columns.map((column) => ({ ...column, required: false }));

/** Another form that posts the same, as if it had been saved and opened before that was asked. */
async function openAgain(): Promise<void> {
  const silent = columns.map((column) => ({ ...column, posts: null }));
  const form = {
    ...retailForm,
    code: "again",
    nameZh: "补充报表",
    schedule: null,
    rules: [],
    columns: silent,
  };
  expect((await stats("PUT", "/returns/forms/again", { body: { basedOn: 0, form } })).status).toBe(200);
  await stats("POST", "/returns/forms/again/openings", { body: { period: "2016-08" } });
  await database.query(
    "UPDATE returns.forms SET definition = jsonb_set(definition, '{columns}', $1::jsonb) WHERE code = 'again'",
    [JSON.stringify(FormDefinition.shape.columns.parse(columns))],
  );
}

/** Puts the number in, submits, and asks for the acceptance. */
async function file(form: string, from: string | null, to: string): Promise<Answer> {
  const { id } = (await township("GET", "/returns")).json.items.find((one: Json) => one.form === form);
  const cells = ["month", "ytd"].map((column) => ({ subject: "region", column, from, to }));
  const edited = await township("PATCH", `/returns/${id}/cells`, { body: { cells } });
  const submit = { verb: "submit", step: edited.json.step };
  const { brief } = (await township("POST", `/returns/${id}/steps`, { body: submit })).json;
  return stats("POST", `/returns/${id}/steps`, { body: { verb: "accept", step: brief.step } });
}

async function turn(form: string, verb: string, reason: string): Promise<void> {
  const asking = verb === "amend" ? township : stats;
  const { id } = (await township("GET", "/returns")).json.items.find((one: Json) => one.form === form);
  const { step } = (await township("GET", `/returns/${id}`)).json.brief;
  const { status } = await asking("POST", `/returns/${id}/steps`, { body: { verb, step, reason } });
  expect(status).toBe(200);
}

const figures = (): Promise<Json> =>
  database.query(
    `SELECT id::int, f.version, f.value::text AS value FROM ledger.figures f
     WHERE f.period = '2016-08' AND f.region = ${TOWNSHIP} AND f.basis = 'ytd' ORDER BY f.version`,
  );

test("another return does not post over what was corrected by hand, and reads how it came to that", async () => {
  await file("retail-monthly", null, "820");
  const [{ id }] = await figures();
  const body = { value: "825", unit: "万元", reason: "执法检查" };
  expect((await stats("POST", `/figures/${id}/corrections`, { body })).status).toBe(201);
  await openAgain();
  const refused = await file("again", null, "830");
  expect(refused.json).toMatchObject({
    code: "FIGURES_REFUSED",
    problems: [
      {
        code: "POSTED_ELSEWHERE",
        zh: expect.stringMatching(/“社会消费品零售月报 2016年8月 .*（820，后更正为 825）.*（830）/),
        en: expect.stringContaining("as 820, corrected to 825 since"),
      },
    ],
  });
  expect(await figures()).toMatchObject([{ value: "820" }, { value: "825" }]);
});

test("nor does it go back to what was there before the correction", async () => {
  await turn("again", "sendBack", "与月报不一致");
  expect((await file("again", "830", "820")).json.code).toBe("FIGURES_REFUSED");
});

test("who says what the correction says is accepted, and posts nothing", async () => {
  await turn("again", "sendBack", "已经更正");
  expect((await file("again", "820", "825")).json.brief.status).toBe("accepted");
  expect(await figures()).toHaveLength(2);
});

test("its own return corrects it in its turn, and owns it still", async () => {
  await turn("retail-monthly", "amend", "与税务局核对");
  expect((await file("retail-monthly", "820", "840")).json.brief.status).toBe("accepted");
  await turn("again", "amend", "补报");
  expect((await file("again", "825", "850")).json.code).toBe("FIGURES_REFUSED");
  expect(await figures()).toMatchObject([{ value: "820" }, { value: "825" }, { value: "840" }]);
});
