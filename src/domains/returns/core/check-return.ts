/** A whole return against its form: what is missing, and every rule that does not hold. Pure: page and server use the same. */
import { type Decimal, dec, formatShort } from "../../../shared/decimal.ts";
import { type Expression, type NumberRecord, readExpression } from "../../../shared/expression.ts";
import type { Result } from "../../../shared/result.ts";
import {
  type Column,
  type FormDefinition,
  RECORDS,
  type RecordName,
  type ReturnRow,
  type Rule,
} from "./form.ts";

export type Finding = {
  /** REQUIRED, or the code of the rule */
  code: string;
  severity: "hard" | "soft";
  /** null: about the form as a whole */
  subject: string | null;
  column: string | null;
  /** what the rule read: `now.ytd=1100 lastYear.ytd=760` */
  numbers: string;
  zh: string;
  en: string;
};

/** What a return is compared with; in the units of the form's columns. */
export type Surroundings = {
  /** by subject */
  last: ReadonlyMap<string, NumberRecord>;
  lastYear: ReadonlyMap<string, NumberRecord>;
  ledger: NumberRecord;
  parent: NumberRecord;
  children: NumberRecord;
  period: NumberRecord;
  /** cells, as `subject column`, that were typed but could not be read: they are not missing */
  unreadable?: ReadonlySet<string>;
};

const NOTHING: NumberRecord = new Map();

/** A rule with its expression read. */
export type ReadyRule = { rule: Rule; expression: Expression };

/** @returns the rule as it can be run, or why its expression cannot be read */
export function readRule(rule: Rule): Result<ReadyRule, string> {
  const read = readExpression(rule.expression, RECORDS);
  return read.ok ? { ok: true, value: { rule, expression: read.value } } : read;
}

/** Rules whose expression can be read; a form is refused with one that cannot. */
export function readyRules(form: FormDefinition): ReadyRule[] {
  return form.rules.flatMap((rule) => {
    const read = readRule(rule);
    return read.ok ? [read.value] : [];
  });
}

export function numbersOf(
  form: FormDefinition,
  row: Pick<ReturnRow, "values">,
  wanted?: ReadonlySet<string>,
): NumberRecord {
  const numbers = new Map<string, Decimal>();
  for (const { code, kind } of form.columns) {
    const value = row.values[code];
    if (value === undefined || kind !== "number" || wanted?.has(code) === false) continue;
    numbers.set(code, dec(value));
  }
  return numbers;
}

/** @param rules from `readyRules(form)`, so that many returns of one form read the expressions once */
export function checkReturn(
  form: FormDefinition,
  rules: readonly ReadyRule[],
  rows: Iterable<ReturnRow>,
  surroundings: Surroundings,
): Finding[] {
  const check = openCheck(form, rules, surroundings);
  for (const row of rows) check.row(row);
  return check.end();
}

/** The same row by row: whoever has very many can do something else in between. */
export function openCheck(
  form: FormDefinition,
  rules: readonly ReadyRule[],
  surroundings: Surroundings,
): { row(row: ReturnRow): void; end(): Finding[] } {
  const findings: Finding[] = [];
  const totals = new Map<string, Decimal>();
  const rowRules = rules.filter(({ rule }) => rule.scope === "row");
  const formRules = rules.filter(({ rule }) => rule.scope === "form");
  const wanted = namesOf(rules, ["now", "total"]);
  const summed = namesOf(formRules, ["total"]);
  const isRegion = form.subjects.kind === "region";
  const { last, lastYear, ledger, parent, children, period, unreadable } = surroundings;
  const around = { ledger, parent, children, period };
  let first: Records | undefined;
  let rows = 0;
  return {
    row: (row) => {
      rows++;
      const now = numbersOf(form, row, wanted);
      for (const code of summed) {
        const value = now.get(code);
        if (value !== undefined) totals.set(code, totals.get(code)?.plus(value) ?? value);
      }
      findMissing(form, row, unreadable, findings);
      const records: Records = {
        ...around,
        now,
        last: last.get(row.subject) ?? NOTHING,
        lastYear: lastYear.get(row.subject) ?? NOTHING,
        total: NOTHING,
      };
      first ??= records;
      for (const ready of rowRules) apply(ready, records, row.subject, findings);
    },
    end: () => {
      if (rows === 0) findings.push(nothingFiled);
      const whole: Records = {
        ...around,
        now: isRegion ? (first?.now ?? NOTHING) : NOTHING,
        last: isRegion ? (first?.last ?? NOTHING) : totalOf(last),
        lastYear: isRegion ? (first?.lastYear ?? NOTHING) : totalOf(lastYear),
        total: totals,
      };
      for (const ready of formRules) apply(ready, whole, null, findings);
      return findings;
    },
  };
}

