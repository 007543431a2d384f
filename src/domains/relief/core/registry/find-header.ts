/** Which row of a sheet names the columns: titles, dates and merged cells often stand above it. */
import { findField, NEEDED } from "./fields.ts";
import type { Field } from "./fields.ts";

/** How far down a heading row is looked for. */
export const HEADER_ROWS = 20;

export type Header = {
  /** place among the rows that were looked at */
  index: number;
  headings: readonly string[];
  /** the field of each column; undefined for one that is none of ours: it is not read */
  columns: readonly (Field | undefined)[];
};

export type HeaderFault =
  | { code: "NO_HEADER" }
  | { code: "COLUMN_MISSING"; field: string }
  | { code: "COLUMN_REPEATED"; field: string; heading: string };

/** The row with the most headings that are known, and at least two of them. */
export function findHeader(rows: readonly (readonly string[])[]): Header | undefined {
  let best: (Header & { known: number }) | undefined;
  for (const [index, headings] of rows.entries()) {
    const columns = headings.map(findField);
    const known = columns.filter((column) => column !== undefined).length;
    if (known >= 2 && known > (best?.known ?? 0)) best = { index, headings, columns, known };
  }
  return best;
}

/** Where a village is said by a code, or by a name with its township. */
function isPlaced(codes: ReadonlySet<string>): boolean {
  return codes.has("villageCode") || codes.has("village");
}

export function headerFaults(header: Header | undefined): HeaderFault[] {
  if (header === undefined) return [{ code: "NO_HEADER" }];
  const codes = header.columns.flatMap((column) => (column ? [column.code] : []));
  const present = new Set(codes);
  const missing = NEEDED.filter((code) => !present.has(code));
  if (!isPlaced(present)) missing.push("village");
  const repeated = codes.filter((code, i) => codes.indexOf(code) !== i);
  return [
    ...missing.map((field) => ({ code: "COLUMN_MISSING", field }) as const),
    ...repeated.map((field) => {
      const heading = header.headings[header.columns.findLastIndex((column) => column?.code === field)] ?? "";
      return { code: "COLUMN_REPEATED", field, heading } as const;
    }),
  ];
}
