/** What a command of the command line is. */
import type { Config } from "../platform/config.ts";
import type { PlaceProblem } from "../platform/problem.ts";
import type { Language } from "../shared/period.ts";

export type Command = {
  /** one line for the list of commands */
  summary: string;
  /** what --help prints */
  usage: string;
  /** it runs with the defaults, and a wrong setting in the environment does not stop it */
  needsNoSettings?: true;
  /** @returns exit status */
  run(args: readonly string[], config: Config): Promise<number>;
};

/** Called wrongly: the usage is printed and the status is 2. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readLanguage(lang: string): Language {
  if (lang !== "zh" && lang !== "en") throw new UsageError("--lang is zh or en");
  return lang;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Progress and notices, beside the answer. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Of many mistakes of a file the first are told; the pages tell all. */
const mostPlaces = 20;

export function notePlaces(places: readonly PlaceProblem[], lang: Language): void {
  for (const place of places.slice(0, mostPlaces))
    note(`  ${[place.line, place.column].filter((part) => part !== undefined).join(" ")} ${place[lang]}`);
}
