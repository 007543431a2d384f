import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { packRanges, unpackRanges } from "./division-file.ts";
import type { PackedProvince } from "./division-file.ts";
import { UnknownDivisionError, readCounty, readPrefecture } from "./read-divisions.ts";

const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".json.br"));
const provinces = files.map(
  (file): PackedProvince =>
    JSON.parse(brotliDecompressSync(readFileSync(join(import.meta.dirname, file))).toString("utf8")),
);

describe("the division list", () => {
  it("has the rows that the package has, level by level", () => {
    const prefectures = provinces.flatMap((province) => province.prefectures);
    const counties = prefectures.flatMap(([, , below]) => below);
    const townships = counties.flatMap(([, , below]) => below);
    const villages = townships.reduce((sum, [, , codes]) => sum + unpackRanges(codes).length, 0);
    expect([provinces.length, prefectures.length, counties.length, townships.length, villages]).toEqual([
      31, 342, 2978, 41352, 620573,
    ]);
  });

  it("has a name for every village code", () => {
    const uneven = provinces
      .flatMap((province) => province.prefectures.flatMap(([, , counties]) => counties))
      .flatMap(([, , townships]) => townships)
      .filter(
        ([, , codes, names]) => codes !== "" && unpackRanges(codes).length !== names.split("\n").length,
      );
    expect(uneven).toEqual([]);
  });

  it("stays small enough for git", () => {
    const bytes = files.reduce((sum, file) => sum + readFileSync(join(import.meta.dirname, file)).length, 0);
    expect(bytes).toBeLessThan(6_000_000);
  });
});

describe("ranges of village codes", () => {
  it.each([
    [[], ""],
    [[1, 2, 3, 5, 200, 201], "1-3,5,200-201"],
    [[498], "498"],
  ])("%j ↔ %s", (numbers, text) => {
    expect(packRanges(numbers)).toBe(text);
    expect(unpackRanges(text)).toEqual(numbers);
  });
});

describe("readCounty", () => {
  it("gives Yuanping with what is above and below it", async () => {
    const rows = await readCounty(140981);
    expect(rows.slice(0, 3)).toEqual([
      { code: 140000000000, name: "山西省", level: "province", parent: null },
      { code: 140900000000, name: "忻州市", level: "prefecture", parent: 140000000000 },
      { code: 140981000000, name: "原平市", level: "county", parent: 140900000000 },
    ]);
    const townships = rows.filter((row) => row.level === "township");
    expect(townships.map((row) => `${row.code} ${row.name}`)).toEqual([
      "140981001000 北城街道",
      "140981002000 南城街道",
      "140981004000 新原街道",
      "140981005000 吉祥街道",
      "140981101000 苏龙口镇",
      "140981102000 崞阳镇",
      "140981103000 大牛店镇",
      "140981104000 闫庄镇",
      "140981106000 轩岗镇",
      "140981107000 云水镇",
      "140981108000 同川镇",
      "140981202000 子干乡",
      "140981203000 中阳乡",
      "140981204000 沿沟乡",
      "140981205000 大林乡",
      "140981206000 西镇乡",
      "140981208000 王家庄乡",
      "140981210000 段家堡乡",
      "140981400000 山西鲁能晋北铝业工矿区",
      "140981401000 原平市石豹沟煤矿工矿区",
      "140981403000 原平农场",
      "140981404000 原平经济技术开发区",
    ]);
    expect(rows.find((row) => row.code === 140981101202)).toEqual({
      code: 140981101202,
      name: "苏龙口村委会",
      level: "village",
      parent: 140981101000,
    });
    expect(rows.filter((row) => row.level === "village")).toHaveLength(372);
  });

  it("gives parents before children and each code once, for counties of every province", async () => {
    for (const { code, prefectures } of provinces) {
      const [prefecture = "", , counties = []] = prefectures.at(-1) ?? [];
      const rows = await readCounty(Number(`${code}${prefecture}${counties.at(-1)?.[0]}`));
      const seen = new Set<number>();
      for (const row of rows) {
        expect(seen.has(row.code)).toBe(false);
        expect(row.parent === null || seen.has(row.parent)).toBe(true);
        expect(String(row.code)).toHaveLength(12);
        seen.add(row.code);
      }
    }
  });

  it("knows the special unit with a county code of its own", async () => {
    const rows = await readCounty(140971);
    expect(rows[2]?.name).toBe("五台山风景名胜区");
  });

  it("hangs the townships of a prefecture without counties under the prefecture", async () => {
    const rows = await readCounty(441900);
    expect(rows.filter((row) => row.code === 441900000000)).toEqual([
      { code: 441900000000, name: "东莞市", level: "prefecture", parent: 440000000000 },
    ]);
    expect(rows.find((row) => row.level === "township")?.parent).toBe(441900000000);
  });

  it.each([140999, 990101, 149901, 1409, 14098100, 140981.5, -140981, Number.NaN])(
    "refuses %s by name",
    async (code) => {
      await expect(readCounty(code)).rejects.toThrow(UnknownDivisionError);
      await expect(readCounty(code)).rejects.toThrow(String(code));
    },
  );
});

describe("readPrefecture", () => {
  it.each([1409, 140900])("gives the counties of Xinzhou for %s", async (code) => {
    const rows = await readPrefecture(code);
    expect(rows.filter((row) => row.level === "county").map((row) => row.code / 1e6)).toEqual([
      140902, 140921, 140922, 140923, 140924, 140925, 140926, 140927, 140928, 140929, 140930, 140931, 140932,
      140971, 140981,
    ]);
    expect(rows[1]?.name).toBe("忻州市");
  });

  it.each([1499, 140981, 14, 9909])("refuses %s", async (code) => {
    await expect(readPrefecture(code)).rejects.toThrow(UnknownDivisionError);
  });
});
