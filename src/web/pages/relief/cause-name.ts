import type { Language } from "../../format/period.ts";

export function causeName(code: string, _lang: Language): string {
  return code;
}
