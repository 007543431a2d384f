import { CAUSES, SPEECH_CLASSES, speechClassesOf } from "../../../domains/relief/core/registry/causes.ts";
import type { Language } from "../../format/period.ts";

export function causeName(code: string, lang: Language): string {
  return CAUSES.find((cause) => cause.code === code)?.[lang] ?? code;
}

/** The classes of the speech that a cause stands in; none, for those that it does not speak of. */
export function speechClassNames(code: string, lang: Language): string[] {
  const classes = speechClassesOf(code);
  return SPEECH_CLASSES.filter((one) => classes.includes(one.code)).map((one) => one[lang]);
}
