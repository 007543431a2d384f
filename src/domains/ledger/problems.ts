/** What the ledger refuses, in both languages. */
import { defineProblem } from "../../platform/problem.ts";

export const FIGURE_NOT_FOUND = defineProblem(
  "FIGURE_NOT_FOUND",
  404,
  "没有这个数据",
  "There is no such figure",
);
export const FIGURES_REFUSED = defineProblem(
  "FIGURES_REFUSED",
  422,
  "所报数据有误，一条也没有入账",
  "The figures have errors; none was recorded",
);
export const NOT_CURRENT = defineProblem(
  "FIGURE_NOT_CURRENT",
  409,
  "该数据已被更正，请更正现行的一版",
  "This figure has been corrected already; correct its current version",
);
export const SAME_VALUE = defineProblem(
  "SAME_VALUE",
  422,
  "更正后的数值与原值相同",
  "The corrected value is the same as before",
);
export const SORT_NEEDS_KEY = defineProblem(
  "SORT_NEEDS_KEY",
  400,
  "按数值排序须先选定一个指标和一个时期",
  "Sorting by value needs one measure and one period (from = to)",
);
export const BAD_CURSOR = defineProblem(
  "BAD_CURSOR",
  400,
  "翻页标记无效，请从第一页开始",
  "The page cursor is not valid; begin at the first page",
);
export const UNKNOWN_MEASURE = defineProblem(
  "UNKNOWN_MEASURE",
  404,
  "没有这个指标",
  "There is no such measure",
);
export const UNREADABLE_FILE = defineProblem(
  "UNREADABLE_FILE",
  422,
  "文件无法读取",
  "The file cannot be read",
);
