import { describe, expect, test } from "vitest";
import { PROBLEM_SHEET } from "./sheet-words.ts";
import { bookOf, handMade, listForm, readBook, regionForm, told, valuesOf } from "./sample-books.fixture.ts";
import type { HandCell } from "./sample-books.fixture.ts";

const readList = async (rows: HandCell[][], isOpen = true) =>
  readBook(listForm(isOpen), await handMade(rows));
const readRegion = async (rows: HandCell[][]) => readBook(regionForm(), await handMade(rows));

/** A heading with all that a list needs. */
const HEAD = ["企业及产品", "产量（本月）", "产量（累计）", "销售额", "产能利用率", "生产状态", "情况"];
const cell = async (column: number, value: HandCell, isOpen = true) => {
  const row: HandCell[] = ["煤电：原煤", 1, 1, 1, 1, "正常", "无异常"];
  row[column] = value;
  return await readList([HEAD, row], isOpen);
};

describe("a list made by hand", () => {
  test("in another order, with units in brackets of any width, under titles, with blank rows, a total and a foot note", async () => {
    const read = await readList([
      ["重点企业月报"],
      [null, "单位负责人：张三"],
      [],
      [
        "序号",
        "备注",
        "销售额(万元)",
        "企业名称",
        "产量（累计）（万吨）",
        "产量（本月，万吨）",
        "生产状态",
        "产能利用率 ％",
        "情况",
      ],
      [],
      [1, "x", "１，２３４．５", "铝业:氧化铝", 20.5, 3.25, "正常", "85.5%", "检修两天"],
      [],
      [2, null, "1.2亿", "Coal works", "4,000", "0.5万吨", "停产", 0, null],
      ["合计", null, 99, null, 99, 99, null, null, null],
      ["填表人：张三", null, null, null, null, null, null, null, null],
    ]);
    expect(told(read)).toEqual([]);
    expect(read.isSigned).toBe(false);
    expect(read.places).toEqual({
      sales: "C",
      output_ytd: "E",
      output_month: "F",
      state: "G",
      share: "H",
      remark: "I",
    });
    expect(read.rows).toEqual([
      {
        subject: "alumina",
        name: "铝业：氧化铝",
        line: 6,
        values: {
          sales: "1234.5",
          output_ytd: "20.5",
          output_month: "3.25",
          state: "正常",
          share: "85.5",
          remark: "检修两天",
        },
      },
      {
        subject: "coal",
        name: "煤电：原煤",
        line: 8,
        values: { sales: "12000", output_ytd: "4000", output_month: "0.5", state: "停产", share: "0" },
      },
    ]);
  });

  test("with English names and codes for headings", async () => {
    const read = await readList([
      [
        "Enterprise and product",
        "Output, month",
        "OUTPUT, YEAR TO DATE (万吨)",
        "sales",
        "Use of capacity",
        "State",
        "remark",
      ],
      ["coal", 1, 2, 3, 4, "正常", null],
    ]);
    expect(told(read)).toEqual([]);
    expect(valuesOf(read)).toMatchObject({ coal: { output_month: "1", output_ytd: "2", sales: "3" } });
  });

  test("with headings merged over two rows, the past beside each", async () => {
    const read = await readBook(
      listForm(),
      await handMade(
        [
          [
            "编码",
            "企业及产品",
            "产量（万吨）",
            null,
            null,
            "销售额（万元）",
            null,
            "产能利用率",
            "生产状态",
            "情况",
          ],
          [null, null, "本月", "累计", "上年同期", "本期", "上期", null, null, null],
          ["coal", "煤电：原煤", 1, 2, 88, 3, 99, 4, "正常", "好"],
        ],
        { merges: [{ startRow: 0, startCol: 2, endRow: 0, endCol: 4 }] },
      ),
    );
    expect(told(read)).toEqual([]);
    expect(read.places).toEqual({
      output_month: "C",
      output_ytd: "D",
      sales: "F",
      share: "H",
      state: "I",
      remark: "J",
    });
    expect(valuesOf(read)["coal"]).toMatchObject({
      output_month: "1",
      output_ytd: "2",
      sales: "3",
      share: "4",
    });
  });

  test("own subjects of an open list take a code from their name; a closed list refuses them", async () => {
    const rows: HandCell[][] = [HEAD, ["新厂：铁精粉", 1, 1, 1, 1, "正常", null]];
    const open = await readList(rows);
    expect(open.rows.map(({ subject, name }) => [subject, name])).toEqual([["新厂-铁精粉", "新厂：铁精粉"]]);
    expect(told(await readList(rows, false))).toEqual([
      "A2 UNKNOWN_SUBJECT",
      "- MISSING_SUBJECT",
      "- MISSING_SUBJECT",
      "- MISSING_SUBJECT",
    ]);
  });

  test("the same subject twice is told at both rows, and the first is kept", async () => {
    const row = (n: number): HandCell[] => ["煤电：原煤", n, n, n, n, "正常", null];
    const read = await readList([HEAD, row(1), ["铁精粉企业", 5, 5, 5, 5, "正常", null], row(2), row(3)]);
    expect(told(read)).toEqual(["A2 REPEATED_SUBJECT", "A4 REPEATED_SUBJECT", "A5 REPEATED_SUBJECT"]);
    expect(read.problems[1]?.zh).toContain("第 2 行和第 4 行");
    expect(valuesOf(read)).toMatchObject({ coal: { sales: "1" }, iron: { sales: "5" } });
  });

  test("a code beside another subject's name is not guessed at", async () => {
    const head = ["代码", ...HEAD];
    expect(told(await readList([head, ["coal", "铝业：氧化铝", 1, 1, 1, 1, "正常", null]]))).toEqual([
      "A2 SUBJECT_CONTRADICTION",
    ]);
  });

  test("a row of numbers without a subject is told, one of text is not", async () => {
    expect(told(await readList([HEAD, [null, 1, 2], ["说明：以上数据已核对"]]))).toEqual(["A2 NO_SUBJECT"]);
  });

  test("what the sheet has too much is a note, what it lacks must be added", async () => {
    const read = await readList([
      ["企业及产品", "产量（本月）", "利润", "产量（本月）"],
      ["coal", 1, 2, 3],
    ]);
    expect(read.problems.map(({ cell: at, code, severity, column }) => [at, code, severity, column])).toEqual(
      [
        ["D1", "REPEATED_COLUMN", "hard", "output_month"],
        [null, "MISSING_COLUMN", "hard", "output_ytd"],
        ["C1", "UNKNOWN_HEADING", "soft", null],
        [null, "MISSING_COLUMN", "note", "sales"],
        [null, "MISSING_COLUMN", "note", "share"],
        [null, "MISSING_COLUMN", "note", "state"],
        [null, "MISSING_COLUMN", "note", "remark"],
      ],
    );
    expect(valuesOf(read)).toEqual({ coal: { output_month: "1" } });
  });

  test.each([
    [
      "in the heading",
      [["企业及产品", "产量（本月）", "产量（累计）", "销售额（亿元）", "产能利用率", "生产状态", "情况"]],
      "D1",
    ],
    ["over the whole sheet", [["单位：亿元"], HEAD], "D2"],
  ])("another unit %s is told, and the column is not read", async (_, heads, at) => {
    const read = await readList([...heads, ["煤电：原煤", 1, 2, 3, 4, "正常", "好"]]);
    expect(told(read)).toEqual([`${at} OTHER_UNIT`]);
    expect([...read.unreadable]).toEqual(["coal sales"]);
    expect(valuesOf(read)["coal"]).toEqual({
      output_month: "1",
      output_ytd: "2",
      share: "4",
      state: "正常",
      remark: "好",
    });
  });

  test("another period above the heading is told", async () => {
    const row = ["煤电：原煤", 1, 2, 3, 4, "正常", "好"];
    expect(told(await readList([["报告期：2016年6月"], HEAD, row]))).toEqual(["- OTHER_PERIOD"]);
    expect(told(await readList([["报告期：2016年7月"], HEAD, row]))).toEqual([]);
  });
});

