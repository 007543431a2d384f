/** A form about one region: its columns stand below each other. */
import type { Cell, RowDef, WriteSheet } from "hucre";
import { columnLetter } from "../../../platform/excel/sheet-rows.ts";
import type { Column } from "../core/form.ts";
import { REGION_ROW } from "../core/form.ts";
import {
  comparisonLook,
  heightFor,
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

/** Rows from 0: title, unit and period, advice, heading. */
const HEADING = 3;
const FIRST = HEADING + 1;
const ADVICE = "白色单元格为填报内容，灰色单元格已锁定；没有发生额请填 0；请勿增删行列、修改指标名称。";

type Kind = "code" | "name" | "unit" | "now" | "last" | "lastYear" | "help";

/** Rows that are printed on every page. */
export const REGION_HEADING = `$${HEADING + 1}:$${HEADING + 1}`;

export function writeRegionSheet(plan: SheetPlan): WriteSheet {
  const { columns } = plan.form;
  const comparisons = (["last", "lastYear"] as const).filter((one) =>
    columns.some(({ compare }) => compare.includes(one)),
  );
  const kinds: Kind[] = ["code", "name", "unit", "now", ...comparisons, "help"];
  const cells = new Map<string, Partial<Cell>>();
  writeTop(plan, kinds, cells);
  for (const [line, column] of columns.entries()) {
    for (const [at, kind] of kinds.entries())
      cells.set(`${FIRST + line},${at}`, bodyCell(plan, column, kind));
  }
  const now = columnLetter(kinds.indexOf("now"));
  const last = kinds.length - 1;
  return {
    name: plan.name,
    rows: [],
    cells,
    columns: kinds.map((kind) => ({ width: widthOf(columns, kind), hidden: kind === "code" })),
    merges: [0, 1, 2].map((row) => ({ startRow: row, startCol: 1, endRow: row, endCol: last })),
    rowDefs: heights(columns),
    dataValidations: columns.flatMap((column, line) =>
      validationOf(column, `${now}${FIRST + line + 1}`, plan.choices.get(column.code)),
    ),
    freezePane: { rows: FIRST, columns: 2 },
    protection: PROTECTION,
    ...PRINTED,
  };
}

function writeTop(
  { form, info }: SheetPlan,
  kinds: readonly Kind[],
  cells: Map<string, Partial<Cell>>,
): void {
  cells.set("0,1", { value: form.nameZh, style: LOOKS.title });
  cells.set("1,1", { value: info, style: LOOKS.info });
  cells.set("2,1", { value: ADVICE, style: LOOKS.advice });
  for (const [at, kind] of kinds.entries())
    cells.set(`${HEADING},${at}`, { value: WORDS[kind], style: LOOKS.heading });
}

function bodyCell(plan: SheetPlan, column: Column, kind: Kind): Partial<Cell> {
  const row = plan.rows.find(({ subject }) => subject === REGION_ROW);
  switch (kind) {
    case "code":
      return { value: column.code, style: LOOKS.key };
    case "name":
      return { value: column.nameZh, style: LOOKS.key };
    case "unit":
      return { value: column.unit, style: LOOKS.key };
    case "help":
      return { value: helpOf(column) || null, style: LOOKS.key };
    case "now": {
      const text = plan.isPrefilled ? row?.values[column.code] : undefined;
      return { value: cellValue(column, text), style: inputLook(column) };
    }
    case "last":
    case "lastYear": {
      const numbers = column.compare.includes(kind) ? plan[kind].get(REGION_ROW) : undefined;
      return { value: comparisonValue(column, numbers), style: comparisonLook(column) };
    }
  }
}

function heights(columns: readonly Column[]): Map<number, RowDef> {
  const rows = [30, 20, 18, 22].map((height, line): [number, RowDef] => [line, { height }]);
  const width = widthOf(columns, "help");
  const body = columns.map((column, line): [number, RowDef] => [
    FIRST + line,
    { height: heightFor(helpOf(column), width) },
  ]);
  return new Map([...rows, ...body]);
}

function widthOf(columns: readonly Column[], kind: Kind): number {
  if (kind === "name")
    return widthFor(
      columns.map(({ nameZh }) => nameZh),
      { least: 20, most: 48 },
    );
  if (kind === "help") return widthFor(columns.map(helpOf), { least: 14, most: 44 });
  return kind === "unit" || kind === "code" ? 10 : 16;
}
