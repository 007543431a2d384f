import { expect, test } from "vitest";
import { readItems, writeItems } from "./subject-lines.ts";

test("lines are read with commas of either width, tabs, blanks and names alone", () => {
  const text =
    "alumina，铝业：氧化铝，Alumina works\ncoal, 煤电\n\n  \niron\t铁精粉\tIron ore\n同煤 轩岗（一矿）";
  expect(readItems(text)).toEqual([
    { code: "alumina", nameZh: "铝业：氧化铝", nameEn: "Alumina works" },
    { code: "coal", nameZh: "煤电", nameEn: null },
    { code: "iron", nameZh: "铁精粉", nameEn: "Iron ore" },
    { code: "同煤轩岗一矿", nameZh: "同煤 轩岗（一矿）", nameEn: null },
  ]);
});

test("what was written is read back", () => {
  const items = [
    { code: "a", nameZh: "甲", nameEn: null },
    { code: "b", nameZh: "乙", nameEn: "B" },
  ];
  expect(readItems(writeItems(items))).toEqual(items);
});
