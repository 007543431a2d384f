import { expect, test } from "vitest";
import type { ReturnRowView, ReturnView } from "../../../../domains/returns/contract.ts";
import { changesNow } from "./changes-now.ts";
import type { Change } from "./changes-now.ts";
import { take } from "./save-queue.ts";
import { addRow, FRESH_SHEET, removeRow, typeCells } from "./sheet-state.ts";
import type { Sheet, SheetState } from "./sheet-state.ts";

const columns = ["month", "ytd"].map((code) => ({
  code,
  kind: "number",
  unit: null,
  decimals: 0,
  min: null,
  max: null,
}));
const form = { columns } as unknown as ReturnView["form"];
const rowOf = (subject: string, values: Record<string, string>): ReturnRowView => ({
  subject,
  name: subject.toUpperCase(),
  values,
  last: {},
  lastYear: {},
  line: null,
});
/** The version that was submitted said a: 1 and 10, b: 2; a's ytd was changed to 11 before the page was opened. */
const read = [rowOf("a", { month: "1", ytd: "11" }), rowOf("b", { month: "2" })];
const said: Change[] = [{ subject: "a", name: "A", column: "ytd", before: "10", after: "11" }];
const mapOf = (rows: readonly ReturnRowView[]) => new Map(rows.map((row) => [row.subject, row]));

function changes(state: SheetState, now: readonly ReturnRowView[] = read, view: Change[] = said): string[] {
  const found = changesNow({
    view: { form, changes: view },
    rows: { bySubject: mapOf(now), asRead: mapOf(read) },
    state,
  });
  return found.map(({ name, column, before, after }) => `${name} ${column} ${before}→${after}`);
}
const sheet: Sheet = {
  form,
  baseOf: ({ subject, column }) => mapOf(read).get(subject)?.values[column] ?? null,
};
const type = (state: SheetState, subject: string, column: string, raw: string): SheetState =>
  typeCells(state, sheet, [{ subject, column, raw }]);

test("the server's comparison stands as long as nothing is typed", () => {
  expect(changes(FRESH_SHEET)).toEqual(["A ytd 10→11"]);
});

test("what is typed is compared with what was submitted, not with what stood on the page", () => {
  expect(changes(type(FRESH_SHEET, "a", "ytd", "12"))).toEqual(["A ytd 10→12"]);
  expect(changes(type(FRESH_SHEET, "b", "month", "3"))).toEqual(["A ytd 10→11", "B month 2→3"]);
});

test("a cell that is put back as it was submitted is no change any more", () => {
  expect(changes(type(FRESH_SHEET, "a", "ytd", "10"))).toEqual([]);
});

test("what was sent, and what was saved since the page was read, stays a change", () => {
  const sent = take(type(FRESH_SHEET, "b", "month", "3").queue);
  expect(changes({ ...FRESH_SHEET, queue: sent?.queue ?? FRESH_SHEET.queue })).toContain("B month 2→3");
  const saved = [read[0] as ReturnRowView, rowOf("b", { month: "3" })];
  expect(changes(FRESH_SHEET, saved)).toEqual(["A ytd 10→11", "B month 2→3"]);
});

test("what cannot be read is none", () => {
  expect(changes(type(FRESH_SHEET, "b", "month", "约三"))).toEqual(["A ytd 10→11"]);
});

test("rows that are added and taken away count with every cell", () => {
  const added = type(addRow(FRESH_SHEET, { subject: "c", name: "C" }), "c", "month", "7");
  expect(changes(added)).toEqual(["A ytd 10→11", "C month null→7"]);
  expect(changes(removeRow(FRESH_SHEET, sheet, "a"))).toEqual(["A month 1→null", "A ytd 10→null"]);
});

test("what was compared in rows that are not on the page yet is not lost", () => {
  const far: Change = { subject: "z", name: "Z", column: "ytd", before: "1", after: "2" };
  expect(changes(FRESH_SHEET, read, [...said, far])).toEqual(["A ytd 10→11", "Z ytd 1→2"]);
});
