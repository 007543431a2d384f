/**
 * Trying a form's rules on figures that are typed, before there is a return to try them on: one row, run by the same code
 * that checks a return. What only the server knows (the ledger, regions above and below) is blank. Loaded with its section.
 */
import { checkReturn, numbersOf, readRule } from "../../../../domains/returns/core/check-return.ts";
import { columnOf, REGION_ROW } from "../../../../domains/returns/core/form.ts";
import type { FormDefinition } from "../../../../domains/returns/core/form.ts";
import { readCell } from "../../../../domains/returns/core/read-cell.ts";
import { periodNumbers } from "../sheet/instant-checks.ts";

export const TYPED_RECORDS = ["now", "last", "lastYear"] as const;
export type TypedRecord = (typeof TYPED_RECORDS)[number];
/** as typed, by column */
export type TypedRows = Readonly<Record<TypedRecord, Readonly<Record<string, string>>>>;

export type TypedOutcome = {
  code: string;
  /** blank: a figure that it reads is not there */
  outcome: "holds" | "fails" | "blank";
  zh: string;
  en: string;
};
export type TypedTrial = { outcomes: TypedOutcome[]; unreadable: ReadonlySet<string> };

/** The figures that the rules read, for each numeric column in the order of the form. */
export function askedFigures(form: FormDefinition): { code: string; records: TypedRecord[] }[] {
  const names = form.rules.flatMap((rule) => {
    const read = readRule(rule);
    return read.ok ? [read.value.expression.names] : [];
  });
  const isRead = (record: string, code: string) => names.some((one) => one.get(record)?.has(code) ?? false);
  return form.columns.flatMap(({ code, kind }) => {
    if (kind !== "number") return [];
    const records = TYPED_RECORDS.filter(
      (record) => isRead(record, code) || (record === "now" && isRead("total", code)),
    );
    return records.length === 0 ? [] : [{ code, records }];
  });
}

/** @returns what becomes of each rule, and the cells, as `record column`, that are no numbers */
export function tryTyped(form: FormDefinition, period: string, typed: TypedRows): TypedTrial {
  const unreadable = new Set<string>();
  const valuesOf = (record: TypedRecord): Record<string, string> => {
    const values: Record<string, string> = {};
    for (const [code, text] of Object.entries(typed[record])) {
      const column = columnOf(form, code);
      // Bounds are no rules, and may be half typed themselves.
      const read = column === undefined ? undefined : readCell({ ...column, min: null, max: null }, text);
      if (read?.ok === false) unreadable.add(`${record} ${code}`);
      if (read?.ok === true && read.value !== null) values[code] = read.value;
    }
    return values;
  };
  const row = { subject: REGION_ROW, name: "", values: valuesOf("now") };
  const [now, last, lastYear] = [
    numbersOf(form, row),
    numbersOf(form, { values: valuesOf("last") }),
    numbersOf(form, { values: valuesOf("lastYear") }),
  ];
  const unknown = {
    ledger: new Map(),
    parent: new Map(),
    children: new Map(),
    period: periodNumbers(period),
  };
  const around = {
    ...unknown,
    last: new Map([[REGION_ROW, last]]),
    lastYear: new Map([[REGION_ROW, lastYear]]),
  };
  const outcomes = form.rules.flatMap((rule): TypedOutcome[] => {
    const read = readRule(rule);
    if (!read.ok) return []; // told where the expression is typed
    const found = checkReturn(form, [read.value], [row], around).find(({ code }) => code === rule.code);
    if (found !== undefined) return [{ code: rule.code, outcome: "fails", zh: found.zh, en: found.en }];
    const records = { ...unknown, now, last, lastYear, total: now };
    const outcome = read.value.expression.holds(records) === "blank" ? "blank" : "holds";
    return [{ code: rule.code, outcome, zh: "", en: "" }];
  });
  return { outcomes, unreadable };
}
