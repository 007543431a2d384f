import type { FileHandle } from "node:fs/promises";
import { clusterError } from "./cluster-error.ts";

/**
 * The part of the ustar format that a backup needs: files and directories with short names, written and read as
 * streams. The system's tar can list and unpack what is written here. It does not write it, because a file of a
 * running server may shrink or grow under the reader: an entry must keep the size announced in its header, and the
 * hash must be of the very bytes that went into the archive.
 */
export type TarWriter = {
  addDirectory: (name: string) => Promise<void>;
  /** Exactly `size` bytes: longer content is cut, shorter content filled with zeros. Sees every byte written. */
  addFile: (
    name: string,
    size: number,
    content: AsyncIterable<Buffer>,
    see?: (bytes: Buffer) => void,
  ) => Promise<void>;
  /** Writes the end mark; returns the number of bytes of the whole archive. */
  finish: () => Promise<number>;
};

export type TarEntry = { name: string; isDirectory: boolean; size: number; content: AsyncIterable<Buffer> };

const BLOCK = 512;
const CHUNK = 1024 * 1024;
const MOST_SIZE = 8 * 1024 ** 3 - 1; // eleven octal digits

export function writeTar(file: FileHandle, mtimeSeconds: number): TarWriter {
  let written = 0;
  const put = async (bytes: Buffer) => {
    let at = 0;
    while (at < bytes.length) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
    written += bytes.length;
  };
  return {
    addDirectory: (name) => put(header({ name: `${name}/`, size: 0, type: "5", mode: 0o700, mtimeSeconds })),
    addFile: async (name, size, content, see = () => {}) => {
      await put(header({ name, size, type: "0", mode: 0o600, mtimeSeconds }));
      let left = size;
      for await (const chunk of content) {
        if (left === 0) break;
        const bytes = chunk.length > left ? chunk.subarray(0, left) : chunk;
        see(bytes);
        await put(bytes);
        left -= bytes.length;
      }
      while (left > 0) {
        const zeros = Buffer.alloc(Math.min(left, CHUNK));
        see(zeros);
        await put(zeros);
        left -= zeros.length;
      }
      await put(Buffer.alloc(padding(size)));
    },
    finish: async () => {
      await put(Buffer.alloc(2 * BLOCK));
      return written;
    },
  };
}

/** Reads entry after entry; content not consumed is skipped. Throws BACKUP_DAMAGED on anything else than such an archive. */
export async function* readTar(file: FileHandle): AsyncGenerator<TarEntry> {
  let at = 0;
  for (;;) {
    const block = await readExactly(file, at, BLOCK);
    if (block.every((byte) => byte === 0)) return;
    const { name, size, type } = parseHeader(block);
    const from = at + BLOCK;
    yield {
      name: name.replace(/\/$/, ""),
      isDirectory: type === "5",
      size,
      content: readRange(file, from, size),
    };
    at = from + size + padding(size);
  }
}

type Header = { name: string; size: number; type: "0" | "5"; mode: number; mtimeSeconds: number };

function header({ name, size, type, mode, mtimeSeconds }: Header): Buffer {
  if (Buffer.byteLength(name) > 100)
    throw clusterError("BACKUP_REFUSED", `The name is too long for the archive: ${name}`);
  if (size > MOST_SIZE)
    throw clusterError("BACKUP_REFUSED", `The file is too large for the archive: ${name}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(mtimeSeconds, 12), 136);
  block.write("        ", 148); // the checksum counts itself as blanks
  block.write(type, 156);
  block.write("ustar\x0000", 257);
  block.write(`${octal(checksum(block), 7)} `, 148);
  return block;
}

function parseHeader(block: Buffer): { name: string; size: number; type: string } {
  const text = (from: number, length: number) => {
    const bytes = block.subarray(from, from + length);
    const end = bytes.indexOf(0);
    return bytes.toString("utf8", 0, end < 0 ? length : end);
  };
  const stored = Number.parseInt(text(148, 8), 8);
  const blank = Buffer.from(block);
  blank.write("        ", 148);
  if (stored !== checksum(blank)) throw damaged("not a tar archive, or damaged: wrong header checksum");
  const type = block.toString("latin1", 156, 157);
  if (type !== "0" && type !== "5") throw damaged(`unexpected kind of entry "${type}"`);
  return { name: text(0, 100), size: Number.parseInt(text(124, 12), 8) || 0, type };
}

async function* readRange(file: FileHandle, from: number, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += CHUNK)
    yield await readExactly(file, from + at, Math.min(CHUNK, size - at));
}

async function readExactly(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(buffer, at, length - at, from + at);
    if (bytesRead === 0) throw damaged("the archive ends too early");
    at += bytesRead;
  }
  return buffer;
}

function checksum(block: Buffer): number {
  return block.reduce((sum, byte) => sum + byte, 0);
}

function octal(value: number, width: number): string {
  return `${Math.floor(value)
    .toString(8)
    .padStart(width - 1, "0")}\0`;
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

/** The reason alone; whoever reads an archive says which. */
export function damaged(reason: string) {
  return clusterError("BACKUP_DAMAGED", reason);
}
