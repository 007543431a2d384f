/** An explanation belongs to a version, and counts for the numbers that it was given for. */
import { beforeAll, expect, test } from "vitest";
import type { Answer, Json } from "../../../../fixtures/ask.ts";
import { fillIn, returnOf, takeStep } from "../../../../fixtures/return-asking.ts";
import { TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { laxForm, retailForm, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const jump = retailForm.rules.filter(({ code }) => code === "jump");
const { database, as } = withSmallReturns({ form: { ...laxForm, rules: jump } });
const township = as("sulongkou");
const stats = as("stats");
let id: number;
beforeAll(async () => {
  ({ id } = await returnOf(township, "retail-monthly"));
});

const read = async (): Promise<Json> => (await township("GET", `/returns/${id}`)).json;
const fill = (from: string | null, to: string): Promise<Answer> => fillIn(township, id, { ytd: [from, to] });
const explain = (text: string, numbers?: string): Promise<Answer> =>
  township("PUT", `/returns/${id}/explanations`, {
    body: { code: "jump", subject: "region", text, numbers },
  });
/** The one finding: what is said of it, and whether that is about other numbers. */
const said = async (): Promise<Json> =>
  (await read()).findings.map(({ explanation, isOutdated }: Json) => [explanation, isOutdated]);

/** As the acceptance of another year's return would. */
const correctYearAgo = (value: string): Promise<unknown> =>
  database.query(
    `UPDATE ledger.figures SET value = $1 WHERE period = '2015-08' AND region = ${TOWNSHIP} AND basis = 'ytd'`,
    [value],
  );

test("is refused for numbers that somebody has changed since they were on the page", async () => {
  await fill(null, "1100");
  const [{ numbers }] = (await read()).findings;
  expect(numbers).toBe("now.ytd=1100 lastYear.ytd=760");
  await fill("1100", "11000");
  expect((await explain("新商场开业", numbers)).json.code).toBe("RETURN_NUMBERS_CHANGED");
  await fill("11000", "1100");
  expect((await explain("新商场开业", numbers)).status).toBe(204);
  expect(await said()).toEqual([["新商场开业", false]]);
});

test("does not count once the number is compared with another", async () => {
  await correctYearAgo("500");
  expect(await said()).toEqual([["新商场开业", true]]);
  expect((await takeStep(township, id, "submit")).json).toMatchObject({
    code: "RETURN_NOT_READY",
    problems: [{ code: "jump" }],
  });
  await correctYearAgo("760");
  expect((await takeStep(township, id, "submit")).status).toBe(200);
  expect((await takeStep(stats, id, "accept")).status).toBe(200);
});

test("does not count in the next version for another number, nor is lost there for the same", async () => {
  await takeStep(township, id, "amend", "核对");
  expect(await said()).toEqual([["新商场开业", false]]);
  await fill("1100", "1200");
  expect((await takeStep(township, id, "submit")).json.code).toBe("RETURN_NOT_READY");
  await explain("两家新商场开业");
  expect(await said()).toEqual([["两家新商场开业", false]]);
});

test("of an accepted version is what it was, whatever was said in an amendment that is dropped", async () => {
  await takeStep(township, id, "drop");
  expect((await read()).brief).toMatchObject({ status: "accepted", version: 1 });
  expect(await said()).toEqual([["新商场开业", false]]);
});

test("taken back in an amendment, it stays with the accepted version, and the next amendment begins from that", async () => {
  await takeStep(township, id, "amend", "再核对");
  await explain("");
  expect(await said()).toEqual([[null, false]]);
  await takeStep(township, id, "drop");
  await takeStep(township, id, "amend", "又核对");
  expect(await said()).toEqual([["新商场开业", false]]);
});

test("given before its numbers were kept, it counts in the version that is frozen, and has to be given again in the next", async () => {
  await takeStep(township, id, "drop");
  await database.query("UPDATE returns.explanations SET numbers = NULL WHERE version = 1");
  expect(await said()).toEqual([["新商场开业", false]]);
  await takeStep(township, id, "amend", "旧版本");
  expect(await said()).toEqual([["新商场开业", true]]);
});
