/** Whether an expression can be run, by the same code that runs it; loaded with the editor of rules. */
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { RECORDS } from "../../../../domains/returns/core/form.ts";
import { readExpression } from "../../../../shared/expression.ts";

export type ExpressionFault = { text: string; unknown?: string };

/** Records whose names are columns of the form. */
const BY_COLUMN = ["now", "last", "lastYear", "total", "children"];

/** @returns undefined when it can be run; `unknown`: names that are no column of the form */
export function faultOf(expression: string, form: FormDefinition): ExpressionFault | undefined {
  const read = readExpression(expression, RECORDS);
  if (!read.ok) return { text: read.error };
  const columns = new Set(form.columns.map(({ code }) => code));
  const unknown = BY_COLUMN.flatMap((record) =>
    [...(read.value.names.get(record) ?? [])]
      .filter((name) => !columns.has(name))
      .map((name) => `${record}.${name}`),
  );
  return unknown.length === 0 ? undefined : { text: "", unknown: unknown.join(", ") };
}
