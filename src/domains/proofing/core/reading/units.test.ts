import { describe, expect, test } from "vitest";
import { NO_UNIT, unitAt } from "./units.ts";

/** name, dimension, how many of its base, whether it counts whole things */
const read = (text: string, at = 0): unknown[] | undefined => {
  const found = unitAt(text, at);
  if (!found) return undefined;
  const { name, dimension, hundredths, counted } = found.unit;
  return [name, dimension, Number(hundredths) / 100, counted];
};

describe("a unit", () => {
  test.each([
    ["元", "money", 1, false],
    ["万元", "money", 1e4, false],
    ["亿元", "money", 1e8, false],
    ["万亿元", "money", 1e12, false],
    ["千万元", "money", 1e7, false],
    ["亿美元", "dollar", 1e8, false],
    ["吨", "mass", 1e6, false],
    ["万吨", "mass", 1e10, false],
    ["公斤", "mass", 1000, false],
    ["千克", "mass", 1000, false],
    ["斤", "mass", 500, false],
    ["万吨标准煤", "coal", 1e4, false],
    ["亿千瓦时", "energy", 1e8, false],
    ["亿度", "energy", 1e8, false],
    ["万千瓦", "power", 1e4, false],
    ["公顷", "area", 1e4, false],
    ["万亩", "mu", 1e4, false],
    ["平方公里", "area", 1e6, false],
    ["公里", "length", 1000, false],
    ["立方米", "volume", 1, false],
    ["%", "percent", 1, false],
    ["‰", "percent", 0.1, false],
    ["个百分点", "points", 1, false],
    ["倍", "fold", 1, false],
    ["成", "tenths", 1, false],
    ["户", "户", 1, true],
    ["人", "人", 1, true],
    ["名", "人", 1, true],
    ["万人", "人", 1e4, false],
    ["人次", "人次", 1, true],
    ["个", "个", 1, true],
    ["家", "个", 1, true],
    ["座", "个", 1, true],
    ["起", "起", 1, true],
    ["个月", "months", 1, false],
    ["天", "days", 1, false],
    ["元/吨", "money/吨", 1, false],
    ["元每亩", "money/亩", 1, false],
    ["万", "bare", 1e4, false],
  ])("%s is of %s, %d of its base", (name, dimension, size, counted) => {
    expect(read(`${name}。`)?.slice(1)).toEqual([dimension, size, counted]);
  });

  test("takes the longest name: 个百分点 is no 个, 人次 is no 人", () => {
    expect(unitAt("个百分点", 0)?.length).toBe(4);
    expect(unitAt("千瓦时", 0)?.length).toBe(3);
    expect(unitAt("平方米", 0)?.unit.dimension).toBe("area");
    expect(unitAt("亿千瓦时", 0)?.unit.hundredths).toBe(10n ** 10n);
  });

  test("may stand behind a space, and have one inside", () => {
    expect(unitAt("12 万 吨", 2)).toMatchObject({ length: 4, unit: { name: "万吨", dimension: "mass" } });
  });

  test("may have a little more between scale and name: 万多人", () => {
    expect(unitAt("万多人", 0)).toMatchObject({ length: 3, scaled: true, unit: { dimension: "人" } });
  });

  test.each(["。", "，增长", "的", "", "and"])("does not begin at %j", (text) => {
    expect(unitAt(text, 0)).toBeUndefined();
  });

  test("is none where nothing is said", () => {
    expect(NO_UNIT).toMatchObject({ name: "", dimension: "bare" });
  });

  test("of scales with the same name fits together: ten thousand 万元 are an 亿元", () => {
    const size = (name: string) => unitAt(name, 0)?.unit.hundredths ?? 0n;
    for (const name of ["元", "吨", "亩", "千瓦时", "人", "美元", "立方米"]) {
      expect(size(`万${name}`)).toBe(size(name) * 10_000n);
      expect(size(`亿${name}`)).toBe(size(`万${name}`) * 10_000n);
    }
  });
});
