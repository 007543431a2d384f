/** Where the bytes of a table come from: a file, or memory that the threads share. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { registerFault } from "./problems.ts";

const ONLY_FILES = {
  folder: { zh: "这是文件夹，不是文件", en: "this is a folder" },
  stream: { zh: "这是管道或设备，请先存成文件", en: "this is a pipe or device: save it as a file first" },
} as const;

/** A table as it is given; in messages it is called by `label`. */
export type Source = { name: string } & ({ path: string } | { bytes: Uint8Array });

export type Input = { label: string; size: number; from: { path: string } | { shared: SharedArrayBuffer } };

/** @throws Error of the file system; Problem naming what is no file */
export function openInput(source: Source): Input {
  if ("path" in source) {
    const handle = openSync(source.path, "r");
    try {
      const found = fstatSync(handle);
      if (found.isDirectory()) throw registerFault(source.path, ONLY_FILES.folder);
      // Threads read it in pieces, each from its own place, and more than once: a pipe gives what it has only once.
      if (!found.isFile()) throw registerFault(source.path, ONLY_FILES.stream);
      return { label: source.path, size: found.size, from: { path: source.path } };
    } finally {
      closeSync(handle);
    }
  }
  const shared = new SharedArrayBuffer(source.bytes.length);
  new Uint8Array(shared).set(source.bytes);
  return { label: source.name, size: source.bytes.length, from: { shared } };
}

/** Bytes of a range, the caller's own to change. */
export function readInput({ from, size }: Input, start: number, end: number): Uint8Array<ArrayBuffer> {
  const stop = Math.min(end, size);
  const bytes = new Uint8Array(Math.max(0, stop - start));
  if ("shared" in from) {
    bytes.set(new Uint8Array(from.shared, start, bytes.length));
    return bytes;
  }
  const handle = openSync(from.path, "r");
  try {
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(handle, bytes, done, bytes.length - done, start + done);
      if (read === 0) break;
      done += read;
    }
    return done === bytes.length ? bytes : bytes.slice(0, done);
  } finally {
    closeSync(handle);
  }
}

/** Lines that end before a place. */
export function countLinesBefore(input: Input, position: number): number {
  const step = 1 << 20;
  let lines = 0;
  for (let at = 0; at < position; at += step) {
    const bytes = readInput(input, at, Math.min(at + step, position));
    for (let i = bytes.indexOf(0x0a); i >= 0; i = bytes.indexOf(0x0a, i + 1)) lines++;
  }
  return lines;
}
