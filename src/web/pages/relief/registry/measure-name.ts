import { MEASURE_KINDS } from "../../../../domains/relief/core/registry/causes.ts";
import type { Language } from "../../../format/period.ts";

export const measureKinds: readonly string[] = MEASURE_KINDS.map((kind) => kind.code);

export function measureName(code: string, lang: Language): string {
  return MEASURE_KINDS.find((kind) => kind.code === code)?.[lang] ?? code;
}
