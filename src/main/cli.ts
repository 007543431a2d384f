/** The command line: `taizhang <command>`. Each command is one function in commands/. */
import { ConfigError, readConfig } from "../platform/config.ts";
import { isClusterError } from "../platform/postgres/index.ts";
import { Problem } from "../platform/problem.ts";
import { audit } from "./commands/audit.ts";
import { backup, restore } from "./commands/backup.ts";
import { briefing } from "./commands/briefing.ts";
import { doctor } from "./commands/doctor.ts";
import { init } from "./commands/init.ts";
import { migrate } from "./commands/migrate.ts";
import { pack } from "./commands/pack.ts";
import { serve, start, worker } from "./commands/serve.ts";
import type { Command } from "./command.ts";
import { UsageError } from "./command.ts";

const commands: Readonly<Record<string, Command>> = {
  start,
  serve,
  worker,
  init,
  migrate,
  pack,
  briefing,
  audit,
  backup,
  restore,
  doctor,
};

function usage(): string {
  const lines = Object.entries(commands).map(([name, command]) => `  ${name.padEnd(10)} ${command.summary}`);
  return [
    "台账 Taizhang",
    "",
    "usage: taizhang <command> [options]      taizhang <command> --help",
    "",
    ...lines,
    "",
    "settings (environment): PORT, HOST, TAIZHANG_DATA, DATABASE_URL; all of them: docs/OPERATIONS.md",
  ].join("\n");
}

/** @returns exit status: 0 done, 1 failed, 2 called wrongly */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help") {
    process.stdout.write(`${usage()}\n`);
    return name === undefined ? 2 : 0;
  }
  const command = commands[name];
  if (!command) {
    process.stderr.write(`taizhang: there is no command "${name}"\n\n${usage()}\n`);
    return 2;
  }
  if (rest.includes("--help")) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(rest, readConfig(process.env));
  } catch (error) {
    return tell(name, command, error as Error);
  }
}

function tell(name: string, command: Command, error: Error): number {
  if (error instanceof UsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS")) {
    process.stderr.write(`taizhang ${name}: ${error.message}\n\n${command.usage}\n`);
    return 2;
  }
  const expected = error instanceof ConfigError || error instanceof Problem || isClusterError(error);
  process.stderr.write(
    `taizhang ${name}: ${expected || process.env["TAIZHANG_LOG"] !== "debug" ? error.message : error.stack}\n`,
  );
  if (error instanceof Problem)
    for (const place of error.places.slice(0, 20))
      process.stderr.write(`  ${place.line ?? ""} ${place.column ?? ""} ${place.zh}\n`);
  return 1;
}
