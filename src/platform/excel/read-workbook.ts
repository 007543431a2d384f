/**
 * Reads the first sheet of a workbook that may come from anybody, row by row. What the file says of itself is checked
 * before a byte is inflated: sizes, encryption, macros.
 */
import { readZipDirectory } from "../docx/zip-directory.ts";
import type { ZipLimits } from "../docx/zip-directory.ts";
import { WordFileError } from "../docx/word-file-error.ts";

export type WorkbookRow = {
  /** from 1, as the sheet counts */
  line: number;
  /** as text: whole numbers in full, days as yyyy-mm-dd */
  cells: string[];
};

export type WorkbookFault = "NOT_A_WORKBOOK" | "ENCRYPTED" | "MACROS" | "TOO_LARGE" | "DAMAGED";

export class WorkbookError extends Error {
  readonly fault: WorkbookFault;
  constructor(fault: WorkbookFault) {
    super(`the workbook cannot be read: ${fault}`);
    this.name = "WorkbookError";
    this.fault = fault;
  }
}

const MEGABYTE = 1024 * 1024;
const LIMITS: ZipLimits = {
  entries: 2000,
  entryBytes: 1024 * MEGABYTE,
  totalBytes: 1536 * MEGABYTE,
  ratio: 200,
  ratioFrom: 8 * MEGABYTE,
};

/** Whether bytes begin like a workbook, old or new, whatever the file is called. */
export function looksLikeWorkbook(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || isOldFormat(bytes);
}

/** Compound file: an .xls, or an .xlsx under a password. */
const isOldFormat = (bytes: Uint8Array): boolean => startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]);

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

/** @throws WorkbookError */
export async function* readWorkbookRows(bytes: Buffer): AsyncGenerator<WorkbookRow> {
  requireSafe(bytes);
  // Read at the first workbook: it would be a twelfth of the program's start.
  const { streamXlsxRows } = await import("hucre/xlsx");
  try {
    for await (const row of streamXlsxRows(bytes))
      yield { line: row.index + 1, cells: row.values.map(toText) };
  } catch (error) {
    throw error instanceof WorkbookError ? error : new WorkbookError("DAMAGED");
  }
}

function requireSafe(bytes: Buffer): void {
  if (isOldFormat(bytes)) throw new WorkbookError("ENCRYPTED");
  let names: string[];
  try {
    const entries = readZipDirectory(bytes, LIMITS);
    const bomb = entries.some(
      ({ size, body }) =>
        size > LIMITS.entryBytes || (size > LIMITS.ratioFrom && size > body.length * LIMITS.ratio),
    );
    if (bomb) throw new WorkbookError("TOO_LARGE");
    names = entries.map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof WordFileError)) throw error;
    if (error.code === "WORD_TOO_LARGE") throw new WorkbookError("TOO_LARGE");
    throw new WorkbookError(error.code === "WORD_ENCRYPTED" ? "ENCRYPTED" : "DAMAGED");
  }
  if (!names.includes("xl/workbook.xml")) throw new WorkbookError("NOT_A_WORKBOOK");
  if (names.some((name) => /vbaProject\.bin$/i.test(name))) throw new WorkbookError("MACROS");
}

/** A number of eighteen digits has lost its end in the spreadsheet already; what is left is written out, not as 1.4E+17. */
function toText(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value).toString();
  return String(value);
}
