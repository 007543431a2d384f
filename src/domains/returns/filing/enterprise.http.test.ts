/** What an enterprise comes to know: its own returns, and of the ledger what it has put there itself. */
import { beforeAll, expect, test } from "vitest";
import { ask } from "../../../../fixtures/ask.ts";
import type { Asking, Json } from "../../../../fixtures/ask.ts";
import { multipart } from "../../../../fixtures/multipart.ts";
import { fillIn, openForm, takeStep } from "../../../../fixtures/return-asking.ts";
import { TOWNSHIP } from "../../../../fixtures/small-county.ts";
import { retailForm, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const served = withSmallReturns();
const { database } = served;
const works = served.as("village");
const mill = served.as("twoposts");
const stats = served.as("stats");

const form = {
  ...retailForm,
  code: "works-monthly",
  filers: { units: ["works"] },
  // Until the townships' own form begins in August: a figure has one source.
  schedule: { from: "2016-07", to: "2016-07" },
  columns: retailForm.columns.slice(0, 2),
  rules: [],
};

beforeAll(async () => {
  for (const [code, post] of [
    ["works", "village"],
    ["mill", "twoposts"],
  ])
    await database.query(
      `WITH made AS (INSERT INTO org.units (county, region, code, name_zh, name_en, kind)
         VALUES (140981, ${TOWNSHIP}, $1, $1, $1, 'enterprise') RETURNING id)
       UPDATE org.posts SET role = 'enterprise', region = ${TOWNSHIP}, unit = made.id FROM made WHERE org.posts.code = $2`,
      [code, post],
    );
  await openForm(stats, form, ["2016-07"]);
});

const own = async (): Promise<Json> => (await works("GET", "/returns")).json.items[0];

async function file(from: string | null, ytd: string): Promise<void> {
  const { id } = await own();
  await fillIn(works, id, { month: [null, "90"], ytd: [from, ytd] });
  await takeStep(works, id, "submit");
  const accepted = await takeStep(stats, id, "accept");
  expect(accepted.json.brief, accepted.text).toMatchObject({ status: "accepted" });
}

const posted = async (asking: Asking): Promise<Json> =>
  (await asking("GET", `/returns/${(await own()).id}`)).json.posted.map((one: Json) => [
    one.before,
    one.after,
  ]);

test("what stood in the ledger before its own word is not told to it, and is to its reviewer", async () => {
  await file(null, "710");
  expect(await posted(stats)).toEqual([["700", "710"]]);
  expect(await posted(works)).toEqual([[null, "710"]]);
});

test("what it has posted itself it sees again when it amends it", async () => {
  await takeStep(works, (await own()).id, "amend", "漏报一户");
  await file("710", "720");
  expect(await posted(works)).toEqual([
    [null, "710"],
    ["710", "720"],
  ]);
});

test("how far an upload is, is told to nobody else who knows its key", async () => {
  const { id } = await own();
  await takeStep(works, id, "amend", "再核一次");
  const book = (await works("GET", `/returns/${id}/workbook`)).bytes;
  const sent = await works(
    "POST",
    `/returns/${id}/workbook`,
    multipart("a.xlsx", book, { progress: "key-of-works" }),
  );
  expect(sent.status, sent.text).toBe(200);
  expect((await works("GET", "/returns/uploads/key-of-works")).json.step).toBe("done");
  expect((await mill("GET", "/returns/uploads/key-of-works")).json.step).toBe("waiting");
});

test("its neighbour sees neither the return nor that it is there", async () => {
  const { id } = await own();
  const absent = (await mill("GET", "/returns/999999")).json;
  for (const path of ["", "/workbook", "/files/1", "/files/1/marked"])
    expect((await mill("GET", `/returns/${id}${path}`)).json.code, path).toBe(absent.code);
  expect((await mill("GET", "/returns?of=all")).json.items).toEqual([]);
  const board = (await mill("GET", "/returns/board?form=works-monthly&from=2016-07")).json;
  expect(board.units).toEqual([]);
  expect(board.periods).toMatchObject([{ due: 0, submitted: 0, accepted: 0, late: 0 }]);
  expect((await works("GET", "/returns/board?form=works-monthly&from=2016-07")).json.periods).toMatchObject([
    { due: 1, submitted: 1 },
  ]);
  expect((await mill("GET", "/returns/contacts")).json.items).toEqual([]);
});

test("its reading token reads its own returns, changes nothing, and sees nothing of anybody else's", async () => {
  const tokenOf = async (who: Asking): Promise<Asking> => {
    const made = await who("POST", "/tokens", { body: { name: "取数", access: "read", days: 30 } });
    expect(made.status, made.text).toBe(201);
    const headers = { authorization: `Bearer ${made.json.token}` };
    return (method, url, { body } = {}) =>
      ask(served.server.app, {
        method,
        url: `/api/v1${url}`,
        headers,
        ...(body === undefined ? {} : { payload: body as object }),
      });
  };
  const { id, step: seen } = await own();
  const reading = await tokenOf(works);
  expect((await reading("GET", "/returns?of=all")).json.items).toMatchObject([{ id }]);
  const view = await reading("GET", `/returns/${id}`);
  expect(view.json).toMatchObject({ brief: { id }, mayEdit: false, may: [] });
  expect(view.json.posted).toMatchObject([{ before: null, after: "710" }, { after: "720" }]);
  for (const path of [`/returns/${id}/workbook`, "/returns/inbox", "/returns/board?form=works-monthly"])
    expect((await reading("GET", path)).status, path).toBe(200);
  for (const path of ["/figures", "/returns/forms", "/returns/undelivered", "/clues"])
    expect((await reading("GET", path)).json.code, path).toBe("FORBIDDEN");
  const cells = [{ subject: "region", column: "month", from: "90", to: "91" }];
  expect((await reading("PATCH", `/returns/${id}/cells`, { body: { cells } })).json.code).toBe("FORBIDDEN");
  const submit = { verb: "submit", step: seen };
  expect((await reading("POST", `/returns/${id}/steps`, { body: submit })).json.code).toBe("FORBIDDEN");
  const neighbour = await tokenOf(mill);
  expect((await neighbour("GET", "/returns?of=all")).json.items).toEqual([]);
  expect((await neighbour("GET", `/returns/${id}`)).json.code).toBe("RETURN_NOT_FOUND");
});
