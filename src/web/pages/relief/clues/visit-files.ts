import type { ClueView } from "../../../../domains/relief/contract.ts";
import type { Verb } from "../../../../domains/relief/core/clues/clue-loop.ts";

const beginnings: readonly Verb[] = ["send", "assign", "object", "draw"];

type Steps = Pick<ClueView, "steps">;

const findBeginning = ({ steps }: Steps) =>
  steps.findLast(({ verb, detail }) => beginnings.includes(verb) || "dueDay" in detail);

/** The time of the step that the visit going on began with; "" where there is none. */
export function visitBegan(clue: Steps): string {
  return findBeginning(clue)?.recordedAt ?? "";
}

/** The first day on which it can have taken place; undefined where that is not known. */
export function dayVisitBegan(clue: Steps): string | undefined {
  const on = findBeginning(clue)?.detail["on"];
  return typeof on === "string" ? on : undefined;
}

/** Photos and signatures of the visit that is going on; those of an earlier one do not count for it. */
export function filesOfVisit({ steps, files }: Pick<ClueView, "steps" | "files">): ClueView["files"] {
  const began = visitBegan({ steps });
  return began === "" ? files : files.filter((file) => Date.parse(file.recordedAt) >= Date.parse(began));
}
