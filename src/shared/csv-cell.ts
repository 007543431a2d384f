/** Cells of CSV out; rows in are read by csv-rows.ts. */

/** Quoted where RFC 4180 asks for it: for a table that a program reads again, which wants the cell as it is. */
export function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * For a table that people open: a text that a spreadsheet would run as a formula gets an apostrophe before it, which
 * spreadsheets show as text (OWASP, CSV injection). Numbers are written as numbers.
 */
export function csvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const isFormula = /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell);
  return isFormula ? `"'${cell.replaceAll('"', '""')}"` : quoteCell(cell);
}
