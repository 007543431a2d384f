/** A block of cells as spreadsheets put it on the clipboard: tabs between cells, line ends between rows. */

/** Whether text is more than one cell. */
export function isBlock(text: string): boolean {
  return /[\t\n\r]/.test(text.replace(/\r?\n$/, ""));
}

/**
 * Rows of cells. A cell with a tab, a line end or a quote stands in quotes, with its own quotes doubled; a quote that is
 * never closed is an ordinary sign. The line end after the last row opens no row.
 */
export function parseBlock(text: string): string[][] {
  const source = text.replaceAll(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const cell = readCellAt(source, at);
    rows.at(-1)?.push(cell.text);
    if (cell.end >= source.length) return rows;
    if (source[cell.end] === "\n") rows.push([]);
    at = cell.end + 1;
  }
}

function readCellAt(source: string, start: number): { text: string; end: number } {
  if (source[start] === '"') {
    const quoted = /"((?:[^"]|"")*)"(?=[\t\n]|$)/y;
    quoted.lastIndex = start;
    const found = quoted.exec(source);
    if (found !== null) return { text: (found[1] ?? "").replaceAll('""', '"'), end: start + found[0].length };
  }
  const stop = source.slice(start).search(/[\t\n]/);
  const end = stop === -1 ? source.length : start + stop;
  return { text: source.slice(start, end), end };
}

/** The same the other way round; what one copies out of the page pastes into a spreadsheet as it stood. */
export function writeBlock(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\r\n");
}
