/** The board as a workbook or CSV: what the page shows, a row for each unit. */
import type { Cell, Column } from "../../../platform/excel/workbook.ts";
import { streamCsv, streamWorkbook } from "../../../platform/excel/workbook.ts";
import type { Readable } from "node:stream";
import { period, periodLabel } from "../../../shared/period.ts";
import type { BoardView, Status } from "../contract.ts";

const WORDS: Readonly<Record<Status, string>> = {
  due: "未报",
  draft: "填报中",
  submitted: "待审核",
  "sent-back": "已退回",
  accepted: "已通过",
  amending: "修订中",
};

export function exportBoard(board: BoardView, format: "xlsx" | "csv"): Readable {
  const periods = board.periods.map((one) => one.period);
  const columns: Column[] = [
    { header: "单位", width: 28 },
    { header: "地区", width: 16 },
    ...periods.map((one) => ({ header: periodLabel(period(one), "month", "zh", true), width: 16 })),
    { header: "及时率（%）", width: 12, format: "0.0" },
    { header: "一次通过率（%）", width: 14, format: "0.0" },
    { header: "综合得分", width: 12, format: "0.0" },
  ];
  const rows = rowsOf(board, periods);
  return format === "csv" ? streamCsv(columns, rows) : streamWorkbook("报送情况", columns, rows);
}

async function* rowsOf(board: BoardView, periods: readonly string[]): AsyncGenerator<Cell[]> {
  for (const { unit, cells, timeliness, quality, score } of board.units) {
    const states = periods.map((one) => {
      const cell = cells.find((candidate) => candidate.period === one);
      if (cell === undefined) return "";
      return [
        WORDS[cell.status],
        ...(cell.daysLate > 0 ? [`逾期 ${cell.daysLate} 个工作日`] : []),
        ...(cell.origin === "synthetic" ? ["演示数据"] : []),
      ].join("，");
    });
    yield [unit.nameZh, unit.region.nameZh, ...states, timeliness, quality, score];
  }
}