describe("cells", () => {
  test.each<[string, HandCell, string | undefined]>([
    ["noise of floating point", 0.1 + 0.2, "0.3"],
    ["a tiny number", 0.000001, "0.000001"],
    ["a number that Excel keeps with an exponent", 123456789012345, "123456789012345"],
    ["a formula, rounded as the column prints it", { formula: "1/3", result: 1 / 3 }, "0.333333"],
    ["a format that shows a unit", { value: 1.2, numFmt: '0.00"亿元"' }, "12000"],
    ["yuan that a painted point shows in 万元", { value: 12345678, numFmt: '0!.0,"万元"' }, "1234.5678"],
    ["the same without a thousands' comma", { value: 12345678, numFmt: '0\\.0000"万元"' }, "1234.5678"],
    ["thousands that a comma hides", { value: 12345678, numFmt: '#,##0.0,"千元"' }, "1234.5678"],
    ["a comma that separates and hides nothing", { value: 1234567, numFmt: '#,##0.00"元"' }, "123.4567"],
    ["a formula whose result is a blank", { formula: 'IF(1=1,"","")', result: "" }, undefined],
    ["a dash for nothing", "—", undefined],
  ])("%s", async (_, value, expected) => {
    const read = await cell(3, value);
    expect(valuesOf(read)["coal"]?.["sales"]).toBe(expected);
    expect(read.problems.filter(({ severity }) => severity === "hard")).toEqual([]);
  });

  test("a share shown in percent is read as it is seen", async () => {
    expect(valuesOf(await cell(4, { value: 0.083, numFmt: "0.0%" }))["coal"]?.["share"]).toBe("8.3");
  });

  test.each<[string, number, HandCell, string]>([
    ["letters", 1, "约三吨", "NOT_A_NUMBER"],
    ["a day, into which 3-5 was turned", 1, new Date("2016-03-05"), "NOT_A_NUMBER"],
    ["too many decimals", 1, 1.234, "TOO_MANY_DECIMALS"],
    ["below the least", 1, -1, "BELOW_MIN"],
    ["above the most", 4, 151, "ABOVE_MAX"],
    ["a unit of something else", 1, "3万元", "WRONG_UNIT"],
    ["a comma in the wrong place", 1, "1,23", "BAD_GROUPING"],
    ["no choice of the list", 5, "半停", "NOT_A_CHOICE"],
    ["an error", 1, { error: "#REF!" }, "ERROR_VALUE"],
    ["a formula that was never computed", 1, { formula: "A1+1" }, "FORMULA_NO_VALUE"],
  ])("%s is told at its cell and leaves it unread", async (_, column, value, code) => {
    const read = await cell(column, value);
    const at = `${"ABCDEFG"[column] ?? ""}2`;
    const [problem] = read.problems;
    expect(problem).toMatchObject({ sheet: "Sheet1", cell: at, code, severity: "hard", subject: "coal" });
    expect([...read.unreadable]).toEqual([`coal ${problem?.column ?? ""}`]);
    expect(valuesOf(read)["coal"]).not.toHaveProperty(problem?.column ?? "");
  });

  test("formulas are noted once for each column, with how many", async () => {
    const row = (name: string): HandCell[] => [name, { formula: "1+1", result: 2 }, 1, 1, 1, "正常", "好"];
    const read = await readList([HEAD, row("coal"), row("iron")]);
    expect(told(read)).toEqual(["B2 FORMULA"]);
    expect(read.problems[0]).toMatchObject({ severity: "note", zh: expect.stringContaining("2 个单元格") });
  });

  test("what stands in a cell is never quoted: it may be a person's number", async () => {
    const id = "142201199001011234";
    const read = await readList(
      [
        [...HEAD, id],
        [id, id, id, id, id, id, id, id],
      ],
      false,
    );
    expect(JSON.stringify(read.problems)).not.toContain(id);
    expect(read.problems.length).toBeGreaterThan(0);
  });
});

