/** Where a fault is marked, and which marks are left after a change. */
import { describe, expect, test } from "vitest";
import { columnOf, formOf } from "../../../../../fixtures/plain-form.ts";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { faultsOf, fieldOf, remainingFaults } from "./field-faults.ts";

const form = formOf({
  review: [{ level: "township" }, { level: "county", units: ["stats"] }],
  columns: ["a", "b", "c"].map((code) => columnOf(code)),
});

test.each([
  ["body.form.nameZh", "nameZh"],
  ["filers", "filers"],
  ["body.form.filers.units.3", "filers"],
  ["filers.within", "filers.within"],
  ["review.1", "review.1.units"],
  ["body.form.review.0.level", "review.0.level"],
  ["body.form.due.count", "due.count"],
  ["schedule.to", "schedule.to"],
  ["body.form.subjects.items.4.code", "subjects.items"],
  ["columns.4.posts", "columns.4.posts"],
  ["body.form.columns.4.posts.measure", "columns.4.posts"],
  ["body.form.columns.2", "columns.2.code"],
  ["body.form.columns", "columns.0.nameZh"],
  ["rules.0.expression", "rules.0.expression"],
  ["body.form.owner", undefined],
])("%s is mended at %s", (place, field) => {
  expect(fieldOf(place)).toBe(field);
});

test("a field in which nothing stood is told from one with something wrong", () => {
  const places = ["body.form.nameZh", "body.form.code"].map((field) => ({
    field,
    code: "INVALID_FIELD",
    zh: "错",
    en: "wrong",
  }));
  const found = faultsOf(places, { ...form, nameZh: " " });
  expect(found.map(({ isBlank }) => isBlank)).toEqual([true, false]);
  expect(faultsOf([{ code: "X", zh: "别处", en: "elsewhere" }], form)).toEqual([]);
});

describe("after a change", () => {
  const places = ["nameZh", "columns.0.unit", "columns.2.unit", "columns.2.posts", "review.1", "owner"];
  const faults = faultsOf(
    places.map((field) => ({ field, code: "FORM", zh: field, en: field })),
    form,
  );
  const left = (after: FormDefinition) => remainingFaults(faults, form, after).map(({ field }) => field);
  const [a, b, c] = form.columns as [FormColumn, FormColumn, FormColumn];
  type FormColumn = FormDefinition["columns"][number];

  test("elsewhere, all are left", () => {
    expect(left({ ...form, nameEn: "B" })).toEqual(faults.map(({ field }) => field));
  });
  test("of one field, the others of its column are left", () => {
    expect(left({ ...form, columns: [a, b, { ...c, unit: "万元" }] })).toEqual([
      "nameZh",
      "columns.0.unit",
      "columns.2.posts",
      "review.1.units",
      undefined,
    ]);
  });
  test("that takes a column away, its faults go and those behind it move up", () => {
    expect(left({ ...form, columns: [b, c] })).toEqual([
      "nameZh",
      "columns.1.unit",
      "columns.1.posts",
      "review.1.units",
      undefined,
    ]);
    expect(remainingFaults(faults, form, { ...form, columns: [b, c] })[1]?.place).toBe("columns.1.unit");
  });
  test("of the order, they go along", () => {
    expect(left({ ...form, columns: [a, c, b] }).slice(1, 4)).toEqual([
      "columns.0.unit",
      "columns.1.unit",
      "columns.1.posts",
    ]);
  });
  test("that adds a column, all stay", () => {
    expect(left({ ...form, columns: [a, b, c, { ...c, code: "d" }] })).toHaveLength(6);
  });
  test("of a level of review", () => {
    expect(left({ ...form, review: form.review.slice(1) })).toContain("review.0.units");
    expect(left({ ...form, review: form.review.slice(0, 1) })).not.toContain("review.1.units");
    const other = form.review.with(1, { level: "township", units: ["stats"] });
    expect(left({ ...form, review: other })).not.toContain("review.1.units");
  });
});
