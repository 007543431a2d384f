/** Writes the clues beside their place first: what stands under the name is whole, or as it was before. */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";

const pieceLength = 1 << 20;

/** @throws Error of the file system; then nothing has changed, unless it is a pipe or device, which keeps what it was given */
export function writeWhole(path: string, lines: Iterable<string>): void {
  // Renamed over, a device would be gone for everybody on the machine.
  if (isStream(path)) return writeLines(openSync(path, "w"), lines);
  const own = followLink(path);
  const beside = `${own}.${process.pid}.part`;
  const handle = openSync(beside, "wx");
  try {
    writeLines(handle, lines, fsyncSync);
    renameSync(beside, own);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** A pipe, a terminal, /dev/null: something that is written to and holds nothing. */
function isStream(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** A link stays one: what it leads to is replaced. */
function followLink(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return isLink && statSync(path, { throwIfNoEntry: false }) !== undefined ? realpathSync(path) : path;
}

function writeLines(
  handle: number,
  lines: Iterable<string>,
  settle: (handle: number) => void = () => {},
): void {
  try {
    let piece = "";
    for (const line of lines) {
      piece += line;
      if (piece.length < pieceLength) continue;
      writeFully(handle, piece);
      piece = "";
    }
    writeFully(handle, piece);
    settle(handle);
  } finally {
    closeSync(handle);
  }
}

/** A disk that fills up takes a part before it refuses the rest. */
function writeFully(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}
