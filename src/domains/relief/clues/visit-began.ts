/** When the visit that is going on began: what was photographed or found before belongs to an earlier one. */
import { dayInChina } from "../../../shared/china-day.ts";
import type { StoredStep } from "./store.ts";

function findBeginning(steps: readonly StoredStep[]): StoredStep | undefined {
  return steps.findLast(
    ({ verb, detail }) => ["send", "assign", "object", "draw"].includes(verb) || "dueDay" in detail,
  );
}

/** @returns the moment as it is recorded; "" where nothing began */
export function visitBegan(steps: readonly StoredStep[]): string {
  return findBeginning(steps)?.recordedAt ?? "";
}

/** @returns the day in China by the program's calendar; "" where nothing began */
export function dayVisitBegan(steps: readonly StoredStep[]): string {
  const beginning = findBeginning(steps);
  if (beginning === undefined) return "";
  const { on } = beginning.detail;
  return typeof on === "string" ? on : dayInChina(new Date(beginning.recordedAt));
}
