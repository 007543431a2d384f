/**
 * A register as it arrives, CSV or workbook, turned into the one form that is kept and compared: our nine columns, then
 * the columns of the file that are not ours, in UTF-8.
 */
import type { PlaceProblem } from "../../../platform/problem.ts";
import { quoteCell } from "../../../shared/csv-cell.ts";
import type { InspectedFile } from "../contract.ts";
import { maskLongNumbers } from "../core/masks.ts";
import { OUR_COLUMNS, REQUIRED_COLUMN } from "../core/clues/register-columns.ts";
import { readSheet } from "../read-sheet.ts";
import type { FileFacts, SheetFacts, SheetRow } from "../read-sheet.ts";
import { REGISTER_REFUSED } from "./problems.ts";

export type SentFile = { name: string; bytes: Buffer };
export type Mapping = Readonly<Record<string, string>>;
/** What is kept beside the rows: which heading each column of ours came from, and the headings of the rest. */
export type KeptMapping = { columns: Mapping; extras: readonly string[] };

type Table = { headings: readonly string[]; facts: SheetFacts; rows: AsyncIterable<SheetRow> };

const SLICE = 1 << 18;
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
  return { headings: [...table.headings], encoding: table.facts.encoding ?? "utf-8", sample };
}

export type CanonicalTable = { rows: number; sha256: string; kept: KeptMapping; pieces: Buffer[] };

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
  return { rows, sha256: (table.facts.value as FileFacts).sha256, kept, pieces };
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
  const facts: SheetFacts = {};
  const batches = readSheet({ content: slices(file.bytes) }, facts, REGISTER_REFUSED);
  const rows = eachRow(batches, facts);
  const first = await rows.next();
  const headings = first.done ? [] : first.value.cells.map((cell) => cell.trim());
  requireHeadings(headings);
  return { headings, facts, rows };
}

async function* slices(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

/** A sheet leaves empty cells at the end of a row out. */
async function* eachRow(batches: AsyncIterable<SheetRow[]>, facts: SheetFacts): AsyncGenerator<SheetRow> {
  let width: number | undefined;
  for await (const batch of batches)
    for (const { line, cells } of batch) {
      width ??= cells.length;
      const left = facts.encoding === "workbook" ? Math.max(0, width - cells.length) : 0;
      yield { line, cells: [...cells, ...Array<string>(left).fill("")] };
    }
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
  if (headings.some((heading) => heading.includes("\0")))
    throw REGISTER_REFUSED({
      places: [
        {
          code: "HEADING_BROKEN",
          line: 1,
          zh: "列名中有空字符，文件可能已损坏；请另存为 UTF-8 编码的 CSV",
          en: "A heading holds a null character, so the file may be damaged; save it as CSV in UTF-8",
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
