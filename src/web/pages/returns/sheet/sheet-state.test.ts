import { expect, test } from "vitest";
import type { Column } from "../../../../domains/returns/core/form.ts";
import { saveState, take } from "./save-queue.ts";
import {
  addRow,
  FRESH_SHEET,
  keepRows,
  redo,
  removeRow,
  textOf,
  typeCells,
  undo,
  valueOf,
} from "./sheet-state.ts";
import type { Sheet, SheetState } from "./sheet-state.ts";

const column: Column = {
  code: "total",
  nameZh: "合计",
  nameEn: "Total",
  kind: "number",
  unit: "万元",
  decimals: 2,
  required: true,
  min: "0",
  max: null,
  choices: [],
  helpZh: null,
  helpEn: null,
  compare: [],
  posts: null,
};
const place = { subject: "region", column: "total" };
const sheet: Sheet = { form: { columns: [column] }, baseOf: () => "5" };
const type = (state: SheetState, raw: string): SheetState => typeCells(state, sheet, [{ ...place, raw }]);
const shown = (state: SheetState): string => textOf(state, place, "5");

test("what is typed is read into the unit of the column and waits to be saved", () => {
  const state = type(FRESH_SHEET, "１，２００万元");
  expect(shown(state)).toBe("1200");
  expect([...state.queue.waiting.values()]).toEqual([{ ...place, from: "5", to: "1200" }]);
});

test("what cannot be read stays on the page, is blank for the rules and is not sent", () => {
  const state = type(FRESH_SHEET, "约12");
  expect(shown(state)).toBe("约12");
  expect(valueOf(state, place, "5")).toBeUndefined();
  expect(state.faults.get("region total")?.fault.code).toBe("NOT_EXACT");
  expect(take(state.queue)).toBeUndefined();
});

test("taking back goes through faults too, and can be done again", () => {
  const state = type(type(FRESH_SHEET, "6"), "abc");
  const once = undo(state, sheet);
  expect(shown(once)).toBe("6");
  expect(once.faults.size).toBe(0);
  const twice = undo(once, sheet);
  expect(shown(twice)).toBe("5");
  expect(saveState(twice.queue)).toBe("saved");
  expect(undo(twice, sheet)).toBe(twice);
  expect(shown(redo(redo(twice, sheet), sheet))).toBe("abc");
});

test("a block is one step", () => {
  const other = { subject: "x", column: "total" };
  const state = typeCells(FRESH_SHEET, sheet, [
    { ...place, raw: "1" },
    { ...other, raw: "2" },
  ]);
  const back = undo(state, sheet);
  expect([textOf(back, place, "5"), textOf(back, other, "5")]).toEqual(["5", "5"]);
});

test("a removed row takes its faults and edits along", () => {
  const row = { subject: "x", name: "某企业" };
  const filled = typeCells(addRow(FRESH_SHEET, row), sheet, [{ subject: "x", column: "total", raw: "abc" }]);
  const state = removeRow(filled, sheet, "x");
  expect(state.faults.size).toBe(0);
  expect(state.added).toEqual([]);
  expect(take(state.queue)).toBeUndefined();
});

test("a row is taken away with what was seen in it; when the server keeps it, it is there again and the page says why", () => {
  const state = removeRow(type(FRESH_SHEET, "6"), sheet, "region");
  expect(take(state.queue)?.batch.remove).toEqual([{ subject: "region", values: { total: "5" } }]);
  const kept = { subject: "region", column: "", value: null, zh: "没有删除", en: "It stays" };
  const after = keepRows(state, [kept]);
  expect([...after.removed]).toEqual([]);
  expect(after.stayed).toEqual([kept]);
  expect(removeRow(after, sheet, "region").stayed).toEqual([]);
});

test("what was sent and not yet answered counts as seen when its row is taken away", () => {
  const typed = type(FRESH_SHEET, "6");
  const sent = { ...typed, queue: take(typed.queue)?.queue ?? typed.queue };
  expect(removeRow(sent, sheet, "region").queue.remove).toEqual([
    { subject: "region", values: { total: "6" } },
  ]);
});
