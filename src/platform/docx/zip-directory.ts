/**
 * Reads a zip file that may come from anybody. Everything that the file says of itself is checked before a byte is
 * inflated, and inflating stops at the declared size. Only what packages (OPC) use: stored or deflated entries on one disk,
 * no encryption, no zip64, nothing before the first entry.
 */
import { crc32, inflateRawSync } from "node:zlib";
import { WordFileError } from "./word-file-error.ts";

export const localHeader = 0x04034b50;
export const centralHeader = 0x02014b50;
export const endOfDirectory = 0x06054b50;
/** The flag of a name in UTF-8; without it a name is bytes of an unknown code page. */
export const utf8Names = 0x0800;
const encrypted = 0x0001;
const maskedHeaders = 0x2000;
const longestComment = 0xffff;

export type ZipEntry = {
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly isUtf8: boolean;
  readonly method: number;
  /** date and time as the format packs them */
  readonly modified: number;
  readonly crc: number;
  /** inflated, as declared */
  readonly size: number;
  /** as it lies in the file */
  readonly body: Buffer;
};

export type ZipLimits = {
  readonly entries: number;
  /** inflated bytes of one entry that is read */
  readonly entryBytes: number;
  /** inflated bytes of all entries, read or not */
  readonly totalBytes: number;
  /** inflated to stored, for an entry that is read and is larger than `ratioFrom` */
  readonly ratio: number;
  readonly ratioFrom: number;
};

/** @throws WordFileError WORD_NOT_A_ZIP, WORD_DAMAGED, WORD_ENCRYPTED, WORD_TOO_LARGE, WORD_UNSAFE_NAMES */
export function readZipDirectory(zip: Uint8Array, limits: ZipLimits): ZipEntry[] {
  const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = findEnd(buffer);
  const count = buffer.readUInt16LE(end + 10);
  const start = buffer.readUInt32LE(end + 16);
  const size = buffer.readUInt32LE(end + 12);
  if (count === 0xffff || start === 0xffffffff || size === 0xffffffff) throw damaged("zip64");
  if (buffer.readUInt32LE(end + 4) !== 0 || buffer.readUInt16LE(end + 8) !== count)
    throw damaged("several disks");
  if (start + size > end) throw damaged("the directory runs past its end");
  if (count > limits.entries) throw new WordFileError("WORD_TOO_LARGE", `${count} entries`);

  const entries: ZipEntry[] = [];
  const ranges: { from: number; to: number }[] = [];
  let total = 0;
  for (let n = 0, at = start; n < count; n++) {
    const { entry, next, range } = readEntry(buffer, at, start);
    total += entry.size;
    if (total > limits.totalBytes) throw new WordFileError("WORD_TOO_LARGE", "all entries together");
    entries.push(entry);
    ranges.push(range);
    at = next;
    if (at > start + size) throw damaged("the directory runs past its end");
  }
  checkNames(entries);
  checkApart(ranges);
  return entries;
}

/** @throws WordFileError WORD_TOO_LARGE before anything is inflated; WORD_DAMAGED */
export function inflateEntry(entry: ZipEntry, limits: ZipLimits): Buffer {
  const { name: part, size, body } = entry;
  if (size > limits.entryBytes) throw new WordFileError("WORD_TOO_LARGE", `${size} bytes`, { part });
  if (size > limits.ratioFrom && size > body.length * limits.ratio)
    throw new WordFileError("WORD_TOO_LARGE", `${body.length} bytes inflate to ${size}`, { part });
  const data = entry.method === 0 ? Buffer.from(body) : inflate(entry);
  if (data.length !== size) throw damaged("the size is not the declared one", part);
  if (crc32(data) !== entry.crc) throw damaged("the checksum is not the declared one", part);
  return data;
}

function inflate({ name, body, size }: ZipEntry): Buffer {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
  } catch {
    throw damaged("cannot be inflated to the declared size", name);
  }
}

