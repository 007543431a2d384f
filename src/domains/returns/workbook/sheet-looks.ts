/** How the cells of a return's workbook look: grey is locked, white is for filling in. */
import type { CellStyle, DataValidation, WriteSheet } from "hucre";
import type { Column } from "../core/form.ts";
import { boundsOf, helpOf } from "./sheet-words.ts";

const FONT = "宋体";
const LINE = { style: "thin", color: { rgb: "A6A6A6" } } as const;
const border = { top: LINE, bottom: LINE, left: LINE, right: LINE } as const;
const solid = (rgb: string) => ({ type: "pattern", pattern: "solid", fgColor: { rgb } }) as const;
const unlocked = { locked: false } as const;

export const LOOKS = {
  title: {
    font: { name: FONT, size: 16, bold: true },
    alignment: { horizontal: "center", vertical: "center" },
  },
  info: { font: { name: FONT, size: 10.5 }, alignment: { vertical: "center", wrapText: true } },
  advice: {
    font: { name: FONT, size: 9, color: { rgb: "595959" } },
    alignment: { vertical: "center", wrapText: true },
  },
  heading: {
    font: { name: FONT, size: 10.5, bold: true },
    fill: solid("D9E2F3"),
    border,
    alignment: { horizontal: "center", vertical: "center", wrapText: true },
  },
  key: {
    font: { name: FONT, size: 10.5 },
    fill: solid("F2F2F2"),
    border,
    alignment: { vertical: "center", wrapText: true },
  },
  /** rows of an open list that the filer names */
  spareKey: {
    font: { name: FONT, size: 10.5 },
    border,
    alignment: { vertical: "center", wrapText: true },
    numFmt: "@",
    protection: unlocked,
  },
} as const satisfies Record<string, CellStyle>;

export function inputLook(column: Column): CellStyle {
  return {
    font: { name: FONT, size: 10.5 },
    border,
    alignment: {
      vertical: "center",
      horizontal: column.kind === "number" ? "right" : "left",
      wrapText: true,
    },
    numFmt: numberFormat(column),
    protection: unlocked,
  };
}

/** What stood there a period or a year before. */
export function comparisonLook(column: Column): CellStyle {
  return {
    font: { name: FONT, size: 10.5, color: { rgb: "808080" } },
    fill: solid("F2F2F2"),
    border,
    alignment: { vertical: "center", horizontal: "right" },
    numFmt: numberFormat(column),
  };
}

function numberFormat({ kind, decimals }: Column): string {
  if (kind !== "number") return "@";
  return decimals === 0 ? "#,##0" : `#,##0.${"0".repeat(decimals)}`;
}

/** Excel refuses a book whose messages are longer. */
const MOST_MESSAGE = 220;
const MOST_TITLE = 30;
/** More than any column can hold. */
const ANY = "999999999999999999";

/** @param choices the range of a column's choices */
export function validationOf(column: Column, range: string, choices: string | undefined): DataValidation[] {
  const help = helpOf(column);
  const shared = {
    range,
    allowBlank: true,
    showErrorMessage: true,
    errorTitle: column.nameZh.slice(0, MOST_TITLE),
    showInputMessage: column.helpZh !== null,
    ...(column.helpZh === null
      ? {}
      : { inputTitle: column.nameZh.slice(0, MOST_TITLE), inputMessage: help.slice(0, MOST_MESSAGE) }),
  };
  if (column.kind === "choice" && choices !== undefined)
    return [{ ...shared, type: "list", formula1: choices, errorMessage: "请从下拉列表中选择" }];
  if (column.kind !== "number") return [];
  const { min, max } = column;
  return [
    {
      ...shared,
      type: column.decimals === 0 ? "whole" : "decimal",
      operator: "between",
      formula1: min ?? `-${ANY}`,
      formula2: max ?? ANY,
      errorMessage: numberAdvice(column).slice(0, MOST_MESSAGE),
    },
  ];
}

function numberAdvice(column: Column): string {
  const unit = column.unit === null ? "" : `（${column.unit}）`;
  const bounds = boundsOf(column);
  return [`请填写${column.decimals === 0 ? "整数" : "数字"}${unit}`, bounds]
    .filter((one) => one !== "")
    .join("，");
}

/** Locked without a secret: against slips, not against people. Columns and rows may be made wider. */
export const PROTECTION: NonNullable<WriteSheet["protection"]> = {
  sheet: true,
  selectLockedCells: true,
  selectUnlockedCells: true,
  formatColumns: true,
  formatRows: true,
};

export const PRINTED: Pick<WriteSheet, "pageSetup" | "headerFooter"> = {
  pageSetup: {
    paperSize: "a4",
    orientation: "landscape",
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    horizontalCentered: true,
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  },
  headerFooter: { oddFooter: "&C第 &P 页，共 &N 页" },
};

/** Wide enough for the longest of the texts; a Chinese character takes two. */
export function widthFor(texts: Iterable<string>, { least, most }: { least: number; most: number }): number {
  let widest = least;
  for (const text of texts) widest = Math.max(widest, lengthOf(text) + 2);
  return Math.min(widest, most);
}

/** In points, for the wrapped lines of a text in a column so wide: not every program finds it out by itself. */
export function heightFor(text: string, width: number): number {
  return 4 + 15 * Math.max(1, Math.ceil(lengthOf(text) / (width - 2)));
}

function lengthOf(text: string): number {
  let length = 0;
  for (const character of text) length += character > "\u2e80" ? 2 : 1;
  return length;
}
