/** When two forms would post the same figures. */
import { expect, test } from "vitest";
import { columnOf, formOf } from "../../../../fixtures/plain-form.ts";
import type { FormDefinition } from "./form.ts";
import { columnsPostedByBoth, followEachOther } from "./same-figures.ts";

const posts = { measure: "retail_sales", basis: "ytd", aspect: "value" };
const list = (...codes: string[]) => ({
  kind: "list",
  prefix: "product",
  nameZh: "产品",
  nameEn: "Product",
  items: codes.map((code) => ({ code, nameZh: code })),
  isOpen: true,
});
const silent = columnOf("silent", { unit: "万元" });
const posting = (change: object = {}) => columnOf("ytd", { unit: "万元", posts: { ...posts, ...change } });
const both = (change: object): FormDefinition => formOf({ columns: [silent, posting()], ...change });

test.each<[string, object, object, number[]]>([
  ["the same measure", {}, { columns: [posting()] }, [1]],
  ["another measure", {}, { columns: [posting({ measure: "gdp" })] }, []],
  ["another basis", {}, { columns: [posting({ basis: "month" })] }, []],
  ["another aspect", {}, { columns: [posting({ aspect: "growth" })] }, []],
  ["nothing posted", {}, { columns: [silent] }, []],
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
  expect(columnsPostedByBoth(both(first), both(second))).toEqual(expected);
  expect(columnsPostedByBoth(both(second), both(first))).toHaveLength(expected.length);
});

test.each<[string, object, object, boolean]>([
  ["one that takes the other's place", { from: "2016-08", to: "2016-12" }, { from: "2017-01" }, true],
  ["one that begins while the other runs", { from: "2016-08", to: "2016-12" }, { from: "2016-12" }, false],
  ["one that runs on", { from: "2016-08" }, { from: "2017-01" }, false],
])("%s", (_name, first, second, expected) => {
  const [a, b] = [both({ schedule: first }), both({ schedule: second })];
  expect(followEachOther(a, b)).toBe(expected);
  expect(followEachOther(b, a)).toBe(expected);
  expect(followEachOther(a, both({}))).toBe(false); // opened by hand, whenever that may be
});
