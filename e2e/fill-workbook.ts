/** A workbook of returns in the hands of a person: fetched from the page, filled in, brought back. */
import { readFile } from "node:fs/promises";
import { openXlsx, readXlsx, saveXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";

/** By code, in the unit of the form; sums follow from July's in the demonstration, read off the template. */
export type Values = Readonly<Record<string, string | number>>;

export async function download(page: Page, name: string): Promise<Buffer> {
  await page.waitForLoadState("networkidle");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name, exact: true }).first().click(),
  ]);
  return readFile(await file.path());
}

/** Fills the workbook in as a person would: only in the column 本期, found by its heading. */
export async function fillIn(bytes: Buffer, values: Values): Promise<Buffer> {
  const book = await openXlsx(bytes);
  const rows = book.sheets[0]?.rows ?? [];
  const head = rows.findIndex((row) => row.includes("本期"));
  const column = rows[head]?.indexOf("本期") ?? -1;
  for (const [at, row] of rows.entries()) {
    const value = values[String(row[0])];
    if (at <= head || value === undefined) continue;
    row[column] = value;
    // A cell with a comment is kept twice by the library.
    const cell = book.sheets[0]?.cells?.get(`${at},${column}`);
    if (cell !== undefined) Object.assign(cell, { value, type: typeof value });
  }
  return Buffer.from(await saveXlsx(book));
}

/** Last period's number of an item, as it stands greyed in the workbook. */
export async function lastOf(bytes: Buffer, code: string): Promise<number> {
  const rows = (await readXlsx(bytes)).sheets[0]?.rows ?? [];
  const head = rows.find((row) => row.includes("上期")) ?? [];
  return Number(rows.find((row) => row[0] === code)?.[head.indexOf("上期")]);
}

export async function bring(page: Page, buffer: Buffer): Promise<void> {
  await page.locator(".workbook input[type=file]").setInputFiles({
    name: "苏龙口镇八月.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer,
  });
}
