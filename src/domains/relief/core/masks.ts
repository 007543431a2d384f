/** How personal numbers and names are shown: enough to tell two rows apart for who knows them, too little to use. */

/** 140981********123X */
export function maskIdNumber(normal: string): string {
  return cover(normal, 6, 4);
}

/** 138****5678 */
export function maskPhone(text: string): string {
  return cover(text, 3, 4);
}

/** ************4321 */
export function maskAccount(text: string): string {
  return cover(text, 0, 4);
}

/** 张*军, 李*: the surname and, of three and more, the last character. */
export function maskName(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= 1) return name;
  const last = characters.length > 2 ? (characters.at(-1) as string) : "";
  const hidden = characters.length - 1 - (last === "" ? 0 : 1);
  return `${characters[0] as string}${"*".repeat(hidden)}${last}`;
}

/** Never more than half of it. */
function cover(text: string, head: number, tail: number): string {
  const shown =
    head + tail <= text.length / 2 || text.length >= 11 ? [head, tail] : [0, Math.min(2, text.length >> 1)];
  const [first, last] = shown as [number, number];
  return `${text.slice(0, first)}${"*".repeat(text.length - first - last)}${text.slice(text.length - last)}`;
}

/** Seven or more digits, full-width ones too, that spaces or hyphens may part; the last may be an X, some starred already. */
const LONG_NUMBER = /[0-9０-９](?:[\s\u3000-]?[0-9０-９*×]){5,}[\s\u3000-]?[0-9０-９XxＸｘ*×]/gu;
/** 2016-08-01, 2016/08/01, 20160801: not a number of anybody. */
const DAY = /^(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])[-/]?(?:0[1-9]|[12]\d|3[01])$/;

/** Of a length that a price has and no mobile phone; what makes it one: 1234567.50元 */
const SHORT = /^\d{7,10}$/;
const UNIT = /^(?:\.\d{1,4})?\s?(?:元|万元|亿元|亩|公斤|斤|吨|平方米)/;

/**
 * Text of a form, in which somebody may have typed a phone, an account or an ID number, in whatever column and with
 * whatever spaces: long numbers are starred out. Six digits, a day and an amount with its unit stay.
 */
export function hideLongNumbers(text: string): string {
  return replaceLongNumbers(text, (found) => "*".repeat(found.length));
}

/** A cell of a register beside which a row of ours is held: of long numbers stays what compares place and ending. */
export function maskLongNumbers(text: string): string {
  return replaceLongNumbers(text, (found) => {
    const digits = found.normalize("NFKC").replaceAll(/[\s-]/g, "");
    if (digits.length >= 15) return maskIdNumber(digits);
    return digits.length >= 11 ? maskPhone(digits) : cover(digits, 1, 2);
  });
}

/** The name of a file, in which offices write the hour and the serial number of an export: only what is as long as an ID number. */
export function maskFileName(name: string): string {
  return name.replaceAll(/\d{14,18}[\dXx]/g, maskIdNumber);
}

function replaceLongNumbers(text: string, mask: (found: string) => string): string {
  return text.replaceAll(LONG_NUMBER, (found, at: number) => {
    const isAmount = SHORT.test(found) && UNIT.test(text.slice(at + found.length));
    return isAmount || DAY.test(found) ? found : mask(found);
  });
}
