/**
 * A form about one region whose columns stand below each other: names on the left, the period's numbers beside them. A sheet
 * that has 本月, 累计 and 同比增速 side by side is read as well: name and heading together name the column.
 */
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import type { SheetCell, SheetRow } from "../../../platform/excel/sheet-rows.ts";
import type { Column, FormDefinition } from "../core/form.ts";
import { REGION_ROW } from "../core/form.ts";
import type { CellReader } from "./cell-reader.ts";
import { isOtherScale, isOtherUnit, splitUnit } from "./headings.ts";
import type { HeadingReader } from "./headings.ts";
import type { ProblemList } from "./problem-list.ts";
import type { ReadRow } from "./read-list.ts";
import { missingColumn, otherUnit, repeatedColumn, sheetUnit, unknownHeading } from "./table-layout.ts";

/** A cell of the form: where it is, and what stands in it. */
type Found = { column: Column; at: string; line: number; cell: SheetCell | undefined; isOtherUnit: boolean };
export type DownLayout = {
  line: number;
  found: readonly Found[];
  /** rows and headings that name nothing */
  unknown: readonly string[];
  score: number;
};

type Head = {
  line: number;
  codeAt: number | undefined;
  unitAt: number | undefined;
  /** columns that hold names, left of the numbers */
  names: number[];
  /** columns that hold numbers: what stands above, "" for 本期 */
  values: { at: number; text: string; unit: string | null }[];
};

const MOST_HEADINGS = 60;

/** @returns undefined when nothing is named below any heading */
export function findDown(rows: readonly SheetRow[], reader: HeadingReader): DownLayout | undefined {
  let best: DownLayout | undefined;
  for (const row of rows.slice(0, MOST_HEADINGS)) {
    const head = readHead(row, reader);
    if (head === undefined) continue;
    const layout = readBelow(rows, head, reader);
    if (layout.score > (best?.score ?? 0)) best = layout;
  }
  return best;
}

function readHead({ line, cells }: SheetRow, reader: HeadingReader): Head | undefined {
  const read = cells.map(({ column, text }) => ({ at: column, text, kind: reader.read(text, "").kind }));
  const names = read.filter(({ kind }) => kind === "name" || kind === "column").map(({ at }) => at);
  const codeAt = read.find(({ kind }) => kind === "code")?.at;
  const first = names[0] ?? codeAt;
  if (first === undefined) return undefined;
  const values = read
    .filter(({ at, kind }) => (kind === "now" || kind === "unknown") && at > first)
    .map(({ at, text, kind }) => {
      const { rest, unit } = splitUnit(text);
      return { at, text: kind === "now" ? "" : rest, unit };
    });
  const firstValue = values[0]?.at;
  if (firstValue === undefined) return undefined;
  const unitAt = read.find(({ kind }) => kind === "unit")?.at;
  const taken = new Set([
    codeAt,
    unitAt,
    ...read.filter(({ kind }) => kind === "ignored").map(({ at }) => at),
  ]);
  const left = Array.from({ length: firstValue }, (_, at) => at).filter((at) => !taken.has(at));
  return { line, codeAt, unitAt, names: left, values };
}

function readBelow(rows: readonly SheetRow[], head: Head, reader: HeadingReader): DownLayout {
  const found: Found[] = [];
  const unknown: string[] = [];
  const overAll = sheetUnit(rows, head.line);
  let group = "";
  for (const { line, cells } of rows) {
    if (line <= head.line) continue;
    const at = new Map(cells.map((cell) => [cell.column, cell]));
    const textAt = (column: number | undefined): string => at.get(column ?? -1)?.text.trim() ?? "";
    const names = head.names.map(textAt);
    group = names[0] === "" || names[0] === undefined ? group : names[0];
    const own = names.findLast((name) => name !== "") ?? "";
    const rowUnit = textAt(head.unitAt) || null;
    const before = found.length;
    for (const value of head.values) {
      const column = columnAt(reader, { code: textAt(head.codeAt), own, group, heading: value.text });
      if (column === undefined) continue;
      const isOther = value.text === "" ? isOtherUnit(rowUnit, column) : isOtherScale(rowUnit, column);
      const isOtherOverAll = rowUnit === null && isOtherScale(value.unit ?? overAll, column);
      const cell = at.get(value.at);
      found.push({
        column,
        at: `${columnLetter(value.at)}${line}`,
        line,
        cell,
        isOtherUnit: isOther || isOtherOverAll,
      });
    }
    const isFilled = head.values.some((value) => at.has(value.at));
    const nameAt = head.names.findLast((column) => at.has(column));
    if (
      found.length === before &&
      isFilled &&
      own !== "" &&
      !/(?:合计|总计|小计)$/.test(own) &&
      nameAt !== undefined
    )
      unknown.push(`${columnLetter(nameAt)}${line}`);
  }
  return { line: head.line, found, unknown, score: new Set(found.map(({ column }) => column)).size };
}

type Names = { code: string; own: string; group: string; heading: string };

function columnAt(reader: HeadingReader, { code, own, group, heading }: Names): Column | undefined {
  const named = (text: string): Column | undefined => (text === "" ? undefined : reader.columnNamed(text));
  if (heading === "") return named(code) ?? named(`${group} ${own}`) ?? named(own);
  return named(`${own} ${heading}`) ?? named(`${group} ${own} ${heading}`) ?? named(`${group} ${heading}`);
}

export type ReadDown = { places: Record<string, string>; row: ReadRow };

export function readDown(
  form: FormDefinition,
  { found, unknown, line }: DownLayout,
  cells: CellReader,
  problems: ProblemList,
): ReadDown {
  const places: Record<string, string> = {};
  const values: Record<string, string> = {};
  for (const { column, at, line: row, cell, isOtherUnit: isOther } of found) {
    if (places[column.code] !== undefined) {
      problems.add({ cell: at, column: column.code, ...repeatedColumn(column) });
      continue;
    }
    places[column.code] = at;
    if (isOther) problems.add({ cell: at, column: column.code, subject: REGION_ROW, ...otherUnit(column) });
    const value = cell && cells.read(column, cell, row, REGION_ROW);
    if (value !== undefined) values[column.code] = value;
  }
  const missing = form.columns.filter(({ code }) => places[code] === undefined);
  for (const cell of unknown) problems.add({ cell, ...unknownHeading(missing.length > 0) });
  for (const column of missing) problems.add({ cell: null, column: column.code, ...missingColumn(column) });
  cells.close();
  return { places, row: { subject: REGION_ROW, name: "", values, line: found[0]?.line ?? line } };
}
