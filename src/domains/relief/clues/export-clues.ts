/** The queue as a workbook or CSV: the same filter and scope as the page, masked, audited before the first byte. */
import type { Readable } from "node:stream";
import type { Tx } from "../../../platform/db/actor.ts";
import { streamCsv, streamWorkbook } from "../../../platform/excel/workbook.ts";
import type { Cell, Column } from "../../../platform/excel/workbook.ts";
import { recordAudit } from "../../audit/index.ts";
import type { ClueQuery, ClueRow } from "../contract.ts";
import type { Queue, Verdict } from "../core/clues/clue-loop.ts";
import { readRuleBook } from "./rule-book.ts";
import { listClues } from "./store.ts";
import { toFilter, toRow } from "./view-clues.ts";

const columns: readonly Column[] = [
  { header: "编号 clue", width: 10 },
  { header: "乡镇 township", width: 14 },
  { header: "行政村 village", width: 16 },
  { header: "姓名 name", width: 10 },
  { header: "证件号码 ID number", width: 22 },
  { header: "规则 rule", width: 24 },
  { header: "环节 queue", width: 20 },
  { header: "期限 due", width: 12 },
  { header: "剩余工作日 working days left", width: 12 },
  { header: "核实人员 visitors", width: 18 },
  { header: "结论 verdict", width: 30 },
];
const MOST_ROWS = 100_000;

/** As the pages name them: whoever is handed the workbook does not know our codes. */
const QUEUE_WORDS: Readonly<Record<Queue, string>> = {
  township: "待派人 to assign",
  visit: "待入户 to visit",
  signoff: "待签批 to sign off",
  review: "待复核 to review",
  recheck: "待抽查 to re-check",
  publish: "待公示 to publish",
  notice: "公示中 on notice",
  closed: "已办结 closed",
};
const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  remove: "属实，剔除 remove",
  correct: "部分属实，修正 correct",
  keep: "不属实，保留 keep",
  again: "需再核 visit again",
  gone: "已死亡或迁出 died or moved away",
};

export async function exportClues(
  tx: Tx,
  query: ClueQuery & { format: "xlsx" | "csv" },
  today: string,
): Promise<Readable> {
  const clues = await listClues(tx, toFilter(tx, query, today), { offset: 0, limit: MOST_ROWS });
  const book = await readRuleBook(tx);
  await recordAudit(tx, {
    action: "relief.exportClues",
    object: `export:${query.format}`,
    after: { ...query, cursor: undefined, rows: clues.length },
  });
  const rows = toRows(clues.map((clue) => toRow(clue, book, today)));
  return query.format === "csv" ? streamCsv(columns, rows) : streamWorkbook("线索", columns, rows);
}

async function* toRows(clues: readonly ClueRow[]): AsyncGenerator<Cell[]> {
  for (const clue of clues)
    yield [
      clue.id,
      clue.township?.nameZh ?? "",
      clue.region.nameZh,
      clue.name,
      clue.idMask,
      clue.ruleZh,
      QUEUE_WORDS[clue.queue],
      clue.dueDay,
      clue.workingDaysLeft,
      clue.visitors.join("、"),
      clue.verdict === null ? null : VERDICT_WORDS[clue.verdict],
    ];
}
