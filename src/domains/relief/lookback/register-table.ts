/**
 * A register as it arrives, CSV or workbook, turned into the one form that is kept and compared: our nine columns, then
 * the columns of the file that are not ours, in UTF-8.
 */
import { isUtf8 } from "node:buffer";
import { CsvError, parse } from "csv-parse";
import { looksLikeWorkbook, readWorkbookRows, WorkbookError } from "../../../platform/excel/read-workbook.ts";
import type { WorkbookFault } from "../../../platform/excel/read-workbook.ts";
import type { PlaceProblem } from "../../../platform/problem.ts";
import { quoteCell } from "../../../shared/csv-cell.ts";
import type { InspectedFile } from "../contract.ts";
import { maskLongNumbers } from "../core/masks.ts";
import { OUR_COLUMNS, REQUIRED_COLUMN } from "../core/clues/register-columns.ts";
import { REGISTER_REFUSED } from "./problems.ts";

export type SentFile = { name: string; bytes: Buffer };
export type Mapping = Readonly<Record<string, string>>;
/** What is kept beside the rows: which heading each column of ours came from, and the headings of the rest. */
export type KeptMapping = { columns: Mapping; extras: readonly string[] };

type Row = { line: number; cells: readonly string[] };
type Table = { headings: readonly string[]; encoding: InspectedFile["encoding"]; rows: AsyncIterable<Row> };

const SAMPLE_ROWS = 5;
const MOST_PROBLEMS = 100;

/** The headings as `kept` text: the canonical columns of the engine. */
const CANONICAL: Readonly<Record<(typeof OUR_COLUMNS)[number], string>> = {
  row: "row_id",
  name: "name",
  sex: "sex",
  idNumber: "id_no",
  county: "county",
  town: "town",
  village: "village",
  villageCode: "village_code",
  phone: "phone",
};

/** @throws REGISTER_REFUSED */
export async function inspectTable(
  file: SentFile,
): Promise<Pick<InspectedFile, "headings" | "encoding" | "sample">> {
  const table = await openTable(file);
  const sample: string[][] = [];
  for await (const { cells } of table.rows) {
    sample.push(cells.map((cell) => maskLongNumbers(cell.slice(0, 60))));
    if (sample.length === SAMPLE_ROWS) break;
  }
  return { headings: [...table.headings], encoding: table.encoding, sample };
}

export type CanonicalTable = { rows: number; kept: KeptMapping; pieces: Buffer[] };

/**
 * @param pieceBytes about how large a piece becomes
 * @throws REGISTER_REFUSED with line and column of each problem; values are never quoted
 */
export async function canonicalise(
  file: SentFile,
  mapping: Mapping,
  pieceBytes: number,
): Promise<CanonicalTable> {
  const table = await openTable(file);
  const places = mappingProblems(table.headings, mapping);
  if (places.length > 0) throw REGISTER_REFUSED({ places });
  const own = OUR_COLUMNS.map((column) => table.headings.indexOf(mapping[column] ?? "\0"));
  const rest = table.headings.map((_, i) => i).filter((i) => !own.includes(i) && table.headings[i] !== "");
  const kept = { columns: mapping, extras: rest.map((i) => table.headings[i] as string) };
  const check = { places: [] as PlaceProblem[], count: 0, keys: new Set<string>() };
  const pieces: Buffer[] = [];
  let text = `${[...OUR_COLUMNS.map((column) => CANONICAL[column]), ...rest.map((_, i) => `x${i}`)].join(",")}\n`;
  let rows = 0;
  for await (const { line, cells } of table.rows) {
    rows++;
    const at = (i: number): string => (i < 0 ? "" : (cells[i] ?? "").trim());
    const key = (own[0] as number) < 0 ? String(line) : at(own[0] as number);
    checkRow(check, { line, key, cells: cells.length, headings: table.headings.length });
    text += `${[key, ...own.slice(1).map(at), ...rest.map(at)].map(quoteCell).join(",")}\n`;
    if (text.length >= pieceBytes) {
      pieces.push(Buffer.from(text));
      text = "";
    }
  }
  if (rows === 0) check.places.push({ code: "EMPTY", line: 1, zh: "没有数据行", en: "There are no rows" });
  if (check.places.length > 0) throw refusal(check.places, Math.max(check.count, check.places.length));
  pieces.push(Buffer.from(text));
  return { rows, kept, pieces };
}

