/** Rows of an open list come and go over HTTP, and none goes with work in it that nobody has seen. */
import { beforeAll, expect, test } from "vitest";
import type { Json } from "../../../../fixtures/ask.ts";
import { returnOf } from "../../../../fixtures/return-asking.ts";
import { retailForm, shops, withSmallReturns } from "../../../../fixtures/small-returns.ts";

const { as } = withSmallReturns({ form: { ...retailForm, subjects: shops, rules: [] } });
const township = as("sulongkou");
let id: number;
beforeAll(async () => {
  ({ id } = await returnOf(township, "retail-monthly"));
});

const edit = async (body: object): Promise<Json> =>
  (await township("PATCH", `/returns/${id}/cells`, { body })).json;
const rows = async (): Promise<Json> =>
  (await township("GET", `/returns/${id}`)).json.items.map((row: Json) => [row.subject, row.values]);
const cell = (from: string | null, to: string | null) => ({ subject: "market", column: "ytd", from, to });

test("a row comes in empty and is filled in", async () => {
  const added = await edit({ add: [{ subject: "market", name: "集贸市场" }], cells: [cell(null, "90")] });
  expect(added).toMatchObject({ refused: [], cells: [{ subject: "market", value: "90" }] });
  expect(await rows()).toEqual([
    ["mall", {}],
    ["market", { ytd: "90" }],
  ]);
});

test.each([
  ["filled in", {}],
  ["changed", { ytd: "80" }],
  ["emptied in part", { ytd: "90", month: "10" }],
])("what somebody else has %s meanwhile stays, and it is said why", async (_, values) => {
  const kept = await edit({ remove: [{ subject: "market", values }] });
  expect(kept.refused).toMatchObject([
    { subject: "market", code: "ROW_CHANGED", zh: expect.stringContaining("集贸市场") },
  ]);
  expect(await rows()).toContainEqual(["market", { ytd: "90" }]);
});

test("a row of the form's own stays; one that was seen as it is goes, and to take it away twice is no fault", async () => {
  const fixed = await edit({ remove: [{ subject: "mall", values: {} }] });
  expect(fixed.refused).toMatchObject([{ subject: "mall", code: "CLOSED_LIST" }]);
  const body = { remove: [{ subject: "market", values: { ytd: "90" } }] };
  expect((await edit(body)).refused).toEqual([]);
  expect(await rows()).toEqual([["mall", {}]]);
  expect((await edit(body)).refused).toEqual([]);
});

test("what is typed into a row that has gone is told, with nothing written", async () => {
  expect((await edit({ cells: [cell("90", "95")] })).refused).toMatchObject([{ code: "NO_SUCH_CELL" }]);
  expect(await rows()).toEqual([["mall", {}]]);
});
