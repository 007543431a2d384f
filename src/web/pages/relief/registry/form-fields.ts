import type { Language } from "../../../format/period.ts";

/** The fields of a form with their names, in the order of the form. */
export function formFields(form: Readonly<Record<string, string>>, _lang: Language): [string, string][] {
  return Object.entries(form);
}

export function fieldName(code: string, _lang: Language): string {
  return code;
}
