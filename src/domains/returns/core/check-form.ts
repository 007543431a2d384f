/** Whether a form can work: what it names exists, and its expressions can be read. */
import { formOf, period } from "../../../shared/period.ts";
import type { FormDefinition } from "./form.ts";
import { columnOf, type RecordName } from "./form.ts";
import { readRule } from "./check-return.ts";

export type FormFault = { field: string; zh: string; en: string };
/** Measures by code, with their unit; whether a unit can be turned into it is asked by the caller. */
export type Known = { measures: ReadonlySet<string>; fits: (unit: string, measure: string) => boolean };

/** Records whose names are columns of the form; those of the others are measures. */
const BY_COLUMN: readonly RecordName[] = ["now", "last", "lastYear", "total", "children"];
const OF_PERIOD: ReadonlySet<string> = new Set(["year", "month", "third"]);

export function checkForm(form: FormDefinition, known: Known): FormFault[] {
  return [
    ...repeated(form),
    ...(form.filers.kinds.length + form.filers.units.length === 0
      ? [
          fault(
            "filers",
            "没有填报单位：选一类单位，或选几个单位",
            "Nobody files it: choose a kind of units, or some units",
          ),
        ]
      : []),
    ...((form.filers.within ?? []).length > 0 && form.filers.kinds.length === 0
      ? [
          fault(
            "filers.within",
            "只限定了范围：还须选一类单位",
            "Regions alone name nobody: choose a kind of units in them",
          ),
        ]
      : []),
    ...checkSchedule(form),
    ...checkSubjects(form),
    ...form.columns.flatMap((column, at) => checkColumn(column, `columns.${at}`, known)),
    ...checkPostings(form),
    ...form.rules.flatMap((rule, at) => checkRule(form, rule, `rules.${at}`, known)),
  ];
}

const fault = (field: string, zh: string, en: string): FormFault => ({ field, zh, en });

/** A schedule of months opens nothing in a form of thirds. */
function checkSchedule({ schedule, periodForm }: FormDefinition): FormFault[] {
  if (schedule === null) return [];
  return (["from", "to"] as const).flatMap((end) => {
    const text = schedule[end];
    return text === null || formOf(period(text)) === periodForm
      ? []
      : [fault(`schedule.${end}`, `${text} 不是这张报表的报告期`, `${text} is no period of this form`)];
  });
}

function checkSubjects({ subjects }: FormDefinition): FormFault[] {
  if (subjects.kind === "region" || subjects.isOpen || subjects.items.length > 0) return [];
  return [
    fault("subjects.items", "没有填报对象：列出来，或允许加行", "No rows: list some, or let rows be added"),
  ];
}

function repeated(form: FormDefinition): FormFault[] {
  const lists: [string, readonly { code: string }[]][] = [
    ["columns", form.columns],
    ["rules", form.rules],
    ["subjects.items", form.subjects.kind === "list" ? form.subjects.items : []],
  ];
  return lists.flatMap(([field, list]) => {
    const seen = new Set<string>();
    return list.flatMap(({ code }, at) => {
      if (!seen.has(code)) {
        seen.add(code);
        return [];
      }
      return [fault(`${field}.${at}.code`, `代码 ${code} 重复`, `The code ${code} is there twice`)];
    });
  });
}

function checkColumn(column: FormDefinition["columns"][number], field: string, known: Known): FormFault[] {
  const { kind, unit, posts, choices, min, max } = column;
  const faults: FormFault[] = [];
  if (kind === "choice" && choices.length === 0)
    faults.push(fault(`${field}.choices`, "选项栏没有选项", "A choice without choices"));
  if (min !== null && max !== null && Number(min) > Number(max))
    faults.push(fault(`${field}.min`, "下限大于上限", "The lower bound is above the upper one"));
  if (posts === null) return faults;
  if (kind !== "number" || unit === null)
    faults.push(
      fault(`${field}.posts`, "只有带单位的数字栏可以入账", "Only a number with a unit can be posted"),
    );
  else if (!known.measures.has(posts.measure))
    faults.push(fault(`${field}.posts`, `没有指标 ${posts.measure}`, `There is no measure ${posts.measure}`));
  else if (posts.aspect === "value" ? !known.fits(unit, posts.measure) : unit !== "%" && unit !== "百分点")
    faults.push(
      fault(
        `${field}.unit`,
        `单位 ${unit} 与指标 ${posts.measure} 不符`,
        `${unit} is no unit of ${posts.measure}`,
      ),
    );
  return faults;
}

/** Two columns that would be one figure. */
function checkPostings(form: FormDefinition): FormFault[] {
  const seen = new Set<string>();
  return form.columns.flatMap(({ posts }, at) => {
    if (posts === null) return [];
    const key = `${posts.measure} ${posts.basis} ${posts.aspect}`;
    if (seen.has(key))
      return [
        fault(`columns.${at}.posts`, "另一栏已入账到同一指标", "Another column posts to the same figure"),
      ];
    seen.add(key);
    return [];
  });
}

function checkRule(
  form: FormDefinition,
  rule: FormDefinition["rules"][number],
  field: string,
  known: Known,
): FormFault[] {
  const faults: FormFault[] = [];
  if (rule.column !== null && columnOf(form, rule.column) === undefined)
    faults.push(fault(`${field}.column`, `没有栏目 ${rule.column}`, `There is no column ${rule.column}`));
  const read = readRule(rule);
  if (!read.ok)
    return [
      ...faults,
      fault(`${field}.expression`, `表达式有误：${read.error}`, `The expression: ${read.error}`),
    ];
  for (const [record, names] of read.value.expression.names) {
    for (const name of names) {
      const isKnown = BY_COLUMN.includes(record as RecordName)
        ? columnOf(form, name)?.kind === "number"
        : record === "period"
          ? OF_PERIOD.has(name)
          : known.measures.has(name);
      if (!isKnown)
        faults.push(fault(`${field}.expression`, `没有 ${record}.${name}`, `There is no ${record}.${name}`));
    }
  }
  return faults;
}
