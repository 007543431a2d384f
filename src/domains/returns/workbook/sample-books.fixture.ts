/** Forms and workbooks for the tests of this folder. */
import { writeXlsx } from "hucre/xlsx";
import type { Cell, CellValue, WriteSheet } from "hucre";
import { packZip, unpackZip } from "../../../platform/docx/deterministic-zip.ts";
import { period } from "../../../shared/period.ts";
import { FormDefinition } from "../contract.ts";
import { firstRows } from "../core/form.ts";
import type { FormDefinition as Form } from "../core/form.ts";
import { readReturnWorkbook } from "./read-workbook.ts";
import type { ReadReturn, WorkbookToRead } from "./read-workbook.ts";
import { writeReturnWorkbook } from "./write-workbook.ts";
import type { ReturnWorkbook } from "./sheet-plan.ts";

export const KEY = Buffer.from("a key of the tests");

const common = {
  owner: "stats",
  periodForm: "month",
  filers: {},
  review: [{ level: "county" }],
  due: { kind: "working-days", count: 5 },
};

/** Output of enterprises: an open list unless told otherwise. */
export function listForm(isOpen = true): Form {
  return FormDefinition.parse({
    ...common,
    code: "enterprises",
    nameZh: "重点企业月报",
    nameEn: "Enterprises, monthly",
    subjects: {
      kind: "list",
      prefix: "enterprise",
      nameZh: "企业及产品",
      nameEn: "Enterprise and product",
      isOpen,
      items: [
        { code: "alumina", nameZh: "铝业：氧化铝", nameEn: "Alumina works" },
        { code: "coal", nameZh: "煤电：原煤", nameEn: "Coal works" },
        { code: "iron", nameZh: "铁精粉企业", nameEn: null },
      ],
    },
    columns: [
      {
        code: "output_month",
        nameZh: "产量（本月）",
        nameEn: "Output, month",
        kind: "number",
        unit: "万吨",
        decimals: 2,
        required: true,
        min: "0",
        compare: ["last", "lastYear"],
        helpZh: "按合格品计算",
      },
      {
        code: "output_ytd",
        nameZh: "产量（累计）",
        nameEn: "Output, year to date",
        kind: "number",
        unit: "万吨",
        decimals: 2,
        required: true,
      },
      { code: "sales", nameZh: "销售额", nameEn: "Sales", kind: "number", unit: "万元", decimals: 6 },
      {
        code: "share",
        nameZh: "产能利用率",
        nameEn: "Use of capacity",
        kind: "number",
        unit: "%",
        decimals: 1,
        min: "0",
        max: "150",
      },
      { code: "state", nameZh: "生产状态", nameEn: "State", kind: "choice", choices: ["正常", "停产"] },
      { code: "remark", nameZh: "情况", nameEn: "Situation", kind: "text" },
    ],
  });
}

/** A township's economy: its columns stand below each other. */
export function regionForm(): Form {
  return FormDefinition.parse({
    ...common,
    code: "economy",
    nameZh: "乡镇经济月报",
    nameEn: "Township economy",
    subjects: { kind: "region" },
    columns: [
      {
        code: "fai_month",
        nameZh: "固定资产投资（本月）",
        nameEn: "Investment, month",
        kind: "number",
        unit: "万元",
        decimals: 2,
        required: true,
        compare: ["last"],
      },
      {
        code: "fai_ytd",
        nameZh: "固定资产投资（累计）",
        nameEn: "Investment, year to date",
        kind: "number",
        unit: "万元",
        decimals: 2,
        required: true,
      },
      {
        code: "built",
        nameZh: "其中：建筑工程",
        nameEn: "Construction",
        kind: "number",
        unit: "万元",
        decimals: 2,
      },
      {
        code: "retail",
        nameZh: "社会消费品零售总额",
        nameEn: "Retail sales",
        kind: "number",
        unit: "万元",
        decimals: 2,
      },
      { code: "note", nameZh: "情况", nameEn: "Situation", kind: "text" },
    ],
  });
}

export const PERIOD = period("2016-07");
export const UNIT = { code: "xizhen", nameZh: "西镇乡人民政府" };

export function bookOf(form: Form, more: Partial<ReturnWorkbook> = {}): Promise<Buffer> {
  return writeReturnWorkbook({
    form,
    formVersion: 3,
    period: PERIOD,
    unit: UNIT,
    rows: firstRows(form, "西镇乡"),
    last: new Map(),
    lastYear: new Map(),
    isPrefilled: true,
    key: KEY,
    ...more,
  });
}

export function readBook(form: Form, bytes: Buffer, more: Partial<WorkbookToRead> = {}): Promise<ReadReturn> {
  return readReturnWorkbook({
    bytes,
    form,
    formVersion: 3,
    period: PERIOD,
    unitCode: UNIT.code,
    key: KEY,
    ...more,
  });
}

/** A workbook as somebody makes it by hand. A formula is `{ formula, result }`, an error `{ error }`, a format `{ value, numFmt }`. */
export type HandCell =
  | CellValue
  | { formula: string; result?: CellValue }
  | { error: string }
  | { value: number; numFmt: string };

export async function handMade(rows: HandCell[][], more: Partial<WriteSheet> = {}): Promise<Buffer> {
  const cells = new Map<string, Partial<Cell>>();
  for (const [line, row] of rows.entries())
    for (const [at, value] of row.entries()) cells.set(`${line},${at}`, handCell(value));
  const bytes = await writeXlsx({ sheets: [{ name: "Sheet1", rows: [], cells, ...more }] });
  return Buffer.from(bytes);
}

function handCell(value: HandCell): Partial<Cell> {
  if (value === null || typeof value !== "object" || value instanceof Date) return { value };
  if ("formula" in value) return { value: null, formula: value.formula, formulaResult: value.result ?? null };
  if ("error" in value) return { value: value.error, type: "error" };
  return { value: value.value, style: { numFmt: value.numFmt } };
}

/** The same package with parts changed; a part that becomes undefined is left out. */
export function withParts(
  bytes: Buffer,
  change: (parts: Map<string, Buffer>) => Record<string, string | Buffer | undefined>,
): Buffer {
  const parts = unpackZip(bytes);
  for (const [name, content] of Object.entries(change(parts))) {
    if (content === undefined) parts.delete(name);
    else parts.set(name, Buffer.from(content as string));
  }
  return Buffer.from(packZip(parts));
}

/** "C7 CODE" of each problem, those without a cell as "- CODE" */
export function told({ problems }: Pick<ReadReturn, "problems">): string[] {
  return problems.map(({ cell, code }) => `${cell ?? "-"} ${code}`);
}

export function valuesOf({ rows }: ReadReturn): Record<string, Readonly<Record<string, string>>> {
  return Object.fromEntries(rows.map(({ subject, values }) => [subject, values]));
}
