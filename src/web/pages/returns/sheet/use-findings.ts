/** What does not hold: the page's own word on rows that were just touched, the server's on all others. */
import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import type { FindingView, ReturnView } from "../../../../domains/returns/contract.ts";
import { carryExplanations } from "./carried-explanations.ts";
import { cellKey } from "./cell-key.ts";
import type { CheckedRow, InstantChecks } from "./instant-checks.ts";
import type { LoadedRows } from "./loaded-rows.ts";
import { valueOf } from "./sheet-state.ts";
import type { SheetState } from "./sheet-state.ts";

type FindingsOf = {
  view: ReturnView;
  rows: LoadedRows;
  state: SheetState;
  /** the newest that the server said */
  said: readonly FindingView[];
};

export function useFindings({ view, rows, state, said }: FindingsOf): readonly FindingView[] {
  const { form, brief } = view;
  const checks = useQuery({
    queryKey: ["instant-checks", form.code, brief.formVersion, brief.period, rows.hasAll],
    queryFn: async () =>
      (await import("./instant-checks.ts")).makeInstantChecks(form, brief.period, rows.hasAll),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    enabled: view.mayEdit,
  });
  return useMemo(
    () => (checks.data === undefined ? said : mergeFindings(checks.data, { view, rows, state, said })),
    [checks.data, view, rows, state, said],
  );
}

function mergeFindings(
  checks: InstantChecks,
  { view, rows, state, said }: FindingsOf,
): readonly FindingView[] {
  const touched = touchedSubjects(state);
  if (touched.size === 0) return said;
  const names = new Map(state.added.map(({ subject, name }) => [subject, name]));
  const rowOf = (subject: string): CheckedRow => {
    const row = rows.bySubject.get(subject);
    const values: Record<string, string> = {};
    for (const { code } of view.form.columns) {
      const value = valueOf(state, { subject, column: code }, row?.values[code] ?? null);
      if (value !== undefined) values[code] = value;
    }
    const name = row?.name ?? names.get(subject) ?? subject;
    return { subject, name, values, last: row?.last ?? {}, lastYear: row?.lastYear ?? {} };
  };
  const unreadable = new Set(state.faults.keys());
  const whole = checks.formCodes.size === 0 ? [] : checks.checkWhole(allSubjects(rows, state).map(rowOf));
  const found = [...checks.checkRows([...touched].map(rowOf), unreadable), ...whole];
  const others = said.filter(({ code, subject }) =>
    subject === null
      ? !checks.formCodes.has(code)
      : !state.removed.has(subject) && !(touched.has(subject) && checks.rowCodes.has(code)),
  );
  return [...carryExplanations(found, said), ...others];
}

export function touchedSubjects({ queue, faults, removed }: SheetState): Set<string> {
  const places = [
    ...queue.waiting.values(),
    ...queue.conflicts.values(),
    ...(queue.sent?.cells.values() ?? []),
  ];
  const subjects = new Set(places.map(({ subject }) => subject));
  for (const key of faults.keys()) subjects.add(key.slice(0, key.indexOf(" ")));
  for (const subject of removed) subjects.delete(subject);
  return subjects;
}

function allSubjects(rows: LoadedRows, { added, removed }: SheetState): string[] {
  const all = new Set([...rows.bySubject.keys(), ...added.map(({ subject }) => subject)]);
  return [...all].filter((subject) => !removed.has(subject));
}

export type FoundByCell = ReadonlyMap<string, readonly FindingView[]>;

/** Findings by the cell that they mark. */
export function findingsByCell(findings: readonly FindingView[]): FoundByCell {
  const cells = new Map<string, FindingView[]>();
  for (const finding of findings) {
    if (finding.subject === null || finding.column === null) continue;
    const key = cellKey(finding.subject, finding.column);
    cells.set(key, [...(cells.get(key) ?? []), finding]);
  }
  return cells;
}
