import fc from "fast-check";
import { expect, test } from "vitest";
import { isNumeralChar, numeralAt, smallNumeral } from "./numerals.ts";

test.each([
  ["三", "3"],
  ["十", "10"],
  ["十二", "12"],
  ["二十", "20"],
  ["四十五", "45"],
  ["一百", "100"],
  ["一百零五", "105"],
  ["一百一十", "110"],
  ["二百五十六", "256"],
  ["两千零八", "2008"],
  ["三千四百", "3400"],
  ["九千九百九十九", "9999"],
  ["〇", "0"],
  ["三点五", "3.5"],
  ["十二点零六", "12.06"],
])("%s is %s", (text, digits) => {
  expect(numeralAt(text, 0)).toEqual({ digits, length: text.length });
});

test.each([
  // 万 and 亿 belong to the unit when nothing follows them
  ["三千万元", "3000", 2],
  ["两亿元", "2", 1],
  ["五万三千人", "53000", 4],
  ["一亿二千万元", "12000", 4],
  ["三十个", "30", 2],
  ["六点五个百分点", "6.5", 3],
])("%s begins with %s, %i characters long", (text, digits, length) => {
  const found = numeralAt(text, 0);
  expect([found?.digits, found?.length]).toEqual([digits, length]);
});

test.each(["个", "", "abc", "一二三", "二〇一六"])("%j begins with no numeral", (text) => {
  expect(numeralAt(text, 0)).toBeUndefined();
});

test("a numeral may begin anywhere", () => {
  expect(numeralAt("共有二十四处", 2)).toEqual({ digits: "24", length: 3 });
  expect(numeralAt("共有二十四处", 99)).toBeUndefined();
});

test.each([
  ["一", 1],
  ["十", 10],
  ["十九", 19],
  ["九十九", 99],
])("%s counts as %i in a list", (text, value) => {
  expect(smallNumeral(text)).toBe(value);
});
test.each(["零", "一百", "三点五", "三个", "", "x"])("%j counts as nothing in a list", (text) => {
  expect(smallNumeral(text)).toBeUndefined();
});

const DIGITS = "零一二三四五六七八九";

/** The usual way to write a number below ten thousand. */
function inWords(n: number): string {
  let words = "";
  let isGap = false;
  for (const [size, name] of [
    [1000, "千"],
    [100, "百"],
    [10, "十"],
    [1, ""],
  ] as const) {
    const digit = Math.floor(n / size) % 10;
    if (digit === 0) isGap = words !== "";
    else {
      words += `${isGap ? "零" : ""}${size === 10 && digit === 1 && words === "" ? "" : DIGITS.charAt(digit)}${name}`;
      isGap = false;
    }
  }
  return words;
}

test("every number below ten thousand is read as it is written", () => {
  for (let n = 1; n < 10_000; n++)
    expect(numeralAt(inWords(n), 0), inWords(n)).toEqual({ digits: String(n), length: inWords(n).length });
});

test("numbers with 万 inside are read as one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1000, max: 9999 }), (high, low) => {
      const words = `${inWords(high)}万${inWords(low)}`;
      expect(numeralAt(`${words}人`, 0)).toEqual({
        digits: String(high * 10_000 + low),
        length: words.length,
      });
    }),
  );
});

test("the characters of numerals are known, and no others", () => {
  expect(Array.from("零〇一二两三四五六七八九十百千").every(isNumeralChar)).toBe(true);
  expect(Array.from("万亿点个0半数几").some(isNumeralChar)).toBe(false);
});
