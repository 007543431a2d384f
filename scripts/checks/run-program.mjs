/** Starts a program with a time limit and collects what it said. */
import { spawn } from "node:child_process";

/** Process groups still running, so that a stopped test run leaves nothing behind. */
const running = new Set();

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number, show?: boolean}} [options]
 *   show: pass the output through as it comes, instead of collecting it
 * @returns {Promise<{status: number, output: string, isTimeout: boolean}>} status 0 is success; killed or not startable is never 0
 */
export function runProgram(program, args, options = {}) {
  const { cwd, env, timeoutMs = 120_000, show = false } = options;
  return new Promise((resolve) => {
    // A group of its own: at the time limit its children go with it.
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let isTimeout = false;
    child.stdout?.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr?.setEncoding("utf8").on("data", (text) => (output += text));
    running.add(child);
    const timer = setTimeout(() => {
      isTimeout = true;
      stopGroup(child, "SIGTERM");
      setTimeout(() => stopGroup(child, "SIGKILL"), 10_000).unref();
    }, timeoutMs);
    const finish = (status) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ status, output, isTimeout });
    };
    child.on("error", (error) => {
      output += `${program}: ${error.message}\n`;
      finish(127);
    });
    child.on("close", (code) => finish(isTimeout ? 124 : (code ?? 128)));
  });
}

/** For signals: ends whatever runs. */
export function stopEverything() {
  for (const child of running) stopGroup(child, "SIGTERM");
}

function stopGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // already gone
  }
}
