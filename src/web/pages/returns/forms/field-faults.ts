/**
 * Faults of a form that was refused, at the fields of the editor.
 *
 * Words:
 * - place: where the server says that the fault is, as `columns.4.posts` or `body.form.review.0.units.1`
 * - field: the input of the editor in which it is mended; columns, rules and levels of review by their number
 */
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import type { Place } from "../../../api/problem.ts";

export type FieldFault = {
  /** undefined: no input of the editor mends it */
  field: string | undefined;
  place: string;
  code: string;
  /** nothing stood in the field */
  isBlank: boolean;
  zh: string;
  en: string;
};

/** The input in which a list as a whole, or what is no input itself, is mended. */
const INPUTS: Readonly<Record<string, string>> = {
  columns: "columns.0.nameZh",
  rules: "rules.0.code",
  review: "review.0.units",
  due: "due.kind",
  schedule: "schedule.from",
  subjects: "subjects.kind",
  filers: "filers",
};
/** Parts with one input for each key, and the one for an entry as a whole. */
const ENTRIES: Readonly<Record<string, string>> = { columns: "code", rules: "code", review: "units" };
const SINGLE: ReadonlySet<string> = new Set(["code", "nameZh", "nameEn", "periodForm"]);

export function fieldOf(place: string): string | undefined {
  const [part = "", first, second] = inForm(place).split(".");
  if (SINGLE.has(part)) return part;
  if (part === "filers") return first === "within" ? "filers.within" : part;
  if (first === undefined || !(part in INPUTS)) return INPUTS[part];
  const whole = ENTRIES[part];
  return whole === undefined ? `${part}.${first}` : `${part}.${first}.${second ?? whole}`;
}

export const inForm = (place: string): string => place.replace(/^body\./, "").replace(/^form\./, "");

export function faultsOf(places: readonly Place[], form: FormDefinition): FieldFault[] {
  return places.flatMap(({ field: place, code, zh, en }) => {
    if (place === undefined) return [];
    const value = valueAt(form, inForm(place));
    const isBlank = value === null || (typeof value === "string" && value.trim() === "");
    return [{ field: fieldOf(place), place: inForm(place), code, isBlank, zh, en }];
  });
}

function valueAt(form: unknown, field: string): unknown {
  let value = form;
  for (const key of field.split("."))
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return value;
}

/** What is still to be mended after a change: not what was changed, and the rest wherever it stands now. */
export function remainingFaults(
  faults: readonly FieldFault[],
  before: FormDefinition,
  after: FormDefinition,
): FieldFault[] {
  return faults.flatMap((fault) => {
    const { field } = fault;
    if (field === undefined) return [fault];
    const [part = "", first = ""] = field.split(".");
    let now = field;
    if (part in ENTRIES) {
      const list = part as "columns" | "rules" | "review";
      const at = movedTo(before[list], after[list], Number(first));
      if (at === undefined) return [];
      now = [part, at, ...field.split(".").slice(2)].join(".");
    }
    // A level of review is right or wrong as a whole.
    const [was, is] = part === "review" ? [parentOf(field), parentOf(now)] : [field, now];
    if (JSON.stringify(valueAt(before, was)) !== JSON.stringify(valueAt(after, is))) return [];
    const place =
      part in ENTRIES ? fault.place.replace(/^(\w+)\.\d+/, `$1.${now.split(".")[1]}`) : fault.place;
    return [{ ...fault, field: now, place }];
  });
}

const parentOf = (field: string): string => field.split(".").slice(0, -1).join(".");

/** An entry that was not touched is the same object; one that was stands where it stood. @returns undefined: it is gone */
function movedTo(before: readonly unknown[], after: readonly unknown[], at: number): number | undefined {
  const same = after.indexOf(before[at]);
  if (same >= 0) return same;
  return after.length >= before.length && !before.includes(after[at]) ? at : undefined;
}
