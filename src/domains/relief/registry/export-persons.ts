/** Exporting persons: the same query and scope as the list, masked as there, as a workbook or CSV. */
import { PassThrough } from "node:stream";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { withActor } from "../../../platform/db/actor.ts";
import type { Actor, Tx } from "../../../platform/db/actor.ts";
import type { Pools } from "../../../platform/db/pool.ts";
import { streamCsv, streamWorkbook } from "../../../platform/excel/workbook.ts";
import type { Cell, Column } from "../../../platform/excel/workbook.ts";
import { recordAudit } from "../../audit/index.ts";
import type { PersonQuery, PersonRow, RegistryStatus } from "../contract.ts";
import { readAllPersons, requireAskable } from "./read-persons.ts";

/** Excel holds 1,048,576 rows a sheet; one is the header. */
const MOST_ROWS = 1_048_575;

const columns: readonly Column[] = [
  { header: "行政区代码 region", width: 16 },
  { header: "行政村 village", width: 18 },
  { header: "户编号 household", width: 22 },
  { header: "人编号 person", width: 24 },
  { header: "姓名 name", width: 12 },
  { header: "性别 sex", width: 8 },
  { header: "出生年 born", width: 8 },
  { header: "证件号码（遮蔽） ID number, masked", width: 24 },
  { header: "与户主关系 relation", width: 14 },
  { header: "状态 status", width: 14 },
];

const STATUS: Readonly<Record<RegistryStatus, string>> = {
  registered: "在册 registered",
  exited: "已脱贫 exited",
  returned: "返贫 returned",
  removed: "已剔除 removed",
};

type Asked = Pick<PersonQuery, "q" | "within" | "status">;

/**
 * Streams inside one read-only transaction. It is audited first, in a transaction of its own, because a download that
 * breaks off has still shown what it had sent. @throws OUT_OF_SCOPE
 */
export async function exportPersons(
  pools: Pools,
  actor: Actor,
  query: Asked & { format: "xlsx" | "csv" },
): Promise<Readable> {
  await withActor(pools, actor, async (tx) => {
    // Before the first byte is sent: after it an error could only tear the download off.
    requireAskable(tx, query);
    await recordAudit(tx, {
      action: "relief.exportPersons",
      object: `export:${query.format}`,
      after: { within: query.within, status: query.status, isSearch: query.q !== undefined },
    });
  });
  const pages = new PassThrough({ objectMode: true, highWaterMark: 2 });
  const read = (tx: Tx): Promise<void> => pipeline(readAllPersons(tx, query, MOST_ROWS), pages);
  withActor(pools, actor, read, { readOnly: true }).catch((error: Error) => pages.destroy(error));
  const rows = toRows(pages);
  return query.format === "csv" ? streamCsv(columns, rows) : streamWorkbook("台账", columns, rows);
}

async function* toRows(pages: AsyncIterable<PersonRow[]>): AsyncGenerator<Cell[]> {
  for await (const page of pages) for (const person of page) yield toCells(person);
}

function toCells(person: PersonRow): Cell[] {
  return [
    String(person.region.code),
    person.region.nameZh,
    person.householdNumber,
    person.number,
    person.name,
    person.sex === null ? null : person.sex === "male" ? "男" : "女",
    person.birthYear,
    person.idMask,
    person.relation,
    STATUS[person.status],
  ];
}
