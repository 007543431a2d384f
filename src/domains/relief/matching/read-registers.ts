/** Reads all files by all threads; what cannot be read is told with file, line and column. */
import { registerFault } from "./problems.ts";
import type { MatchOrder, ReadAnswer, ReadFault } from "./match-task.ts";
import type { MatchThreads } from "./match-threads.ts";
import type { ChunkRows } from "./read-chunk.ts";
import { countLinesBefore } from "./input.ts";
import { cutRanges } from "./register-file.ts";
import type { Encoding, RegisterFile } from "./register-file.ts";

/** Parts large enough to be worth an order, and enough of them for all threads. */
const [leastBytes, mostBytes, parts] = [256 << 10, 4 << 20, 32] as const;

/** @returns for each file its rows, in as many parts as it was read in */
export async function readRegisters(
  files: readonly RegisterFile[],
  threads: MatchThreads,
  progress: (done: number, of: number) => void,
): Promise<ChunkRows[][]> {
  const whole = files.reduce((sum, { input }) => sum + input.size, 0);
  const partBytes = Math.min(mostBytes, Math.max(leastBytes, Math.ceil(whole / parts)));
  const orders = files.flatMap((file, index) => ordersOf(file, partBytes).map((order) => ({ index, order })));
  let done = 0;
  const answers = await threads.doAll(
    orders.map(({ order }) => order),
    () => progress(++done, orders.length),
  );
  const chunks: ChunkRows[][] = [];
  for (const [index, file] of files.entries()) {
    const own = orders.flatMap((each, i) =>
      each.index === index ? [{ order: each.order, answer: answers[i] as ReadAnswer }] : [],
    );
    chunks.push(await settle(file, own, threads));
  }
  return chunks;
}

type ReadOrder = Extract<MatchOrder, { kind: "read" | "readWhole" }>;

function ordersOf(file: RegisterFile, partBytes: number): ReadOrder[] {
  if (file.encoding !== "utf-8") return [wholeOrder(file, file.encoding)];
  return cutRanges(file, partBytes).map((range) => ({
    kind: "read",
    input: file.input,
    range,
    layout: file.layout,
  }));
}

const wholeOrder = (file: RegisterFile, encoding: Encoding): ReadOrder => ({
  kind: "readWhole",
  input: file.input,
  range: { from: file.dataStart, to: file.input.size },
  layout: file.layout,
  encoding,
  pieceBytes: mostBytes,
});

/** A part that begins or ends within quotes cannot know it: then the whole file is read again from the front. */
async function settle(
  file: RegisterFile,
  read: readonly { order: ReadOrder; answer: ReadAnswer }[],
  threads: MatchThreads,
): Promise<ChunkRows[]> {
  const faulty = read.find(({ answer }) => "fault" in answer);
  if (faulty === undefined) return read.flatMap(({ answer }) => ("chunks" in answer ? answer.chunks : []));
  const fault = (faulty.answer as { fault: ReadFault }).fault;
  if (faulty.order.kind === "readWhole") throw problemOf(file, fault, 0);
  const isQuoted = read.some(({ answer }) => "fault" in answer && answer.fault.kind === "quote");
  const isForeign = fault.kind === "encoding";
  if (!isQuoted && !isForeign) throw problemOf(file, fault, faulty.order.range.from);
  const [again] = (await threads.doAll([wholeOrder(file, isForeign ? "gb18030" : "utf-8")])) as [ReadAnswer];
  if ("chunks" in again) return again.chunks;
  // Neither encoding fits: what is wrong as UTF-8 is what the file was meant to be.
  if (isForeign && again.fault.kind === "encoding") throw problemOf(file, fault, faulty.order.range.from);
  throw problemOf(file, again.fault, 0);
}

/** @param from where the lines of the fault are counted from; 0 for the first line after the header */
function problemOf(file: RegisterFile, fault: ReadFault, from: number): Error {
  const before = from === 0 ? file.headerLines : countLinesBefore(file.input, from);
  const line = before + fault.line + 1;
  const header = file.layout.headers[fault.column];
  const column = header === undefined || header === "" ? String(fault.column + 1) : header;
  const { length } = file.layout.headers;
  if (fault.kind === "encoding")
    return registerFault(
      file.input.label,
      { zh: "编码有误，不是 UTF-8 或 GB18030", en: "broken encoding: neither UTF-8 nor GB18030" },
      { line, column },
    );
  if (fault.kind === "empty")
    return registerFault(file.input.label, { zh: "编号为空", en: "it is empty" }, { line, column });
  if (fault.kind === "quote")
    return registerFault(
      file.input.label,
      { zh: "引号没有闭合或位置不对", en: "a quote is not closed, or stands where it may not" },
      { line, column },
    );
  const words = {
    zh: `有 ${fault.found} 列，应为 ${length} 列`,
    en: `${fault.found} fields, the header has ${length}`,
  };
  return registerFault(file.input.label, words, { line, column });
}