type Check = { places: PlaceProblem[]; count: number; keys: Set<string> };

function checkRow(
  check: Check,
  { line, key, cells, headings }: { line: number; key: string; cells: number; headings: number },
): void {
  const problem =
    cells !== headings
      ? {
          code: "COLUMNS",
          zh: `有${cells}列，表头有${headings}列`,
          en: `${cells} columns; the header has ${headings}`,
        }
      : key === ""
        ? { code: "KEY_EMPTY", zh: "编号为空", en: "The row has no key" }
        : check.keys.has(key)
          ? { code: "KEY_REPEATED", zh: "编号与前面一行重复", en: "The key stands on an earlier row too" }
          : undefined;
  check.keys.add(key);
  if (problem === undefined) return;
  check.count++;
  if (check.places.length < MOST_PROBLEMS) check.places.push({ line, ...problem });
}

function mappingProblems(headings: readonly string[], mapping: Mapping): PlaceProblem[] {
  const missing = Object.entries(mapping)
    .filter(([, heading]) => !headings.includes(heading))
    .map(([column, heading]) => ({
      code: "COLUMN_MISSING",
      line: 1,
      column: heading.slice(0, 40),
      field: column,
      zh: `文件里没有“${heading.slice(0, 40)}”这一列，请重新对应`,
      en: `The file has no column "${heading.slice(0, 40)}"; map it anew`,
    }));
  if (mapping[REQUIRED_COLUMN] !== undefined) return missing;
  const [zh, en] = ["请指明哪一列是姓名", "Say which column holds the name"];
  return [...missing, { code: "COLUMN_NEEDED", line: 1, field: REQUIRED_COLUMN, zh, en }];
}

function refusal(places: PlaceProblem[], count: number): Error {
  const more = count > places.length;
  return REGISTER_REFUSED({
    places,
    detail: {
      zh: `共${count}处有误${more ? `，列出前${places.length}处` : ""}；改正后重新上传`,
      en: `${count} problems${more ? `, the first ${places.length} listed` : ""}; mend them and send again`,
    },
  });
}

async function openTable(file: SentFile): Promise<Table> {
  if (file.bytes.length === 0)
    throw REGISTER_REFUSED({ detail: { zh: "文件是空的", en: "The file is empty" } });
  const isWorkbook = looksLikeWorkbook(file.bytes);
  const rows = isWorkbook ? workbookRows(file.bytes) : csvRows(file.bytes);
  const first = await rows.next();
  const headings = first.done ? [] : first.value.cells.map((cell) => cell.trim());
  requireHeadings(headings);
  const encoding = isWorkbook ? "workbook" : isUtf8(file.bytes) ? "utf-8" : "gb18030";
  return { headings, encoding, rows };
}

function requireHeadings(headings: readonly string[]): void {
  // Headings are kept in clear: a first line that holds somebody's number is no heading.
  if (headings.some((heading) => maskLongNumbers(heading) !== heading))
    throw REGISTER_REFUSED({
      places: [
        {
          code: "HEADING_IS_DATA",
          line: 1,
          zh: "第一行应是列名，却含有号码；请补上表头",
          en: "The first line should hold the headings but holds a number; add a line of headings",
        },
      ],
    });
  const twice = headings.find((heading, i) => heading !== "" && headings.indexOf(heading) !== i);
  if (twice !== undefined)
    throw REGISTER_REFUSED({
      places: [
        {
          code: "HEADING_REPEATED",
          line: 1,
          column: twice.slice(0, 40),
          zh: `列名“${twice.slice(0, 40)}”重复`,
          en: `The heading "${twice.slice(0, 40)}" stands there twice`,
        },
      ],
    });
  if (headings.every((heading) => heading === ""))
    throw REGISTER_REFUSED({
      detail: { zh: "第一行应是列名", en: "The first line should hold the headings" },
    });
}

