/** A workbook that came back, ours or made by hand → rows of the return, with what is wrong at which cell. */
import { columnLetter, readBookValues, readSheetRows } from "../../../platform/excel/sheet-rows.ts";
import type { BookValues, SheetRow } from "../../../platform/excel/sheet-rows.ts";
import { openWorkbookPackage } from "../../../platform/excel/workbook-package.ts";
import type { SheetEntry, WorkbookPackage } from "../../../platform/excel/workbook-package.ts";
import { WorkbookError } from "../../../platform/excel/workbook-error.ts";
import type { Bilingual, ProblemFactory } from "../../../platform/problem.ts";
import type { Period } from "../../../shared/period.ts";
import type { WorkbookProblem } from "../contract.ts";
import type { FormDefinition } from "../core/form.ts";
import { REGION_ROW } from "../core/form.ts";
import { checkMark, MARK_SHEET } from "./book-mark.ts";
import type { MarkFault } from "./book-mark.ts";
import { openCellReader } from "./cell-reader.ts";
import { openHeadings } from "./headings.ts";
import type { HeadingReader } from "./headings.ts";
import { openProblems } from "./problem-list.ts";
import type { ProblemList } from "./problem-list.ts";
import * as refusals from "./problems.ts";
import { LIST_HEADING_LINE } from "./write-list-sheet.ts";
import { openListRows } from "./read-list.ts";
import type { ReadRow, RowReader } from "./read-list.ts";
import { findDown, readDown } from "./read-region.ts";
import type { DownLayout } from "./read-region.ts";
import { PROBLEM_SHEET } from "./sheet-words.ts";
import { findOtherPeriod, findTable } from "./table-layout.ts";
import type { TableLayout } from "./table-layout.ts";

export type WorkbookToRead = {
  bytes: Buffer;
  form: FormDefinition;
  formVersion: number;
  period: Period;
  unitCode: string;
  /** what our own workbooks are signed with */
  key: Buffer;
  /** rows read so far */
  onRows?: (rows: number) => void;
};

export type ReadReturn = {
  sheet: string;
  /** the workbook is ours, for this form, period and unit */
  isSigned: boolean;
  /** by column: "C7" in a form about a region, the letter "C" in one about a list */
  places: Record<string, string>;
  /** with the row of the sheet, from 1; the row of a region has no name */
  rows: ReadRow[];
  /** cells, as `subject column`, that were filled in but could not be read */
  unreadable: Set<string>;
  /** the first 500, those that must be mended first */
  problems: WorkbookProblem[];
  problemCount: number;
};

/** A heading stands in the first rows, or nowhere. */
const MOST_ROWS_ABOVE = 60;
const MOST_SHEETS = 20;
/** Rows of a form about a region are held together; no form has so many. */
const MOST_REGION_ROWS = 2000;

/** @throws Problem (422) of ./problems.ts when the workbook is refused as a whole */
export async function readReturnWorkbook(input: WorkbookToRead): Promise<ReadReturn> {
  try {
    const book = openWorkbookPackage(input.bytes);
    const values = await readBookValues(book);
    const isSigned = await checkSignature(book, values, input);
    const found = await findSheet(book, values, { ...input, isSigned });
    if (found === undefined) throw refusals.WORKBOOK_NO_HEADING({ detail: headingAdvice(input.form) });
    return { ...(await readFound(book, values, input, found)), isSigned };
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    throw refusals.WORKBOOK_UNREADABLE({ detail: refusals.faultWords[error.fault] });
  }
}

async function checkSignature(
  book: WorkbookPackage,
  values: BookValues,
  { form, formVersion, period, unitCode, key }: WorkbookToRead,
): Promise<boolean> {
  const sheet = book.sheets.find(({ name }) => name === MARK_SHEET);
  if (sheet === undefined) return false;
  const rows = await readFirst(book, sheet, values, MOST_ROWS_ABOVE);
  const mark = new Map(rows.map(({ cells }) => [cells[0]?.text ?? "", cells[1]?.text ?? ""]));
  const fault = checkMark(mark, { form: form.code, version: formVersion, period, unit: unitCode }, key);
  if (fault !== undefined) throw markRefusals[fault]({ detail: markWords[fault] });
  return true;
}

