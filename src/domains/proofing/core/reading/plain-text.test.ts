import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText } from "./plain-text.ts";

test.each([
  ["１２．５％", "12.5%"],
  ["ＧＤＰ", "GDP"],
  ["（３）", "(3)"],
  ["１２：３０", "12:30"],
  ["共　１２　户", "共 12 户"],
  ["－３～５", "-3~5"],
  ["3–5", "3—5"],
  ["三萬戶、五億噸", "三万户、五亿吨"],
  ["甲\r\n乙", "甲\n\n乙"],
  ["12，345；", "12，345;"],
])("%j is read as %j", (text, plain) => expect(plainText(text)).toBe(plain));

test("plain text stays the very same", () => {
  const text = "全县完成投资12.5亿元，增长3.2%。\n";
  expect(plainText(text)).toBe(text);
});

test("every character becomes exactly one, so that offsets hold; a second reading changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const plain = plainText(text);
      expect(plain).toHaveLength(text.length);
      expect(plainText(plain)).toBe(plain);
      for (let i = 0; i < text.length; i++)
        if (plain[i] !== text[i]) expect(plainText(text[i] as string)).toBe(plain[i]);
    }),
  );
});
