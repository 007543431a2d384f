/**
 * Administrative divisions of China down to the village (村、居委会), by code; see README.md for source and date.
 *
 * A region appears once: where the list repeats a code on the next level (a prefecture without counties, such as
 * 441900 Dongguan, is listed as its own county), only the upper one is given and is the parent of what follows.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { unpackRanges } from "./division-file.ts";
import type { PackedCounty, PackedPrefecture, PackedProvince } from "./division-file.ts";

export type DivisionLevel = "province" | "prefecture" | "county" | "township" | "village";
export type Division = {
  /** 12 digits, 140981000000 */
  code: number;
  name: string;
  level: DivisionLevel;
  /** null for a province */
  parent: number | null;
};

/** A code that the division list does not have. */
export class UnknownDivisionError extends Error {
  readonly code: string;

  constructor(code: number | string, what: string) {
    super(`there is no ${what} with code ${code} in the division list (2023-06-30)`);
    this.name = "UnknownDivisionError";
    this.code = String(code);
  }
}

const decompress = promisify(brotliDecompress);

async function readProvince(code: string, asked: number, what: string): Promise<PackedProvince> {
  try {
    const packed = await readFile(join(import.meta.dirname, `${code}.json.br`));
    return JSON.parse((await decompress(packed)).toString("utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") throw new UnknownDivisionError(asked, what);
    throw error;
  }
}

/** Pads a code with zeros to the 12 digits of a region. */
const regionOf = (digits: string): number => Number(digits.padEnd(12, "0"));

function requireDigits(code: number, lengths: readonly number[], what: string): string {
  const digits = String(code);
  if (!Number.isInteger(code) || !lengths.includes(digits.length) || !/^[1-9]\d+$/.test(digits))
    throw new UnknownDivisionError(code, `${what} (${lengths.join(" or ")} digits)`);
  return digits;
}

/**
 * The county of the 6-digit code with its province and prefecture above, its townships and villages below, parents
 * before children. Throws UnknownDivisionError.
 */
export async function readCounty(countyCode6: number): Promise<Division[]> {
  const digits = requireDigits(countyCode6, [6], "county");
  const province = await readProvince(digits.slice(0, 2), countyCode6, "county");
  const prefecture = province.prefectures.find(([code]) => code === digits.slice(2, 4));
  const county = prefecture?.[2].find(([code]) => code === digits.slice(4));
  if (!prefecture || !county) throw new UnknownDivisionError(countyCode6, "county");
  return onlyOnce([...aboveOf(province, prefecture), ...countyOf(digits, county)]);
}

/** The prefecture of the 4-digit (or 6-digit, 140900) code with its province above and its counties below. */
export async function readPrefecture(code: number): Promise<Division[]> {
  const digits = requireDigits(code, [4, 6], "prefecture");
  const province = await readProvince(digits.slice(0, 2), code, "prefecture");
  const prefecture = province.prefectures.find(([own]) => own === digits.slice(2, 4));
  if (!prefecture || (digits.length === 6 && !digits.endsWith("00")))
    throw new UnknownDivisionError(code, "prefecture");
  const parent = regionOf(digits.slice(0, 4));
  const counties = prefecture[2].map(
    ([own, name]): Division => ({ code: regionOf(digits.slice(0, 4) + own), name, level: "county", parent }),
  );
  return onlyOnce([...aboveOf(province, prefecture), ...counties]);
}

function aboveOf(province: PackedProvince, [code, name]: PackedPrefecture): Division[] {
  const top = regionOf(province.code);
  return [
    { code: top, name: province.name, level: "province", parent: null },
    { code: regionOf(province.code + code), name, level: "prefecture", parent: top },
  ];
}

function countyOf(digits: string, [, name, townships]: PackedCounty): Division[] {
  const county = regionOf(digits);
  const rows: Division[] = [{ code: county, name, level: "county", parent: regionOf(digits.slice(0, 4)) }];
  for (const [own, townshipName, villageCodes, villageNames] of townships) {
    const township = regionOf(digits + own);
    rows.push({ code: township, name: townshipName, level: "township", parent: county });
    const names = villageNames.split("\n");
    for (const [at, village] of unpackRanges(villageCodes).entries())
      rows.push({ code: township + village, name: names[at] ?? "", level: "village", parent: township });
  }
  return rows;
}

function onlyOnce(rows: readonly Division[]): Division[] {
  const seen = new Set<number>();
  return rows.filter(({ code }) => {
    if (seen.has(code)) return false;
    seen.add(code);
    return true;
  });
}