const markRefusals: Readonly<Record<MarkFault, ProblemFactory>> = {
  TAMPERED: refusals.WORKBOOK_TAMPERED,
  WRONG_FORM: refusals.WORKBOOK_WRONG_FORM,
  WRONG_VERSION: refusals.WORKBOOK_WRONG_VERSION,
  WRONG_PERIOD: refusals.WORKBOOK_WRONG_PERIOD,
  WRONG_UNIT: refusals.WORKBOOK_WRONG_UNIT,
};
const markWords: Readonly<Record<MarkFault, Bilingual>> = {
  TAMPERED: {
    zh: "请重新下载本期工作簿，把数据粘贴进去后再上传",
    en: "Download this period's workbook again, paste the data into it and upload that",
  },
  WRONG_FORM: {
    zh: "请在本报表页面下载工作簿填报，或到工作簿所属的报表页面上传",
    en: "Download the workbook of this form and fill it in, or upload this one where it belongs",
  },
  WRONG_VERSION: {
    zh: "报表已有新版本，请重新下载工作簿，把数据粘贴进去后再上传",
    en: "The form has a newer version; download the workbook again, paste the data into it and upload that",
  },
  WRONG_PERIOD: {
    zh: "请下载本期的工作簿填报；如要补报其他月份，请到那一期的页面上传",
    en: "Download this period's workbook; to file for another period, upload it on that period's page",
  },
  WRONG_UNIT: {
    zh: "请下载本单位的工作簿填报",
    en: "Download the workbook of this unit and fill it in",
  },
};

function headingAdvice({ subjects, columns }: FormDefinition): Bilingual {
  const [first] = columns;
  const zh = subjects.kind === "list" ? `“${subjects.nameZh}”和各栏名称` : "指标名称和“本期”";
  const en = subjects.kind === "list" ? `${subjects.nameEn} and the columns` : "the names and “本期”";
  return {
    zh: `请在表头写明${zh}（如“${first?.nameZh ?? ""}”），或下载本期工作簿填报`,
    en: `Give the sheet a heading with ${en} (such as ${first?.nameEn ?? ""}), or download this period's workbook`,
  };
}

async function readFirst(
  book: WorkbookPackage,
  sheet: SheetEntry,
  values: BookValues,
  most: number,
): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of readSheetRows(book, sheet, values)) {
    rows.push(...batch);
    if (rows.length >= most) break;
  }
  return rows.slice(0, most);
}

type Layout = { kind: "down"; down: DownLayout } | { kind: "table"; table: TableLayout };
type FoundSheet = {
  sheet: SheetEntry;
  layout: Layout;
  score: number;
  headings: HeadingReader;
  isOtherPeriod: boolean;
};

/** The visible sheet that names most columns of the form. */
async function findSheet(
  book: WorkbookPackage,
  values: BookValues,
  { form, period, isSigned }: WorkbookToRead & { isSigned: boolean },
): Promise<FoundSheet | undefined> {
  const headings = openHeadings(form, period);
  const sheets = book.sheets.filter(({ name, isHidden }) => !isHidden && name !== PROBLEM_SHEET);
  const isRegion = form.subjects.kind === "region";
  let best: FoundSheet | undefined;
  for (const sheet of sheets.slice(0, MOST_SHEETS)) {
    const rows = await readFirst(book, sheet, values, isRegion ? MOST_REGION_ROWS : MOST_ROWS_ABOVE);
    // Ours has its heading where it was written, and what is filled in below may look like one.
    const own = isSigned ? rows.filter(({ line }) => line <= LIST_HEADING_LINE) : [];
    const layout =
      (isRegion ? undefined : findLayout(form, own, headings)) ?? findLayout(form, rows, headings);
    if (layout === undefined || layout.score <= (best?.score ?? 0)) continue;
    const isOtherPeriod = findOtherPeriod(rows, layout.line, period);
    best = { sheet, headings, isOtherPeriod, layout: layout.layout, score: layout.score };
  }
  return best;
}

