/** Marks at the fields of the form editor: what is wrong with each, tied to it for screen readers, and the way to it. */
import { createContext, useContext } from "react";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import type { FieldFault } from "./field-faults.ts";

export const FieldFaults = createContext<readonly FieldFault[]>([]);

const noteId = (field: string): string => `fault-${field}`;

/** @returns the words of a fault; the server's own where the editor has none that fit better */
export function useFaultWords(): (fault: FieldFault) => string {
  const { say } = useSpeech();
  const f = useReturnFormTexts();
  return (fault) => {
    if (fault.code !== "INVALID_FIELD") return say(fault);
    if (fault.isBlank) return f.faults.blank;
    const [part = "", ...rest] = (fault.field ?? "").split(".");
    const key = rest.at(-1) ?? part;
    const words: Readonly<Record<string, string>> = f.faults.fields;
    return words[part === key ? key : `${part}.${key}`] ?? words[key] ?? f.faults.other;
  };
}

/** @returns what is wrong with a field; undefined when nothing is known to be */
export function useFaultAt(): (field: string) => string | undefined {
  const faults = useContext(FieldFaults);
  const wordsOf = useFaultWords();
  const { say } = useSpeech();
  return (field) => {
    const found = [...new Set(faults.filter((fault) => fault.field === field).map(wordsOf))];
    return found.length === 0 ? undefined : found.join(say({ zh: "；", en: "; " }));
  };
}

/** What a `TextField` or a `Choice` is given to be found and marked. */
export function useFieldMark(): (field: string) => { "data-field": string; fault: string | undefined } {
  const faultAt = useFaultAt();
  return (field) => ({ "data-field": field, fault: faultAt(field) });
}

/** Likewise for an input that stands by itself; `FaultNote` goes beneath it. */
export function useInputMark(): (field: string) => {
  "data-field": string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
} {
  const faultAt = useFaultAt();
  return (field) => {
    const isWrong = faultAt(field) !== undefined;
    return {
      "data-field": field,
      "aria-invalid": isWrong || undefined,
      "aria-describedby": isWrong ? noteId(field) : undefined,
    };
  };
}

export function FaultNote({ field }: { field: string }) {
  const fault = useFaultAt()(field);
  if (fault === undefined) return null;
  return (
    <p className="wrong" id={noteId(field)}>
      {fault}
    </p>
  );
}

/** Goes to the first of the fields in the order of the page. */
export function goToField(fields: ReadonlySet<string>): void {
  const all = document.querySelectorAll<HTMLElement>("[data-field]");
  const first = [...all].find((one) => fields.has(one.dataset["field"] ?? ""));
  first?.focus({ preventScroll: true });
  // In the middle: at the edge it would lie beneath the bar with the buttons.
  first?.scrollIntoView({ block: "center", inline: "center" });
}