const nothingFiled: Finding = {
  code: "NOTHING_FILED",
  severity: "soft",
  subject: null,
  column: null,
  numbers: "",
  zh: "没有填报任何一行；确无内容的，请说明（零报告）",
  en: "No row was filled in; if there is nothing to report, say so",
};

/** Names that rules, or their messages, read of these records. */
function namesOf(rules: readonly ReadyRule[], records: readonly RecordName[]): Set<string> {
  const names = new Set<string>();
  for (const { rule, expression } of rules) {
    for (const record of records) {
      for (const name of expression.names.get(record) ?? []) names.add(name);
      for (const [, name = ""] of rule.messageZh.matchAll(new RegExp(`\\{${record}\\.(\\w+)\\}`, "g")))
        names.add(name);
      for (const [, name = ""] of rule.messageEn.matchAll(new RegExp(`\\{${record}\\.(\\w+)\\}`, "g")))
        names.add(name);
    }
  }
  return names;
}

type Records = Readonly<Record<RecordName, NumberRecord>>;

function totalOf(rows: ReadonlyMap<string, NumberRecord>): NumberRecord {
  const totals = new Map<string, Decimal>();
  for (const numbers of rows.values())
    for (const [code, value] of numbers) totals.set(code, totals.get(code)?.plus(value) ?? value);
  return totals;
}

function findMissing(
  form: FormDefinition,
  row: ReturnRow,
  unreadable: ReadonlySet<string> | undefined,
  findings: Finding[],
): void {
  for (const column of form.columns) {
    if (!column.required || row.values[column.code] !== undefined) continue;
    if (unreadable?.has(`${row.subject} ${column.code}`)) continue;
    findings.push({
      code: "REQUIRED",
      severity: "hard",
      subject: row.subject,
      column: column.code,
      numbers: "",
      zh: `“${column.nameZh}”必须填写${isAmount(column) ? "；没有发生额请填 0" : ""}`,
      en: `${column.nameEn} must be filled in${isAmount(column) ? "; 0 where there is nothing" : ""}`,
    });
  }
}

/** What has nothing is 0; a rate that nobody knows is not, and no choice or text is. */
export function isAmount({ kind, unit }: Column): boolean {
  return kind === "number" && unit !== "%" && unit !== "‰";
}

function apply(
  { rule, expression }: ReadyRule,
  records: Records,
  subject: string | null,
  findings: Finding[],
): void {
  const outcome = expression.holds(records);
  if (outcome === true || outcome === "blank") return;
  const fault = typeof outcome === "object" ? outcome.fault : undefined;
  findings.push({
    code: rule.code,
    severity: fault === undefined ? rule.severity : "soft",
    subject,
    column: rule.column,
    numbers: numbersRead(expression, records),
    zh: fault === undefined ? withNumbers(rule.messageZh, records) : `审核关系无法计算：${fault}`,
    en: fault === undefined ? withNumbers(rule.messageEn, records) : `The rule cannot be computed: ${fault}`,
  });
}

function numbersRead({ names }: Expression, records: Records): string {
  const read = [...names].flatMap(([record, of]) =>
    [...of].map((name) => `${record}.${name}=${records[record as RecordName].get(name)?.toFixed() ?? ""}`),
  );
  return read.join(" ");
}

/** `{now.total}` becomes the number; a blank one becomes a dash. */
function withNumbers(message: string, records: Records): string {
  return message.replaceAll(/\{(\w+)\.(\w+)\}/g, (whole, record: string, name: string) => {
    const numbers = (records as Readonly<Record<string, NumberRecord>>)[record];
    if (numbers === undefined) return whole;
    const value = numbers.get(name);
    return value === undefined ? "—" : formatShort(value, 6);
  });
}
