import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hideLongNumbers,
  maskAccount,
  maskFileName,
  maskIdNumber,
  maskLongNumbers,
  maskName,
  maskPhone,
} from "./masks.ts";

describe("a number", () => {
  test.each([
    [maskIdNumber("14098119620307123X"), "140981********123X"],
    [maskPhone("13812345678"), "138****5678"],
    [maskAccount("6222020000001234321"), "***************4321"],
    [maskPhone("8229123"), "*****23"],
    [maskIdNumber("123"), "**3"],
    [
      hideLongNumbers("电话 138-1234-5678，证 14098119620307123x"),
      "电话 *************，证 ******************",
    ],
    [hideLongNumbers("2016年8月31日，12.5亩"), "2016年8月31日，12.5亩"],
    [hideLongNumbers("2016-08-31 起"), "2016-08-31 起"],
    [hideLongNumbers("证１４０９８１１９６２０３０７１２３Ｘ"), "证******************"],
    [hideLongNumbers("1 3 8 1 2 3 4"), "*************"],
    [maskFileName("李梅14098119620307123x.xlsx"), "李梅140981********123x.xlsx"],
    [maskFileName("导出_20160831153000.csv"), "导出_20160831153000.csv"],
  ])("%s", (masked, wanted) => expect(masked).toBe(wanted));

  test("no mask shows more than ten characters, nor all of anything", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("1", "2", "3"), minLength: 1, maxLength: 30 }),
        (text) => {
          for (const masked of [maskIdNumber(text), maskPhone(text), maskAccount(text)]) {
            expect(masked).toHaveLength(text.length);
            expect(masked.replaceAll("*", "").length).toBeLessThanOrEqual(Math.min(10, text.length - 1));
          }
        },
      ),
    );
  });
});

describe("a text or a name", () => {
  test.each([
    ["140981197001019018", "140981********9018"],
    ["14098119700101901X", "140981********901X"],
    ["14098119700101901x", "140981********901x"],
    ["140981 19700101 9018", "140981********9018"],
    ["１４０９８１１９７００１０１９０１８", "140981********9018"],
    ["140981700101901", "140981*****1901"],
    ["电话13912345678转2", "电话139****5678转2"],
    ["139-1234-5678", "139****5678"],
    ["6217001234567890123", "621700*********0123"],
    ["2016-08-01", "2016-08-01"],
    ["20160801", "20160801"],
    ["8229123", "8****23"],
    ["晋H12345", "晋H12345"],
    ["85000", "85000"],
    ["成交价1234567元，另付 2300000.50 元", "成交价1234567元，另付 2300000.50 元"],
    ["1234567", "1****67"],
    ["13912345678元", "139****5678元"],
    ["140981197001019018元", "140981********9018元"],
    ["0350-8221234", "035****1234"],
  ])("%s → %s", (text, masked) => {
    expect(maskLongNumbers(text)).toBe(masked);
  });

  test("leaves no eight digits of a long number in a row, whatever stands around it and between", () => {
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    const number = fc.array(digit, { minLength: 15, maxLength: 19 }).map((digits) => digits.join(""));
    const gap = fc.constantFrom("", " ", "-", "　");
    fc.assert(
      fc.property(
        fc.constantFrom("", "编号", "a"),
        number,
        gap,
        fc.constantFrom("", "号", "。"),
        (before, digits, between, after) => {
          const text = `${before}${digits.slice(0, 6)}${between}${digits.slice(6)}${after}`;
          expect(maskLongNumbers(text).replaceAll(/[^\d]/g, "").length).toBeLessThanOrEqual(10);
        },
      ),
    );
  });

  test.each([
    ["王建国", "王*国"],
    ["李四", "李*"],
    ["欧阳建国", "欧**国"],
    ["王", "王"],
  ])("%s → %s", (name, masked) => expect(maskName(name)).toBe(masked));
});
