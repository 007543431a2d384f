// Runs crash.fixture.ts and listens to it.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export type Owner = {
  child: ChildProcess;
  acked: number[];
  lines: string[];
  /** Resolves with the first line, from now on or earlier, that matches; rejects when the program ends without. */
  said: (pattern: RegExp, from?: number) => Promise<string>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

const PROGRAM = fileURLToPath(new URL("crash.fixture.ts", import.meta.url));

/** `wrap` stands before node on the command line, e.g. setpriv with its options. */
export function runOwner(args: readonly string[], wrap: readonly string[] = [], env = process.env): Owner {
  const [file = "", ...rest] = [...wrap, process.execPath, PROGRAM, ...args];
  const child = spawn(file, rest, { cwd: "/", env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  const acked: number[] = [];
  const hearers = new Set<() => void>();
  const hear = (line: string) => {
    if (line.startsWith("ack ")) acked.push(Number(line.slice(4)));
    lines.push(line);
    for (const hearer of hearers) hearer();
  };
  createInterface({ input: child.stdout }).on("line", hear);
  createInterface({ input: child.stderr }).on("line", (line) => hear(`stderr ${line}`));
  let isEnded = false;
  // "close" and not "exit": by then everything that it said has been heard.
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once("close", (code, signal) => {
      isEnded = true;
      resolve({ code, signal });
      for (const hearer of hearers) hearer();
    });
  });
  const said = (pattern: RegExp, from = 0) =>
    new Promise<string>((resolve, reject) => {
      let at = from;
      const look = () => {
        for (; at < lines.length; at++) {
          const line = lines[at] ?? "";
          if (!pattern.test(line)) continue;
          hearers.delete(look);
          resolve(line);
          return;
        }
        if (isEnded) reject(new Error(`ended before saying ${pattern}:\n${lines.slice(-20).join("\n")}`));
      };
      hearers.add(look);
      look();
    });
  return { child, acked, lines, said, ended };
}
