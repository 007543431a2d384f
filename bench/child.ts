/** Runs one of the measuring processes: a plan on its standard input, a result on its standard output. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

type Child = "generator.ts" | "bare-sql.ts" | "returns-reader.ts";

export async function runChild<Result>(file: Child, plan: unknown): Promise<Result> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(plan));
  const [output, status] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve) => child.on("exit", resolve)),
  ]);
  if (status !== 0) throw new Error(`${file} ended with ${status}`);
  return JSON.parse(output) as Result;
}
