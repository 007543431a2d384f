// `npm start`: sets the clone up, then runs `taizhang start` under the bundled Node.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { heapFlags } from "../bin/heap-flags.mjs";
import { ensureInstalled, ensureWebBuilt, root } from "./setup.mjs";

const node = ensureInstalled();
ensureWebBuilt(node);

// The child gets a session of its own, so that Ctrl-C reaches it once, through us, and not a second time from the
// terminal. Descriptor 3 is a pipe on which nothing is ever sent: when we die, however, it closes, and the child
// (bin/taizhang.mjs) takes that as SIGTERM.
const command = [...heapFlags, join(root, "bin", "taizhang.mjs"), "start", ...process.argv.slice(2)];
const child = spawn(node, command, {
  stdio: ["ignore", "inherit", "inherit", "pipe"],
  detached: process.platform !== "win32",
  env: { ...process.env, TAIZHANG_PARENT_FD: "3" },
});
child.stdio[3].on("error", () => {}); // the other end going first is told by "exit"

let isForwarded = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (isForwarded) return;
    isForwarded = true;
    child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
  });
}

child.on("error", (error) => {
  process.stderr.write(`${node} could not be started: ${error.message}\n`);
  process.exit(1);
});
child.on("exit", (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(name);
  process.kill(process.pid, signal);
});
