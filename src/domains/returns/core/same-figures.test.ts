/** When two forms would post the same figures. */
import { expect, test } from "vitest";
import { FormDefinition } from "../contract.ts";
import { columnsPostedByBoth, followEachOther } from "./same-figures.ts";

const column = { nameZh: "甲", nameEn: "A", kind: "number", unit: "万元" };
const posts = { measure: "retail_sales", basis: "ytd", aspect: "value" };
const list = (...codes: string[]) => ({
  kind: "list",
  prefix: "product",
  nameZh: "产品",
  nameEn: "Product",
  items: codes.map((code) => ({ code, nameZh: code })),
  isOpen: true,
});
const plain = {
  code: "a",
  nameZh: "甲",
  nameEn: "A",
  owner: "stats",
  periodForm: "month",
  filers: { kinds: ["township"] },
  review: [{ level: "county" }],
  due: { kind: "working-days", count: 5 },
  subjects: { kind: "region" },
  columns: [
    { ...column, code: "silent" },
    { ...column, code: "ytd", posts },
  ],
};
const formOf = (change: object): FormDefinition => FormDefinition.parse({ ...plain, ...change });
const posting = (change: object) => ({ columns: [{ ...column, code: "x", posts: { ...posts, ...change } }] });

test.each<[string, object, object, number[]]>([
  ["the same measure", {}, posting({}), [1]],
  ["another measure", {}, posting({ measure: "gdp" }), []],
  ["another basis", {}, posting({ basis: "month" }), []],
  ["another aspect", {}, posting({ aspect: "growth" }), []],
  ["nothing posted", {}, { columns: [{ ...column, code: "x" }] }, []],
  ["another kind of period", {}, { periodForm: "quarter" }, []],
  ["the region and a list", {}, { subjects: list("coal") }, []],
  ["lists with a row in common", { subjects: list("ore", "coal") }, { subjects: list("coal") }, [1]],
  ["lists without", { subjects: list("ore") }, { subjects: list("coal") }, []],
  [
    "lists of other things",
    { subjects: list("coal") },
    { subjects: { ...list("coal"), prefix: "project" } },
    [],
  ],
])("%s", (_name, first, second, expected) => {
  expect(columnsPostedByBoth(formOf(first), formOf(second))).toEqual(expected);
  expect(columnsPostedByBoth(formOf(second), formOf(first))).toHaveLength(expected.length);
});

test.each<[string, object, object, boolean]>([
  ["one that takes the other's place", { from: "2016-08", to: "2016-12" }, { from: "2017-01" }, true],
  ["one that begins while the other runs", { from: "2016-08", to: "2016-12" }, { from: "2016-12" }, false],
  ["one that runs on", { from: "2016-08" }, { from: "2017-01" }, false],
])("%s", (_name, first, second, expected) => {
  const [a, b] = [formOf({ schedule: first }), formOf({ schedule: second })];
  expect(followEachOther(a, b)).toBe(expected);
  expect(followEachOther(b, a)).toBe(expected);
  expect(followEachOther(a, formOf({}))).toBe(false); // opened by hand, whenever that may be
});
