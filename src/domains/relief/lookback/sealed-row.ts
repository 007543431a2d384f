/** A row of a register as it is kept beside a match: sealed, by heading, with what rules ask for by our names. */
import type { Sealer } from "../../../platform/sealing/sealer.ts";

export type KeptRow = {
  /** heading → cell, as the file has them; empty cells left out */
  cells: Readonly<Record<string, string>>;
  /** our column or a rule's → cell */
  values: Readonly<Record<string, string>>;
};

const PURPOSE = "relief.matches";

/** @param keyHeading of the column that numbers the rows of this file: another file numbers the same row otherwise */
export function sealRow(
  sealer: Sealer,
  row: KeptRow,
  keyHeading: string | undefined,
): { row: Buffer; rowHash: Buffer } {
  const text = JSON.stringify(row);
  // What the row says, whatever the order of its columns.
  const said = Object.entries(row.cells)
    .filter(([heading]) => heading !== keyHeading)
    .map(([heading, cell]) => `${heading}\t${cell}`)
    .sort();
  return { row: sealer.seal(text, PURPOSE), rowHash: sealer.hash(said.join("\n"), PURPOSE) };
}

export function openRow(sealer: Sealer, sealed: Buffer): KeptRow {
  return JSON.parse(sealer.open(sealed, PURPOSE).toString("utf8")) as KeptRow;
}
