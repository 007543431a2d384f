/** Several returns accepted at once: each refusal tells the whole reason, where, and how the return stands now. */
import { beforeAll, expect, test } from "vitest";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { fillIn, forceColumns, openForm, returnOf, takeStep } from "../../../../fixtures/return-asking.ts";
import { retailForm, silenced, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const silent = silenced(retailForm.columns);
const { database, as } = withSmallReturns();
const township = as("sulongkou");
const stats = as("stats");

beforeAll(async () => {
  for (const code of ["other-sum", "recalled", "locked"]) {
    const form = { ...retailForm, columns: silent, code, nameZh: `零售${code}`, schedule: null, rules: [] };
    await openForm(stats, form, ["2016-08"]);
  }
  await forceColumns(database, "other-sum", retailForm.columns);
});

/** Submitted by the township with this sum. */
async function submit(form: string, ytd: string): Promise<Json> {
  const { id } = await returnOf(township, form);
  await fillIn(township, id, { month: [null, String(Number(ytd) - 700)], ytd: [null, ytd] });
  return (await takeStep(township, id, "submit")).json.brief;
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
  await takeStep(township, recalled.id, "recall");
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
  const [, other] = sent as [Json, Json];
  expect((await acceptAll(as("fanshi"), [other])).refused).toEqual([
    expect.objectContaining({ id: other.id, code: "RETURN_NOT_FOUND", places: [], now: null }),
  ]);
});
