/** A return as a workbook to fill in: the sheet of the form, and a hidden one that says what it was made for. */
import type { WriteSheet } from "hucre";
import { periodLabel } from "../../../shared/period.ts";
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import { dueDayOf } from "../core/due-day.ts";
import { MARK_SHEET, markRows } from "./book-mark.ts";
import type { ReturnWorkbook } from "./sheet-plan.ts";
import { SYNTHETIC, TITLES } from "./sheet-words.ts";
import { LIST_HEADING, writeListSheet } from "./write-list-sheet.ts";
import { REGION_HEADING, writeRegionSheet } from "./write-region-sheet.ts";

export async function writeReturnWorkbook(input: ReturnWorkbook): Promise<Buffer> {
  // Read at the first workbook: it would be a twelfth of the program's start.
  const { writeXlsx } = await import("hucre/xlsx");
  const { sheet: hidden, choices } = hiddenSheet(input);
  const plan = { ...input, name: sheetName(input.form.nameZh), info: infoLine(input), choices };
  const isRegion = input.form.subjects.kind === "region";
  const visible = isRegion ? writeRegionSheet(plan) : writeListSheet(plan);
  // Named here and not by the library, which forgets the quotation marks that a name may need.
  const printed = `'${plan.name}'!${isRegion ? REGION_HEADING : LIST_HEADING}`;
  const bytes = await writeXlsx({
    sheets: [visible, hidden],
    namedRanges: [{ name: "_xlnm.Print_Titles", range: printed, scope: plan.name }],
    defaultFont: { name: "宋体", size: 11 },
    properties: { title: input.form.nameZh, creator: "Taizhang" },
  });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function infoLine({ form, period, unit, dueDay, isSynthetic = false }: ReturnWorkbook): string {
  const [year = "", month = "", day = ""] = (dueDay ?? dueDayOf(form.due, period)).split("-");
  return [
    `${TITLES.unit}${unit.nameZh}`,
    `${TITLES.period}${periodLabel(period, "month", "zh", true)}`,
    `${TITLES.due}${year}年${Number(month)}月${Number(day)}日`,
    ...(isSynthetic ? [SYNTHETIC] : []),
  ].join("　　");
}

/** The mark in the first two columns; the choices of each column of choices behind it. */
function hiddenSheet(input: ReturnWorkbook): { sheet: WriteSheet; choices: Map<string, string> } {
  const { form, formVersion, period, unit, key } = input;
  const mark = markRows({ form: form.code, version: formVersion, period, unit: unit.code }, key);
  const choices = new Map<string, string>();
  const lists = form.columns.filter(({ kind }) => kind === "choice");
  const height = Math.max(mark.length, ...lists.map((column) => column.choices.length));
  const rows = Array.from({ length: height }, (_, line) => [
    ...(mark[line] ?? [null, null]),
    ...lists.map((column) => column.choices[line] ?? null),
  ]);
  for (const [i, column] of lists.entries()) {
    const letter = columnLetter(i + 2);
    choices.set(column.code, `${MARK_SHEET}!$${letter}$1:$${letter}$${column.choices.length}`);
  }
  return { sheet: { name: MARK_SHEET, rows, veryHidden: true }, choices };
}

/** At most 31 characters, and none that Excel forbids. */
function sheetName(name: string): string {
  const tidy = name.replace(/[[\]:*?/\\']/g, " ").trim();
  return tidy === "" ? "报表" : tidy.slice(0, 31);
}
