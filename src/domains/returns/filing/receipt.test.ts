import { expect, test } from "vitest";
import { receiptOf } from "./receipt.ts";

const of = { county: 140981, form: "f", formVersion: 1, period: "2016-08", unitCode: "u", version: 2 };
const coal = { subject: "coal", name: "原煤", values: { a: "1", b: "2" } };
const iron = { subject: "iron", name: "铁精粉", values: {} };

test("a receipt is the same for the same content, in whatever order it comes", () => {
  const one = receiptOf(of, [coal, iron]);
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(receiptOf(of, [iron, { ...coal, values: { b: "2", a: "1" } }])).toBe(one);
});

test.each([
  ["a cell", of, [{ ...coal, values: { a: "1", b: "2.0" } }, iron]],
  ["a name", of, [coal, { ...iron, name: "铁矿" }]],
  ["a row", of, [coal]],
  ["the version", { ...of, version: 3 }, [coal, iron]],
  ["the period", { ...of, period: "2016-09" }, [coal, iron]],
])("and another for another %s", (_, other, rows) => {
  expect(receiptOf(other, rows)).not.toBe(receiptOf(of, [coal, iron]));
});
