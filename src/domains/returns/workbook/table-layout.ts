/** Where the columns of a form stand on a sheet that has a row of headings, or two. */
import { parsePeriodText } from "../../../shared/period.ts";
import type { Period } from "../../../shared/period.ts";
import { findUnit } from "../../../shared/quantity.ts";
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import type { SheetRow } from "../../../platform/excel/sheet-rows.ts";
import type { Column, FormDefinition } from "../core/form.ts";
import { foldHeading, isOtherScale, isOtherUnit } from "./headings.ts";
import type { Heading, HeadingReader } from "./headings.ts";
import type { FoundProblem } from "./problem-list.ts";

export type TableLayout = {
  /** the last row of the heading, from 1 */
  line: number;
  /** by position from 0 */
  columns: ReadonlyMap<number, Column>;
  codeAt: number | undefined;
  nameAt: number | undefined;
  /** columns whose unit contradicts the form */
  refused: ReadonlySet<string>;
  problems: readonly FoundProblem[];
};

/** `isAbove`: it stands in the row above, merged over both. */
type Seen = { at: number; heading: Heading; isAbove: boolean };

/** @returns undefined when no row names a column of the form */
export function findTable(
  form: FormDefinition,
  rows: readonly SheetRow[],
  reader: HeadingReader,
): TableLayout | undefined {
  let best: { seen: Seen[]; line: number; score: number } | undefined;
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1];
    const above = before?.line === row.line - 1 ? before : undefined;
    const seen = readHeadingRow(row, above, reader);
    const named = seen.filter(({ heading }) => heading.kind === "column");
    // Under a heading with nothing of its own comes what is filled in.
    if (named.every(({ isAbove }) => isAbove)) continue;
    const score = new Set(named.map(({ heading }) => heading.kind === "column" && heading.column)).size;
    // Of two rows that name as many, the lower: what stands between is heading too.
    if (score >= (best?.score ?? 0)) best = { seen, line: row.line, score };
  }
  return best === undefined ? undefined : makeLayout(form, best, sheetUnit(rows, best.line));
}

function readHeadingRow(row: SheetRow, above: SheetRow | undefined, reader: HeadingReader): Seen[] {
  const tops = new Map(above?.cells.map(({ column, text }) => [column, text]));
  const seen: Seen[] = [];
  let group = "";
  const bottoms = new Map(row.cells.map(({ column, text }) => [column, text]));
  const last = Math.max(-1, ...bottoms.keys(), ...tops.keys());
  for (let at = 0; at <= last; at++) {
    const top = tops.get(at);
    group = top ?? group;
    const text = bottoms.get(at);
    // A mark alone, as a ditto, names nothing.
    if (text !== undefined && foldHeading(text) !== "")
      seen.push({ at, heading: reader.read(text, group), isAbove: false });
    else if (top !== undefined) {
      // merged over both rows; a title above is no heading
      const heading = reader.read(top, "");
      if (heading.kind !== "unknown") seen.push({ at, heading, isAbove: true });
    }
  }
  return seen;
}

function makeLayout(
  form: FormDefinition,
  { seen, line }: { seen: readonly Seen[]; line: number },
  overAll: string | null,
): TableLayout {
  const columns = new Map<number, Column>();
  const refused = new Set<string>();
  const problems: FoundProblem[] = [];
  const named = new Set<Column>();
  const { codeAt, nameAt } = subjectPlaces(form, seen);
  const there = new Set(seen.map(({ heading }) => (heading.kind === "column" ? heading.column : undefined)));
  const missing = form.columns.filter((column) => !there.has(column));
  for (const { at, heading } of seen) {
    const cell = `${columnLetter(at)}${line}`;
    if (heading.kind === "unknown" && at !== nameAt)
      problems.push({ cell, ...unknownHeading(missing.length > 0) });
    if (heading.kind !== "column") continue;
    const { column, unit } = heading;
    if (named.has(column)) {
      problems.push({ cell, column: column.code, ...repeatedColumn(column) });
      continue;
    }
    named.add(column);
    columns.set(at, column);
    if (unit === null ? isOtherScale(overAll, column) : isOtherUnit(unit, column)) {
      refused.add(column.code);
      problems.push({ cell, column: column.code, ...otherUnit(column) });
    }
  }
  for (const column of missing) problems.push({ cell: null, column: column.code, ...missingColumn(column) });
  return { line, columns, codeAt, nameAt, refused, problems };
}

