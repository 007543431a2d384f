/** The cells of a return as the sheet has them → values, with what cannot be read noted at its cell. */
import { dec, formatShort } from "../../../shared/decimal.ts";
import type { SheetCell } from "../../../platform/excel/sheet-rows.ts";
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import type { Column } from "../core/form.ts";
import { cellFaultText, readCell } from "../core/read-cell.ts";
import type { ProblemList } from "./problem-list.ts";

export type CellReader = {
  /** the value; undefined when the cell is blank or cannot be read */
  read: (column: Column, cell: SheetCell, line: number, subject: string) => string | undefined;
  /** cells, as `subject column`, that were filled in but could not be read */
  unreadable: ReadonlySet<string>;
  /** that formulas were read, once for each column */
  close: () => void;
};

/** @param refused columns whose unit contradicts the form: their cells are not read */
export function openCellReader(problems: ProblemList, refused: ReadonlySet<string>): CellReader {
  const unreadable = new Set<string>();
  const formulas = new Map<string, { column: Column; cell: string; count: number }>();

  const readText = (column: Column, cell: SheetCell, at: string): string => {
    if (!cell.hasFormula) return cell.text;
    const seen = formulas.get(column.code);
    if (seen === undefined) formulas.set(column.code, { column, cell: at, count: 1 });
    else seen.count++;
    return column.kind === "number" ? roundTo(column.decimals, cell.text) : cell.text;
  };
  return {
    unreadable,
    read(column, cell, line, subject) {
      const at = `${columnLetter(cell.column)}${line}`;
      const refuse = (code: string, words: { zh: string; en: string }): undefined => {
        unreadable.add(`${subject} ${column.code}`);
        problems.add({ code, severity: "hard", cell: at, subject, column: column.code, ...words });
      };
      if (cell.kind === "error") return refuse("ERROR_VALUE", errorWords);
      if (cell.hasFormula && cell.text === "") return refuse("FORMULA_NO_VALUE", noValueWords);
      const read = readCell(column, readText(column, cell, at));
      if (!read.ok) return refuse(read.error.code, cellFaultText(column, read.error));
      if (read.value === null) return undefined;
      if (!refused.has(column.code)) return read.value;
      unreadable.add(`${subject} ${column.code}`);
      return undefined;
    },
    close() {
      for (const { column, cell, count } of formulas.values())
        problems.add({
          code: "FORMULA",
          severity: "note",
          cell,
          column: column.code,
          ...formulaWords(count, column),
        });
    },
  };
}

/** A computed number has as many decimals as it likes; it is read as the form prints it. */
function roundTo(decimals: number, text: string): string {
  const match = /^(-?\d+\.\d+)(%?)$/.exec(text);
  return match?.[1] === undefined ? text : formatShort(dec(match[1]), decimals) + (match[2] ?? "");
}

const errorWords = {
  zh: "单元格是错误值（如 #REF!、#DIV/0!），请改正公式或直接填写数字",
  en: "The cell holds an error (such as #REF! or #DIV/0!); mend the formula or fill in the number",
};
const noValueWords = {
  zh: "公式没有计算结果，请用 Excel 或 WPS 打开并保存后再上传，或直接填写数字",
  en: "The formula has no result; open and save the workbook in Excel or WPS, or fill in the number",
};

function formulaWords(count: number, { nameZh, nameEn, kind, decimals }: Column): { zh: string; en: string } {
  const zh = kind === "number" ? `，四舍五入到 ${decimals} 位小数` : "";
  const en = kind === "number" ? `, rounded to ${decimals} decimals` : "";
  return {
    zh: `“${nameZh}”有 ${count} 个单元格是公式，按其计算结果读取${zh}；请核对`,
    en: `${count} cells of ${nameEn} are formulas; their results were read${en}: check them`,
  };
}
