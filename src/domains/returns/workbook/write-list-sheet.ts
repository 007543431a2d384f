/** A form about many subjects: a row for each, a column for each of the form's columns, with the past greyed beside it. */
import type { Cell, CellStyle, ColumnDef, WriteSheet } from "hucre";
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import type { Column, ReturnRow } from "../core/form.ts";
import {
  comparisonLook,
  inputLook,
  LOOKS,
  PRINTED,
  PROTECTION,
  validationOf,
  widthFor,
} from "./sheet-looks.ts";
import { cellValue, comparisonValue } from "./sheet-values.ts";
import { helpOf, WORDS } from "./sheet-words.ts";
import type { SheetPlan } from "./sheet-plan.ts";

/** Rows from 0: title, unit and period, advice, heading in two rows, codes of the columns (hidden). */
const HEADING = 3;
const CODES = HEADING + 2;
const FIRST = CODES + 1;
const SPARE_ROWS = 20;
const ADVICE = "白色单元格为填报内容，灰色单元格已锁定；没有发生额请填 0；请勿增删列、修改表头。";
const OPEN_ADVICE = "名单以外的填报对象请填在表末空行，写明名称。";

type Kind = "now" | "last" | "lastYear";
type Place = { column: Column; kind: Kind };

/** The last row of the heading, from 1. */
export const LIST_HEADING_LINE = HEADING + 2;

/** Rows that are printed on every page. */
export const LIST_HEADING = `$${HEADING + 1}:$${HEADING + 2}`;

export function writeListSheet(plan: SheetPlan): WriteSheet {
  const { form, rows } = plan;
  if (form.subjects.kind !== "list") throw new TypeError(`${form.code} has no list of subjects`);
  const places = form.columns.flatMap((column) =>
    (["now", ...column.compare] as Kind[]).map((kind): Place => ({ column, kind })),
  );
  const spare = form.subjects.isOpen ? SPARE_ROWS : 0;
  const end = FIRST + rows.length + spare;
  const cells = headingCells(plan, form.subjects.nameZh, places);
  for (let line = FIRST + rows.length; line < end; line++) {
    cells.set(`${line},0`, { value: null, style: LOOKS.spareKey });
    cells.set(`${line},1`, { value: null, style: LOOKS.spareKey });
  }
  const blank = Array.from({ length: places.length + 2 }, () => null);
  return {
    name: plan.name,
    rows: [
      ...Array.from({ length: FIRST }, () => []),
      ...rows.map((row) => [row.subject, row.name, ...places.map((place) => valueAt(plan, row, place))]),
      ...Array.from({ length: spare }, () => blank),
    ],
    cells,
    columns: [
      {
        width: widthFor(
          rows.map(({ subject }) => subject),
          { least: 10, most: 20 },
        ),
        style: LOOKS.key,
      },
      {
        width: widthFor(
          rows.map(({ name }) => name),
          { least: 16, most: 40 },
        ),
        style: LOOKS.key,
      },
      ...places.map(columnDef),
    ],
    merges: [...titleMerges(places.length + 1), ...headingMerges(places)],
    rowDefs: new Map([
      [0, { height: 30 }],
      [1, { height: 20 }],
      [2, { height: 18 }],
      [HEADING, { height: 32 }],
      [CODES, { hidden: true }],
    ]),
    dataValidations: end === FIRST ? [] : validations(plan, places, end),
    freezePane: { rows: FIRST, columns: 2 },
    protection: PROTECTION,
    ...PRINTED,
  };
}

function valueAt(plan: SheetPlan, row: ReturnRow, { column, kind }: Place): string | number | null {
  if (kind === "now") return cellValue(column, plan.isPrefilled ? row.values[column.code] : undefined);
  return comparisonValue(column, plan[kind].get(row.subject));
}

function columnDef({ column, kind }: Place): ColumnDef {
  const style: CellStyle = kind === "now" ? inputLook(column) : comparisonLook(column);
  const most = column.compare.length === 0 ? 16 : 12;
  const width = column.kind === "text" ? 24 : widthFor([headingOf(column)], { least: 11, most });
  return { width, style };
}

/** The name with its unit: 本月产量（万吨） */
function headingOf({ nameZh, unit }: Column): string {
  return unit === null ? nameZh : `${nameZh}（${unit}）`;
}

function headingCells(
  { form, info }: SheetPlan,
  subjects: string,
  places: readonly Place[],
): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>();
  const isOpen = form.subjects.kind === "list" && form.subjects.isOpen;
  cells.set("0,0", { value: form.nameZh, style: LOOKS.title });
  cells.set("1,0", { value: info, style: LOOKS.info });
  cells.set("2,0", { value: isOpen ? ADVICE + OPEN_ADVICE : ADVICE, style: LOOKS.advice });
  const put = (line: number, at: number, value: string | null): void => {
    cells.set(`${line},${at}`, { value, style: LOOKS.heading });
  };
  for (const [at, word] of [WORDS.code, subjects].entries()) {
    put(HEADING, at, word);
    put(HEADING + 1, at, null);
    put(CODES, at, at === 0 ? "code" : "name");
  }
  for (const [i, { column, kind }] of places.entries()) {
    const isAlone = column.compare.length === 0;
    put(HEADING, i + 2, kind === "now" ? headingOf(column) : null);
    put(HEADING + 1, i + 2, isAlone ? null : WORDS[kind]);
    put(CODES, i + 2, kind === "now" ? column.code : null);
    const help = helpOf(column);
    const comment = { author: "台账", text: help };
    if (kind === "now" && help !== "")
      cells.set(`${HEADING},${i + 2}`, { value: headingOf(column), style: LOOKS.heading, comment });
  }
  return cells;
}

type Merge = NonNullable<WriteSheet["merges"]>[number];

function titleMerges(last: number): Merge[] {
  return [0, 1, 2].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: last }));
}

/** A name over its comparisons; over both rows where there is nothing to compare with. */
function headingMerges(places: readonly Place[]): Merge[] {
  const down = (at: number): Merge => ({ startRow: HEADING, startCol: at, endRow: HEADING + 1, endCol: at });
  const merges = [down(0), down(1)];
  for (const [i, { column, kind }] of places.entries()) {
    const width = column.compare.length;
    if (kind !== "now") continue;
    merges.push(
      width === 0
        ? down(i + 2)
        : { startRow: HEADING, startCol: i + 2, endRow: HEADING, endCol: i + 2 + width },
    );
  }
  return merges;
}

function validations(
  { choices }: SheetPlan,
  places: readonly Place[],
  end: number,
): NonNullable<WriteSheet["dataValidations"]> {
  return places.flatMap(({ column, kind }, i) => {
    const letter = columnLetter(i + 2);
    const range = `${letter}${FIRST + 1}:${letter}${end}`;
    return kind === "now" ? validationOf(column, range, choices.get(column.code)) : [];
  });
}
