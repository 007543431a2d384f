/** Words that stand on the sheets we write, and that we look for on the sheets we read. */
import type { Column } from "../core/form.ts";

export const WORDS = {
  code: "代码",
  name: "指标",
  unit: "计量单位",
  now: "本期",
  last: "上期",
  lastYear: "上年同期",
  help: "填报说明",
} as const;

/** In front of the unit, the period and the last day above the heading. */
export const TITLES = { unit: "填报单位：", period: "报告期：", due: "报送截止：" } as const;

/** Behind them, when it holds. */
export const SYNTHETIC = "含演示数据，不得引用";

/** What a person must know before filling in a column. */
export function helpOf(column: Column): string {
  const words = [
    column.required ? "必填" : "",
    column.kind === "choice" ? `从下拉列表中选择：${column.choices.join("、")}` : "",
    boundsOf(column),
    column.helpZh ?? "",
  ];
  return words.filter((word) => word !== "").join("；");
}

/** "不小于 0"; "" without bounds */
export function boundsOf({ min, max }: Column): string {
  if (min !== null && max !== null) return `${min} 至 ${max}`;
  if (min !== null) return `不小于 ${min}`;
  return max === null ? "" : `不大于 ${max}`;
}

/** The sheet that lists the problems of a marked copy; never read. */
export const PROBLEM_SHEET = "问题清单";
