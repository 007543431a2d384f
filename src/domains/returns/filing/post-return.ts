/** From an accepted return to the ledger: every number of a column that is posted, with the cell it came from. */
import type { Tx } from "../../../platform/db/actor.ts";
import { sql } from "../../../platform/db/sql.ts";
import { period, periodLabel } from "../../../shared/period.ts";
import { postFigures } from "../../ledger/index.ts";
import type { NumberToPost } from "../../ledger/index.ts";
import type { Column, FormDefinition } from "../core/form.ts";
import { ledgerSubject } from "../core/form.ts";
import { listRows } from "./store.ts";
import type { StoredReturn, StoredRow } from "./store.ts";

type SourceFile = {
  id: number;
  name: string;
  sha256: string;
  bytes: number;
  sheet: string;
  places: Record<string, string>;
};

/** @throws FIGURES_REFUSED */
export async function postReturn(
  tx: Tx,
  one: StoredReturn,
  form: FormDefinition,
  reason: string,
): Promise<void> {
  const version = one.accepted ?? one.version;
  const rows = await listRows(tx, one, version);
  const files = await readFiles(tx, one, rows);
  // One source is one file: the newest that any of the rows came from, or none when all was typed.
  const file = [...files.values()].at(-1);
  const numbers = rows.flatMap((row) => numbersToPost(form, row, files));
  const label = periodLabel(period(one.period), "month", "zh", true);
  const { source, entered, corrected } = await postFigures(tx, {
    return: { id: one.id, version },
    kind: one.origin === "synthetic" ? "synthetic" : "return",
    region: one.region,
    period: one.period,
    title: `${form.nameZh} ${label} ${one.unitZh}（第 ${version} 版）`,
    fileName: file?.name ?? null,
    sha256: file?.sha256 ?? null,
    bytes: file?.bytes ?? null,
    reason,
    numbers,
  });
  await tx.query(sql`
    INSERT INTO returns.postings (county, return, version, region, unit, source, entered, corrected)
    VALUES (${one.county}, ${one.id}, ${version}, ${one.region}, ${one.unit}, ${source}, ${entered}, ${corrected})`);
}

async function readFiles(
  tx: Tx,
  one: StoredReturn,
  rows: readonly StoredRow[],
): Promise<Map<number, SourceFile>> {
  const ids = [...new Set(rows.flatMap((row) => row.file ?? []))];
  const { rows: files } = await tx.query<SourceFile>(sql`
    SELECT id, name, sha256, octet_length(content) AS bytes, sheet, places FROM returns.files
    WHERE county = ${one.county} AND return = ${one.id} AND id = ANY (${ids}::bigint[]) ORDER BY id`);
  return new Map(files.map((file) => [file.id, file]));
}

function numbersToPost(
  form: FormDefinition,
  row: StoredRow,
  files: ReadonlyMap<number, SourceFile>,
): NumberToPost[] {
  return form.columns.flatMap((column) => {
    const value = row.values[column.code];
    if (column.posts === null || column.unit === null || value === undefined) return [];
    const { measure, basis, aspect } = column.posts;
    const file = row.file === null ? undefined : files.get(row.file);
    const locator = locate(column, row, file);
    return [
      {
        subject: ledgerSubject(form, row.subject),
        measure,
        basis,
        aspect,
        value,
        unit: column.unit,
        locator,
        cell: {
          field: `${row.subject}.${column.code}`,
          zh: `${row.name}，${column.nameZh}`,
          en: `${row.name}, ${column.nameEn}`,
        },
      },
    ];
  });
}

/** Sheet and cell; what was typed on the page afterwards says so. */
function locate(column: Column, row: StoredRow, file: SourceFile | undefined): string {
  const place = file?.places[column.code];
  if (file === undefined || place === undefined || row.typed.includes(column.code))
    return `网页填报：${row.name}，${column.nameZh}`;
  const cell = /\d$/.test(place) ? place : `${place}${row.line ?? ""}`;
  return `${file.sheet}!${cell}`;
}
