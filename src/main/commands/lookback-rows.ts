/** Further columns of the rows that were matched: rules ask for a price, a status. */
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { guessMapping, tellUnit } from "../../domains/relief/core/clues/register-columns.ts";
import { openInput } from "../../domains/relief/matching/input.ts";
import { readHead } from "../../domains/relief/matching/register-file.ts";

export type MatchedRows = {
  /** columns that rules can ask for, by our name */
  columns: string[];
  /** by row_id, what stands in them */
  rows: ReadonlyMap<string, Readonly<Record<string, string>>>;
};

/**
 * Reads the file once more, a piece at a time.
 * @param asked columns that the rules ask for
 */
export async function readMatchedRows(
  name: string,
  path: string,
  { wanted, asked }: { wanted: ReadonlySet<string>; asked: readonly string[] },
): Promise<MatchedRows> {
  const { layout, encoding } = readHead(name, openInput({ name, path }), false);
  const keyColumn = layout.roles.indexOf(0);
  const mapped = Object.entries(guessMapping(layout.headers, asked));
  const rows = new Map<string, Record<string, string>>();
  const text = Readable.toWeb(createReadStream(path)).pipeThrough(new TextDecoderStream(encoding) as never);
  const records = Readable.fromWeb(text as never).pipe(parse({ from: 2 })) as AsyncIterable<string[]>;
  for await (const record of records) {
    const key = record[keyColumn] as string;
    if (!wanted.has(key)) continue;
    const cellOf = (heading: string): string =>
      tellUnit(heading, record[layout.headers.indexOf(heading)] ?? "");
    rows.set(key, Object.fromEntries(mapped.map(([column, heading]) => [column, cellOf(heading)])));
  }
  return { columns: mapped.map(([column]) => column), rows };
}
