import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskName, maskText } from "./mask-text.ts";
import { guessMapping, tellUnit } from "./register-columns.ts";

describe("masking", () => {
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
    ["晋H12345", "晋H12345"],
    ["85000", "85000"],
    ["0350-8221234", "035****1234"],
  ])("%s → %s", (text, masked) => {
    expect(maskText(text)).toBe(masked);
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
          expect(maskText(text).replaceAll(/[^\d]/g, "").length).toBeLessThanOrEqual(10);
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

describe("the columns of a register", () => {
  test("are found by the headings that offices use, each once", () => {
    expect(guessMapping(["序号", "车主姓名", "身份证明号码", "联系电话", "购置价", "品牌"])).toEqual({
      row: "序号",
      name: "车主姓名",
      idNumber: "身份证明号码",
      phone: "联系电话",
      price: "购置价",
    });
    expect(
      guessMapping(["row_id", "name", "sex", "id_no", "county", "town", "village", "village_code", "phone"]),
    ).toEqual({
      row: "row_id",
      name: "name",
      sex: "sex",
      idNumber: "id_no",
      county: "county",
      town: "town",
      village: "village",
      villageCode: "village_code",
      phone: "phone",
    });
    expect(guessMapping(["甲", "乙"])).toEqual({});
  });

  test.each([
    ["价格(万元)", "3.2", "3.2万"],
    ["价格（万元）", "3.2万元", "3.2万元"],
    ["价格", "3.2", "3.2"],
    ["价格(万元)", "不详", "不详"],
  ])("headed %s: %s is %s", (heading, cell, told) => expect(tellUnit(heading, cell)).toBe(told));
});