/** The last end record that is whole: its comment, up to 64 KiB, may run to the end of the file. */
function findEnd(buffer: Buffer): number {
  const earliest = Math.max(0, buffer.length - 22 - longestComment);
  for (let at = buffer.length - 22; at >= earliest; at--) {
    if (buffer.readUInt32LE(at) !== endOfDirectory) continue;
    if (at + 22 + buffer.readUInt16LE(at + 20) <= buffer.length) return at;
  }
  throw new WordFileError("WORD_NOT_A_ZIP", "not a zip file");
}

type Found = { entry: ZipEntry; next: number; range: { from: number; to: number } };

/** The entry whose record in the directory is at `at`. Its own header and data must lie before `directory`. */
function readEntry(buffer: Buffer, at: number, directory: number): Found {
  if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== centralHeader) throw damaged("zip directory");
  const nameEnd = at + 46 + buffer.readUInt16LE(at + 28);
  const next = nameEnd + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  if (next > buffer.length) throw damaged("zip directory");
  const flags = buffer.readUInt16LE(at + 8);
  const nameBytes = Buffer.from(buffer.subarray(at + 46, nameEnd));
  const isUtf8 = (flags & utf8Names) !== 0;
  const part = nameBytes.toString(isUtf8 ? "utf8" : "latin1");
  const method = buffer.readUInt16LE(at + 10);
  const stored = buffer.readUInt32LE(at + 20);
  const size = buffer.readUInt32LE(at + 24);
  if ((flags & (encrypted | maskedHeaders)) !== 0)
    throw new WordFileError("WORD_ENCRYPTED", "encrypted entry", { part });
  if (method !== 0 && method !== 8) throw damaged(`compression method ${method}`, part);
  if (stored === 0xffffffff || size === 0xffffffff) throw damaged("zip64", part);
  if (method === 0 && stored !== size) throw damaged("two sizes of one stored entry", part);

  const from = buffer.readUInt32LE(at + 42);
  if (from + 30 > directory || buffer.readUInt32LE(from) !== localHeader) throw damaged("no header", part);
  const localNameEnd = from + 30 + buffer.readUInt16LE(from + 26);
  const dataAt = localNameEnd + buffer.readUInt16LE(from + 28);
  const to = dataAt + stored;
  if (to > directory) throw damaged("the data runs past its end", part);
  if (!buffer.subarray(from + 30, localNameEnd).equals(nameBytes))
    throw new WordFileError("WORD_UNSAFE_NAMES", "two names of one entry", { part });
  const entry = {
    name: part,
    nameBytes,
    isUtf8,
    method,
    modified: buffer.readUInt32LE(at + 12),
    crc: buffer.readUInt32LE(at + 16),
    size,
    body: buffer.subarray(dataAt, to),
  };
  return { entry, next, range: { from, to } };
}

/** Names of a package are equal whatever their case; none may lead out of it. */
function checkNames(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const folded = foldName(name);
    if (seen.has(folded)) throw new WordFileError("WORD_UNSAFE_NAMES", "a name twice", { part: name });
    seen.add(folded);
    const isSafe =
      name !== "" &&
      !/^\/|[\\:\p{Cc}]/u.test(name) &&
      !name.split("/").some((step) => step === ".." || step === ".");
    if (!isSafe) throw new WordFileError("WORD_UNSAFE_NAMES", "a name that leads out of the package");
  }
}

/** The same text for all spellings of one part's name: case counts for nothing in ASCII (ECMA-376 part 2, 6.2.2.3). */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Entries that share bytes make a small file inflate without end. */
function checkApart(ranges: readonly { from: number; to: number }[]): void {
  let reached = 0;
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (from < reached) throw damaged("entries overlap");
    reached = to;
  }
}

function damaged(reason: string, part?: string): WordFileError {
  return new WordFileError("WORD_DAMAGED", reason, part === undefined ? {} : { part });
}
