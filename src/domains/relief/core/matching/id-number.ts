/**
 * Citizen's ID numbers 公民身份号码 (GB 11643-1999), read from bytes as registers hold them: full-width digits, spaces, x for X,
 * the fifteen digits of before 1999, a disability card's twenty (its first eighteen are the ID number).
 *
 * Terms. Region: the first 6 digits. Birth: the next 8, yyyymmdd. Serial: 3 digits, odd for men. Check: the last
 * character, 0–10 with 10 for X, or `noCheck` where the number is too short to have one.
 */

/** What a register's cell holds. */
export const idKind = {
  /** nothing, or a placeholder such as 无 or eighteen zeros */
  none: 0,
  /** 18 characters whose check character and date are right */
  valid: 1,
  /** 18 characters whose check character or date is wrong: at least one character is */
  failed: 2,
  /** 15 digits; born in 19xx, nothing to check */
  old: 3,
  /** something else of 14 to 19 characters: a character too few, too many, or unreadable */
  odd: 4,
} as const;

export const noCheck = 11;

export type IdNumber = {
  kind: number;
  region: number;
  birth: number;
  serial: number;
  check: number;
  /** the cell held more or other characters than the number: spaces, full-width, x, fifteen digits */
  isTidied: boolean;
  /** what an odd number was read as, 10 for X and 11 for unreadable; otherwise empty */
  odd: readonly number[];
};

/** GB 11643-1999, 6.1: weights of the first seventeen, and the check character for each remainder. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkOfRemainder = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2] as const;

/** @param digits at least seventeen; the rest is not looked at */
export function computeCheck(digits: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (digits[i] as number) * (weights[i] as number);
  return checkOfRemainder[sum % 11] as number;
}

const unreadable = 11;
const scratch = new Uint8Array(32);
const empty: readonly number[] = [];

/** Reads a cell's bytes (UTF-8) into `into`, which is the caller's to use again for the next cell. */
export function readIdNumber(bytes: Uint8Array, span: { start: number; end: number }, into: IdNumber): void {
  const { start, end } = span;
  into.isTidied = false;
  into.odd = empty;
  const length = readCharacters(bytes, start, end);
  if (length !== end - start) into.isTidied = true;
  if (length === 18 || (length >= 20 && length <= 22 && isCheckedAt18())) return takeEighteen(into, length);
  if (length === 15 && areDigits(15)) return takeFifteen(into);
  take(into, idKind.none, 0, 0, 0, noCheck);
  if (length < 14 || length > 19 || !areDigits(6)) return;
  into.kind = idKind.odd;
  into.odd = Array.from(scratch.subarray(0, length));
  if (length === 14 || !areDigits(14) || !isDate(number(6, 8))) return;
  into.region = number(0, 6);
  into.birth = number(6, 8);
}

/** The characters that mean something, into `scratch`; @returns how many, 32 at most */
function readCharacters(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let i = start; i < end && length < 32; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x30 && byte <= 0x39) scratch[length++] = byte - 0x30;
    else if (byte === 0x58) scratch[length++] = 10;
    else if (byte === 0x78 || byte === 0x2a) scratch[length++] = 10;
    else if (byte < 0x80) {
      // Spaces, quotes, hyphens and the like are dropped; a letter or ? stands for a character that cannot be read.
      if (isLetter(byte) || byte === 0x3f) scratch[length++] = unreadable;
    } else {
      const code = wideCharacter(bytes, i);
      if (code >= 0) scratch[length++] = code;
      while (i + 1 < end && ((bytes[i + 1] as number) & 0xc0) === 0x80) i++;
    }
  }
  return length;
}

const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/** Full-width digits and X, ×, ＊; −1 for what is dropped: ideographic space, other marks and 汉字 */
function wideCharacter(bytes: Uint8Array, i: number): number {
  const [a, b, c] = [bytes[i] as number, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0];
  if (a === 0xc3 && b === 0x97) return 10;
  if (a !== 0xef) return -1;
  if (b === 0xbc && c >= 0x90 && c <= 0x99) return c - 0x90;
  if ((b === 0xbc && (c === 0xb8 || c === 0x8a)) || (b === 0xbd && c === 0x98)) return 10;
  return -1;
}

function takeEighteen(into: IdNumber, length: number): void {
  if (!areDigits(17) || (scratch[17] as number) > 10) {
    take(into, idKind.odd, 0, 0, 0, noCheck);
    into.odd = Array.from(scratch.subarray(0, 18));
    if (!areDigits(14)) return;
    into.region = number(0, 6);
    into.birth = number(6, 8);
    return;
  }
  if (isRepeated()) return take(into, idKind.none, 0, 0, 0, noCheck);
  const [birth, check] = [number(6, 8), scratch[17] as number];
  const isValid = computeCheck(scratch) === check && isDate(birth);
  take(into, isValid ? idKind.valid : idKind.failed, number(0, 6), birth, number(14, 3), check);
  if (length > 18) into.isTidied = true;
}

function takeFifteen(into: IdNumber): void {
  if (isRepeated()) return take(into, idKind.none, 0, 0, 0, noCheck);
  // 年 had two digits: 19 goes in, and the check character follows from the seventeen.
  for (let i = 14; i >= 6; i--) scratch[i + 2] = scratch[i] as number;
  scratch[6] = 1;
  scratch[7] = 9;
  take(into, idKind.old, number(0, 6), number(6, 8), number(14, 3), computeCheck(scratch));
  into.isTidied = true;
}

// oxlint-disable-next-line eslint/max-params -- the fields of one number, in its own order
function take(into: IdNumber, kind: number, region: number, birth: number, serial: number, check: number) {
  into.kind = kind;
  into.region = region;
  into.birth = birth;
  into.serial = serial;
  into.check = check;
}

function number(from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i++) value = value * 10 + (scratch[i] as number);
  return value;
}

function areDigits(count: number): boolean {
  for (let i = 0; i < count; i++) if ((scratch[i] as number) > 9) return false;
  return true;
}

/** One and the same digit throughout the serial and the birth: a placeholder that somebody typed. */
function isRepeated(): boolean {
  for (let i = 1; i < 15; i++) if (scratch[i] !== scratch[0]) return false;
  return true;
}

function isCheckedAt18(): boolean {
  return areDigits(17) && (scratch[17] as number) <= 10 && computeCheck(scratch) === scratch[17];
}

/** @param birth yyyymmdd, from 1880 to 2099 */
export function isDate(birth: number): boolean {
  const year = Math.floor(birth / 10_000);
  const month = Math.floor(birth / 100) % 100;
  const day = birth % 100;
  if (year < 1880 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  if (month === 2) return day <= (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28);
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

export function emptyIdNumber(): IdNumber {
  return { kind: 0, region: 0, birth: 0, serial: 0, check: noCheck, isTidied: false, odd: empty };
}

/** Serial, check and kind in one column. */
export const packSerial = (id: IdNumber): number => id.serial | (id.check << 10) | (id.kind << 14);
export const serialOf = (packed: number): number => packed & 1023;
export const checkOf = (packed: number): number => (packed >> 10) & 15;
export const kindOf = (packed: number): number => packed >> 14;

/** 1 man, 2 woman, 0 unknown: the serial is odd for men. */
export function sexOf(packed: number): number {
  const kind = kindOf(packed);
  if (kind === idKind.none || kind === idKind.odd) return 0;
  return serialOf(packed) % 2 === 1 ? 1 : 2;
}
