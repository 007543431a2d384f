/**
 * Reads the plain ustar archives that the browser's libraries come in.
 *
 * Small and strict on purpose: it knows files and directories, and refuses anything else (links, long-name extensions,
 * paths that leave the target) instead of guessing.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

const BLOCK = 512;
const REGULAR = "0";
const DIRECTORY = "5";

type Entry = { name: string; mode: number; size: number; type: string };

/** Writes the archive's files under `target`; throws on an entry that is not a file or directory inside it. */
export async function untar(archive: Buffer, target: string): Promise<void> {
  let offset = 0;
  while (offset + BLOCK <= archive.length) {
    const entry = readHeader(archive.subarray(offset, offset + BLOCK));
    if (entry === undefined) return; // an empty block ends the archive
    offset += BLOCK;
    const content = archive.subarray(offset, offset + entry.size);
    if (content.length !== entry.size) throw new Error(`archive ends within ${entry.name}`);
    await writeEntry(entry, content, target);
    offset += Math.ceil(entry.size / BLOCK) * BLOCK;
  }
  throw new Error("archive has no end mark: it is cut off");
}

async function writeEntry(entry: Entry, content: Buffer, target: string): Promise<void> {
  const path = normalize(entry.name);
  if (path.startsWith("..") || path.startsWith("/"))
    throw new Error(`archive entry leaves its folder: ${entry.name}`);
  if (entry.type === DIRECTORY) {
    await mkdir(join(target, path), { recursive: true });
    return;
  }
  if (entry.type !== REGULAR) throw new Error(`archive entry of unknown type "${entry.type}": ${entry.name}`);
  await mkdir(dirname(join(target, path)), { recursive: true });
  await writeFile(join(target, path), content, { mode: entry.mode & 0o777 });
}

function readHeader(header: Buffer): Entry | undefined {
  const text = (from: number, length: number): string => {
    const field = header.toString("latin1", from, from + length);
    const end = field.indexOf("\0");
    return end === -1 ? field : field.slice(0, end);
  };
  const name = text(0, 100);
  if (name === "") return undefined;
  if (text(257, 5) !== "ustar") throw new Error("not a ustar archive");
  const prefix = text(345, 155);
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    mode: Number.parseInt(text(100, 8), 8),
    size: Number.parseInt(text(124, 12), 8),
    type: text(156, 1) || REGULAR,
  };
}
