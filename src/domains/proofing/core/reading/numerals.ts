/** Chinese numerals: 三, 十二, 一百零五, 两万三千, 三点五. */
const DIGITS: ReadonlyMap<string, number> = new Map(
  Array.from("零一二三四五六七八九").map((char, value) => [char, value] as const),
);
const ALIASES: ReadonlyMap<string, number> = new Map([
  ["〇", 0],
  ["两", 2],
  ["○", 0],
]);
const SMALL: ReadonlyMap<string, number> = new Map([
  ["十", 10],
  ["百", 100],
  ["千", 1000],
]);

function digitOf(char: string): number | undefined {
  return DIGITS.get(char) ?? ALIASES.get(char);
}

export type Numeral = { readonly digits: string; readonly length: number };

const LONGEST = 20;

/**
 * The numeral that begins at `at`, as plain digits, and its length. 万 and 亿 are left to the unit behind it. Undefined
 * where none begins; 一二三 in a row (a list, a year) is none.
 */
export function numeralAt(text: string, at: number): Numeral | undefined {
  let value = 0;
  let from = at;
  for (const [word, size] of BIG) {
    const part = smallAt(text, from);
    if (!part || text.charAt(from + part.length) !== word || part.digits.includes(".")) continue;
    // 三千万元 leaves 万 to the unit; 三千万零五 does not
    if (!isNumeralChar(text.charAt(from + part.length + 1))) break;
    value += Number(part.digits) * size;
    from += part.length + 1;
  }
  const last = smallAt(text, from);
  if (from === at || !last || last.digits.includes(".")) return from === at ? last : undefined;
  if (text.charAt(from + last.length) === "万") {
    return { digits: String(value / 10_000 + Number(last.digits)), length: from + last.length - at };
  }
  return { digits: String(value + Number(last.digits)), length: from + last.length - at };
}

const BIG: readonly (readonly [string, number])[] = [
  ["亿", 100_000_000],
  ["万", 10_000],
];

/** A numeral below ten thousand. */
function smallAt(text: string, at: number): Numeral | undefined {
  let end = at;
  let whole = 0;
  let pending: number | undefined;
  let unitBefore = Number.POSITIVE_INFINITY;
  for (; end - at < LONGEST; end++) {
    const char = text.charAt(end);
    const digit = digitOf(char);
    const small = SMALL.get(char);
    if (digit !== undefined) {
      if (pending !== undefined && pending !== 0) return undefined;
      pending = digit;
    } else if (small !== undefined) {
      if (small >= unitBefore) break;
      whole += (pending ?? 1) * small;
      pending = undefined;
      unitBefore = small;
    } else break;
  }
  if (end === at) return undefined;
  const value = whole + (pending ?? 0);
  if (text.charAt(end) !== "点" || digitOf(text.charAt(end + 1)) === undefined)
    return { digits: String(value), length: end - at };
  let fraction = "";
  for (end++; fraction.length < 6; end++) {
    const digit = digitOf(text.charAt(end));
    if (digit === undefined) break;
    fraction += digit;
  }
  return { digits: `${value}.${fraction}`, length: end - at };
}

/** 1 to 99 as in a heading or a list: 一, 十二, 二十. Undefined for anything else. */
export function smallNumeral(text: string): number | undefined {
  const found = numeralAt(text, 0);
  if (found?.length !== text.length || found.digits.includes(".")) return undefined;
  const value = Number(found.digits);
  return value >= 1 && value <= 99 ? value : undefined;
}

export function isNumeralChar(char: string): boolean {
  return digitOf(char) !== undefined || SMALL.has(char);
}
