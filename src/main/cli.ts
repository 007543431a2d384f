/** The command line: `taizhang <command>`. Each command is one function in commands/. */
import { ConfigError, readConfig } from "../platform/config.ts";
import { Problem } from "../platform/problem.ts";
import type { Command } from "./command.ts";
import { UsageError, notePlaces } from "./command.ts";

/** Each is read when it is called: a command that knows workbooks and Word need not delay the others. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import("./commands/serve.ts")).start,
  serve: async () => (await import("./commands/serve.ts")).serve,
  worker: async () => (await import("./commands/serve.ts")).worker,
  init: async () => (await import("./commands/init.ts")).init,
  migrate: async () => (await import("./commands/migrate.ts")).migrate,
  pack: async () => (await import("./commands/pack.ts")).pack,
  briefing: async () => (await import("./commands/briefing.ts")).briefing,
  proof: async () => (await import("./commands/proof.ts")).proof,
  return: async () => (await import("./commands/return.ts")).returns,
  registry: async () => (await import("./commands/registry.ts")).registry,
  keys: async () => (await import("./commands/keys.ts")).keys,
  lookback: async () => (await import("./commands/lookback.ts")).lookback,
  account: async () => (await import("./commands/account.ts")).account,
  audit: async () => (await import("./commands/audit.ts")).audit,
  backup: async () => (await import("./commands/backup.ts")).backup,
  restore: async () => (await import("./commands/backup.ts")).restore,
  doctor: async () => (await import("./commands/doctor.ts")).doctor,
};

async function usage(): Promise<string> {
  const lines: string[] = [];
  for (const [name, load] of Object.entries(commands))
    lines.push(`  ${name.padEnd(10)} ${(await load()).summary}`);
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
    process.stdout.write(`${await usage()}\n`);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    process.stderr.write(`taizhang: there is no command "${name}"\n\n${await usage()}\n`);
    return 2;
  }
  const command = await load();
  if (rest.includes("--help")) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(rest, readConfig(command.needsNoSettings ? {} : process.env));
  } catch (error) {
    return await tell(name, command, error as Error);
  }
}

async function tell(name: string, command: Command, error: Error): Promise<number> {
  if (error instanceof UsageError || (error as { code?: string }).code?.startsWith("ERR_PARSE_ARGS")) {
    process.stderr.write(`taizhang ${name}: ${error.message}\n\n${command.usage}\n`);
    return 2;
  }
  // Read only now: the database takes longer to load than a small command to run.
  const { isClusterError } = await import("../platform/postgres/index.ts");
  const expected = error instanceof ConfigError || error instanceof Problem || isClusterError(error);
  process.stderr.write(
    `taizhang ${name}: ${expected || process.env["TAIZHANG_LOG"] !== "debug" ? error.message : error.stack}\n`,
  );
  if (error instanceof Problem) notePlaces(error.places, "zh");
  return 1;
}
