/**
 * Administrative regions by their 12-digit statistical code (统计用区划代码).
 *
 * Words:
 * - code: 2 digits province, 2 prefecture, 2 county, 3 township, 3 village; missing levels are zeros
 * - subtree: a region and all below it, which is the range of codes [from, to): an index range in SQL
 * - lineage: a region and all above it, nearest first
 *
 * The level follows from the trailing zeros. Two odd cases are therefore right without a table of exceptions:
 * a special unit with a county code of its own (140971 五台山风景名胜区) is a county, and a prefecture without
 * counties (441900 东莞) is the parent of its townships.
 */
import { err, ok, type Result } from "./result.ts";

/** 12 digits, first pair 11–82; fits a double exactly. */
export type RegionCode = number;
export type RegionLevel = "province" | "prefecture" | "county" | "township" | "village";

/** Size of a subtree by level, widest first. */
const LEVELS: readonly (readonly [RegionLevel, number])[] = [
  ["province", 1e10],
  ["prefecture", 1e8],
  ["county", 1e6],
  ["township", 1e3],
  ["village", 1],
];

export function isRegionCode(n: number): n is RegionCode {
  return Number.isSafeInteger(n) && n >= 110000000000 && n < 830000000000;
}

/** Twelve digits, or fewer for a level above the village ("140981" is Yuanping). */
export function parseRegionCode(text: string): Result<RegionCode, "BAD_REGION_CODE"> {
  const trimmed = text.trim();
  if (!/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/.test(trimmed)) return err("BAD_REGION_CODE");
  const code = Number(trimmed.padEnd(12, "0"));
  return isRegionCode(code) ? ok(code) : err("BAD_REGION_CODE");
}

function spanOf(code: RegionCode): number {
  for (const [, span] of LEVELS) if (code % span === 0) return span;
  return 1;
}

export function levelOf(code: RegionCode): RegionLevel {
  const span = spanOf(code);
  for (const [level, size] of LEVELS) if (size === span) return level;
  return "village";
}

/** The 6-digit county code; of a province or prefecture its own six digits ("140900"). */
export function countyOf(code: RegionCode): number {
  return Math.floor(code / 1e6);
}

/** The region of a 6-digit county code. */
export function countyRegion(county: number): RegionCode {
  return county * 1e6;
}

/** [from, to): every code of the region itself and of all below it. */
export function subtree(code: RegionCode): { from: RegionCode; to: RegionCode } {
  return { from: code, to: code + spanOf(code) };
}

/** The region itself and all above it, nearest first. */
export function lineage(code: RegionCode): readonly RegionCode[] {
  const line: RegionCode[] = [];
  for (let i = LEVELS.length - 1; i >= 0; i--) {
    const span = LEVELS[i]?.[1] ?? 1;
    const ancestor = code - (code % span);
    if (line.at(-1) !== ancestor) line.push(ancestor);
  }
  return line;
}

/** The next region above; undefined for a province. */
export function parentOf(code: RegionCode): RegionCode | undefined {
  return lineage(code)[1];
}

/** Whether `inner` is `outer` or lies below it. */
export function contains(outer: RegionCode, inner: RegionCode): boolean {
  const { from, to } = subtree(outer);
  return inner >= from && inner < to;
}
