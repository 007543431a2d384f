import type { Shape } from "../../../shell/status-mark.tsx";

/** Levels of agreement by the names that the matching gives them; what is not listed agrees nearly. */
const shapes: Readonly<Record<string, Shape>> = {
  same: "ok",
  village: "ok",
  likely: "ok",
  unknown: "unknown",
  missing: "unknown",
  none: "unknown",
  numberOfCounty: "unknown",
  different: "late",
  conflict: "late",
  elsewhere: "late",
  elsewhereNumberOfCounty: "late",
  farFailed: "late",
  unlikely: "late",
  rare: "late",
};
/** Fields that weigh the others and are no agreement themselves. */
const asides: readonly string[] = ["kin", "idForm", "nameForm", "chance", "rivals", "otherRow"];

/** How a field of both sides agrees, as a mark: ● the same, ▲ nearly, ◆ different, — one side does not say, ○ an aside. */
export function agreementShape({ field, level }: { field: string; level: string }): Shape {
  return asides.includes(field) ? "plain" : (shapes[level] ?? "watch");
}
