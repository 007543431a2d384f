import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listRepositoryFiles } from "./repository-files.mjs";

const MANY_LINES = 400;

/** Files worth splitting. A warning only: a declared table may be long. */
export async function check({ root }) {
  const notes = listRepositoryFiles(root)
    .filter((path) => /^(src|packs|scripts|bench|e2e|fixtures)\/.*\.(ts|tsx|mjs)$/.test(path))
    .map((path) => ({ path, lines: readFileSync(join(root, path), "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > MANY_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines (${MANY_LINES} are many)`);
  return { claims: [], notes };
}
