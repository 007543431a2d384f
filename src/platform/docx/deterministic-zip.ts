import { crc32, deflateRawSync } from "node:zlib";
import type { ZipEntry, ZipLimits } from "./zip-directory.ts";
import {
  centralHeader,
  endOfDirectory,
  inflateEntry,
  localHeader,
  readZipDirectory,
  utf8Names,
} from "./zip-directory.ts";

/**
 * Unpacks and repacks a package (OPC zip) so that the same parts give the same bytes: the docx package stamps each
 * entry with the present time. Only what such packages use: no encryption, no zip64.
 */

/** 1980-01-01 00:00, the zip format's zero. */
const zipEpoch = 0x00210000;

/** For packages that we have just made ourselves. */
const unlimited: ZipLimits = {
  entries: Infinity,
  entryBytes: Infinity,
  totalBytes: Infinity,
  ratio: Infinity,
  ratioFrom: Infinity,
};

/** The parts of a package of our own, in its order. For anybody else's see `word-package.ts`. */
export function unpackZip(zip: Uint8Array): Map<string, Buffer> {
  return new Map(
    readZipDirectory(zip, unlimited).map((entry) => [entry.name, inflateEntry(entry, unlimited)]),
  );
}

/** Order of parts: content types first, as readers expect, then the package's relationships, then by name. */
const firstParts = ["[Content_Types].xml", "_rels/.rels"];
function partOrder(a: string, b: string): number {
  const rank = (name: string) => (firstParts.includes(name) ? firstParts.indexOf(name) : firstParts.length);
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

export function packZip(parts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const names = [...parts.keys()].sort(partOrder);
  return writeZip(names.map((name) => makeZipEntry(name, parts.get(name) as Uint8Array)));
}

export function makeZipEntry(name: string, data: Uint8Array): ZipEntry {
  const deflated = deflateRawSync(data, { level: 9 });
  const isStored = deflated.length >= data.length;
  return {
    name,
    nameBytes: Buffer.from(name, "utf8"),
    isUtf8: true,
    method: isStored ? 0 : 8,
    modified: zipEpoch,
    crc: crc32(data),
    size: data.length,
    body: isStored ? Buffer.from(data) : deflated,
  };
}

/** The entries in the order given; what is already compressed is not compressed again. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { nameBytes, isUtf8, method, modified, crc, size, body } of entries) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(isUtf8 ? utf8Names : 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(modified, 6);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    bodies.push(uint32(localHeader), common, nameBytes, body);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(uint32(centralHeader), uint16(20), common, tail, nameBytes);
    offset += 30 + nameBytes.length + body.length;
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endOfDirectory, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...bodies, ...directory, end]));
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}