/** @throws REGISTER_REFUSED where the bytes are neither UTF-8 nor GB18030, or no CSV */
async function* csvRows(bytes: Buffer): AsyncGenerator<Row> {
  const decoder = new TextDecoder(isUtf8(bytes) ? "utf-8" : "gb18030", { fatal: true });
  const parser = parse({
    bom: true,
    skip_empty_lines: true,
    info: true,
    relax_column_count: true,
    max_record_size: 100_000,
  });
  const feeding = feed(bytes, decoder, parser);
  feeding.catch((error: Error) => parser.destroy(error));
  try {
    for await (const item of parser) {
      const { record, info } = item as { record: string[]; info: { lines: number } };
      yield { line: info.lines, cells: record };
    }
    await feeding;
  } catch (error) {
    throw unreadable(error);
  }
}

const SLICE = 1 << 18;

async function feed(bytes: Buffer, decoder: TextDecoder, parser: ReturnType<typeof parse>): Promise<void> {
  for (let at = 0; at < bytes.length; at += SLICE) {
    const text = decoder.decode(bytes.subarray(at, at + SLICE), { stream: at + SLICE < bytes.length });
    if (!parser.write(text)) await new Promise((resolve) => parser.once("drain", resolve));
  }
  parser.end();
}

function unreadable(error: unknown): unknown {
  if (error instanceof CsvError) {
    const { code, lines } = error as CsvError & { lines?: number };
    const line = lines ?? 1;
    return REGISTER_REFUSED({
      places: [{ code, line, zh: `第${line}行不是合格的 CSV`, en: `Line ${line} is not proper CSV` }],
    });
  }
  if (error instanceof TypeError)
    return REGISTER_REFUSED({
      detail: {
        zh: "文字编码有误：既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 的 CSV",
        en: "The encoding is neither UTF-8 nor GB18030: save it as CSV in UTF-8",
      },
    });
  return error;
}

const FAULTS: Readonly<Record<WorkbookFault, readonly [zh: string, en: string]>> = {
  NOT_A_WORKBOOK: ["文件不是 Excel 工作簿", "The file is no workbook"],
  ENCRYPTED: [
    "工作簿是旧格式或设了密码，请另存为不加密的 .xlsx",
    "An old format or a password: save it as plain .xlsx",
  ],
  MACROS: [
    "工作簿带有宏，请另存为不带宏的 .xlsx",
    "The workbook holds macros: save it as .xlsx without them",
  ],
  TOO_LARGE: ["工作簿解压后过大，请另存为 CSV", "The workbook inflates too far: save it as CSV"],
  DAMAGED: [
    "工作簿已损坏，请用 Excel 打开后另存",
    "The workbook is damaged: open it in Excel and save it anew",
  ],
};

async function* workbookRows(bytes: Buffer): AsyncGenerator<Row> {
  let width = 0;
  try {
    for await (const { line, cells } of readWorkbookRows(bytes)) {
      if (cells.every((cell) => cell === "")) continue;
      // A sheet leaves empty cells at the end of a row out.
      width = Math.max(width, width === 0 ? cells.length : 0);
      yield {
        line,
        cells: cells.length < width ? [...cells, ...Array<string>(width - cells.length).fill("")] : cells,
      };
    }
  } catch (error) {
    if (!(error instanceof WorkbookError)) throw error;
    const [zh, en] = FAULTS[error.fault];
    throw REGISTER_REFUSED({ detail: { zh, en } });
  }
}
