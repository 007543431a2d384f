/** What changed between two versions of a return, cell by cell. */
import type { FormDefinition, ReturnRow } from "./form.ts";

export type Change = {
  subject: string;
  name: string;
  column: string;
  before: string | null;
  after: string | null;
};

/** In the order of the newer rows, then rows that are gone. */
export function compareVersions(
  form: FormDefinition,
  before: readonly ReturnRow[],
  after: readonly ReturnRow[],
): Change[] {
  const old = new Map(before.map((row) => [row.subject, row]));
  const kept = new Set(after.map((row) => row.subject));
  const gone = before.filter((row) => !kept.has(row.subject)).map((row) => ({ row, values: {} }));
  const there = after.map((row) => ({ row, values: row.values }));
  const changes: Change[] = [];
  for (const { row, values } of [...there, ...gone]) {
    for (const { code } of form.columns) {
      const was = old.get(row.subject)?.values[code] ?? null;
      const is = (values as Readonly<Record<string, string>>)[code] ?? null;
      if (was !== is)
        changes.push({ subject: row.subject, name: row.name, column: code, before: was, after: is });
    }
  }
  return changes;
}
