import type { Language } from "../../../format/period.ts";

export const measureKinds: readonly string[] = ["industry"];
export function measureName(code: string, _lang: Language): string {
  return code;
}
