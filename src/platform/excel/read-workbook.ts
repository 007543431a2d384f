/**
 * Reads the first sheet of a workbook that may come from anybody, row by row. What the file says of itself is checked
 * before a byte is inflated: sizes, encryption, macros.
 */
import { readSafeEntries } from "./workbook-package.ts";
import { WorkbookError } from "./workbook-error.ts";

export type WorkbookRow = {
  /** from 1, as the sheet counts */
  line: number;
  /** as text: whole numbers in full, days as yyyy-mm-dd */
  cells: string[];
};

/** @throws WorkbookError */
export async function* readWorkbookRows(bytes: Buffer): AsyncGenerator<WorkbookRow> {
  readSafeEntries(bytes);
  // Read at the first workbook: it would be a twelfth of the program's start.
  const { streamXlsxRows } = await import("hucre/xlsx");
  try {
    for await (const row of streamXlsxRows(bytes))
      yield { line: row.index + 1, cells: row.values.map(toText) };
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError("DAMAGED");
  }
}

/** A number of eighteen digits has lost its end in the spreadsheet already; what is left is written out, not as 1.4E+17. */
function toText(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value).toString();
  return String(value);
}