/** Without a heading for them, names stand in the first column that is nothing else. */
function subjectPlaces(
  form: FormDefinition,
  seen: readonly Seen[],
): { codeAt: number | undefined; nameAt: number | undefined } {
  if (form.subjects.kind === "region") return { codeAt: undefined, nameAt: undefined };
  const first = (kind: Heading["kind"]): number | undefined =>
    seen.find(({ heading }) => heading.kind === kind)?.at;
  const codeAt = first("code");
  const firstColumn = first("column") ?? 0;
  const unknown = seen.find(({ at, heading }) => heading.kind === "unknown" && at < firstColumn)?.at;
  return { codeAt, nameAt: first("name") ?? unknown };
}

/** 单位：亿元 above the heading, meant for all columns that it fits. */
export function sheetUnit(rows: readonly SheetRow[], line: number): string | null {
  for (const text of titlesOf(rows, line)) {
    const unit = /(?:单位|unit)\s*[:：]\s*([^\s，,;；、()（）]+)/i.exec(text)?.[1];
    if (unit !== undefined && findUnit(unit) !== undefined) return unit;
  }
  return null;
}

/** 报告期：2016年6月 above the heading of a sheet that was to be July's. */
export function findOtherPeriod(rows: readonly SheetRow[], line: number, period: Period): boolean {
  return titlesOf(rows, line).some((text) => {
    const words = /(?:报告期|所属期|填报期|period)\s*[:：]\s*(\S+)/i.exec(text)?.[1];
    const read = words === undefined ? undefined : parsePeriodText(words);
    return read?.ok === true && read.value.length === period.length && read.value !== period;
  });
}

function titlesOf(rows: readonly SheetRow[], line: number): string[] {
  return rows.filter((row) => row.line <= line).flatMap(({ cells }) => cells.map(({ text }) => text));
}

/** @param isShort whether a column of the form is missing: this one may be it, and be left out by its name alone */
export function unknownHeading(isShort: boolean): Omit<FoundProblem, "cell"> {
  return {
    code: "UNKNOWN_HEADING",
    severity: isShort ? "soft" : "note",
    zh: "报表里没有这一栏，没有读取；如应读取，请改为报表上的名称",
    en: "The form has no such column; it was not read. If it should be, give it the form's name",
  };
}

export function repeatedColumn({ nameZh, nameEn }: Column): Omit<FoundProblem, "cell"> {
  return {
    code: "REPEATED_COLUMN",
    severity: "hard",
    zh: `“${nameZh}”出现了两次，请只保留一处`,
    en: `${nameEn} stands there twice; keep one of them`,
  };
}

export function missingColumn({ nameZh, nameEn, required }: Column): Omit<FoundProblem, "cell"> {
  return {
    code: "MISSING_COLUMN",
    severity: required ? "hard" : "note",
    zh: required ? `缺少“${nameZh}”，请补上这一栏` : `没有“${nameZh}”一栏，按空白处理`,
    en: required ? `${nameEn} is missing; add it` : `There is no ${nameEn}; it counts as blank`,
  };
}

export function otherUnit({ nameZh, nameEn, unit }: Column): Omit<FoundProblem, "cell"> {
  return {
    code: "OTHER_UNIT",
    severity: "hard",
    zh: `表上的单位与“${nameZh}”的单位“${unit ?? ""}”不符，请换算数字并改正单位`,
    en: `The unit on the sheet is not that of ${nameEn}, ${unit ?? ""}; convert the numbers and mend the unit`,
  };
}
