/**
 * The form's own rules, run in the browser on the rows that were just touched; loaded when somebody fills in. What the page
 * cannot know (the ledger, regions above and below) stays with the server, which answers with every save.
 */
import { checkReturn, readyRules } from "../../../../domains/returns/core/check-return.ts";
import type { Finding, ReadyRule } from "../../../../domains/returns/core/check-return.ts";
import type { FormDefinition, ReturnRow } from "../../../../domains/returns/core/form.ts";
import { dec } from "../../../../shared/decimal.ts";
import type { NumberRecord } from "../../../../shared/expression.ts";
import { formOf, monthsElapsed, parsePeriod, yearOf } from "../../../../shared/period.ts";

export type CheckedRow = ReturnRow & {
  last: Readonly<Record<string, string>>;
  lastYear: Readonly<Record<string, string>>;
};

export type InstantChecks = {
  /** rules of which the page's answer about a touched row is the newer one */
  rowCodes: ReadonlySet<string>;
  formCodes: ReadonlySet<string>;
  checkRows: (rows: readonly CheckedRow[], unreadable: ReadonlySet<string>) => Finding[];
  /** @param rows all of the return */
  checkWhole: (rows: readonly CheckedRow[]) => Finding[];
};

const ROW_RECORDS = ["now", "last", "lastYear", "period"];

/** @param hasAllRows whether the page has every row, so that sums can be formed */
export function makeInstantChecks(form: FormDefinition, period: string, hasAllRows: boolean): InstantChecks {
  const isRegion = form.subjects.kind === "region";
  const ready = readyRules(form);
  const rowRules = ready.filter(({ rule }) => rule.scope === "row").filter(readsOnly(ROW_RECORDS));
  // In a list, the sum of last period includes rows that are no longer there, which the page does not have.
  const known = isRegion ? [...ROW_RECORDS, "total"] : ["total", "period"];
  const formRules =
    hasAllRows || isRegion ? ready.filter(({ rule }) => rule.scope === "form").filter(readsOnly(known)) : [];
  const parts = periodNumbers(period);
  const around = (rows: readonly CheckedRow[]) => ({
    last: new Map(rows.map((row) => [row.subject, numbers(form, row.last)])),
    lastYear: new Map(rows.map((row) => [row.subject, numbers(form, row.lastYear)])),
    ledger: new Map(),
    parent: new Map(),
    children: new Map(),
    period: parts,
  });
  return {
    rowCodes: new Set(["REQUIRED", ...rowRules.map(({ rule }) => rule.code)]),
    formCodes: new Set(formRules.map(({ rule }) => rule.code)),
    checkRows: (rows, unreadable) => checkReturn(form, rowRules, rows, { ...around(rows), unreadable }),
    checkWhole: (rows) =>
      checkReturn(form, formRules, rows, around(rows)).filter(({ subject }) => subject === null),
  };
}

const readsOnly =
  (records: readonly string[]) =>
  ({ expression }: ReadyRule): boolean =>
    [...expression.names.keys()].every((record) => records.includes(record));

function numbers(form: FormDefinition, values: Readonly<Record<string, string>>): NumberRecord {
  return new Map(
    form.columns.flatMap(({ code, kind }) => {
      const value = values[code];
      return kind === "number" && value !== undefined ? [[code, dec(value)] as const] : [];
    }),
  );
}

/** The same numbers as the server's: the month that ends the period, the third it ends with. */
export function periodNumbers(text: string): NumberRecord {
  const parsed = parsePeriod(text);
  if (!parsed.ok) return new Map();
  const third = formOf(parsed.value) === "ten-days" ? Number(text.slice(-1)) : 3;
  return new Map([
    ["year", dec(yearOf(parsed.value))],
    ["month", dec(monthsElapsed(parsed.value))],
    ["third", dec(third)],
  ]);
}
