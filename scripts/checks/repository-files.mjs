import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

const passedOver = new Set(["node_modules", ".git", "dist", "data", ".cache"]);

/**
 * Files that are, or would be, committed: git's list with new files that it does not ignore; without git (an unpacked
 * archive) a walk.
 * @param {string} root
 * @returns {string[]} paths relative to `root`, with forward slashes, sorted
 */
export function listRepositoryFiles(root) {
  const git = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const there = walk(root)
    .map((path) => relative(root, path).replaceAll("\\", "/"))
    .toSorted((a, b) => a.localeCompare(b, "en"));
  if (git.status !== 0) return there;
  // A file deleted but not yet committed is listed by git and cannot be read.
  const listed = new Set(git.stdout.split("\0"));
  return there.filter((path) => listed.has(path));
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (passedOver.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}
