/** Several returns accepted at once: each refusal tells the whole reason, where, and how the return stands now. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../../../../fixtures/ask.ts";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { withTestDatabase } from "../../../../fixtures/database.ts";
import { COUNTY, openSmallCounty, PASSWORD } from "../../../../fixtures/small-county.ts";
import type { SmallCounty } from "../../../../fixtures/small-county.ts";
import { openSmallReturns, retailForm } from "../../../../fixtures/small-returns.ts";
import { openTestServer } from "../../../../fixtures/test-server.ts";
import type { TestServer } from "../../../../fixtures/test-server.ts";
import { FormDefinition } from "../contract.ts";

const silent = retailForm.columns.map((column) => ({ ...column, posts: null }));
const database = withTestDatabase();
let county: SmallCounty;
let server: TestServer;
let township: Asking;
let stats: Asking;

beforeAll(async () => {
  county = await openSmallCounty(database);
  await openSmallReturns(database, county);
  server = await openTestServer(database, { county: COUNTY, clock: () => new Date("2016-09-06T02:00:00Z") });
  township = await signInAs(server.app, { username: "sulongkou", password: PASSWORD });
  stats = await signInAs(server.app, { username: "stats", password: PASSWORD });
  for (const code of ["other-sum", "recalled", "locked"]) {
    const form = { ...retailForm, columns: silent, code, nameZh: `零售${code}`, schedule: null, rules: [] };
    await stats("PUT", `/returns/forms/${code}`, { body: { basedOn: 0, form } });
    await stats("POST", `/returns/forms/${code}/openings`, { body: { period: "2016-08" } });
  }
  // As if it had been saved and opened before anybody asked whether another form posts the same.
  await database.query(
    "UPDATE returns.forms SET definition = jsonb_set(definition, '{columns}', $1::jsonb) WHERE code = 'other-sum'",
    [JSON.stringify(FormDefinition.shape.columns.parse(retailForm.columns))],
  );
});
afterAll(async () => {
  await server.close();
  await county.close();
});

/** Submitted by the township with this sum. */
async function submit(form: string, ytd: string): Promise<Json> {
  const { items } = (await township("GET", "/returns")).json;
  const { id } = items.find((item: Json) => item.form === form);
  const cells = [
    ["month", String(Number(ytd) - 700)],
    ["ytd", ytd],
  ].map(([column, to]) => ({ subject: "region", column, from: null, to }));
  const { step } = (await township("PATCH", `/returns/${id}/cells`, { body: { cells } })).json;
  return (await township("POST", `/returns/${id}/steps`, { body: { verb: "submit", step } })).json.brief;
}
const acceptAll = async (who: Asking, briefs: readonly Json[]): Promise<Json> => {
  const items = briefs.map(({ id, step }) => ({ id, step }));
  return (await who("POST", "/returns/accept", { body: { items } })).json;
};

let sent: Json[];

test("what is refused among several tells why, in which cell, and how it stands now; the others are accepted", async () => {
  sent = [];
  for (const [form, ytd] of [
    ["retail-monthly", "820"],
    ["other-sum", "830"],
    ["recalled", "820"],
    ["locked", "820"],
  ] as const)
    sent.push(await submit(form, ytd));
  const [monthly, other, recalled, locked] = sent as [Json, Json, Json, Json];
  await township("POST", `/returns/${recalled.id}/steps`, { body: { verb: "recall", step: recalled.step } });
  const opening = "/returns/forms/locked/openings/2016-08";
  await stats("PUT", opening, { body: { isLocked: true, reason: "封账" } });

  const { done, refused } = await acceptAll(stats, sent);
  expect(done).toEqual([monthly.id]);
  expect(refused).toMatchObject([
    {
      id: other.id,
      code: "FIGURES_REFUSED",
      placeCount: 1,
      places: [
        {
          code: "POSTED_ELSEWHERE",
          field: "region.ytd",
          zh: expect.stringMatching(/^苏龙口镇，累计零售额：.*“社会消费品零售月报 2016年8月 .*820.*830/),
          en: expect.stringMatching(/^苏龙口镇, Retail sales, year to date: .*820.*830/),
        },
      ],
      now: { id: other.id, status: "submitted", step: other.step },
    },
    {
      id: recalled.id,
      code: "RETURN_MOVED",
      title: { zh: expect.stringContaining("他人"), en: expect.stringContaining("Somebody else") },
      placeCount: 0,
      now: { status: "draft", step: recalled.step + 1 },
    },
    { id: locked.id, code: "RETURN_LOCKED", now: { status: "submitted", isLocked: true } },
  ]);
});

test("what was refused can be tried again by itself, when its reason is gone", async () => {
  const [, other, , locked] = sent as [Json, Json, Json, Json];
  const opening = "/returns/forms/locked/openings/2016-08";
  await stats("PUT", opening, { body: { isLocked: false, reason: "解锁" } });
  const { done, refused } = await acceptAll(stats, [other, locked]);
  expect(done).toEqual([locked.id]);
  expect(refused.map((one: Json) => one.code)).toEqual(["FIGURES_REFUSED"]);
});

test("a refusal tells nothing of a return that the acting post does not see", async () => {
  const neighbour = await signInAs(server.app, { username: "fanshi", password: PASSWORD });
  const [, other] = sent as [Json, Json];
  expect((await acceptAll(neighbour, [other])).refused).toEqual([
    expect.objectContaining({ id: other.id, code: "RETURN_NOT_FOUND", places: [], now: null }),
  ]);
});
