/** What the threads of a match do: read parts of files, and look for pairs. In the main thread too, when there is only one. */
import { isUtf8 } from "node:buffer";
import { fillPart } from "../core/matching/block-index.ts";
import type { BlockIndex, KeyedRows } from "../core/matching/block-index.ts";
import { findPairs } from "../core/matching/find-pairs.ts";
import type { RegisterRows } from "../core/matching/find-candidates.ts";
import type { FoundPairs, MatchContext } from "../core/matching/find-pairs.ts";
import { keyPersons } from "../core/matching/index-registry.ts";
import { countName, makeNameCounts } from "../core/matching/name-counts.ts";
import type { NameCounts } from "../core/matching/name-counts.ts";
import { emptyName, takeName } from "../core/matching/name-parts.ts";
import type { NameColumns } from "../core/matching/name-parts.ts";
import type { Registry } from "../core/matching/registry.ts";
import { findRepeatedKey } from "../core/matching/unique-keys.ts";
import type { KeyColumns } from "../core/matching/unique-keys.ts";
import { readChunk } from "./read-chunk.ts";
import type { ChunkFault, ChunkRows, Layout } from "./read-chunk.ts";
import { readInput } from "./input.ts";
import type { Input } from "./input.ts";
import { countLines } from "./read-record.ts";
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
/** Counts the names of one part of a file; `counts` asks for what the thread has counted. */
type NamesOrder = { kind: "names"; rows: number } & NameColumns;
type CountsOrder = { kind: "counts" };
/** Whether each row of a file has a key of its own. */
type UniqueOrder = { kind: "unique"; chunks: readonly KeyColumns[] };
/** The registry, then the keys of a range of it; then all keys, and a part of the index. */
type KeysOrder =
  | { kind: "registry"; registry: Registry }
  | { kind: "keys"; range: { from: number; to: number } };
type IndexOrder =
  | { kind: "ranges"; index: BlockIndex; ranges: readonly KeyedRows[] }
  | { kind: "part"; part: number };
/** What rows are compared with, then rows. */
type FindOrder = { kind: "context"; context: MatchContext } | { kind: "find"; rows: RegisterRows };
export type MatchOrder =
  | ReadOrder
  | ReadWholeOrder
  | NamesOrder
  | CountsOrder
  | UniqueOrder
  | KeysOrder
  | IndexOrder
  | FindOrder;

/** Lines count from 0 at the beginning of the range. */
export type ReadFault = ChunkFault | { kind: "encoding"; line: number; column: number; found: 0 };

export type ReadAnswer = { chunks: ChunkRows[] } | { fault: ReadFault };
export type MatchAnswer =
  | ReadAnswer
  | { counts: NameCounts }
  /** number of the row whose key another had, −1 for none */
  | { repeated: number }
  | { keyed: KeyedRows }
  | { found: FoundPairs }
  | { done: true };

const done = { done: true } as const;

/** @returns what carries out orders, and keeps what later ones need */
export function makeTask(): (order: MatchOrder) => MatchAnswer {
  const counts = makeNameCounts();
  let registry: Registry | undefined;
  let indexing: { index: BlockIndex; ranges: readonly KeyedRows[] } | undefined;
  let context: MatchContext | undefined;
  return (order) => {
    switch (order.kind) {
      case "read":
        return readRange(order);
      case "readWhole":
        return readWhole(order);
      case "names":
        countNames(counts, order);
        return done;
      case "counts":
        return { counts };
      case "unique":
        return { repeated: findRepeatedKey(order.chunks) };
      case "registry":
        registry = order.registry;
        return done;
      case "keys":
        return { keyed: keyPersons(requireTold(registry), order.range) };
      case "ranges":
        indexing = order;
        return done;
      case "part": {
        const { index, ranges } = requireTold(indexing);
        fillPart(index, ranges, order.part);
        return done;
      }
      case "context":
        indexing = undefined;
        context = order.context;
        return done;
      case "find":
        return { found: findPairs(requireTold(context), order.rows) };
    }
  };
}

function requireTold<T>(told: T | undefined): T {
  if (told === undefined) throw new Error("an order of a match came before what it needs");
  return told;
}

function countNames(counts: NameCounts, { rows, units, nameStarts }: NamesOrder): void {
  const columns = { units, nameStarts };
  const name = emptyName();
  for (let row = 0; row < rows; row++) {
    takeName(columns, row, name);
    countName(counts, name);
  }
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
