/** Whom a row of a list is about, however his code was typed. */
import { expect, test } from "vitest";
import { handMade, listForm, readBook, told, valuesOf } from "./sample-books.fixture.ts";
import type { HandCell } from "./sample-books.fixture.ts";

const HEAD = [
  "代码",
  "企业及产品",
  "产量（本月）",
  "产量（累计）",
  "销售额",
  "产能利用率",
  "生产状态",
  "情况",
];
const row = (code: string, name: string): HandCell[] => [code, name, 1, 2, 3, 4, "正常", "好"];
const read = async (rows: HandCell[][], isOpen = true) =>
  readBook(listForm(isOpen), await handMade([HEAD, ...rows]));

test.each([true, false])(
  "a code in full width or capitals is the listed one (open list: %s)",
  async (isOpen) => {
    const rows = [row("ａｌｕｍｉｎａ", "铝业：氧化铝"), row(" Coal ", ""), row("iron", "铁精粉企业")];
    const found = await read(rows, isOpen);
    expect(told(found)).toEqual([]);
    expect(Object.keys(valuesOf(found))).toEqual(["alumina", "coal", "iron"]);
  },
);

test("a listed name under a code of its own is no second subject", async () => {
  const found = await read([row("91140981X", "煤电：原煤"), row("91140982Ｙ", "新企业")]);
  expect(told(found)).toEqual(["A2 SUBJECT_CONTRADICTION"]);
  expect(found.problems[0]?.zh).toContain("coal");
  expect(Object.keys(valuesOf(found))).toEqual(["91140982Y"]);
});

test("a heading with its words turned around names the same column", async () => {
  const rows = [
    ["企业", "累计产量", "本月产量（万吨）"],
    ["铝业：氧化铝", 12, 1],
  ];
  const found = await readBook(listForm(), await handMade(rows));
  expect(valuesOf(found)).toEqual({ alumina: { output_month: "1", output_ytd: "12" } });
});
