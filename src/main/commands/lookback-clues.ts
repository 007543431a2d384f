/** Writes the clues beside their place first: what stands under the name is whole, or as it was before. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

const pieceLength = 1 << 20;

/** @throws Error of the file system; then nothing has changed */
export function writeWhole(path: string, lines: Iterable<string>): void {
  const beside = `${path}.${process.pid}.part`;
  const handle = openSync(beside, "wx");
  try {
    try {
      let piece = "";
      for (const line of lines) {
        piece += line;
        if (piece.length < pieceLength) continue;
        writeFully(handle, piece);
        piece = "";
      }
      writeFully(handle, piece);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** A disk that fills up takes a part before it refuses the rest. */
function writeFully(handle: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}