describe("a region made by hand", () => {
  const values = { fai_month: "10", fai_ytd: "70.5", built: "30", retail: "200" };

  test.each<[string, HandCell[][]]>([
    [
      "names below each other, the past beside them",
      [
        ["乡镇经济月报"],
        ["指标名称", "上年同期", "计量单位", "本期实际", "备注"],
        ["社会消费品零售总额", 9, "万元", "200万", null],
        ["固定资产投资（累计）", 9, "万元", 70.5, null],
        ["建筑工程", 9, "万元", 30, null],
        [],
        ["固定资产投资(本月)", 9, "万元", "１０", null],
        ["合计", null, null, 310, null],
        ["填表人：张三", null, null, null, null],
      ],
    ],
    [
      "codes",
      [
        ["代码", "值", "value"],
        ["fai_month", "x", 10],
        ["fai_ytd", "x", 70.5],
        ["built", "x", 30],
        ["retail", "x", 200],
      ],
    ],
    [
      "the month and the year to date side by side",
      [
        ["指标", "本期", "本月", "累计"],
        ["固定资产投资", null, 10, 70.5],
        ["其中：建筑工程", 30, null, null],
        ["社会消费品零售总额", 200, null, null],
      ],
    ],
    [
      "names merged over the rows of a group",
      [
        ["项目", null, "2016年7月"],
        ["固定资产投资", "本月", 10],
        [null, "累计", 70.5],
        ["其中：建筑工程", null, 30],
        ["社会消费品零售总额", null, 200],
      ],
    ],
    [
      "across, as in a list",
      [
        ["固定资产投资（本月）", "固定资产投资（累计）", "建筑工程", "社会消费品零售总额"],
        [10, 70.5, 30, 200],
      ],
    ],
  ])("%s", async (_, rows) => {
    const read = await readRegion(rows);
    expect(read.problems.filter(({ severity }) => severity === "hard")).toEqual([]);
    expect(valuesOf(read)).toEqual({ region: values });
    expect(Object.values(read.places).every((place) => /^[A-D]\d$/.test(place))).toBe(true);
  });

  test("another unit in its row is told, and the number is not read", async () => {
    const read = await readRegion([
      ["指标", "计量单位", "本期"],
      ["固定资产投资（本月）", "亿元", 10],
      ["固定资产投资（累计）", "万元", 70.5],
      ["新增项目", "个", 3],
    ]);
    expect(told(read)).toEqual([
      "C2 OTHER_UNIT",
      "A4 UNKNOWN_HEADING",
      ...Array<string>(3).fill("- MISSING_COLUMN"),
    ]);
    expect(valuesOf(read)).toEqual({ region: { fai_ytd: "70.5" } });
    expect([...read.unreadable]).toEqual(["region fai_month"]);
  });

  test("a second row of numbers is told", async () => {
    const head = ["固定资产投资（本月）", "固定资产投资（累计）", "建筑工程", "社会消费品零售总额", "情况"];
    expect(told(await readRegion([head, [1, 1, 1, 1, "x"], [2, 2, 2, 2, "y"]]))).toEqual([
      "A3 REPEATED_SUBJECT",
    ]);
  });
});

