/** Whether two forms would post the same figures, were they filed for one region. */
import type { Column, FormDefinition, Subjects } from "./form.ts";

/** The columns of `one` that `other` posts as well, by their place. */
export function columnsPostedByBoth(one: FormDefinition, other: FormDefinition): number[] {
  if (one.periodForm !== other.periodForm || !haveSubjectsInCommon(one.subjects, other.subjects)) return [];
  const theirs = new Set(other.columns.flatMap(figureOf));
  return one.columns.flatMap((column, at) => (figureOf(column).some((key) => theirs.has(key)) ? [at] : []));
}

function figureOf({ posts }: Column): string[] {
  return posts === null ? [] : [`${posts.measure} ${posts.basis} ${posts.aspect}`];
}

/** Rows that the forms name; those that are added to open lists are held apart when they are posted. */
function haveSubjectsInCommon(one: Subjects, other: Subjects): boolean {
  if (one.kind === "region" || other.kind === "region") return one.kind === other.kind;
  const codes = new Set(other.items.map(({ code }) => code));
  return one.prefix === other.prefix && one.items.some(({ code }) => codes.has(code));
}

/** Whether the schedules of two forms have no period in common. */
export function followEachOther(one: FormDefinition, other: FormDefinition): boolean {
  return follows(one, other) || follows(other, one);
}

/** A form whose schedule begins when the other's is over takes its place. */
function follows(one: FormDefinition, other: FormDefinition): boolean {
  const end = other.schedule?.to ?? null;
  return one.schedule !== null && end !== null && one.schedule.from > end;
}
