/**
 * Long numbers in texts that come from elsewhere: ID numbers, phones and accounts in whatever column and with whatever
 * spaces. Six digits and a day stay readable, which is enough to compare places and dates.
 */

/** Seven or more digits, full-width ones too, that spaces or hyphens may part; the last may be an X. */
const LONG_NUMBER = /[0-9０-９](?:[\s\u3000-]?[0-9０-９*×]){5,}[\s\u3000-]?[0-9０-９XxＸｘ*×]/gu;
/** 2016-08-01, 2016/08/01, 20160801 with a possible time: not a number of anybody. */
const DAY = /^(?:19|20)\d\d[-/]?(?:0[1-9]|1[0-2])[-/]?(?:0[1-9]|[12]\d|3[01])$/;

export function maskText(text: string): string {
  return text.replaceAll(LONG_NUMBER, (found) => {
    const digits = found.normalize("NFKC").replaceAll(/[\s-]/g, "");
    return DAY.test(found) ? found : maskNumber(digits);
  });
}

/** 140981********123X, 139****5678; shorter ones keep their last two, of four and less nothing. */
function maskNumber(number: string): string {
  const { length } = number;
  const [head, tail] = length >= 15 ? [6, 4] : length >= 11 ? [3, 4] : length > 4 ? [1, 2] : [0, 0];
  return number.slice(0, head) + "*".repeat(length - head - tail) + number.slice(length - tail);
}

/** 张*军, 李*: the surname and, of three and more, the last character. */
export function maskName(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= 1) return name;
  const last = characters.length > 2 ? (characters.at(-1) as string) : "";
  const hidden = characters.length - 1 - (last === "" ? 0 : 1);
  return `${characters[0] as string}${"*".repeat(hidden)}${last}`;
}
