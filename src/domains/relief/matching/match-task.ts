/** What the threads of a match do: read parts of files, and look for pairs. In the main thread too, when there is only one. */
import { isUtf8 } from "node:buffer";
import type { BlockIndex } from "../core/matching/blocks.ts";
import { findPairs } from "../core/matching/find-pairs.ts";
import type { FoundPairs, MatchContext, RegisterRows } from "../core/matching/find-pairs.ts";
import { indexRegistry } from "../core/matching/index-registry.ts";
import type { IndexSource } from "../core/matching/index-registry.ts";
import { findRepeatedKey } from "../core/matching/unique-keys.ts";
import type { KeyColumns } from "../core/matching/unique-keys.ts";
import { readChunk } from "./read-chunk.ts";
import type { ChunkFault, ChunkRows, Layout } from "./read-chunk.ts";
import { readInput } from "./input.ts";
import type { Input } from "./input.ts";
import { firstPlaceThat, isGb18030 } from "./register-file.ts";
import type { Encoding, Range } from "./register-file.ts";

type ReadOrder = { kind: "read"; input: Input; range: Range; layout: Layout };
/** Read from front to back: another encoding than UTF-8, or quoted text with line ends in it. */
type ReadWholeOrder = {
  kind: "readWhole";
  input: Input;
  range: Range;
  layout: Layout;
  encoding: Encoding;
  pieceBytes: number;
};
type FindOrder = { kind: "find"; rows: RegisterRows };
/** Whether each row of a file has a key of its own. */
type UniqueOrder = { kind: "unique"; chunks: readonly KeyColumns[] };
/** The registry comes first, then the orders for parts of its index, then the rest. */
type ContextOrder = { kind: "registry"; source: IndexSource } | { kind: "context"; context: MatchContext };
type IndexOrder = { kind: "index"; part: number };
export type MatchOrder = ReadOrder | ReadWholeOrder | FindOrder | UniqueOrder | ContextOrder | IndexOrder;

/** Lines count from 0 at the beginning of the range. */
export type ReadFault = ChunkFault | { kind: "encoding"; line: number; column: number; found: 0 };

export type ReadAnswer = { chunks: ChunkRows[] } | { fault: ReadFault };
export type MatchAnswer =
  | ReadAnswer
  | { found: FoundPairs }
  | { index: BlockIndex }
  /** number of the row whose key another had, −1 for none */
  | { repeated: number }
  | { done: true };

let source: IndexSource | undefined;
let context: MatchContext | undefined;

export function carryOut(order: MatchOrder): MatchAnswer {
  if (order.kind === "read") return readRange(order);
  if (order.kind === "readWhole") return readWhole(order);
  if (order.kind === "unique") return { repeated: findRepeatedKey(order.chunks) };
  if (order.kind === "registry") {
    source = order.source;
    return { done: true };
  }
  if (order.kind === "index") {
    if (source === undefined) throw new Error("an index is asked for before the registry is there");
    return { index: indexRegistry(source, order.part) };
  }
  if (order.kind === "context") {
    context = order.context;
    return { done: true };
  }
  if (context === undefined) throw new Error("pairs are asked for before the registry is there");
  return { found: findPairs(context, order.rows) };
}

function readRange({ input, range, layout }: ReadOrder): ReadAnswer {
  return answerOf(readInput(input, range.from, range.to), layout);
}

function answerOf(bytes: Uint8Array, layout: Layout): ReadAnswer {
  if (!isUtf8(bytes)) return encodingFault(bytes, isUtf8);
  const read = readChunk(bytes, layout);
  return "kind" in read ? { fault: read } : { chunks: [read] };
}

function readWhole({ input, range, layout, encoding, pieceBytes }: ReadWholeOrder): ReadAnswer {
  const chunks: ChunkRows[] = [];
  let rest = new Uint8Array(0);
  let lines = 0;
  for (let at = range.from; at < range.to; ) {
    const piece = readInput(input, at, Math.min(at + pieceBytes, range.to));
    at = piece.length === 0 ? range.to : at + piece.length;
    const read = new Uint8Array(rest.length + piece.length);
    read.set(rest);
    read.set(piece, rest.length);
    const end = at >= range.to ? read.length : lastRecordEnd(read);
    rest = read.slice(end);
    const records = read.subarray(0, end);
    const before = countLines(records);
    const answer = encoding === "utf-8" ? answerOf(records, layout) : readForeign(records, layout);
    if ("fault" in answer) return { fault: { ...answer.fault, line: lines + answer.fault.line } };
    chunks.push(...answer.chunks);
    lines += before;
  }
  return { chunks };
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let i = bytes.indexOf(0x0a); i >= 0; i = bytes.indexOf(0x0a, i + 1)) lines++;
  return lines;
}

function encodingFault(bytes: Uint8Array, isFine: (part: Uint8Array) => boolean): ReadAnswer {
  const { line, column } = firstPlaceThat(bytes, (part) => !isFine(part)) ?? { line: 0, column: 0 };
  return { fault: { kind: "encoding", line, column, found: 0 } };
}

function readForeign(bytes: Uint8Array, layout: Layout): ReadAnswer {
  if (!isGb18030(bytes)) return encodingFault(bytes, isGb18030);
  return answerOf(Buffer.from(new TextDecoder("gb18030").decode(bytes)), layout);
}

/** The end of the last line that does not end within quotes. */
function lastRecordEnd(bytes: Uint8Array): number {
  let end = 0;
  let isQuoted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === 0x22) isQuoted = !isQuoted;
    else if (byte === 0x0a && !isQuoted) end = i + 1;
  }
  return end;
}
