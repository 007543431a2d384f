import { FIELDS } from "../../../../domains/relief/core/registry/fields.ts";
import type { Language } from "../../../format/period.ts";

/** The fields that are filled in, with their names, in the order of the national form. */
export function formFields(form: Readonly<Record<string, string>>, lang: Language): [string, string][] {
  const filled = FIELDS.flatMap((field): [string, string][] => {
    const value = form[field.code];
    return value === undefined || value === "" ? [] : [[field[lang], value]];
  });
  const unknown = Object.entries(form).filter(([code]) => !FIELDS.some((field) => field.code === code));
  return [...filled, ...unknown];
}

export function fieldName(code: string, lang: Language): string | undefined {
  return FIELDS.find((field) => field.code === code)?.[lang];
}
