/** Finding a village by the names an export writes, which leave out or change what the register of divisions ends in. */

export type NamedRegion = { code: number; nameZh: string };
type Found = { code: number } | "UNKNOWN" | "AMBIGUOUS";
type Names = { county: string; township: string; village: string };
/** `code`: the 12 digits, where the export has them; then names do not matter */
export type VillageFinder = (names: Names & { code?: string }) => Found;

const TOWNSHIP_END = /(?:街道办事处|办事处|街道|乡|镇)$/;
const COUNTY_END = /(?:自治县|县|市|区)$/;

const plain = (name: string): string => name.normalize("NFKC").replaceAll(/\s/g, "");
function withoutEnd(name: string, end: RegExp): string {
  const whole = plain(name);
  const short = whole.replace(end, "");
  return short === "" ? whole : short;
}

/** 村民委员会 and 村委会 are one. */
const committee = (name: string): string => plain(name).replace(/民委员会$/, "委会");

/**
 * What a village may be called: 东村村委会 also 东村村 and 东村. Only the register's name is shortened and never the one that
 * was written: shortened on both sides, 东村 would be found as 东社区.
 */
function namesOf(village: string): readonly string[] {
  const whole = committee(village);
  const names = [whole, whole.replace(/委会$/, ""), whole.replace(/(?:社区居委会|社区|居委会|村委会)$/, "")];
  if (whole.endsWith("社区居委会")) names.push(whole.replace(/居委会$/, ""));
  return [...new Set(names.filter((name) => name !== ""))];
}

/**
 * @param regions all that may be named: counties, townships, villages of one scope
 * @returns by the village's own name first, then by what it may be called; a county or township may stand without its
 * ending, and a county be left out
 */
export function makeVillageFinder(regions: readonly NamedRegion[]): VillageFinder {
  const byCode = new Map(regions.map((region) => [region.code, region.nameZh]));
  const byName = new Map<string, Set<number>>();
  const byCall = new Map<string, Set<number>>();
  for (const { code, nameZh } of regions) {
    if (code % 1000 === 0) continue;
    const township = byCode.get(code - (code % 1000)) ?? "";
    for (const county of [byCode.get(code - (code % 1_000_000)) ?? "", ""]) {
      add(byName, keyOf({ county, township, village: committee(nameZh) }), code);
      for (const village of namesOf(nameZh)) add(byCall, keyOf({ county, township, village }), code);
    }
  }
  return (names) => {
    if (names.code !== undefined && names.code !== "") {
      const code = /^\d{12}$/.test(names.code) ? Number(names.code) : 0;
      return byCode.has(code) && code % 1000 !== 0 ? { code } : "UNKNOWN";
    }
    const key = keyOf({ ...names, village: committee(names.village) });
    const found = byName.get(key) ?? byCall.get(key);
    if (found === undefined) return "UNKNOWN";
    return found.size === 1 ? { code: [...found][0] as number } : "AMBIGUOUS";
  };
}

function add(index: Map<string, Set<number>>, key: string, code: number): void {
  const there = index.get(key);
  if (there) there.add(code);
  else index.set(key, new Set([code]));
}

function keyOf({ county, township, village }: Names): string {
  return `${withoutEnd(county, COUNTY_END)}|${withoutEnd(township, TOWNSHIP_END)}|${village}`;
}
