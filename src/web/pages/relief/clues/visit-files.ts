import type { ClueView } from "../../../../domains/relief/contract.ts";
import type { Verb } from "../../../../domains/relief/core/clues/clue-loop.ts";

const beginnings: readonly Verb[] = ["send", "assign", "object", "draw"];

/** The time of the step that the visit going on began with; "" where there is none. */
export function visitBegan({ steps }: Pick<ClueView, "steps">): string {
  const began = steps.findLast(({ verb, detail }) => beginnings.includes(verb) || "dueDay" in detail);
  return began?.recordedAt ?? "";
}

/** Photos and signatures of the visit that is going on; those of an earlier one do not count for it. */
export function filesOfVisit({ steps, files }: Pick<ClueView, "steps" | "files">): ClueView["files"] {
  const began = visitBegan({ steps });
  return began === "" ? files : files.filter((file) => Date.parse(file.recordedAt) >= Date.parse(began));
}
