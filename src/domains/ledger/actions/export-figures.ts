/** Exporting figures: the same query and the same scope as the page, as a workbook or CSV. */
import { PassThrough } from "node:stream";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { streamCsv, streamWorkbook } from "../../../platform/excel/workbook.ts";
import type { Cell, Column } from "../../../platform/excel/workbook.ts";
import { recordAudit } from "../../audit/index.ts";
import type { FigureQuery, FigureView } from "../contract.ts";
import { readAllFigures, requireAnswerable, requireReader } from "./read-figures.ts";

/** Excel holds 1,048,576 rows a sheet; one is the header. */
const MOST_ROWS = 1_048_575;

const columns: readonly Column[] = [
  { header: "编号 id", width: 12 },
  { header: "行政区代码 region", width: 16 },
  { header: "行政区 name", width: 18 },
  { header: "对象 subject", width: 14 },
  { header: "指标 measure", width: 30 },
  { header: "类别 aspect", width: 12 },
  { header: "口径 basis", width: 10 },
  { header: "时期 period", width: 10 },
  { header: "数值 value", width: 16 },
  { header: "单位 unit", width: 10 },
  { header: "原文 stated", width: 18 },
  { header: "来源 source", width: 12 },
  { header: "位置 locator", width: 20 },
  { header: "版本 version", width: 8 },
  { header: "记录时间 recorded", width: 24 },
];

/**
 * The export streams inside one read-only transaction. It is audited first, in a transaction of its own, because
 * a download that breaks off has still shown what it had sent.
 */
export async function exportFigures(
  pools: Pools,
  actor: Actor,
  query: FigureQuery & { format: "xlsx" | "csv" },
): Promise<Readable> {
  requireReader(actor);
  await withActor(pools, actor, async (tx) => {
    // Before the first byte is sent: after it an error could only tear the download off.
    await requireAnswerable(tx, query);
    await recordAudit(tx, {
      action: "ledger.exportFigures",
      object: `export:${query.format}`,
      after: { ...query, cursor: undefined },
    });
  });
  const pages = new PassThrough({ objectMode: true, highWaterMark: 2 });
  const read = (tx: Tx): Promise<void> => pipeline(readAllFigures(tx, query, MOST_ROWS), pages);
  withActor(pools, actor, read, { readOnly: true }).catch((error: Error) => pages.destroy(error));
  const rows = toRows(pages);
  return query.format === "csv" ? streamCsv(columns, rows) : streamWorkbook("数据", columns, rows);
}

async function* toRows(pages: AsyncIterable<FigureView[]>): AsyncGenerator<Cell[]> {
  for await (const page of pages) for (const figure of page) yield toCells(figure);
}

function toCells(figure: FigureView): Cell[] {
  return [
    figure.id,
    String(figure.region.code),
    figure.region.nameZh,
    figure.subject,
    figure.measure,
    figure.aspect,
    figure.basis,
    figure.period,
    exactOrText(figure.value),
    figure.unit,
    figure.stated,
    figure.sourceKind,
    figure.locator,
    figure.version,
    figure.recordedAt,
  ];
}

/** A spreadsheet keeps 15 digits; a longer number stays text rather than lose its end. */
function exactOrText(value: string): Cell {
  return value.replace(/[-.]/g, "").replace(/^0+/, "").length <= 15 ? Number(value) : value;
}
