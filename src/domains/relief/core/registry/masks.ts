/** How personal numbers are shown: enough to tell two rows apart for who knows them, too little to use. */

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

/** Never more than half of it. */
function cover(text: string, head: number, tail: number): string {
  const shown =
    head + tail <= text.length / 2 || text.length >= 11 ? [head, tail] : [0, Math.min(2, text.length >> 1)];
  const [first, last] = shown as [number, number];
  return `${text.slice(0, first)}${"*".repeat(text.length - first - last)}${text.slice(text.length - last)}`;
}

/** Seven or more digits, parted by spaces or hyphens or not, in whatever cell they were typed. */
const LONG_NUMBER = /\d(?:[\s-]?\d){5,}[\s-]?[\dXx]/g;

/** Text of a form, in which somebody may have typed a phone or an ID number: long numbers are starred out. */
export function maskLongNumbers(text: string): string {
  return /\d{3}/.test(text) ? text.replaceAll(LONG_NUMBER, (found) => "*".repeat(found.length)) : text;
}
