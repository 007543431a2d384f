/** What a command of the command line is. */
import type { Config } from "../platform/config.ts";

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

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Progress and notices, beside the answer. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
