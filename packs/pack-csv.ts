/**
 * Reading a pack's tables: every complaint names file, row and column, and all complaints of a pack come together,
 * because whoever writes a pack by hand wants one list, not twenty runs.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { z } from "zod";

/** `row` counts as in a spreadsheet: the header is row 1. */
export type PackProblem = { file: string; row?: number; column?: string; message: string };

const SHOWN = 20;

/** All that is wrong with a pack; `message` lists the first 20 problems, one a line. */
export class PackError extends Error {
  readonly problems: readonly PackProblem[];

  constructor(dir: string, problems: readonly PackProblem[]) {
    const lines = problems.slice(0, SHOWN).map(describeProblem);
    if (problems.length > SHOWN) lines.push(`… and ${problems.length - SHOWN} more`);
    super(`pack ${dir}: ${problems.length} problem(s)\n${lines.join("\n")}`);
    this.name = "PackError";
    this.problems = problems;
  }
}

function describeProblem({ file, row, column, message }: PackProblem): string {
  const place = [file, row === undefined ? "" : `row ${row}`, column === undefined ? "" : `column ${column}`];
  return `${place.filter(Boolean).join(", ")}: ${message}`;
}

const toCamel = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const toSnake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export type Table<T> = { rows: T[] /** spreadsheet row of rows[i] */; rowOf: (index: number) => number };
export type TableOptions = { optional?: boolean };

/**
 * Reads a CSV table whose header is the schema's keys in snake_case, in any order; empty cells arrive as "".
 * Problems are appended to `problems`; rows that fail are left out.
 */
export function readTable<S extends z.ZodObject>(
  source: { dir: string; file: string },
  schema: S,
  problems: PackProblem[],
  options: TableOptions = {},
): Table<z.output<S>> {
  const { dir, file } = source;
  const rows: z.output<S>[] = [];
  const numbers: number[] = [];
  const path = join(dir, file);
  const table = { rows, rowOf: (index: number) => numbers[index] ?? 0 };
  if (!existsSync(path)) {
    if (!options.optional) problems.push({ file, message: "file is missing" });
    return table;
  }
  const records = parseRecords(path, file, problems);
  if (!records) return table;
  const header = records[0] ?? [];
  if (!checkHeader(file, header, Object.keys(schema.shape), problems)) return table;
  for (const [index, record] of records.slice(1).entries()) {
    const row = index + 2;
    if (record.length !== header.length) {
      problems.push({ file, row, message: `${record.length} cells, the header has ${header.length}` });
      continue;
    }
    const cells = Object.fromEntries(header.map((name, at) => [toCamel(name), (record[at] ?? "").trim()]));
    const parsed = schema.safeParse(cells);
    if (parsed.success) {
      rows.push(parsed.data);
      numbers.push(row);
      continue;
    }
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0] ?? "");
      const cell = key in cells ? ` (cell: "${cells[key]}")` : "";
      problems.push({ file, row, column: toSnake(key) || undefined, message: `${issue.message}${cell}` });
    }
  }
  return table;
}

function parseRecords(path: string, file: string, problems: PackProblem[]): string[][] | undefined {
  try {
    return parse(readFileSync(path, "utf8"), { bom: true, relaxColumnCount: true, skipEmptyLines: false });
  } catch (error) {
    problems.push({ file, message: `not a CSV table: ${(error as Error).message}` });
    return undefined;
  }
}

function checkHeader(file: string, header: string[], keys: string[], problems: PackProblem[]): boolean {
  const expected = keys.map(toSnake);
  const before = problems.length;
  for (const name of expected.filter((column) => !header.includes(column)))
    problems.push({ file, row: 1, column: name, message: "column is missing" });
  for (const [at, name] of header.entries()) {
    if (!expected.includes(name))
      problems.push({ file, row: 1, column: name, message: "column is not known; see packs/README.md" });
    else if (header.indexOf(name) !== at)
      problems.push({ file, row: 1, column: name, message: "column appears twice" });
  }
  return problems.length === before;
}
