/** A figure stays its return's though somebody corrects it by hand: no other return posts over the correction. */
import { expect, test } from "vitest";
import type { Answer, Json } from "../../../../fixtures/ask.ts";
import { fillIn, forceColumns, openForm, returnOf, takeStep } from "../../../../fixtures/return-asking.ts";
import { TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { laxForm, retailForm, silenced, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const { database, as } = withSmallReturns({ form: { ...retailForm, rules: [] } });
const township = as("sulongkou");
const stats = as("stats");

/** Another form that posts the same. */
async function openAgain(): Promise<void> {
  const silent = silenced(laxForm.columns);
  const form = { ...laxForm, code: "again", nameZh: "补充报表", schedule: null, columns: silent };
  await openForm(stats, form, ["2016-08"]);
  await forceColumns(database, "again", laxForm.columns);
}

/** Puts the number in, submits, and asks for the acceptance. */
async function file(form: string, from: string | null, to: string): Promise<Answer> {
  const { id } = await returnOf(township, form);
  await fillIn(township, id, { month: [from, to], ytd: [from, to] });
  await takeStep(township, id, "submit");
  return takeStep(stats, id, "accept");
}

async function turn(form: string, verb: string, reason: string): Promise<void> {
  const { id } = await returnOf(township, form);
  expect((await takeStep(verb === "amend" ? township : stats, id, verb, reason)).status).toBe(200);
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
