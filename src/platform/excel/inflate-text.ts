/**
 * A part of a package as text, piece by piece, so that memory does not grow with it. What the directory says of its size is
 * not trusted: inflating stops at the first byte beyond it.
 */
import { crc32, createInflateRaw } from "node:zlib";
import type { ZipEntry } from "../docx/zip-directory.ts";
import { WorkbookError } from "./workbook-error.ts";

const PIECE = 64 * 1024;

/** @throws WorkbookError DAMAGED when the bytes are not those that the directory promises, or not UTF-8 */
export async function* inflateText(entry: ZipEntry): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let size = 0;
  let sum = 0;
  for await (const bytes of inflatePieces(entry)) {
    size += bytes.length;
    if (size > entry.size) throw new WorkbookError("DAMAGED");
    sum = crc32(bytes, sum);
    yield decode(decoder, bytes);
  }
  if (size !== entry.size || sum !== entry.crc) throw new WorkbookError("DAMAGED");
  const rest = decode(decoder);
  if (rest !== "") yield rest;
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw new WorkbookError("DAMAGED", { cause: error });
  }
}

async function* inflatePieces({ method, body }: ZipEntry): AsyncGenerator<Buffer> {
  if (method === 0) {
    for (let at = 0; at < body.length; at += PIECE) {
      yield body.subarray(at, at + PIECE);
      // Inflating gives other work its turn between pieces; what is only stored must do so too.
      await new Promise(setImmediate);
    }
    return;
  }
  const inflating = createInflateRaw({ chunkSize: PIECE });
  inflating.end(body);
  try {
    for await (const bytes of inflating) yield bytes as Buffer;
  } catch (error) {
    if (error instanceof WorkbookError) throw error;
    throw new WorkbookError("DAMAGED", { cause: error });
  } finally {
    inflating.destroy();
  }
}
