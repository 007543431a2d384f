/**
 * A name as it is compared: UTF-16 units without spaces and dots, simplified, Latin letters in capitals and narrow;
 * what stands for a character that could not be entered (?, *, □, a private character) is one placeholder, and letters that
 * spell it are the sound that they spell: 王KUN明 is three units.
 */
import { simplify } from "./character-tables.ts";
import { firstSound, placeholder } from "./name-marks.ts";
import { syllableNumber } from "./name-sounds.ts";

export const longestName = 40;

/** What `readName` found: how many units, and whether the cell held something else than these. The reader's own to use again. */
export type ReadName = { length: number; isTidied: boolean };

/** @param into takes at most `longestName` units from `at` on */
// oxlint-disable-next-line eslint/max-params -- called for every row: no object is made
export function readName(
  bytes: Uint8Array,
  span: { start: number; end: number },
  into: Uint16Array,
  at: number,
  found: ReadName,
): void {
  let length = 0;
  let isTidied = false;
  let hasLetters = false;
  for (let i = span.start; i < span.end && length < longestName; ) {
    const byte = bytes[i] as number;
    let unit: number;
    if (byte < 0x80) {
      unit = byte;
      i += 1;
    } else if (byte < 0xe0) {
      unit = ((byte & 0x1f) << 6) | ((bytes[i + 1] as number) & 0x3f);
      i += 2;
    } else if (byte < 0xf0) {
      unit =
        ((byte & 0x0f) << 12) | (((bytes[i + 1] as number) & 0x3f) << 6) | ((bytes[i + 2] as number) & 0x3f);
      i += 3;
    } else {
      // Outside the basic plane: kept as a unit of its own kind, the same for the same character.
      const code =
        (((bytes[i + 1] as number) & 0x3f) << 12) |
        (((bytes[i + 2] as number) & 0x3f) << 6) |
        ((bytes[i + 3] as number) & 0x3f);
      unit = 0xa000 + (code % 0x3000);
      i += 4;
    }
    const kept = tidy(unit);
    if (kept !== unit) isTidied = true;
    if (kept === 0) continue;
    into[at + length++] = kept;
    if (isCapital(kept)) hasLetters = true;
  }
  found.length = hasLetters ? foldLetters(into, at, length) : length;
  found.isTidied = isTidied;
}

/** In place. @returns how many units are left */
function foldLetters(units: Uint16Array, at: number, length: number): number {
  const before = Array.from(units.subarray(at, at + length));
  let write = at;
  for (let i = 0; i < length; ) {
    let end = i;
    while (end < length && isCapital(before[end] as number)) end++;
    const number = end > i ? syllableNumber(String.fromCharCode(...before.slice(i, end))) : undefined;
    const next = Math.max(end, i + 1);
    if (number === undefined) for (let k = i; k < next; k++) units[write++] = before[k] as number;
    else units[write++] = firstSound + number;
    i = next;
  }
  return write - at;
}

const isCapital = (unit: number): boolean => unit >= 0x41 && unit <= 0x5a;

/** @returns 0 for what is dropped */
function tidy(unit: number): number {
  if (unit >= 0x4e00 && unit < 0xa000) return simplify(unit);
  if (unit < 0x80) return tidyAscii(unit);
  if (unit >= 0xff01 && unit <= 0xff5e) return tidyAscii(unit - 0xfee0);
  if (unit === placeholder || unit === 0xfffd || unit === 0x3013 || unit === 0x25cb || unit === 0x3007)
    return placeholder;
  if (unit >= 0xe000 && unit < 0xf900) return placeholder;
  if (unit >= 0x3400 && unit < 0xd800) return unit;
  return 0;
}

function tidyAscii(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x20;
  if (unit >= 0x41 && unit <= 0x5a) return unit;
  return unit === 0x3f || unit === 0x2a ? placeholder : 0;
}
