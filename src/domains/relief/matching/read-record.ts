/** One record of a CSV file, from bytes: where each cell stands. */

const [comma, quote, newline, carriageReturn] = [0x2c, 0x22, 0x0a, 0x0d];

/** By role, where the cell of the present record begins and ends; the same place for an empty one. */
export type Cells = { starts: Int32Array; ends: Int32Array };

export const makeCells = (roles: number): Cells => ({
  starts: new Int32Array(roles),
  ends: new Int32Array(roles),
});

export function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}

/** Length of an empty line that begins here, 0 for a line with something in it. */
export function emptyLine(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === newline) return 1;
  return first === carriageReturn && bytes[at + 1] === newline ? 2 : 0;
}

/** What `readRecord` found; the reader's own to use again. `next` is −1 for a quote that is not closed or may not stand there. */
export type Record = { next: number; fields: number };

/** Takes doubled quotes out in place. @param roles by column, −1 for one that is passed over */
// oxlint-disable-next-line eslint/max-params -- called for every row: no object is made
export function readRecord(
  bytes: Uint8Array,
  from: number,
  roles: readonly number[],
  cells: Cells,
  into: Record,
): void {
  const { length } = bytes;
  let fields = 0;
  for (let at = from; ; at++) {
    let start = at;
    let end: number;
    if (bytes[at] === quote) {
      end = unquote(bytes, at);
      if (end < 0) return fault(into, fields);
      start = at + 1;
      at = afterQuote;
    } else {
      let byte = 0;
      while (at < length && (byte = bytes[at] as number) !== comma && byte !== newline) at++;
      end = at;
      if (byte !== comma && end > start && bytes[end - 1] === carriageReturn) end--;
    }
    const role = fields < roles.length ? (roles[fields] as number) : -1;
    fields++;
    if (role >= 0) {
      cells.starts[role] = start;
      cells.ends[role] = end;
    }
    if (at < length && bytes[at] !== newline) continue;
    into.next = at + 1;
    into.fields = fields;
    return;
  }
}

function fault(into: Record, fields: number): void {
  into.next = -1;
  into.fields = fields;
}

/** Where the comma or line end after the last quoted cell stands. */
let afterQuote = 0;

/** @returns where the text ends, −1 when the quote is not closed or something follows it */
function unquote(bytes: Uint8Array, from: number): number {
  let write = from + 1;
  for (let at = from + 1; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === quote) {
      if (bytes[at + 1] !== quote) {
        let next = at + 1;
        if (bytes[next] === carriageReturn && (bytes[next + 1] === newline || next + 1 === bytes.length))
          next++;
        afterQuote = next;
        return next >= bytes.length || bytes[next] === comma || bytes[next] === newline ? write : -1;
      }
      at++;
    }
    bytes[write++] = byte;
  }
  return -1;
}