function findLayout(
  form: FormDefinition,
  rows: readonly SheetRow[],
  headings: HeadingReader,
): { layout: Layout; score: number; line: number } | undefined {
  const down = form.subjects.kind === "region" ? findDown(rows, headings) : undefined;
  const table = findTable(form, rows.slice(0, MOST_ROWS_ABOVE), headings);
  const isReadable =
    form.subjects.kind === "region" || table?.codeAt !== undefined || table?.nameAt !== undefined;
  const across = isReadable ? (table?.columns.size ?? 0) : 0;
  if (down !== undefined && down.score >= across)
    return { layout: { kind: "down", down }, score: down.score, line: down.line };
  if (table === undefined || across === 0) return undefined;
  return { layout: { kind: "table", table }, score: across, line: table.line };
}

async function readFound(
  book: WorkbookPackage,
  values: BookValues,
  { form, onRows }: WorkbookToRead,
  found: FoundSheet,
): Promise<Omit<ReadReturn, "isSigned">> {
  const { sheet, layout, headings } = found;
  const problems = openProblems(sheet.name);
  if (found.isOtherPeriod) problems.add(otherPeriod);
  const refused = layout.kind === "table" ? layout.table.refused : otherUnits(layout.down);
  const cells = openCellReader(problems, refused);
  const finish = (places: Record<string, string>, rows: ReadRow[]): Omit<ReadReturn, "isSigned"> => ({
    sheet: sheet.name,
    places,
    rows,
    unreadable: new Set(cells.unreadable),
    problems: problems.list(),
    problemCount: problems.count(),
  });
  if (layout.kind === "down") {
    const { places, row } = readDown(form, layout.down, cells, problems);
    onRows?.(1);
    return finish(places, [row]);
  }
  const { table } = layout;
  for (const problem of table.problems) problems.add(problem);
  const reader =
    form.subjects.kind === "region"
      ? openRegionRow(table, problems, cells)
      : openListRows(form, table, { headings, cells, problems });
  const rows: ReadRow[] = [];
  for await (const batch of readSheetRows(book, sheet, values)) {
    for (const row of batch) {
      const read = row.line > table.line ? reader.read(row) : undefined;
      if (read !== undefined) rows.push(read);
    }
    onRows?.(rows.length);
  }
  reader.close();
  const at = form.subjects.kind === "region" ? String(rows[0]?.line ?? table.line + 1) : "";
  const letters = [...table.columns].map(([column, { code }]) => [code, columnLetter(column) + at]);
  return finish(Object.fromEntries(letters) as Record<string, string>, rows);
}

function otherUnits(layout: DownLayout): Set<string> {
  return new Set(layout.found.filter(({ isOtherUnit }) => isOtherUnit).map(({ column }) => column.code));
}

/** A form about one region laid out like a list has one row of values. */
function openRegionRow(
  table: TableLayout,
  problems: ProblemList,
  cells: ReturnType<typeof openCellReader>,
): RowReader {
  let first: number | undefined;
  return {
    read({ line, cells: all }) {
      const filled = all.filter(({ column }) => table.columns.has(column));
      if (filled.length === 0) return undefined;
      if (first !== undefined) {
        problems.add({ cell: `${columnLetter(filled[0]?.column ?? 0)}${line}`, ...secondRow(first) });
        return undefined;
      }
      first = line;
      const values: Record<string, string> = {};
      for (const cell of filled) {
        const column = table.columns.get(cell.column);
        const value = column && cells.read(column, cell, line, REGION_ROW);
        if (column !== undefined && value !== undefined) values[column.code] = value;
      }
      return { subject: REGION_ROW, name: "", values, line };
    },
    close: cells.close,
  };
}

function secondRow(first: number) {
  return {
    code: "REPEATED_SUBJECT",
    severity: "hard",
    zh: `本表只报一个单位，第 ${first} 行已有数据，请删去其余各行`,
    en: `The form is about one unit, and row ${first} has its numbers; delete the other rows`,
  } as const;
}

const otherPeriod = {
  code: "OTHER_PERIOD",
  severity: "hard",
  cell: null,
  zh: "表上写明的报告期不是本期，请核对后改正报告期",
  en: "The period named on the sheet is another; check the numbers and mend it",
} as const;
