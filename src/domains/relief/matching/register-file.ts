/** A CSV file of registry or register: its header, its encoding, and where it can be cut for several threads. */
import { isAscii, isUtf8 } from "node:buffer";
import { readInput } from "./input.ts";
import type { Input } from "./input.ts";
import { registerFault } from "./problems.ts";
import type { Layout } from "./read-chunk.ts";
import { readHeader } from "./read-header.ts";

export type Encoding = "utf-8" | "gb18030";

export type RegisterFile = {
  /** what the user calls it; `registry` for the registry itself */
  name: string;
  input: Input;
  encoding: Encoding;
  /** where the first line after the header begins */
  dataStart: number;
  /** lines of the header */
  headerLines: number;
  layout: Layout;
  /** columns that matching would use and the file has not */
  absent: readonly string[];
};

const sampleBytes = 1 << 20;
const newline = 0x0a;

/** @throws Problem naming file, line and column */
export function readHead(name: string, input: Input, isRegistry: boolean): RegisterFile {
  const { label, size } = input;
  const sample = Buffer.from(readInput(input, 0, sampleBytes));
  if (sample.length === 0)
    throw registerFault(label, { zh: "文件是空的", en: "the file is empty" }, { line: 1, column: "1" });
  const mark = readMark(label, sample);
  refuseWorkbook(label, sample);
  const encoding = findEncoding(label, sample, size);
  const { end, lines } = endOfHeader(sample, mark);
  const headerEnd = end < 0 ? sample.length : end;
  const decoded = new TextDecoder(encoding, { ignoreBOM: true }).decode(sample.subarray(mark, headerEnd));
  const header = decoded.replace(/\r$/, "");
  refuseOldLineEnds(label, header);
  const layout = readHeader(label, header, isRegistry);
  const dataStart = end < 0 ? size : end + 1;
  return { name, input, encoding, dataStart, headerLines: lines, ...layout };
}

/** What Excel itself writes is told from a table whose columns are called otherwise. */
function refuseWorkbook(path: string, sample: Buffer): void {
  const isXlsx = sample.toString("latin1", 0, 4) === "PK\u0003\u0004";
  const isXls = sample.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  if (isXlsx || isXls)
    throw registerFault(
      path,
      { zh: "这是 Excel 工作簿：请另存为 CSV", en: "this is an Excel workbook: save it as CSV" },
      { line: 1, column: "1" },
    );
}

/** Lines that end in a carriage return alone would all be the header, and the table empty. */
function refuseOldLineEnds(path: string, header: string): void {
  let isQuoted = false;
  for (const character of header) {
    if (character === '"') isQuoted = !isQuoted;
    if (character !== "\r" || isQuoted) continue;
    throw registerFault(
      path,
      {
        zh: "行尾只有回车符（旧式 Mac 格式）：请另存为普通 CSV",
        en: "lines end in a carriage return alone (old Macintosh form): save it as ordinary CSV",
      },
      { line: 1, column: "1" },
    );
  }
}

/** The header is a record like others: line ends within quotes do not end it. */
function endOfHeader(bytes: Uint8Array, from: number): { end: number; lines: number } {
  let [lines, isQuoted] = [1, false];
  for (let i = from; i < bytes.length; i++) {
    if (bytes[i] === 0x22) isQuoted = !isQuoted;
    if (bytes[i] !== newline) continue;
    if (!isQuoted) return { end: i, lines };
    lines++;
  }
  return { end: -1, lines };
}

/** @returns length of the byte order mark */
function readMark(path: string, sample: Buffer): number {
  if (
    sample.length >= 2 &&
    ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff))
  )
    throw registerFault(
      path,
      { zh: "UTF-16 编码：请另存为 UTF-8", en: "UTF-16: save it as UTF-8" },
      { line: 1, column: "1" },
    );
  return sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf ? 3 : 0;
}

function findEncoding(path: string, sample: Buffer, size: number): Encoding {
  const last = sample.length < size ? sample.lastIndexOf(newline) + 1 : sample.length;
  const whole = sample.subarray(0, last);
  if (isUtf8(whole)) return "utf-8";
  const place = firstPlaceThat(whole, (bytes) => !isGb18030(bytes));
  if (place !== undefined)
    throw registerFault(
      path,
      { zh: "编码既非 UTF-8 也非 GB18030", en: "neither UTF-8 nor GB18030" },
      { line: place.line + 1, column: String(place.column + 1) },
    );
  return "gb18030";
}

/** @returns line and cell, each counted from 0; commas within quotes count as others */
export function firstPlaceThat(
  bytes: Uint8Array,
  test: (line: Uint8Array) => boolean,
): { line: number; column: number } | undefined {
  let line = 0;
  for (let start = 0; start < bytes.length; line++) {
    const stop = endBefore(bytes, start, newline);
    if (test(bytes.subarray(start, stop)))
      return { line, column: firstCellThat(bytes.subarray(start, stop), test) };
    start = stop + 1;
  }
  return undefined;
}

function firstCellThat(line: Uint8Array, test: (cell: Uint8Array) => boolean): number {
  let column = 0;
  for (let start = 0; start <= line.length; column++) {
    const stop = endBefore(line, start, 0x2c);
    if (test(line.subarray(start, stop))) return column;
    start = stop + 1;
  }
  return 0;
}

function endBefore(bytes: Uint8Array, start: number, byte: number): number {
  const end = bytes.indexOf(byte, start);
  return end < 0 ? bytes.length : end;
}

export function isGb18030(bytes: Uint8Array): boolean {
  if (isAscii(bytes)) return true;
  try {
    new TextDecoder("gb18030", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export type Range = { from: number; to: number };

/** Cuts the file at ends of lines. Text in quotes may hold line ends: readers notice, and read it in one go. */
export function cutRanges({ input, dataStart }: RegisterFile, bytes: number): Range[] {
  const ranges: Range[] = [];
  const look = 1 << 16;
  for (let from = dataStart; from < input.size; ) {
    let to = from + bytes;
    while (to < input.size) {
      const read = readInput(input, to, to + look);
      const at = read.indexOf(newline);
      to += at < 0 ? read.length : at + 1;
      if (at >= 0 || read.length === 0) break;
    }
    ranges.push({ from, to: Math.min(to, input.size) });
    from = to;
  }
  return ranges;
}