test("the sheet that names most columns is read; hidden ones and the list of problems are not", async () => {
  const form = listForm();
  const { writeXlsx } = await import("hucre/xlsx");
  const full = (n: number) => [HEAD, ["coal", n, n, n, n, "正常", "好"]];
  const bytes = await writeXlsx({
    sheets: [
      { name: "说明", rows: [["企业及产品", "产量（本月）"]] },
      { name: PROBLEM_SHEET, rows: full(1) },
      { name: "藏", rows: full(2), hidden: true },
      { name: "数据", rows: full(3) },
    ],
  });
  const read = await readBook(form, Buffer.from(bytes));
  expect([read.sheet, valuesOf(read)["coal"]?.["sales"]]).toEqual(["数据", "3"]);
});

test("of very many problems the first 500 are kept, those that must be mended first", async () => {
  const rows = Array.from({ length: 700 }, (_, i) => [`企业${i}`, i < 300 ? "x" : 1, 1, 1, 1, "正常", null]);
  const heads = Array.from({ length: 400 }, (_, i) => `多余${i}`);
  const seen: number[] = [];
  const bytes = await handMade([[...HEAD, ...heads], ...rows]);
  const read = await readBook(listForm(), bytes, { onRows: (count) => void seen.push(count) });
  expect([read.problemCount, read.problems.length]).toEqual([700, 500]);
  expect(read.problems.filter(({ severity }) => severity === "hard")).toHaveLength(300);
  expect(seen.at(-1)).toBe(700);
});

test("a workbook of ours whose hidden sheet was taken out is read by its headings", async () => {
  const form = listForm();
  const { readXlsx, writeXlsx } = await import("hucre/xlsx");
  const own = await readXlsx(await bookOf(form));
  const bytes = await writeXlsx({ sheets: [{ name: "粘贴", rows: own.sheets[0]?.rows ?? [] }] });
  const read = await readBook(form, Buffer.from(bytes));
  expect([read.isSigned, told(read)]).toEqual([false, []]);
  expect(read.rows.map(({ subject }) => subject)).toEqual(["alumina", "coal", "iron"]);
});
