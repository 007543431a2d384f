/** What an amendment does to figures that are in the ledger: none is forgotten there. */
import { beforeAll, expect, test } from "vitest";
import type { Json } from "../../../../fixtures/ask.ts";
import { returnOf, takeStep } from "../../../../fixtures/return-asking.ts";
import { laxForm, shops, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const { database, as } = withSmallReturns({ form: { ...laxForm, subjects: shops } });
const township = as("sulongkou");
const stats = as("stats");
let id: number;
beforeAll(async () => {
  ({ id } = await returnOf(township, "retail-monthly"));
});

const edit = async (body: object): Promise<Json> =>
  (await township("PATCH", `/returns/${id}/cells`, { body })).json;
const cell = (subject: string, from: string | null, to: string | null) => ({
  subject,
  column: "ytd",
  from,
  to,
});
const figures = (): Promise<Json> =>
  database.query(
    `SELECT f.subject, f.value::text AS value FROM ledger.figures f
     WHERE f.period = '2016-08' AND f.subject LIKE 'shop:%' ORDER BY f.id`,
  );

test("a posted number can be corrected, not blanked, and its row not taken away", async () => {
  const cells = [cell("mall", null, "90"), cell("market", null, "20")];
  await edit({ add: [{ subject: "market", name: "集贸市场" }], cells });
  await takeStep(township, id, "submit");
  expect((await takeStep(stats, id, "accept")).json.brief.status).toBe("accepted");
  await takeStep(township, id, "amend", "两户重复");
  const blanked = await edit({
    cells: [cell("mall", "90", null)],
    remove: [{ subject: "market", values: { ytd: "20" } }],
  });
  expect(blanked.findings).toMatchObject([
    { code: "POSTED_BLANK", severity: "hard", subject: "mall", column: "ytd" },
    { code: "POSTED_BLANK", severity: "hard", subject: "market", column: null },
  ]);
  expect((await takeStep(township, id, "submit")).json).toMatchObject({
    code: "RETURN_NOT_READY",
    problems: [{ field: "mall.ytd" }, { field: "market", zh: expect.stringContaining("集贸市场") }],
  });
});

test("with nothing left blank the ledger follows the return", async () => {
  const cells = [cell("mall", null, "0"), cell("market", null, "20")];
  const mended = await edit({ add: [{ subject: "market", name: "集贸市场" }], cells });
  expect(mended.findings).toEqual([]);
  await takeStep(township, id, "submit");
  expect((await takeStep(stats, id, "accept")).json.brief.status).toBe("accepted");
  expect(await figures()).toEqual([
    { subject: "shop:mall", value: "90" },
    { subject: "shop:market", value: "20" },
    { subject: "shop:mall", value: "0" },
  ]);
});

test("what was not posted may become blank", async () => {
  await takeStep(township, id, "amend", "备注有误");
  const online = { subject: "mall", column: "online", from: null, to: "1" };
  await edit({ cells: [online] });
  expect((await edit({ cells: [{ ...online, from: "1", to: null }] })).findings).toEqual([]);
});

test("a number corrected by hand in the ledger stands while an amendment only repeats it, and goes with one that changes it", async () => {
  const current = () =>
    database.query(
      `SELECT f.subject, f.id, f.value::text AS value, f.version FROM ledger.figures f
       WHERE f.period = '2016-08' AND f.subject LIKE 'shop:%'
         AND NOT EXISTS (SELECT FROM ledger.corrections c WHERE c.superseded = f.id) ORDER BY f.subject`,
    );
  const [, market] = await current();
  const body = { value: "25", unit: "万元", reason: "执法检查" };
  expect((await stats("POST", `/figures/${market?.["id"]}/corrections`, { body })).status).toBe(201);
  await edit({ cells: [cell("mall", "0", "5")] });
  await takeStep(township, id, "submit");
  expect((await takeStep(stats, id, "accept")).json.brief.status).toBe("accepted");
  expect(await current()).toMatchObject([{ value: "5" }, { value: "25", version: 2 }]);
  await takeStep(township, id, "amend", "与税务局核对");
  await edit({ cells: [cell("market", "20", "22")] });
  await takeStep(township, id, "submit");
  expect((await takeStep(stats, id, "accept")).json.brief.status).toBe("accepted");
  expect(await current()).toMatchObject([{ value: "5" }, { value: "22", version: 3 }]);
});
