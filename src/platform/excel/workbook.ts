/** Workbooks and CSV out. Behind this file, so that the library can be changed without the domains noticing. */
import { Readable } from "node:stream";
import { csvCell } from "../../shared/csv-cell.ts";

export type Cell = string | number | null;
export type Column = {
  header: string;
  width: number /** Excel number format for numeric cells */;
  format?: string;
};

/** A workbook of one sheet as it is written; memory does not grow with the number of rows. */
export function streamWorkbook(
  sheet: string,
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
): Readable {
  return Readable.from(workbookBytes(sheet, columns, rows), { objectMode: false });
}

async function* workbookBytes(
  sheet: string,
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<Uint8Array> {
  // Read at the first workbook: it would be a twelfth of the program's start.
  const { writeXlsxStream } = await import("hucre/xlsx");
  yield* writeXlsxStream(rows as AsyncIterable<Cell[]>, {
    name: sheet,
    columns: columns.map((column) => ({
      header: column.header,
      width: column.width,
      ...(column.format ? { numFmt: column.format } : {}),
    })),
    freezePane: { rows: 1 },
  }) as AsyncIterable<Uint8Array>;
}

/** CSV with a byte order mark, which Excel and WPS need to see Chinese. */
export function streamCsv(columns: readonly Column[], rows: AsyncIterable<readonly Cell[]>): Readable {
  return Readable.from(csvText(columns, rows), { objectMode: false });
}

async function* csvText(
  columns: readonly Column[],
  rows: AsyncIterable<readonly Cell[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${columns.map((column) => csvCell(column.header)).join(",")}\r\n`;
  for await (const row of rows) yield `${row.map(csvCell).join(",")}\r\n`;
}
