/**
 * A table as it arrives, registry or register: CSV in UTF-8 or GB18030 row by row, or a workbook, which must be whole
 * before it is read.
 */
import { isAscii } from "node:buffer";
import { createHash } from "node:crypto";
import { readWorkbookRows } from "../../platform/excel/read-workbook.ts";
import { WorkbookError } from "../../platform/excel/workbook-error.ts";
import type { WorkbookFault } from "../../platform/excel/workbook-error.ts";
import { looksLikeWorkbook } from "../../platform/excel/workbook-package.ts";
import { TOO_LARGE } from "../../platform/problem.ts";
import type { PlaceProblem, ProblemFactory } from "../../platform/problem.ts";
import { openCsvRows } from "../../shared/csv-rows.ts";
import type { CsvPiece, CsvRow } from "../../shared/csv-rows.ts";

export type SheetRow = { line: number; cells: readonly string[] };
export type FileFacts = { sha256: string; bytes: number };
export type SheetFacts = {
  /** known with the first rows */
  encoding?: "utf-8" | "gb18030" | "workbook";
  /** known once the rows have been read to the end */
  value?: FileFacts;
};

export type IncomingFile = {
  content: AsyncIterable<Uint8Array>;
  /** whether it was cut off at the upload limit */
  truncated?: () => boolean;
  onBytes?: (bytes: number) => void;
};

const BATCH = 500;
const BEGINNING = 4096;

type Opened = { content: AsyncIterable<Buffer>; isCut: () => boolean; refused: ProblemFactory };

/**
 * Rows in batches; memory grows with a workbook's size, not with a CSV's.
 * @throws `refused` naming the line where it cannot be read; no cell is quoted. TOO_LARGE
 */
export async function* readSheet(
  file: IncomingFile,
  facts: SheetFacts,
  refused: ProblemFactory,
): AsyncGenerator<SheetRow[]> {
  const source = hashing(file, facts);
  const first = await source.next();
  if (first.done) throw refused({ detail: { zh: "文件是空的", en: "The file is empty" } });
  const content = resume(first.value, source);
  const isCut = (): boolean => file.truncated?.() ?? false;
  if (!looksLikeWorkbook(first.value)) return yield* csvRows({ content, isCut, refused }, facts);
  facts.encoding = "workbook";
  yield* workbookRows({ content, isCut, refused });
}

async function* hashing(file: IncomingFile, facts: SheetFacts): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of file.content) {
    if (chunk.byteLength === 0) continue;
    hash.update(chunk);
    bytes += chunk.byteLength;
    file.onBytes?.(bytes);
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  facts.value = { sha256: hash.digest("hex"), bytes };
}

async function* resume<T>(first: T, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

async function* workbookRows({ content, isCut, refused }: Opened): AsyncGenerator<SheetRow[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  if (isCut()) throw TOO_LARGE();
  let batch: SheetRow[] = [];
  try {
    for await (const row of readWorkbookRows(Buffer.concat(chunks))) {
      if (row.cells.every((cell) => cell === "")) continue;
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    throw refused({ places: [{ code: `WORKBOOK_${error.fault}`, ...workbookWords[error.fault] }] });
  }
  if (batch.length > 0) yield batch;
}

const workbookWords: Readonly<Record<WorkbookFault, { zh: string; en: string }>> = {
  NOT_A_WORKBOOK: { zh: "不是 Excel 工作簿（.xlsx）", en: "This is no Excel workbook (.xlsx)" },
  OLD_FORMAT: {
    zh: "是旧格式（.xls）的工作簿；请另存为 .xlsx",
    en: "The workbook is of the old format (.xls); save it as .xlsx",
  },
  ENCRYPTED: {
    zh: "是加密的工作簿；请去掉密码，另存为 .xlsx",
    en: "The workbook is encrypted; save it as .xlsx without a password",
  },
  MACROS: { zh: "工作簿含宏；请另存为 .xlsx", en: "The workbook holds macros; save it as .xlsx" },
  TOO_LARGE: {
    zh: "工作簿解压后过大；请另存为 CSV 再导入",
    en: "The workbook inflates to too much; save it as CSV",
  },
  DAMAGED: {
    zh: "工作簿已损坏；请用 Excel 或 WPS 打开后另存",
    en: "The workbook is damaged; open and save it anew in Excel or WPS",
  },
};

/** The first characters beyond ASCII decide which encoding it is. */
async function* csvRows({ content, isCut, refused }: Opened, facts: SheetFacts): AsyncGenerator<SheetRow[]> {
  let decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = openCsvRows();
  let line = 1;
  const refusedLine = (at: number, problem: Pick<PlaceProblem, "code" | "zh" | "en">): Error =>
    refused({ places: [{ line: at, ...problem }] });
  const accept = ({ rows, fault }: CsvPiece): CsvRow[] => {
    if (fault !== undefined) throw refusedLine(fault.line, csvWords);
    line = (rows.at(-1)?.line ?? line - 1) + 1;
    return rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  };
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      // At the end of the file, half a character.
      const goodLines = chunk === undefined ? 0 : countGoodLines(chunk, decoder.encoding);
      throw refusedLine(line + goodLines, encodingWords);
    }
  };
  for await (const chunk of content) {
    if (facts.encoding === undefined && !isAscii(chunk)) {
      facts.encoding = isUtf8Start(chunk) ? "utf-8" : "gb18030";
      decoder = new TextDecoder(facts.encoding, { fatal: true });
    }
    yield accept(reader.push(decode(chunk)));
  }
  facts.encoding ??= "utf-8";
  if (isCut()) throw TOO_LARGE();
  yield [...accept(reader.push(decode())), ...accept(reader.end())];
}

const csvWords = {
  code: "CSV_QUOTE",
  zh: "这一行不是合格的 CSV：引号不成对，或一行过长",
  en: "This line is no proper CSV: a quote is not closed, or the line is too long",
};

const encodingWords = {
  code: "BAD_ENCODING",
  zh: "这一行有无法识别的文字；请另存为 UTF-8 编码的 CSV",
  en: "This line holds text in no known encoding; save the file as CSV in UTF-8",
};

/** No byte of a longer character is a line end, in either encoding. */
function countGoodLines(chunk: Buffer, encoding: string): number {
  let lines = 0;
  for (let at = 0; at < chunk.length; lines++) {
    const end = chunk.indexOf(0x0a, at);
    const line = chunk.subarray(at, end < 0 ? chunk.length : end);
    try {
      new TextDecoder(encoding, { fatal: true }).decode(line);
    } catch {
      return lines;
    }
    at = end < 0 ? chunk.length : end + 1;
  }
  return lines;
}

/** Of a chunk that is not all ASCII; the last character looked at may be cut in two. */
function isUtf8Start(bytes: Buffer): boolean {
  const at = bytes.findIndex((byte) => byte > 0x7f);
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at, at + BEGINNING), { stream: true });
    return true;
  } catch {
    return false;
  }
}
