#!/usr/bin/env node
// The command line's first step: the program is TypeScript and needs Node 24. Under an older Node (npx uses the
// shell's) it is run again with the bundled one, keeping arguments, input and output, signals and exit status.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import module from "node:module";
import { Socket } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { heapFlags } from "./heap-flags.mjs";

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const bundled = join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
const args = process.argv.slice(2);

if (Number.parseInt(process.versions.node, 10) >= 24 && mustBecomeServer()) {
  process.execve(process.execPath, [
    process.execPath,
    ...heapFlags,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]);
} else if (Number.parseInt(process.versions.node, 10) >= 24) {
  endWithParent();
  // Types stripped and code compiled once, not at every start. In the clone and not in a temporary directory that others
  // can write to; where the clone cannot be written, every start does the work again.
  module.enableCompileCache(join(root, ".cache", "compiled"));
  const { main } = await import("../src/main/cli.ts");
  const status = await main(args);
  if (typeof status === "number") process.exitCode = status;
} else if (process.env.TAIZHANG_NODE_RETRIED || !existsSync(bundled)) {
  process.stderr.write(
    `Taizhang needs Node 24; this is ${process.version}. Run \`npm start\` or \`npm ci\` once.\n`,
  );
  process.exitCode = 1;
} else {
  runAgain();
}

/** The commands that stay run with these flags. A process that watches its parent was given them by its parent. */
function mustBecomeServer() {
  if (!["start", "serve", "worker"].includes(args[0]) || process.env.TAIZHANG_PARENT_FD) return false;
  return typeof process.execve === "function" && !heapFlags.every((flag) => process.execArgv.includes(flag));
}

/** When whoever started us (scripts/start.mjs, or the older Node below) dies without a word, shut down in order. */
function endWithParent() {
  const fd = Number(process.env.TAIZHANG_PARENT_FD);
  delete process.env.TAIZHANG_PARENT_FD;
  delete process.env.TAIZHANG_NODE_RETRIED;
  if (!fd) return;
  const pipe = new Socket({ fd, readable: true, writable: false });
  pipe.on("error", () => {});
  pipe.on("close", () => process.kill(process.pid, "SIGTERM"));
  pipe.resume();
  pipe.unref();
}

function runAgain() {
  const env = { ...process.env, TAIZHANG_NODE_RETRIED: "1" };
  const command = [...heapFlags, fileURLToPath(import.meta.url), ...args];
  // Where Node can replace itself there is no second process, and nothing to pass on.
  if (typeof process.execve === "function") process.execve(bundled, [bundled, ...command], env);
  const child = spawn(bundled, command, {
    stdio: ["inherit", "inherit", "inherit", "pipe"],
    env: { ...env, TAIZHANG_PARENT_FD: "3" },
  });
  child.stdio[3].on("error", () => {});
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) {
    process.on(signal, () => {
      // Ctrl-C goes to every process at the terminal, so the child has it already.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`${bundled} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
